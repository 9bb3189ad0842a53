//! The evidence of a programme's fidelity: what was seen, what each reviewer gives, and how items are read here.

use std::collections::BTreeSet;

use feltbog_domain::{
    DocumentId, DocumentKind, Evidence, EvidenceSaid, EvidenceSource, FidelityReview, FolderKind, MemberId,
    ProgrammeId, Rights,
};
use feltbog_notes::{Document, document_id};
use feltbog_reports::{ITEMS, MOST_POINTS, Period, Review, Reviewed, Score};
use feltbog_sealing::random_id;
use feltbog_store::{FolderRow, Reader};
use jiff::civil::Date;

use crate::device::Device;
use crate::error::AppError;
use crate::folders::make_folder;
use crate::staff_names::StaffNames;
use crate::use_cases::new_case::typed_day;

/// Letters of the longest text.
const MOST_LETTERS: usize = 4_000;

/// The days of a review, and what no entry tells.
#[derive(Debug, Clone)]
pub struct ReviewWish {
    /// The programme; may be absent while there is one.
    pub programme: Option<String>,
    /// The days that are looked at.
    pub days: Period,
    /// Full-time consultants on the last day.
    pub full_time: Option<f64>,
    /// How often meetings with employers are gone through.
    pub meetings_reviewed: Reviewed,
}

/// The same as it was typed.
#[derive(Debug, Clone)]
pub struct ReviewTyped {
    /// The programme; may be absent while there is one.
    pub programme: Option<String>,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Full-time consultants on the last day.
    pub full_time: Option<f64>,
    /// `weekly`, `monthly` or `seldom`, which it is when absent.
    pub meetings_reviewed: Option<String>,
}

impl ReviewTyped {
    /// What is meant.
    ///
    /// # Errors
    /// [`AppError::Unclear`] when a day cannot be understood, or the last lies before the first; with another word for how often.
    pub fn wish(self) -> Result<ReviewWish, AppError> {
        let day = |typed: &str| {
            typed_day(Some(typed))?.ok_or_else(|| AppError::Unclear("skriv både den første og den sidste dag".into()))
        };
        let days = Period::new(day(&self.from)?, day(&self.to)?)
            .map_err(|_| AppError::Unclear("perioden slutter, før den begynder".into()))?;
        let meetings_reviewed = match self.meetings_reviewed.as_deref() {
            None => Reviewed::default(),
            Some(word) => Reviewed::typed(word)
                .ok_or_else(|| AppError::Unclear("møderne gennemgås weekly, monthly eller seldom".into()))?,
        };
        Ok(ReviewWish { programme: self.programme, days, full_time: self.full_time, meetings_reviewed })
    }
}

/// What somebody says of an item.
#[derive(Debug, Clone)]
pub enum EvidenceTyped {
    /// What was seen on a day.
    Seen {
        /// The day.
        on: Date,
        /// Where.
        source: EvidenceSource,
        /// What.
        text: String,
    },
    /// The points this member gives.
    Points {
        /// One to five.
        points: u8,
        /// Why.
        note: Option<String>,
    },
    /// How the item is read here.
    Reading {
        /// The reading.
        text: String,
    },
}

impl Device {
    /// What was seen, as it was typed; today unless a day is named.
    ///
    /// # Errors
    /// [`AppError::Unclear`] when the day cannot be understood or has not been, and where the source is none of the four.
    pub fn typed_as_seen(
        &self,
        on: Option<&str>,
        source: EvidenceSource,
        text: String,
    ) -> Result<EvidenceTyped, AppError> {
        let today = self.now().date();
        let on = typed_day(on)?.unwrap_or(today);
        if on > today {
            return Err(AppError::Unclear("dagen er ikke kommet endnu".into()));
        }
        if matches!(source, EvidenceSource::Unknown(_)) {
            return Err(AppError::Unclear("det er set i et møde, et dokument, en observation eller en samtale".into()));
        }
        Ok(EvidenceTyped::Seen { on, source, text })
    }
}

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
        if !ITEMS.iter().any(|known| known.number == item) {
            return Err(AppError::Unclear(format!("der er intet punkt {item}; de er nummereret 1 til 25")));
        }
        let kept = self.kept_review(programme)?.ok_or_else(not_begun)?;
        let (today, to) = (self.now().date(), kept.review.days.to);
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
                (today, EvidenceSaid::Points { points: u32::from(*points), review: to, note })
            }
        };
        let evidence = Evidence { item: u32::from(item), on, said, struck: false };
        let editor = self.editor();
        self.store.write(|w| {
            let folder = writable(w, id, editor.member)?;
            let document = match evidence.said {
                EvidenceSaid::Points { .. } => points_document(w, &folder, to, item, editor.member)?,
                _ => random_id(),
            };
            editor.edit(w, &folder, document, DocumentKind::Evidence, |document, actor| {
                document.write_evidence(actor, &evidence)
            })?;
            Ok(document)
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

    fn evidence_text(&self, text: &str) -> Result<String, AppError> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > MOST_LETTERS {
            return Err(AppError::Unclear(format!("skriv en tekst på højst {MOST_LETTERS} tegn")));
        }
        self.check_evidence_text(text)?;
        Ok(text.to_owned())
    }
}

const fn is_points(points: u8) -> bool {
    1 <= points && points <= MOST_POINTS
}

pub(super) fn not_begun() -> AppError {
    AppError::Unclear("der er ingen gennemgang endnu; teamlederen begynder den".into())
}

/// The same on every device. Two leaders who began while apart made two; what stands in either counts.
pub(super) fn evidence_folders(r: &Reader<'_>, programme: ProgrammeId) -> Result<Vec<FolderRow>, AppError> {
    let mut folders = r.folders_of(FolderKind::Evidence, programme)?;
    folders.sort_by_key(|folder| folder.id);
    Ok(folders)
}

pub(super) fn writable(r: &Reader<'_>, programme: ProgrammeId, member: MemberId) -> Result<FolderRow, AppError> {
    for folder in evidence_folders(r, programme)? {
        if covers(r, &folder, member, Rights::WRITE)? || folder.creator == member {
            return Ok(folder);
        }
    }
    Err(AppError::NotAllowed("skrive i gennemgangen"))
}

fn review_document(folder: &FolderRow) -> DocumentId {
    document_id(folder.id, DocumentKind::FidelityReview, "review")
}

/// One for each member, item and review, so that nobody writes over another's; what was struck out is not written over either.
fn points_document(
    r: &Reader<'_>,
    folder: &FolderRow,
    to: Date,
    item: u8,
    member: MemberId,
) -> Result<DocumentId, AppError> {
    let mut turn = 0;
    loop {
        let id = points_id(folder, to, u32::from(item), member, turn);
        let row = r.document(id)?;
        let struck = row.and_then(|row| Document::load(row.kind, &row.saved).ok()?.evidence().ok());
        if !struck.is_some_and(|evidence| evidence.struck) {
            return Ok(id);
        }
        turn += 1;
    }
}

fn points_id(folder: &FolderRow, to: Date, item: u32, member: MemberId, turn: u32) -> DocumentId {
    document_id(folder.id, DocumentKind::Evidence, &format!("points/{to}/{item}/{member}/{turn}"))
}

/// Turns that are looked at when points are checked: nobody strikes out and gives anew more often.
const MOST_TURNS: u32 = 64;

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

/// One for each member, item and review: who counts again writes over the last count.
pub(super) fn count_id(folder: &FolderRow, to: Date, item: u32, member: MemberId) -> DocumentId {
    document_id(folder.id, DocumentKind::Evidence, &format!("counted/{to}/{item}/{member}"))
}

fn may_strike(r: &Reader<'_>, folder: &FolderRow, authors: &[MemberId], member: MemberId) -> Result<bool, AppError> {
    Ok(manages(r, folder, member)? || (authors.first() == Some(&member) && covers(r, folder, member, Rights::WRITE)?))
}

fn manages(r: &Reader<'_>, folder: &FolderRow, member: MemberId) -> Result<bool, AppError> {
    covers(r, folder, member, Rights::MANAGE)
}

fn covers(r: &Reader<'_>, folder: &FolderRow, member: MemberId, wanted: Rights) -> Result<bool, AppError> {
    Ok(r.rights(folder.id, member)?.is_some_and(|own| own.covers(wanted)))
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
