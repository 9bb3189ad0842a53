//! A programme's review of fidelity as it is kept: what everybody said, and which of it counts.

use std::collections::BTreeSet;

use feltbog_domain::{DocumentId, DocumentKind, Evidence, EvidenceSaid, FidelityReview, MemberId};
use feltbog_notes::Document;
use feltbog_reports::{ITEMS, MOST_POINTS, Period, Review, Reviewed, Score};
use feltbog_store::{FolderRow, Reader};

use super::evidence_folder::{MOST_TURNS, count_id, evidence_folders, manages, may_strike, points_id, review_document};
use crate::device::Device;
use crate::error::AppError;
use crate::staff_names::StaffNames;

/// One thing that was said, with who said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEvidence {
    /// Its document.
    pub id: DocumentId,
    /// What was said.
    pub evidence: Evidence,
    /// Who wrote in it, first writer first. Of what was struck out by somebody else there are two.
    pub by: Vec<String>,
    /// Whether points are one member's own word, and a count a leader's: what another wrote over them counts for nothing.
    pub is_own_word: bool,
    /// Whether this member may strike it out.
    pub may_strike: bool,
}

/// A review with everything that was said.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptReview {
    /// Its days, without scores.
    pub review: Review,
    /// What was said of all items, the oldest first.
    pub said: Vec<KeptEvidence>,
}

impl KeptReview {
    /// The review with the points on which everybody who gave any agrees. While two differ the item has none.
    #[must_use]
    pub fn scored(&self) -> Review {
        let scores = ITEMS.iter().filter_map(|item| self.agreed(item.number)).collect();
        Review { scores, ..self.review.clone() }
    }

    fn agreed(&self, item: u8) -> Option<Score> {
        let (mut given, mut notes) = (BTreeSet::new(), Vec::new());
        for one in self.said.iter().filter(|one| one.evidence.item == u32::from(item) && !one.evidence.struck) {
            let EvidenceSaid::Points { points, review, note } = &one.evidence.said else { continue };
            if *review == self.review.days.to {
                given.insert(u8::try_from(*points).ok().filter(|points| one.is_own_word && is_points(*points)));
                notes.extend(note.as_ref().map(|note| format!("{}: {note}", one.by.join(", "))));
            }
        }
        let mut given = given.into_iter();
        let (Some(Some(points)), None) = (given.next(), given.next()) else { return None };
        Some(Score { item, points, note: (!notes.is_empty()).then(|| notes.join("; ")) })
    }
}

impl Device {
    /// The review of a programme with its evidence; nothing before one has begun, and for whoever may not read it.
    ///
    /// # Errors
    /// When there is no such programme, or several and no name.
    pub fn kept_review(&self, programme: Option<&str>) -> Result<Option<KeptReview>, AppError> {
        let id = self.programme(programme)?;
        let r = self.store.reader();
        let folders = evidence_folders(&r, id)?;
        let mut review = None;
        for folder in &folders {
            let row = r.document(review_document(folder))?;
            let written = row.and_then(|row| Document::load(row.kind, &row.saved).ok()?.fidelity_review().ok());
            review = review.or(written);
        }
        let Some(review) = review else { return Ok(None) };
        let mut said = Vec::new();
        let names = StaffNames::load(&r, &self.roster)?;
        for document in r.documents_of(DocumentKind::Evidence)? {
            let Some(row) = r.document(document)? else { continue };
            let Some(folder) = folders.iter().find(|folder| folder.id == row.folder) else { continue };
            let Ok(evidence) = Document::load(row.kind, &row.saved)?.evidence() else { continue };
            let authors = r.authors(document)?;
            let is_own_word = is_own_word(&r, folder, document, &evidence, &authors)?;
            let may_strike = !evidence.struck && may_strike(&r, folder, &authors, self.editor().member)?;
            let by = authors.iter().map(|member| names.of(*member).unwrap_or_default()).collect();
            said.push(KeptEvidence { id: document, evidence, by, is_own_word, may_strike });
        }
        said.sort_by_key(|one| (one.evidence.on, one.id));
        Ok(Some(KeptReview { review: read(&review), said }))
    }
}

pub(super) const fn is_points(points: u8) -> bool {
    1 <= points && points <= MOST_POINTS
}

fn is_own_word(
    r: &Reader<'_>,
    folder: &FolderRow,
    id: DocumentId,
    evidence: &Evidence,
    authors: &[MemberId],
) -> Result<bool, AppError> {
    Ok(match (&evidence.said, authors) {
        (EvidenceSaid::Points { review, .. }, [member]) => {
            (0..MOST_TURNS).any(|turn| points_id(folder, *review, evidence.item, *member, turn) == id)
        }
        (EvidenceSaid::Counted { review, .. }, [member]) => {
            count_id(folder, *review, evidence.item, *member) == id && manages(r, folder, *member)?
        }
        (EvidenceSaid::Points { .. } | EvidenceSaid::Counted { .. }, _) => false,
        _ => true,
    })
}

/// Each day is of somebody's word; where two were written while apart they may stand the wrong way round.
fn read(kept: &FidelityReview) -> Review {
    let days = Period { from: kept.from.min(kept.to), to: kept.to.max(kept.from) };
    Review {
        full_time: kept
            .full_time
            .as_deref()
            .and_then(|staff| staff.parse().ok())
            .filter(|staff: &f64| staff.is_finite() && *staff > 0.0),
        meetings_reviewed: kept.meetings_reviewed.as_deref().and_then(Reviewed::typed).unwrap_or_default(),
        ..Review::without_scores(days)
    }
}
