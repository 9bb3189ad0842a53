//! From entries to facts: what is counted of each, and what stands for whom.

use std::collections::BTreeMap;

use feltbog_domain::{
    CaseId, DocumentId, EmployerRef, EntryKind, FactRef, FolderId, JobRef, JobType, Outcome, StaffRef, SubjectRef,
    VisitRef, fold,
};
use feltbog_reports::{Fact, JobTerms, ReferralState, Terms, What};
use feltbog_sealing::{Pseudonyms, Stands};
use feltbog_store::{CountedCourse, CountedRow};

use crate::staff_names::StaffNames;

/// The kinds of entries that any measure counts.
pub(crate) const KINDS: [EntryKind; 9] = [
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

/// Reads facts; remembers which consultant stands behind which pseudonym.
pub(crate) struct FactReading<'a> {
    names: &'a StaffNames,
    pseudonyms: &'a Pseudonyms,
    /// The consultants' names.
    pub(crate) staff: BTreeMap<StaffRef, String>,
}

impl<'a> FactReading<'a> {
    pub(crate) const fn new(names: &'a StaffNames, pseudonyms: &'a Pseudonyms) -> Self {
        Self { names, pseudonyms, staff: BTreeMap::new() }
    }

    /// What stands for a citizen's enrolment.
    pub(crate) fn subject(&self, case: CaseId) -> SubjectRef {
        SubjectRef::new(self.pseudonyms.pseudonym(Stands::Citizen, case.as_bytes()))
    }

    /// What stands for an entry.
    pub(crate) fn entry_ref(&self, entry: DocumentId) -> FactRef {
        FactRef::new(self.pseudonyms.pseudonym(Stands::Entry, entry.as_bytes()))
    }

    /// What stands for the first and the last day that a folder tells of.
    pub(crate) fn ends_of(&self, folder: FolderId) -> [FactRef; 2] {
        [Stands::FirstDay, Stands::LastDay]
            .map(|stands| FactRef::new(self.pseudonyms.pseudonym(stands, folder.as_bytes())))
    }

    /// Who came when and left when; nothing where nobody said when.
    pub(crate) fn course(&mut self, course: &CountedCourse, subject: SubjectRef) -> impl Iterator<Item = Fact> + use<> {
        let staff = course.enrolled_on.and(course.consultant.as_deref()).map(|name| self.named(name));
        let fact = |id, day, what| Fact { id, subject: Some(subject), staff, day, received: None, what };
        let [first, last] = self.ends_of(course.folder);
        let enrolled = course.enrolled_on.map(|day| fact(first, day, What::Enrolled { out_of_work: None }));
        let exited = course.exited_on.filter(|_| enrolled.is_some()).map(|day| fact(last, day, What::Exited));
        enrolled.into_iter().chain(exited)
    }

    /// What an entry says.
    pub(crate) fn entry(&mut self, row: &CountedRow, subject: Option<SubjectRef>) -> Fact {
        let staff = match (&row.recorded_by, row.author) {
            (Some(name), _) => Some(self.named(name)),
            (None, Some(member)) => {
                let name = self.names.of(member).unwrap_or_default();
                Some(self.known_as(member.as_bytes(), &name))
            }
            (None, None) => None,
        };
        let what = self.what(row, subject.is_some());
        Fact { id: self.entry_ref(row.document), subject, staff, day: row.at.date(), received: None, what }
    }

    fn what(&self, row: &CountedRow, about_a_citizen: bool) -> What {
        let made = |stands, of: &[u8]| self.pseudonyms.pseudonym(stands, of);
        let employer = row.employer.map(|cvr| EmployerRef::new(made(Stands::Employer, cvr.to_string().as_bytes())));
        match row.kind {
            EntryKind::EmployerVisit | EntryKind::EmployerContact => What::EmployerContact {
                employer,
                visit: row.visit.map(|visit| VisitRef::new(made(Stands::Visit, visit.as_bytes()))),
                face_to_face: row.kind.is_meeting(row.face_to_face),
                client_specific: row.client_specific.unwrap_or(about_a_citizen),
                fits_wish: row.fits_wish,
            },
            EntryKind::JobInterview => What::Interviewed { face_to_face: row.kind.is_meeting(row.face_to_face) },
            EntryKind::Placement => What::Placed,
            EntryKind::JobStart => What::JobStarted(JobTerms {
                employer,
                // One for each title, whatever its letters.
                job: row
                    .job_title
                    .as_deref()
                    .map(str::trim)
                    .filter(|title| !title.is_empty())
                    .map(|title| JobRef::new(made(Stands::Job, fold(title).as_bytes()))),
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

    /// Imported work names people who may be members or not.
    fn named(&mut self, name: &str) -> StaffRef {
        let name = name.trim();
        match self.names.only(name) {
            Some(member) => self.known_as(member.as_bytes(), name),
            None => self.known_as(name.to_lowercase().as_bytes(), name),
        }
    }

    fn known_as(&mut self, key: &[u8], name: &str) -> StaffRef {
        let staff = StaffRef::new(self.pseudonyms.pseudonym(Stands::Consultant, key));
        self.staff.entry(staff).or_insert_with(|| name.to_owned());
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
