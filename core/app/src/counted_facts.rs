//! The facts behind the figures, read from what this device may see.
//!
//! They stand in memory for one question: what stands for a citizen, an employer or a kind of work here is never told anybody.

use std::collections::{BTreeMap, HashMap};

use feltbog_domain::{
    CaseId, DocumentId, EmployerRef, EntryKind, FactRef, FolderId, FolderKind, JobRef, JobType, Outcome, ProgrammeId,
    StaffRef, SubjectRef, VisitRef, fold,
};
use feltbog_reports::{Fact, FactBook, JobTerms, ReferralState, Terms, What};
use feltbog_store::{CaseFolderRow, CountedRow, Reader};

use crate::error::AppError;
use crate::staff_names::StaffNames;

/// The kinds of entries that any measure counts.
const KINDS: [EntryKind; 9] = [
    EntryKind::EmployerVisit,
    EntryKind::EmployerContact,
    EntryKind::JobInterview,
    EntryKind::Placement,
    EntryKind::JobStart,
    EntryKind::JobEnd,
    EntryKind::EducationStart,
    EntryKind::EducationEnd,
    EntryKind::Referral,
];

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
    /// Reads the facts of a programme.
    pub(crate) fn of(r: &Reader<'_>, names: &StaffNames, programme: ProgrammeId) -> Result<Self, AppError> {
        let mut reading = Reading::new(names);
        reading.enrolments(r, programme)?;
        let own_work = own_work(r, programme)?;
        for row in r.counted(&KINDS)? {
            let subject = reading.subjects.get(&row.folder).copied();
            if subject.is_some() || own_work.contains(&row.folder) {
                reading.entry(&row, subject);
            }
        }
        let Reading { facts, cases, entries, staff, .. } = reading;
        Ok(Self { book: FactBook::new(facts), cases, entries, staff: staff.names })
    }
}

/// Folders of work without a case.
fn own_work(r: &Reader<'_>, programme: ProgrammeId) -> Result<Vec<FolderId>, AppError> {
    let folders = r.folders()?.into_iter();
    let own = folders.filter(|folder| folder.programme == programme && folder.kind == FolderKind::OwnWork);
    Ok(own.map(|folder| folder.id).collect())
}

struct Reading<'a> {
    facts: Vec<Fact>,
    cases: BTreeMap<SubjectRef, CaseFolderRow>,
    subjects: HashMap<FolderId, SubjectRef>,
    entries: HashMap<FactRef, DocumentId>,
    staff: Staff<'a>,
    jobs: HashMap<String, JobRef>,
}

impl<'a> Reading<'a> {
    fn new(names: &'a StaffNames) -> Self {
        Self {
            facts: Vec::new(),
            cases: BTreeMap::new(),
            subjects: HashMap::new(),
            entries: HashMap::new(),
            staff: Staff { known: names, by_name: HashMap::new(), names: BTreeMap::new() },
            jobs: HashMap::new(),
        }
    }

    /// Who came when and left when. Whoever sees only what is shared knows nobody's enrolment, and counts nobody.
    fn enrolments(&mut self, r: &Reader<'_>, programme: ProgrammeId) -> Result<(), AppError> {
        let folders = r.case_folders()?.into_iter().filter(|row| row.programme == programme);
        let by_folder: HashMap<FolderId, CaseFolderRow> = folders.map(|row| (row.folder, row)).collect();
        let subject = |case: CaseId| SubjectRef::new(*case.as_bytes());
        self.subjects = by_folder.values().map(|row| (row.folder, subject(row.case))).collect();
        for row in r.profiles()? {
            let Some(case) = by_folder.get(&row.folder) else { continue };
            let Some(enrolled_on) = row.profile.enrolled_on else { continue };
            let subject = subject(case.case);
            let staff = row.profile.consultant.as_deref().map(|name| self.staff.named(name));
            let fact = |id, day, what| Fact { id, subject: Some(subject), staff, day, received: None, what };
            let [first, last] = ends_of(row.folder);
            self.facts.push(fact(first, enrolled_on, What::Enrolled { out_of_work: None }));
            self.facts.extend(row.profile.exited_on.map(|day| fact(last, day, What::Exited)));
            self.cases.insert(subject, case.clone());
        }
        Ok(())
    }

    fn entry(&mut self, row: &CountedRow, subject: Option<SubjectRef>) {
        let id = FactRef::new(*row.document.as_bytes());
        let author = || row.author.and_then(|member| self.staff.known.of(member));
        let name = row.recorded_by.clone().or_else(author);
        let staff = name.map(|name| self.staff.named(&name));
        let what = self.what(row, subject.is_some());
        self.facts.push(Fact { id, subject, staff, day: row.at.date(), received: None, what });
        self.entries.insert(id, row.document);
    }

    fn what(&mut self, row: &CountedRow, about_a_citizen: bool) -> What {
        let employer = row.employer.map(|cvr| EmployerRef::new(spread(&cvr.to_string())));
        match row.kind {
            EntryKind::EmployerVisit | EntryKind::EmployerContact => What::EmployerContact {
                employer,
                visit: row.visit.map(|visit| VisitRef::new(*visit.as_bytes())),
                face_to_face: row.kind.is_meeting(row.face_to_face),
                client_specific: row.client_specific.unwrap_or(about_a_citizen),
                fits_wish: row.fits_wish,
            },
            EntryKind::JobInterview => What::Interviewed { face_to_face: row.kind.is_meeting(row.face_to_face) },
            EntryKind::Placement => What::Placed,
            EntryKind::JobStart => What::JobStarted(JobTerms {
                employer,
                job: row.job_title.as_deref().filter(|title| !title.trim().is_empty()).map(|title| self.job(title)),
                hours_per_week: row.hours_per_week.map(|hours| u16::try_from(hours).unwrap_or(u16::MAX)),
                permanent: row.permanent,
                terms: Terms::of(row.job_type.as_ref()),
            }),
            EntryKind::JobEnd => What::JobEnded { employer },
            EntryKind::EducationStart => What::EducationStarted {
                ordinary: row.job_type.as_ref().map(|terms| *terms == JobType::RegularEducation),
            },
            EntryKind::EducationEnd => What::EducationEnded,
            EntryKind::Referral => What::ReferredToTreatment { state: referral(row.outcome.as_ref()) },
            _ => What::Other,
        }
    }

    /// One for each title, whatever its letters.
    fn job(&mut self, title: &str) -> JobRef {
        let next = self.jobs.len();
        *self.jobs.entry(fold(title.trim())).or_insert_with(|| JobRef::new(numbered(next)))
    }
}

/// What stands for each consultant. Imported work names people who may be members or not.
struct Staff<'a> {
    known: &'a StaffNames,
    by_name: HashMap<String, StaffRef>,
    names: BTreeMap<StaffRef, String>,
}

impl Staff<'_> {
    fn named(&mut self, name: &str) -> StaffRef {
        let next = self.names.len();
        let member = self.known.only(name);
        let key = member.map_or_else(|| name.trim().to_lowercase(), |member| member.to_string());
        let staff = *self
            .by_name
            .entry(key)
            .or_insert_with(|| member.map_or_else(|| StaffRef::new(numbered(next)), |m| StaffRef::new(*m.as_bytes())));
        self.names.entry(staff).or_insert_with(|| name.trim().to_owned());
        staff
    }
}

fn referral(outcome: Option<&Outcome>) -> ReferralState {
    match outcome {
        Some(Outcome::Started) => ReferralState::Started,
        Some(Outcome::Agreed | Outcome::Interested) => ReferralState::Accepted,
        _ => ReferralState::Offered,
    }
}

/// Two ids for the first and the last day, of the folder that says both.
fn ends_of(folder: FolderId) -> [FactRef; 2] {
    let mut last = *folder.as_bytes();
    last.iter_mut().for_each(|byte| *byte = !*byte);
    [FactRef::new(*folder.as_bytes()), FactRef::new(last)]
}

/// A text of up to sixteen letters as an id.
fn spread(text: &str) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from);
    bytes
}

fn numbered(number: usize) -> [u8; 16] {
    u128::try_from(number).unwrap_or(u128::MAX).to_be_bytes()
}
