//! Logging one entry.

use feltbog_domain::{
    CvrNumber, DocumentId, DocumentKind, EmployerFields, EntryFields, EntryKind, EntryState, FolderKind, Moment,
    Outcome,
};
use feltbog_notes::document_id;
use feltbog_sealing::random_id;
use feltbog_store::{FolderRow, Reader, Writer};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::folders::{CaseFolders, find_case, make_case_folder, make_folder};

/// Longest entry, in minutes.
const A_DAY: u32 = 24 * 60;

/// What one new entry says, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct LogWish {
    /// Id or number of the case; `None` or `-` for work without one.
    pub case: Option<String>,
    /// Code of the kind, or a Danish word that means one thing only.
    pub kind: String,
    /// When it happened; now when absent.
    pub at: Option<String>,
    /// How long it took.
    pub minutes: Option<u32>,
    /// Company number of the employer.
    pub employer: Option<String>,
    /// Name for an employer the register does not know yet.
    pub employer_name: Option<String>,
    /// Whom we spoke with there.
    pub contact_person: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Code or word of the outcome.
    pub outcome: Option<String>,
    /// Met in person.
    pub face_to_face: Option<bool>,
    /// The note.
    pub note: String,
    /// Where both sides see it; `None` means the kind's own habit.
    pub shared: Option<bool>,
}

/// What logging gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// The entry.
    pub entry: DocumentId,
    /// Its state.
    pub state: EntryState,
    /// A sentence worth showing.
    pub warning: Option<String>,
}

impl Device {
    /// Logs one entry: durable when this returns.
    ///
    /// # Errors
    /// When something typed cannot be understood, the case is unknown, or sharing lacks consent. Nothing is saved then.
    pub fn log_entry(&mut self, wish: &LogWish) -> Result<Logged, AppError> {
        let fields = self.entry_fields(wish)?;
        let employer_name = wish.employer_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let (editor, entry) = (self.editor(), random_id());
        let target = self.target(wish, &fields.kind)?;
        let warning = match &target {
            Target::Folder(folder) => self.consent_warning(folder)?,
            Target::New(..) | Target::OwnWork(..) => None,
        };
        let programme = target.programme();
        self.store.write(|w| {
            let folder = target.folder(w, editor)?;
            editor.write_new_entry(w, &folder, entry, &fields, wish.note.trim_end())?;
            if let (Some(cvr), Some(name)) = (fields.employer, employer_name) {
                note_unknown_employer(w, editor, programme, cvr, name)?;
            }
            Ok::<_, AppError>(())
        })?;
        Ok(Logged { entry, state: EntryState::LocalOnly, warning })
    }

    fn entry_fields(&self, wish: &LogWish) -> Result<EntryFields, AppError> {
        let now = self.now();
        let kind = EntryKind::from_typed(&wish.kind).map_err(AppError::Unclear)?;
        let at = wish.at.as_deref().filter(|at| !at.trim().is_empty()).map_or(Ok(now), |at| Moment::parse(at, now))?;
        if wish.minutes.is_some_and(|minutes| minutes > A_DAY) {
            return Err(AppError::Unclear("minutterne er flere, end der er på et døgn".into()));
        }
        let employer = non_empty(wish.employer.as_deref()).map(str::parse::<CvrNumber>).transpose()?;
        let outcome = non_empty(wish.outcome.as_deref())
            .map(|word| {
                Outcome::from_word(word).ok_or_else(|| {
                    let words: Vec<&str> = Outcome::words().collect();
                    AppError::Unclear(format!("resultatet findes ikke; vælg et af: {}", words.join(", ")))
                })
            })
            .transpose()?;
        Ok(EntryFields {
            minutes: wish.minutes,
            place: non_empty(wish.place.as_deref()).map(str::to_owned),
            employer,
            contact_person: non_empty(wish.contact_person.as_deref()).map(str::to_owned),
            face_to_face: wish.face_to_face.or_else(|| habitual_face_to_face(&kind)),
            outcome,
            ..EntryFields::new(kind, at)
        })
    }

    fn target(&self, wish: &LogWish, kind: &EntryKind) -> Result<Target, AppError> {
        let case = wish.case.as_deref().map(str::trim).filter(|case| !case.is_empty() && *case != "-");
        let Some(case) = case else {
            if wish.shared == Some(true) {
                return Err(AppError::Unclear("arbejde uden borger kan ikke deles med den anden side".into()));
            }
            return self.target_without_case(kind);
        };
        let case = find_case(&self.store.reader(), case)?;
        let shared = case.of(FolderKind::Shared);
        if wish.shared == Some(true) {
            return shared.cloned().map(Target::Folder).ok_or(AppError::NoConsent);
        }
        if let (None, true, Some(shared)) = (wish.shared, kind.is_shared_by_default(), shared) {
            return Ok(Target::Folder(shared.clone()));
        }
        let side = self.own_side(case.head.programme);
        match case.of(side) {
            Some(folder) => Ok(Target::Folder(folder.clone())),
            // The treatment folder appears with the first entry of that side.
            None if side == FolderKind::Treatment && side.may_be_made_by(case.head.programme, self.my_roles()) => {
                Ok(Target::New(Box::new(case), side))
            }
            None => Err(AppError::NotAllowed("skrive i borgerens mappe")),
        }
    }

    fn target_without_case(&self, kind: &EntryKind) -> Result<Target, AppError> {
        if !kind.may_stand_without_a_case() {
            return Err(AppError::Unclear(format!(
                "\"{}\" handler om en borger: skriv borgerens nummer i stedet for -",
                kind.danish()
            )));
        }
        let programme = self.programme(None)?;
        [FolderKind::OwnWork, FolderKind::TreatmentWork]
            .into_iter()
            .find(|kind| kind.may_be_made_by(programme, self.my_roles()))
            .map(|kind| Target::OwnWork(programme, kind))
            .ok_or(AppError::NotAllowed("registrere arbejde uden borger"))
    }

    /// A consent that has run out does not stop the work, but somebody must be told.
    fn consent_warning(&self, folder: &FolderRow) -> Result<Option<String>, AppError> {
        if folder.kind != FolderKind::Shared {
            return Ok(None);
        }
        let consents = self.store.reader().consents()?;
        let newest = consents.iter().find(|row| row.folder == folder.id);
        Ok(newest.filter(|row| row.consent.until < self.now().date()).map(|row| {
            format!(
                "Borgerens samtykke udløb {}. Aftal et nyt, før I deler mere.",
                feltbog_domain::danish_date(row.consent.until)
            )
        }))
    }
}

enum Target {
    Folder(FolderRow),
    New(Box<CaseFolders>, FolderKind),
    OwnWork(feltbog_domain::ProgrammeId, FolderKind),
}

impl Target {
    fn programme(&self) -> feltbog_domain::ProgrammeId {
        match self {
            Target::Folder(folder) => folder.programme,
            Target::New(case, _) => case.head.programme,
            Target::OwnWork(programme, _) => *programme,
        }
    }

    fn folder(&self, w: &Writer<'_>, editor: Editor) -> Result<FolderRow, AppError> {
        match self {
            Target::Folder(folder) => Ok(folder.clone()),
            Target::New(case, kind) => make_case_folder(w, editor, *kind, &case.head),
            Target::OwnWork(programme, kind) => {
                let mine = w.folders_of(*kind, *programme)?.into_iter().find(|f| f.creator == editor.member);
                mine.map_or_else(|| make_folder(w, editor, *kind, *programme), Ok)
            }
        }
    }
}

fn non_empty(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// A visit or an interview is in person unless somebody says otherwise; of a contact nobody knows.
fn habitual_face_to_face(kind: &EntryKind) -> Option<bool> {
    matches!(kind, EntryKind::EmployerVisit | EntryKind::JobInterview).then_some(true)
}

fn note_unknown_employer(
    w: &Writer<'_>,
    editor: Editor,
    programme: feltbog_domain::ProgrammeId,
    cvr: CvrNumber,
    name: &str,
) -> Result<(), AppError> {
    let Some(register) = employer_folder(w, programme)? else { return Ok(()) };
    if w.employer_name(cvr)?.is_some() {
        return Ok(());
    }
    let fields = EmployerFields {
        cvr,
        name: name.to_owned(),
        trade: None,
        address: None,
        postcode: None,
        town: None,
        contact_person: None,
    };
    write_employer(w, editor, &register, &fields).map(|_| ())
}

fn employer_folder(r: &Reader<'_>, programme: feltbog_domain::ProgrammeId) -> Result<Option<FolderRow>, AppError> {
    Ok(r.folders_of(FolderKind::Employers, programme)?.into_iter().next())
}

/// Writes an employer under the id every device arrives at for its company number.
pub(crate) fn write_employer(
    w: &Writer<'_>,
    editor: Editor,
    register: &FolderRow,
    fields: &EmployerFields,
) -> Result<bool, AppError> {
    let id = document_id(register.id, DocumentKind::Employer, &fields.cvr.to_string());
    editor.edit(w, register, id, DocumentKind::Employer, |document, actor| document.write_employer(actor, fields))
}
