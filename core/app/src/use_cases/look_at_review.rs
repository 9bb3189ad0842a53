//! A programme's review as somebody looks at it, with what they may do there.

use feltbog_domain::Role;

use super::evidence_folder::writable;
use super::fidelity::{CountedFidelity, FidelityWish};
use super::kept_review::KeptReview;
use crate::device::Device;
use crate::error::AppError;

/// A look at a programme's review.
#[derive(Debug, Clone)]
pub struct LookedAtReview {
    /// The review; nothing before one has begun, and for whoever may not read it.
    pub kept: Option<KeptReview>,
    /// The scale.
    pub fidelity: CountedFidelity,
    /// May begin one, set its days and put into it what was counted.
    pub may_begin: bool,
    /// May write in it.
    pub may_write: bool,
}

impl Device {
    /// Whether the member holds no role but a reviewer's.
    pub(super) fn only_reviews(&self) -> bool {
        let roles = self.my_roles();
        !roles.is_empty() && roles.iter().all(|grant| grant.role == Role::Reviewer)
    }

    /// The review of a programme, the scale beside it, and what this member may do.
    ///
    /// # Errors
    /// When there is no such programme, or several and no name.
    pub fn look_at_review(&mut self, programme: Option<&str>) -> Result<LookedAtReview, AppError> {
        let id = self.programme(programme)?;
        let kept = self.kept_review(programme)?;
        let wish = FidelityWish { file: None, programme: programme.map(str::to_owned) };
        let fidelity = self.fidelity_beside(kept.as_ref(), &wish)?;
        let may_begin = self.leads_employment(id);
        let may_write = kept.is_some() && writable(&self.store.reader(), id, self.editor().member).is_ok();
        Ok(LookedAtReview { kept, fidelity, may_begin, may_write })
    }
}
