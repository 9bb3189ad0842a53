//! The facts behind the figures, read from what this device may see.

use std::collections::{BTreeMap, HashMap};

use feltbog_domain::{DocumentId, FactRef, FolderId, FolderKind, ProgrammeId, StaffRef, SubjectRef};
use feltbog_reports::{Fact, FactBook};
use feltbog_sealing::Pseudonyms;
use feltbog_store::{CaseFolderRow, Reader};

use crate::error::AppError;
use crate::fact_reading::{FactReading, KINDS};
use crate::staff_names::StaffNames;

/// The facts of a programme, with what they stand for.
pub(crate) struct CountedFacts {
    pub(crate) book: FactBook,
    /// The cases by what stands for them.
    pub(crate) cases: BTreeMap<SubjectRef, CaseFolderRow>,
    /// The entries by what stands for them; an enrolment is none.
    pub(crate) entries: HashMap<FactRef, DocumentId>,
    /// The consultants' names.
    pub(crate) staff: BTreeMap<StaffRef, String>,
}

impl CountedFacts {
    /// Reads the facts of a programme. Whoever sees only what is shared knows nobody's enrolment, and counts nobody.
    pub(crate) fn of(
        r: &Reader<'_>,
        names: &StaffNames,
        pseudonyms: &Pseudonyms,
        programme: ProgrammeId,
    ) -> Result<Self, AppError> {
        let mut reading = FactReading::new(names, pseudonyms);
        let folders = r.case_folders()?.into_iter().filter(|row| row.programme == programme);
        let by_folder: HashMap<FolderId, CaseFolderRow> = folders.map(|row| (row.folder, row)).collect();
        let subjects: HashMap<FolderId, SubjectRef> =
            by_folder.values().map(|row| (row.folder, reading.subject(row.case))).collect();
        let (mut facts, mut cases, mut entries): (Vec<Fact>, _, _) = (Vec::new(), BTreeMap::new(), HashMap::new());
        for course in r.counted_courses(None)?.into_iter().filter(|course| course.enrolled_on.is_some()) {
            let (Some(case), Some(subject)) = (by_folder.get(&course.folder), subjects.get(&course.folder)) else {
                continue;
            };
            facts.extend(reading.course(&course, *subject));
            cases.insert(*subject, case.clone());
        }
        let own_work = own_work(r, programme)?;
        for row in r.counted(&KINDS)? {
            let subject = subjects.get(&row.folder).copied();
            if subject.is_some() || own_work.contains(&row.folder) {
                let fact = reading.entry(&row, subject);
                entries.insert(fact.id, row.document);
                facts.push(fact);
            }
        }
        Ok(Self { book: FactBook::new(facts), cases, entries, staff: reading.staff })
    }
}

/// Folders of work without a case.
fn own_work(r: &Reader<'_>, programme: ProgrammeId) -> Result<Vec<FolderId>, AppError> {
    let folders = r.folders()?.into_iter();
    let own = folders.filter(|folder| folder.programme == programme && folder.kind == FolderKind::OwnWork);
    Ok(own.map(|folder| folder.id).collect())
}
