//! The evidence of a programme's fidelity: what was seen, what each reviewer gives, and how items are read here.

use feltbog_domain::{DocumentId, DocumentKind, Evidence, EvidenceSaid, FidelityReview, FolderKind};
use feltbog_notes::Document;
use feltbog_reports::{ITEMS, Period, Review, Score};
use feltbog_sealing::random_id;
use feltbog_store::{FolderRow, Writer};

use super::evidence_folder::{evidence_folders, may_strike, points_document, review_document, writable};
use super::kept_review::is_points;
use super::review_typed::{EvidenceTyped, ReviewWish};
use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::folders::make_folder;
use crate::report_file_text::no_review;

/// Letters of the longest text.
const MOST_LETTERS: usize = 4_000;

impl Device {
    /// Begins a review, or sets its days anew; the first one makes the programme's folder of evidence. Points of a review with
    /// another last day stay and count in that one.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] unless the member leads the programme's employment side; days or a number of consultants that
    /// cannot be.
    pub fn begin_review(&mut self, wish: &ReviewWish) -> Result<(), AppError> {
        let id = self.programme(wish.programme.as_deref())?;
        if !self.leads_employment(id) {
            return Err(AppError::NotAllowed("begynde en gennemgang"));
        }
        if wish.full_time.is_some_and(|staff| !(staff.is_finite() && staff > 0.0)) {
            return Err(AppError::Unclear("antallet af fuldtidskonsulenter skal være over 0".into()));
        }
        let review = FidelityReview {
            from: wish.days.from,
            to: wish.days.to,
            full_time: wish.full_time.map(|staff| staff.to_string()),
            meetings_reviewed: Some(wish.meetings_reviewed.word().to_owned()),
        };
        let editor = self.editor();
        self.store.write(|w| {
            let folder = match evidence_folders(w, id)?.into_iter().next() {
                Some(folder) => folder,
                None => make_folder(w, editor, FolderKind::Evidence, id)?,
            };
            let document = review_document(&folder);
            editor.edit(w, &folder, document, DocumentKind::FidelityReview, |document, actor| {
                document.write_fidelity_review(actor, &review)
            })?;
            Ok(())
        })
    }

    /// Says something of an item. Points a member gave before in the same review are theirs to change.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] for whoever may not write there; a text that names a citizen, is empty or too long; no such item
    /// or points; while no review has begun.
    pub fn say_of_item(
        &mut self,
        programme: Option<&str>,
        item: u8,
        typed: &EvidenceTyped,
    ) -> Result<DocumentId, AppError> {
        let id = self.programme(programme)?;
        let days = self.kept_review(programme)?.ok_or_else(not_begun)?.review.days;
        let evidence = self.evidence(item, typed, days)?;
        let editor = self.editor();
        self.store.write(|w| {
            let folder = writable(w, id, editor.member)?;
            write_evidence(w, editor, &folder, &evidence)
        })
    }

    /// Gives the points of a review's file in this member's name: all of them, or none where one cannot be given.
    ///
    /// # Errors
    /// When the file is no review, has no points or is of other days; else as [`Device::say_of_item`].
    pub fn give_points_of_file(&mut self, programme: Option<&str>, file: &str) -> Result<(), AppError> {
        let id = self.programme(programme)?;
        let days = self.kept_review(programme)?.ok_or_else(not_begun)?.review.days;
        let review = Review::read(file).map_err(|error| AppError::ReportFile(no_review(&error)))?;
        if review.days != days {
            return Err(other_days(days, review.days));
        }
        if review.scores.is_empty() {
            return Err(AppError::Unclear("filen har ingen point".into()));
        }
        let given = review.scores.into_iter().map(|Score { item, points, note }| {
            // A form that was filled in half has notes with nothing in them.
            let note = note.filter(|note| !note.trim().is_empty());
            self.evidence(item, &EvidenceTyped::Points { points, note }, days)
        });
        let given = given.collect::<Result<Vec<_>, _>>()?;
        let editor = self.editor();
        self.store.write(|w| {
            let folder = writable(w, id, editor.member)?;
            given.iter().try_for_each(|evidence| write_evidence(w, editor, &folder, evidence).map(drop))
        })
    }

    /// Strikes out what was said. It stays to be read.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] unless the member said it, or manages the evidence; when there is no such evidence.
    pub fn strike_evidence(&mut self, id: DocumentId) -> Result<(), AppError> {
        let editor = self.editor();
        self.store.write(|w| {
            let unknown = || AppError::Unclear("det er ikke i mappen".into());
            let row = w.document(id)?.filter(|row| row.kind == DocumentKind::Evidence).ok_or_else(unknown)?;
            let folder = w.folder(row.folder)?.ok_or_else(unknown)?;
            if !may_strike(w, &folder, &w.authors(id)?, editor.member)? {
                return Err(AppError::NotAllowed("stryge det, en anden har skrevet"));
            }
            let evidence = Evidence { struck: true, ..Document::load(row.kind, &row.saved)?.evidence()? };
            editor.edit(w, &folder, id, DocumentKind::Evidence, |document, actor| {
                document.write_evidence(actor, &evidence)
            })?;
            Ok(())
        })
    }

    /// What was typed, as it is kept.
    fn evidence(&self, item: u8, typed: &EvidenceTyped, days: Period) -> Result<Evidence, AppError> {
        if !ITEMS.iter().any(|known| known.number == item) {
            return Err(AppError::Unclear(format!("der er intet punkt {item}; de er nummereret 1 til 25")));
        }
        let today = self.now().date();
        let (on, said) = match typed {
            EvidenceTyped::Seen { on, source, text } => {
                (*on, EvidenceSaid::Seen { source: source.clone(), text: self.evidence_text(text)? })
            }
            EvidenceTyped::Reading { text } => (today, EvidenceSaid::Reading { text: self.evidence_text(text)? }),
            EvidenceTyped::Points { points, .. } if !is_points(*points) => {
                return Err(AppError::Unclear("et punkt har 1 til 5 point".into()));
            }
            EvidenceTyped::Points { points, note } => {
                let note = note.as_deref().map(|note| self.evidence_text(note)).transpose()?;
                (today, EvidenceSaid::Points { points: u32::from(*points), review: days.to, note })
            }
        };
        Ok(Evidence { item: u32::from(item), on, said, struck: false })
    }

    fn evidence_text(&self, text: &str) -> Result<String, AppError> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > MOST_LETTERS {
            return Err(AppError::Unclear(format!("skriv en tekst på højst {MOST_LETTERS} tegn")));
        }
        self.check_evidence_text(text)?;
        Ok(text.to_owned())
    }
}

pub(super) fn not_begun() -> AppError {
    AppError::Unclear("der er ingen gennemgang endnu; teamlederen begynder den".into())
}

fn other_days(here: Period, there: Period) -> AppError {
    let said = |days: Period| format!("{} til {}", days.from.strftime("%d-%m-%Y"), days.to.strftime("%d-%m-%Y"));
    AppError::Unclear(format!("gennemgangen er af {}, og filen af {}", said(here), said(there)))
}

/// Points have one document for each member; everything else has one of its own.
fn write_evidence(
    w: &Writer<'_>,
    editor: Editor,
    folder: &FolderRow,
    evidence: &Evidence,
) -> Result<DocumentId, AppError> {
    let document = match evidence.said {
        EvidenceSaid::Points { review, .. } => points_document(w, folder, review, evidence.item, editor.member)?,
        _ => random_id(),
    };
    editor.edit(w, folder, document, DocumentKind::Evidence, |document, actor| {
        document.write_evidence(actor, evidence)
    })?;
    Ok(document)
}
