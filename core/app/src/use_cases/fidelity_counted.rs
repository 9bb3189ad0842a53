//! What was counted from entries, put into a programme's evidence: a reviewer counts nothing and reads it there.

use std::collections::BTreeMap;

use feltbog_domain::{DocumentKind, Evidence, EvidenceSaid};
use feltbog_reports::{KeptCount, Scope, Scored};
use jiff::civil::Date;

use super::evidence_folder::{count_id, writable};
use super::fidelity::FidelityWish;
use super::fidelity_evidence::not_begun;
use super::kept_review::KeptReview;
use crate::device::Device;
use crate::error::AppError;

impl Device {
    /// Counts every item that entries tell of for the review that is begun, and puts it into the evidence. What this member counted
    /// before for the same review is written over.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] unless the member leads the programme's employment side; while no review has begun.
    pub fn count_into_review(&mut self, programme: Option<&str>) -> Result<(), AppError> {
        let id = self.programme(programme)?;
        if !self.leads_employment(id) {
            return Err(AppError::NotAllowed("lægge det talte i gennemgangen"));
        }
        let to = self.kept_review(programme)?.ok_or_else(not_begun)?.review.days.to;
        let wish = FidelityWish { file: None, programme: programme.map(str::to_owned) };
        let counted = self.fidelity(&wish)?;
        if counted.scope != Scope::Programme {
            return Err(AppError::NotAllowed("tælle hele programmet"));
        }
        let today = self.now().date();
        let editor = self.editor();
        self.store.write(|w| {
            let folder = writable(w, id, editor.member)?;
            for evidence in counted.fidelity.items.iter().filter_map(|scored| as_evidence(scored, today, to)) {
                let document = count_id(&folder, to, evidence.item, editor.member);
                editor.edit(w, &folder, document, DocumentKind::Evidence, |document, actor| {
                    document.write_evidence(actor, &evidence)
                })?;
            }
            Ok(())
        })
    }
}

fn as_evidence(scored: &Scored, on: Date, review: Date) -> Option<Evidence> {
    let KeptCount { points, basis } = KeptCount::of(scored)?;
    let basis = basis.map(|(above, below)| (above.to_string(), below.to_string()));
    let said = EvidenceSaid::Counted { review, points: points.map(u32::from), basis };
    Some(Evidence { item: u32::from(scored.item.number), on, said, struck: false })
}

impl KeptReview {
    /// What was last counted of each item for this review.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<u8, KeptCount> {
        // The oldest first: what was counted later holds.
        let counts = self.said.iter().filter(|one| one.is_own_word && !one.evidence.struck).filter_map(|one| {
            let EvidenceSaid::Counted { review, points, basis } = &one.evidence.said else { return None };
            let count = KeptCount { points: points.and_then(|points| points.try_into().ok()), basis: numbers(basis) };
            let item = u8::try_from(one.evidence.item).ok()?;
            (*review == self.review.days.to).then_some((item, count))
        });
        counts.collect()
    }
}

/// Somebody's word: what is no number is nothing.
fn numbers(basis: &Option<(String, String)>) -> Option<(u64, f64)> {
    let (above, below) = basis.as_ref()?;
    let below: f64 = below.parse().ok()?;
    Some((above.parse().ok()?, below)).filter(|_| below.is_finite() && below >= 0.0)
}
