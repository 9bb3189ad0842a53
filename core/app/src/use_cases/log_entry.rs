//! Logging one entry.

use feltbog_domain::{
    CvrNumber, DocumentId, DocumentKind, EmployerFields, EntryFields, EntryKind, EntryState, FolderKind,
};
use feltbog_notes::document_id;
use feltbog_sealing::random_id;
use feltbog_store::{FolderRow, Reader, Writer};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::folders::{CaseFolders, find_case, make_case_folder, make_folder};
use crate::team_text::TeamTexts;
use crate::use_cases::employer_contact::tell_the_team;
use crate::use_cases::entry_wish::{LogWish, non_empty};

/// What logging gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// The entry.
    pub entry: DocumentId,
    /// Its state.
    pub state: EntryState,
    /// A sentence worth showing.
    pub warning: Option<String>,
    /// The entries of other citizens that tell of the same visit.
    pub linked: Vec<DocumentId>,
}

impl Logged {
    /// One entry, with nothing to say about it.
    pub(crate) const fn plain(entry: DocumentId, state: EntryState) -> Self {
        Self { entry, state, warning: None, linked: Vec::new() }
    }
}

impl Device {
    /// Logs one entry, or one for each citizen a visit was about: durable when this returns.
    ///
    /// # Errors
    /// When something typed cannot be understood, a case is unknown, or sharing lacks consent. Nothing is saved then.
    pub fn log_entry(&mut self, wish: &LogWish) -> Result<Logged, AppError> {
        let mut fields = wish.fields(self.now())?;
        let employer_name = wish.employer_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let editor = self.editor();
        let targets = self.targets(wish, &fields.kind)?;
        fields.visit = (targets.len() > 1).then(random_id);
        let mut warning = None;
        for (target, _) in &targets {
            if let Target::Folder(folder) = target {
                warning = warning.or(self.consent_warning(folder)?);
            }
        }
        let about = non_empty(wish.about_employer.as_deref());
        if about.is_some() || employer_name.is_some() {
            let guard = TeamTexts::of(self)?;
            guard.check_team_text(about)?;
            guard.check_name(employer_name)?;
        }
        if let (Some(employer), true) = (fields.employer, fields.kind.is_with_an_employer()) {
            warning = warning.or(self.recent_contact_of_a_colleague(employer, fields.at)?);
        }
        let programme = targets.first().map(|(target, _)| target.programme());
        let told = fields.clone();
        let entries = self.store.write(|w| {
            let mut entries = Vec::with_capacity(targets.len());
            for (target, note) in &targets {
                let (folder, entry) = (target.folder(w, editor)?, random_id());
                editor.write_new_entry(w, &folder, entry, &fields, note)?;
                entries.push(entry);
                fields = about_another(fields);
            }
            if let (Some(programme), Some(first)) = (programme, entries.first()) {
                tell_the_team(w, editor, programme, *first, &told, about)?;
            }
            if let (Some(cvr), Some(name), Some(programme)) = (fields.employer, employer_name, programme) {
                note_unknown_employer(w, editor, programme, cvr, name)?;
            }
            Ok::<_, AppError>(entries)
        })?;
        let mut entries = entries.into_iter();
        let entry = entries.next().ok_or(AppError::UnknownEntry)?;
        Ok(Logged { warning, linked: entries.collect(), ..Logged::plain(entry, EntryState::LocalOnly) })
    }

    /// Where the entry of each citizen goes, and what it says of them: no word about one stands in the other's.
    fn targets<'a>(&self, wish: &'a LogWish, kind: &EntryKind) -> Result<Vec<(Target, &'a str)>, AppError> {
        let mut targets = vec![(self.target(wish, wish.case.as_deref(), kind)?, wish.note.trim_end())];
        if wish.also.is_empty() {
            return Ok(targets);
        }
        if !kind.is_with_an_employer() {
            return Err(AppError::Unclear(format!(
                "\"{}\" er om én borger: registrér de andre hver for sig",
                kind.danish()
            )));
        }
        let mut named = vec![case_word(wish.case.as_deref()).ok_or_else(|| {
            AppError::Unclear("når et besøg er om flere borgere, skal den første også nævnes".into())
        })?];
        for also in &wish.also {
            let case = case_word(Some(&also.case)).ok_or(AppError::UnknownCase)?;
            named.push(case);
            targets.push((self.target(wish, Some(case), kind)?, also.note.trim_end()));
        }
        let mut cases = Vec::with_capacity(named.len());
        for name in named {
            cases.push(find_case(&self.store.reader(), name)?.head.case);
        }
        cases.sort_unstable();
        cases.dedup();
        if cases.len() < targets.len() {
            return Err(AppError::Unclear("den samme borger er nævnt to gange".into()));
        }
        Ok(targets)
    }

    fn target(&self, wish: &LogWish, case: Option<&str>, kind: &EntryKind) -> Result<Target, AppError> {
        let Some(case) = case_word(case) else {
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

/// What the entries of the other citizens say of the same visit: nothing that was meant for the first.
fn about_another(fields: EntryFields) -> EntryFields {
    EntryFields {
        fits_wish: None,
        job_title: None,
        job_type: None,
        hours_per_week: None,
        permanent: None,
        next_step: None,
        ..fields
    }
}

/// The id or number somebody wrote; a dash is none.
fn case_word(case: Option<&str>) -> Option<&str> {
    non_empty(case).filter(|case| *case != "-")
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
    let fields = EmployerFields { unverified: true, ..EmployerFields::new(cvr, name) };
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
