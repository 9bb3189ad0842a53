//! The programme's own file, kept where everybody of the municipality has it: what it costs and aims at.

use feltbog_domain::{DocumentKind, ProgrammeId, Rights};
use feltbog_notes::{Document, ProgrammeFields, document_id};
use feltbog_reports::{Form, Programme, Sentence};
use feltbog_store::Reader;

use crate::device::Device;
use crate::error::AppError;
use crate::new_programme::staff_folder;
use crate::report_file_text::no_programme;

/// Bytes of the longest file: many times any programme's, and far below what one change may bring.
const MOST_BYTES: usize = 64 * 1024;

/// Where a programme's file comes from.
#[derive(Debug, Clone)]
pub enum ProgrammeFile {
    /// The one that is kept for the programme.
    Kept,
    /// The name of a file that comes with Feltbog.
    Shipped(String),
    /// The text of a file.
    Text(String),
}

/// What is kept for a programme.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptProgrammeFile {
    /// The programme's name; empty while nobody has named it.
    pub programme: String,
    /// The text as it was taken in; nothing where none was.
    pub text: Option<String>,
    /// What it says, or why this build cannot read it: a newer one may have taken it in.
    pub read: Option<Result<Programme, Sentence>>,
    /// Whether this member may take in another.
    pub may_set: bool,
}

impl Device {
    /// The file that is kept for a programme.
    ///
    /// # Errors
    /// When there is no such programme, or several and no name.
    pub fn programme_file(&self, programme: Option<&str>) -> Result<KeptProgrammeFile, AppError> {
        let id = self.programme(programme)?;
        let kept = kept(&self.store.reader(), id)?;
        let text = kept.as_ref().and_then(|fields| fields.file.clone());
        Ok(KeptProgrammeFile {
            programme: kept.map(|fields| fields.name).unwrap_or_default(),
            read: text.as_deref().map(|text| Programme::read(text).map_err(|error| no_programme(&error))),
            text,
            may_set: self.leads_employment(id),
        })
    }

    /// Takes in a file for a programme in place of the one that is kept, or takes that away. One that cannot be read is not kept,
    /// and what was there stays.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] unless the member leads the programme's employment side; [`AppError::ReportFile`] with what is wrong
    /// with the file, and where.
    pub fn keep_programme_file(
        &mut self,
        programme: Option<&str>,
        file: Option<&ProgrammeFile>,
    ) -> Result<(), AppError> {
        let id = self.programme(programme)?;
        if !self.leads_employment(id) {
            return Err(AppError::NotAllowed("ændre programmets fil"));
        }
        let text = file.map(|file| self.programme_text(id, file)).transpose()?;
        text.as_deref().map(read).transpose()?;
        let editor = self.editor();
        self.store.write(|w| {
            let staff = staff_folder(w)?.ok_or(AppError::NothingFetchedYet)?;
            if !w.rights(staff.id, editor.member)?.is_some_and(|own| own.covers(Rights::WRITE)) {
                return Err(AppError::NotAllowed("ændre programmets fil"));
            }
            let Some(known) = kept(w, id)? else {
                return Err(AppError::Unclear("programmet har ikke noget navn endnu: feltbog programme NAVN".into()));
            };
            let document = document_id(staff.id, DocumentKind::Programme, &id.to_string());
            let fields = ProgrammeFields { file: text, ..known };
            editor.edit(w, &staff, document, DocumentKind::Programme, |document, actor| {
                document.write_programme(actor, &fields)
            })?;
            Ok(())
        })
    }

    /// Reads the programme that a file tells of.
    ///
    /// # Errors
    /// [`AppError::ReportFile`] with what is wrong with the file; [`AppError::NoProgrammeFile`] where none is kept.
    pub(super) fn read_programme(&self, id: ProgrammeId, file: &ProgrammeFile) -> Result<Programme, AppError> {
        read(&self.programme_text(id, file)?)
    }

    fn programme_text(&self, id: ProgrammeId, file: &ProgrammeFile) -> Result<String, AppError> {
        match file {
            ProgrammeFile::Text(text) => Ok(text.clone()),
            ProgrammeFile::Shipped(name) => Programme::shipped_text(name.trim())
                .map(str::to_owned)
                .map_err(|error| AppError::ReportFile(no_programme(&error))),
            ProgrammeFile::Kept => {
                kept(&self.store.reader(), id)?.and_then(|fields| fields.file).ok_or(AppError::NoProgrammeFile)
            }
        }
    }
}

/// The programmes that come with Feltbog, by the name of their file; a survey of programmes is none.
#[must_use]
pub fn shipped_programmes() -> Vec<(&'static str, Programme)> {
    Programme::shipped_names()
        .filter_map(|name| Some((name, Programme::shipped(name).ok()?)))
        .filter(|(_, programme)| programme.form != Form::Survey)
        .collect()
}

fn read(text: &str) -> Result<Programme, AppError> {
    if text.len() > MOST_BYTES {
        return Err(AppError::ReportFile(Sentence {
            da: "programfilen er for stor: højst 64 kB".to_owned(),
            en: "the programme's file is too large: at most 64 kB".to_owned(),
        }));
    }
    Programme::read(text).map_err(|error| AppError::ReportFile(no_programme(&error)))
}

/// What is kept of a programme in the municipality's own folder; nothing while it has no name.
fn kept(r: &Reader<'_>, id: ProgrammeId) -> Result<Option<ProgrammeFields>, AppError> {
    let Some(staff) = staff_folder(r)? else { return Ok(None) };
    let row = r.document(document_id(staff.id, DocumentKind::Programme, &id.to_string()))?;
    let document = row.map(|row| Document::load(row.kind, &row.saved)).transpose()?;
    Ok(document.and_then(|document| document.programme().ok()))
}
