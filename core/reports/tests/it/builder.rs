//! Programmes of a few people, built line by line.

use feltbog_domain::{EmployerRef, FactRef, JobRef, StaffRef, SubjectRef, VisitRef};
use feltbog_reports::{Fact, FactBook, Figure, JobTerms, Measure, Period, Question, ReferralState, Terms, What};
use jiff::civil::Date;

/// A day, written `2020-02-29`.
pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The id that stands for a number.
fn id<I: From<[u8; 16]>>(number: u8) -> I {
    let mut bytes = [0; 16];
    bytes[15] = number;
    I::from(bytes)
}

/// A programme.
#[derive(Debug, Clone, Default)]
pub(crate) struct Programme {
    pub(crate) facts: Vec<Fact>,
    subject: Option<SubjectRef>,
    staff: Option<StaffRef>,
}

impl Programme {
    /// What follows is about this person, whom this consultant looks after.
    pub(crate) fn person(mut self, person: u8, consultant: u8) -> Self {
        (self.subject, self.staff) = (Some(id(person)), Some(id(consultant)));
        self
    }

    pub(crate) fn what(mut self, on: &str, what: What) -> Self {
        let number = u16::try_from(self.facts.len()).unwrap();
        let mut bytes = [0; 16];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        let id = FactRef::new(bytes);
        self.facts.push(Fact { id, subject: self.subject, staff: self.staff, day: day(on), received: None, what });
        self
    }

    pub(crate) fn received(mut self, on: &str) -> Self {
        self.facts.last_mut().unwrap().received = Some(day(on));
        self
    }

    pub(crate) fn enrolled(self, on: &str) -> Self {
        self.what(on, What::Enrolled { out_of_work: None })
    }

    pub(crate) fn enrolled_with_a_job(self, on: &str) -> Self {
        self.what(on, What::Enrolled { out_of_work: Some(false) })
    }

    pub(crate) fn exited(self, on: &str) -> Self {
        self.what(on, What::Exited)
    }

    pub(crate) fn job(self, on: &str, employer: u8, hours_per_week: u16) -> Self {
        self.job_of(on, employer, Some(hours_per_week), Terms::Ordinary)
    }

    pub(crate) fn job_of(self, on: &str, employer: u8, hours_per_week: Option<u16>, terms: Terms) -> Self {
        let employer: EmployerRef = id(employer);
        let job: JobRef = id(1);
        let terms = JobTerms { employer: Some(employer), job: Some(job), hours_per_week, permanent: None, terms };
        self.what(on, What::JobStarted(terms))
    }

    /// A job on ordinary terms that is or is not permanent, or of which nobody said.
    pub(crate) fn permanent_job(self, on: &str, employer: u8, permanent: Option<bool>) -> Self {
        let employer: EmployerRef = id(employer);
        let (hours_per_week, terms) = (Some(20), Terms::Ordinary);
        let terms = JobTerms { employer: Some(employer), job: Some(id(1)), hours_per_week, permanent, terms };
        self.what(on, What::JobStarted(terms))
    }

    pub(crate) fn job_over(self, on: &str, employer: u8) -> Self {
        self.what(on, What::JobEnded { employer: Some(id(employer)) })
    }

    pub(crate) fn education(self, on: &str) -> Self {
        self.what(on, What::EducationStarted { ordinary: Some(true) })
    }

    pub(crate) fn met(self, on: &str, employer: u8) -> Self {
        self.contact(on, employer, None, true, true)
    }

    pub(crate) fn called(self, on: &str, employer: u8) -> Self {
        self.contact(on, employer, None, false, true)
    }

    pub(crate) fn contact(
        self,
        on: &str,
        employer: u8,
        visit: Option<u8>,
        face_to_face: bool,
        client_specific: bool,
    ) -> Self {
        let visit: Option<VisitRef> = visit.map(id);
        let what = What::EmployerContact {
            employer: Some(id(employer)),
            visit,
            face_to_face,
            client_specific,
            fits_wish: None,
        };
        self.what(on, what)
    }

    pub(crate) fn referred(self, on: &str, state: ReferralState) -> Self {
        self.what(on, What::ReferredToTreatment { state })
    }

    /// The answer as of a day.
    pub(crate) fn ask(&self, measure: Measure, as_of: &str) -> Figure {
        self.answer(measure, as_of, None)
    }

    /// The answer for a period, as of its last day.
    pub(crate) fn ask_in(&self, measure: Measure, from: &str, to: &str) -> Figure {
        self.answer(measure, to, Some(Period::new(day(from), day(to)).unwrap()))
    }

    pub(crate) fn answer(&self, measure: Measure, as_of: &str, period: Option<Period>) -> Figure {
        Question::new(measure, day(as_of), period).unwrap().answer(&FactBook::new(self.facts.iter().copied()))
    }
}

/// Above and below the line.
pub(crate) fn share(figure: &Figure) -> (u64, u64) {
    (figure.numerator, figure.denominator.unwrap())
}

/// A detail's numbers.
pub(crate) fn detail(figure: &Figure, name: &str) -> (u64, Option<u64>) {
    let found = figure.details.iter().find(|detail| detail.name == name).unwrap();
    (found.numerator, found.denominator)
}
