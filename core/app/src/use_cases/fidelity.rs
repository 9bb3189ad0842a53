//! How near the programme keeps to the method, from a review's file and what this device may see.

use feltbog_reports::{Fidelity, NoReview, Review};

use crate::counted_facts::CountedFacts;
use crate::device::Device;
use crate::error::AppError;
use crate::staff_names::StaffNames;

/// The scale, and of whom it is.
#[derive(Debug, Clone)]
pub struct CountedFidelity {
    /// The review.
    pub review: Review,
    /// All 25 items.
    pub fidelity: Fidelity,
    /// The programme's name.
    pub programme: String,
    /// Whether this device sees the whole programme, or its own citizens only.
    pub whole_programme: bool,
}

impl Device {
    /// Scores the programme on the 25 items. Nobody is named in it, so nothing is written into the read log.
    ///
    /// # Errors
    /// When the file is no review.
    pub fn fidelity(&mut self, file: &str, programme: Option<&str>) -> Result<CountedFidelity, AppError> {
        let id = self.programme(programme)?;
        let review = Review::read(file).map_err(|error| AppError::Unclear(danish(&error)))?;
        let r = self.store.reader();
        let facts = CountedFacts::of(&r, &StaffNames::load(&r, &self.roster)?, id)?;
        let name = r.programmes()?.into_iter().find(|row| row.id == id).map(|row| row.name).unwrap_or_default();
        let fidelity = Fidelity::of(&review, &facts.book)
            .map_err(|error| AppError::Unclear(format!("gennemgangens dage kan ikke bruges: {error}")))?;
        Ok(CountedFidelity { review, fidelity, programme: name, whole_programme: self.sees_all_of(id) })
    }
}

fn danish(error: &NoReview) -> String {
    match error {
        NoReview::Unreadable(why) => format!("gennemgangen kan ikke læses: {why}"),
        NoReview::NoItem(item) => format!("der er intet punkt {item}; de har numrene 1 til 25"),
        NoReview::Points(item) => format!("punkt {item} får 1 til 5 point"),
        NoReview::Twice(item) => format!("punkt {item} er vurderet to gange"),
        NoReview::EndsBeforeItBegins => "perioden slutter, før den begynder".to_owned(),
        NoReview::FullTime => "full_time er antallet af fuldtidskonsulenter, et tal over 0".to_owned(),
    }
}
