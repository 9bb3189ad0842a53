//! How near the programme keeps to the method, from a review's file and what this device may see.

use std::collections::BTreeMap;

use feltbog_reports::{Fidelity, KeptCount, Period, Review, Scope};
use jiff::ToSpan;
use jiff::civil::Date;

use super::kept_review::KeptReview;
use crate::counted_programme::CountedProgramme;
use crate::device::Device;
use crate::error::AppError;
use crate::report_file_text::no_review;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct FidelityWish {
    /// The text of the review's file. Without one the review that is kept in the programme's evidence, and where there is none the
    /// half year until today, of which nobody has scored anything.
    pub file: Option<String>,
    /// The programme that is counted; may be absent while there is one.
    pub programme: Option<String>,
}

/// The scale, and of whom it is.
#[derive(Debug, Clone)]
pub struct CountedFidelity {
    /// The review.
    pub review: Review,
    /// All 25 items.
    pub fidelity: Fidelity,
    /// The programme's name.
    pub programme: String,
    /// Whose facts were counted.
    pub scope: Scope,
}

impl Device {
    /// Scores the programme on the 25 items. Nobody is named in it, so nothing is written into the read log.
    ///
    /// # Errors
    /// When the file is no review.
    pub fn fidelity(&mut self, wish: &FidelityWish) -> Result<CountedFidelity, AppError> {
        let kept = self.kept_review(wish.programme.as_deref())?;
        self.fidelity_beside(kept.as_ref(), wish)
    }

    /// The same, beside the review that is kept. Who sees the whole programme counts it; who reads its evidence without counting
    /// takes what was counted for the same days.
    pub(super) fn fidelity_beside(
        &mut self,
        kept: Option<&KeptReview>,
        wish: &FidelityWish,
    ) -> Result<CountedFidelity, AppError> {
        let review = match (&wish.file, kept) {
            (Some(file), _) => Review::read(file).map_err(|error| AppError::ReportFile(no_review(&error)))?,
            (None, Some(kept)) => kept.scored(),
            (None, None) => Review::without_scores(half_a_year_until(self.now().date())),
        };
        let CountedProgramme { name, facts, scope } = self.counted(wish.programme.as_deref())?;
        let (fidelity, scope) = match kept {
            Some(kept) if scope == Scope::Own => {
                (Fidelity::as_kept(&review, &counts_of(kept, &review)), Scope::Programme)
            }
            _ => (Fidelity::of(&review, &facts.book, scope), scope),
        };
        Ok(CountedFidelity { review, fidelity, programme: name, scope })
    }
}

fn counts_of(kept: &KeptReview, review: &Review) -> BTreeMap<u8, KeptCount> {
    if kept.review.days == review.days { kept.counts() } else { BTreeMap::new() }
}

/// As often as the scale wants a review while the programme is young.
fn half_a_year_until(today: Date) -> Period {
    Period { from: today.saturating_sub(6.months()), to: today }
}
