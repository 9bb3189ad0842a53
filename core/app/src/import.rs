//! Reading a programme's CSV files.
//!
//! Lines that cannot be taken are named with file, line, field and reason; the rest goes in. A second run changes
//! nothing: cases are known by their number, employers by company number, entries by the key in their line.

mod cases;
mod csv_lines;
mod employers;
mod employers_csv;
mod entries;
mod error_files;
mod fields;
mod report;

pub(crate) use self::csv_lines::Table;

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use feltbog_domain::{FolderKind, ProgrammeId};
use feltbog_store::{FolderRow, Writer};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::register::keep_register;
use crate::staff_names::StaffNames;

pub use employers_csv::EmployersImport;
pub(crate) use employers_csv::import_employers;
pub use error_files::ErrorFile;
pub use report::{ImportReport, LineRefusal};

/// A case as entries are sorted into it.
struct ImportedCase {
    employment: FolderRow,
    shared: Option<FolderRow>,
}

struct Importer<'a> {
    w: &'a Writer<'a>,
    editor: Editor,
    programme: ProgrammeId,
    employers: FolderRow,
    /// By number. An entry of a case that is not among them, nor here from before, is refused.
    cases: HashMap<String, ImportedCase>,
    report: ImportReport,
}

impl Device {
    /// Imports a folder with `forloeb.csv`, `haendelser.csv` and `virksomheder.csv`, in one transaction. A dry run does
    /// everything and saves nothing.
    ///
    /// # Errors
    /// When the role does not allow it or no file is there; single lines that are wrong are in the report.
    pub fn import(&mut self, folder: &Path, programme: Option<&str>, dry_run: bool) -> Result<ImportReport, AppError> {
        self.must_know_the_roster()?;
        let programme = self.programme(programme)?;
        if !FolderKind::Register.may_be_made_by(programme, self.my_roles()) {
            return Err(AppError::NotAllowed("indlæse et program"));
        }
        let files = Files::read(folder)?;
        let editor = self.editor();
        let roster = &self.roster;
        let result = self.store.write(|w| {
            let employers = w.folders_of(FolderKind::Employers, programme)?.into_iter().next();
            let mut importer = Importer {
                w,
                editor,
                programme,
                employers: employers.ok_or(AppError::NothingFetchedYet)?,
                cases: HashMap::new(),
                report: ImportReport::default(),
            };
            importer.employers(&files.employers)?;
            importer.cases(&files.cases)?;
            importer.entries(&files.entries)?;
            keep_register(w, editor)?;
            importer.report.unmatched_staff = unmatched(&StaffNames::load(w, roster)?, &importer.report.staff_names);
            let report = std::mem::take(&mut importer.report);
            if dry_run { Err(Ended::Dry(Box::new(report))) } else { Ok(report) }
        });
        let mut report = match result {
            Ok(report) => report,
            Err(Ended::Dry(report)) => *report,
            Err(Ended::Failed(error)) => return Err(error),
        };
        report.error_files = error_files::error_files(&files.named(), &report.refused)?;
        Ok(report)
    }
}

/// Cuts a file into records as an import does: the line each begins on, and its fields or why there are none. Only for
/// tests of hostile files.
#[doc(hidden)]
#[must_use]
pub fn csv_records(text: &str) -> Vec<(u32, Result<Vec<String>, String>)> {
    csv_lines::Table::parse(text).lines.into_iter().map(|line| (line.number, line.fields)).collect()
}

/// How an import's transaction ends without being kept.
enum Ended<Report> {
    Dry(Box<Report>),
    Failed(AppError),
}

impl<E: Into<AppError>, Report> From<E> for Ended<Report> {
    fn from(error: E) -> Self {
        Ended::Failed(error.into())
    }
}

fn unmatched(names: &StaffNames, named: &BTreeSet<String>) -> Vec<String> {
    named.iter().filter(|name| names.only(name).is_none()).cloned().collect()
}

struct Files {
    cases: String,
    entries: String,
    employers: String,
}

const CASES: &str = "forloeb.csv";
const ENTRIES: &str = "haendelser.csv";
const EMPLOYERS: &str = "virksomheder.csv";

impl Files {
    fn named(&self) -> [(&'static str, &str); 3] {
        [(CASES, &self.cases), (ENTRIES, &self.entries), (EMPLOYERS, &self.employers)]
    }

    /// A missing file is read as empty, since a programme may export one of them alone; all missing is a mistake.
    fn read(folder: &Path) -> Result<Self, AppError> {
        let mut found = false;
        let mut read = |name: &str| -> Result<String, AppError> {
            match fs::read(folder.join(name)) {
                Ok(bytes) => {
                    found = true;
                    Ok(String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).into_owned())
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
                Err(error) => Err(AppError::File(error.kind())),
            }
        };
        let files = Self { cases: read(CASES)?, entries: read(ENTRIES)?, employers: read(EMPLOYERS)? };
        if found {
            Ok(files)
        } else if !folder.is_dir() {
            Err(AppError::Unclear("mappen findes ikke".into()))
        } else {
            Err(AppError::Unclear(format!("mappen har ingen af filerne {CASES}, {ENTRIES} og {EMPLOYERS}")))
        }
    }
}
