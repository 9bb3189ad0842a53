//! Facts: what of an entry is counted.

use feltbog_domain::{EmployerRef, FactRef, JobRef, JobType, StaffRef, SubjectRef, VisitRef};
use jiff::civil::Date;

/// One coded statement: who in pseudonym, what, on which day. There is no field that a name or a sentence fits into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Stands for the entry it was read from.
    pub id: FactRef,
    /// Stands for the citizen's enrolment; nothing for work without a case.
    pub subject: Option<SubjectRef>,
    /// Stands for the consultant who did it or is responsible.
    pub staff: Option<StaffRef>,
    /// The day it happened.
    pub day: Date,
    /// The day the server had it.
    pub received: Option<Date>,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The first day in the programme.
    Enrolled {
        /// Whether the citizen had no job then; nothing where nobody said.
        out_of_work: Option<bool>,
    },
    /// The first day on which the citizen is no longer in the programme.
    Exited,
    /// The first day in a job.
    JobStarted(JobTerms),
    /// The first day without it.
    JobEnded {
        /// Where it was.
        employer: Option<EmployerRef>,
    },
    /// The first day of an education.
    EducationStarted {
        /// Whether it is on ordinary terms; nothing where nobody said.
        ordinary: Option<bool>,
    },
    /// The first day without it.
    EducationEnded,
    /// The first day of a placement at a company (*virksomhedsplacering*), which is no job.
    Placed,
    /// A contact with an employer.
    EmployerContact {
        /// Which.
        employer: Option<EmployerRef>,
        /// The same for every citizen that one visit was about.
        visit: Option<VisitRef>,
        /// Whether people met: an attempt or a telephone call is no meeting.
        face_to_face: bool,
        /// Whether it was about one citizen.
        client_specific: bool,
        /// Whether it fits what the citizen wants to work with.
        fits_wish: Option<bool>,
    },
    /// The citizen's own talk with an employer about a job: a meeting with an employer, and none of the consultant's.
    Interviewed {
        /// Whether they met.
        face_to_face: bool,
    },
    /// The citizen was referred to treatment.
    ReferredToTreatment {
        /// How far it came.
        state: ReferralState,
    },
    /// Anything else that was done, for the days until it was received.
    Other,
}

/// The terms of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobTerms {
    /// Where.
    pub employer: Option<EmployerRef>,
    /// Stands for the kind of work.
    pub job: Option<JobRef>,
    /// Hours a week.
    pub hours_per_week: Option<u16>,
    /// Whether it is permanent.
    pub permanent: Option<bool>,
    /// How it is paid.
    pub terms: Terms,
}

/// How a job is paid. Only ordinary pay is competitive employment (IPS-25, item 21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Terms {
    /// Ordinary wages, few hours included (*småjob*).
    Ordinary,
    /// *Fleksjob*, *løntilskud*, *virksomhedspraktik* or what a newer version calls something else.
    Subsidised,
    /// Nobody said. A placement is an entry of its own, so a start without terms counts as ordinary, and every figure says how many
    /// of its starts do.
    NotSaid,
}

impl Terms {
    /// The terms of a job as an entry states them.
    #[must_use]
    pub fn of(job_type: Option<&JobType>) -> Self {
        match job_type {
            None => Terms::NotSaid,
            Some(job_type) if job_type.is_competitive() => Terms::Ordinary,
            Some(_) => Terms::Subsidised,
        }
    }

    /// Whether the job counts as competitive.
    #[must_use]
    pub const fn count_as_ordinary(self) -> bool {
        matches!(self, Terms::Ordinary | Terms::NotSaid)
    }
}

/// How far a referral to treatment came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferralState {
    /// Offered.
    Offered,
    /// The citizen said yes.
    Accepted,
    /// Treatment began.
    Started,
}
