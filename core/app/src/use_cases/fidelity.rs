//! How near the programme keeps to the method, from a review's file and what this device may see.

use feltbog_reports::{Fidelity, Review};

use crate::counted_facts::CountedFacts;
use crate::device::Device;
use crate::error::AppError;
use crate::report_file_text::no_review;
use crate::staff_names::StaffNames;
use crate::use_cases::report::said;

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
        let review = Review::read(file).map_err(|error| AppError::Unclear(no_review(&error)))?;
        let r = self.store.reader();
        let facts = CountedFacts::of(&r, &StaffNames::load(&r, &self.roster)?, id)?;
        let name = r.programmes()?.into_iter().find(|row| row.id == id).map(|row| row.name).unwrap_or_default();
        let fidelity = Fidelity::of(&review, &facts.book).map_err(|error| AppError::Unclear(said(error).to_owned()))?;
        Ok(CountedFidelity { review, fidelity, programme: name, whole_programme: self.sees_all_of(id) })
    }
}
