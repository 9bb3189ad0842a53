//! One fact on the wire: pseudonyms, a day and codes of closed lists.

use feltbog_domain::{EmployerRef, FactRef, JobRef, StaffRef, SubjectRef, VisitRef};
use feltbog_reports::{Fact, JobTerms, ReferralState, Terms, What};
use jiff::Span;
use jiff::civil::{Date, date};
use minicbor::{Decode, Encode};

const FIRST_DAY: Date = date(1970, 1, 1);

/// Every field any fact has. What a fact does not say is absent.
#[derive(Clone, Default, Encode, Decode)]
#[cbor(map)]
pub(crate) struct FactMap {
    #[cbor(n(0), with = "crate::id_bytes")]
    id: FactRef,
    /// Code of what happened.
    #[n(1)]
    what: u8,
    /// Days since 1970.
    #[n(2)]
    day: i32,
    #[cbor(n(3), with = "crate::id_bytes::optional", skip_if = "Option::is_none", default)]
    subject: Option<SubjectRef>,
    #[cbor(n(4), with = "crate::id_bytes::optional", skip_if = "Option::is_none", default)]
    staff: Option<StaffRef>,
    #[cbor(n(5), with = "crate::id_bytes::optional", skip_if = "Option::is_none", default)]
    employer: Option<EmployerRef>,
    #[cbor(n(6), with = "crate::id_bytes::optional", skip_if = "Option::is_none", default)]
    job: Option<JobRef>,
    #[cbor(n(7), with = "crate::id_bytes::optional", skip_if = "Option::is_none", default)]
    visit: Option<VisitRef>,
    #[n(8)]
    hours_per_week: Option<u16>,
    /// How a job is paid, or how far a referral came.
    #[n(9)]
    degree: Option<u8>,
    /// What is said about it with yes or no: out of work, permanent, ordinary, fits the wish.
    #[n(10)]
    said: Option<bool>,
    #[n(11)]
    face_to_face: Option<bool>,
    #[n(12)]
    client_specific: Option<bool>,
}

const ENROLLED: u8 = 1;
const EXITED: u8 = 2;
const JOB_STARTED: u8 = 3;
const JOB_ENDED: u8 = 4;
const EDUCATION_STARTED: u8 = 5;
const EDUCATION_ENDED: u8 = 6;
const PLACED: u8 = 7;
const EMPLOYER_CONTACT: u8 = 8;
const INTERVIEWED: u8 = 9;
const REFERRED_TO_TREATMENT: u8 = 10;
const OTHER: u8 = 11;

impl FactMap {
    /// When the server had it, the server knows by itself.
    pub(crate) fn of(fact: &Fact) -> Self {
        let Fact { id, subject, staff, day, received: _, what } = *fact;
        let map = Self { id, subject, staff, day: days_since_1970(day), ..Self::default() };
        match what {
            What::Enrolled { out_of_work } => Self { what: ENROLLED, said: out_of_work, ..map },
            What::Exited => Self { what: EXITED, ..map },
            What::JobStarted(JobTerms { employer, job, hours_per_week, permanent, terms }) => {
                let degree = Some(terms_code(terms));
                Self { what: JOB_STARTED, employer, job, hours_per_week, said: permanent, degree, ..map }
            }
            What::JobEnded { employer } => Self { what: JOB_ENDED, employer, ..map },
            What::EducationStarted { ordinary } => Self { what: EDUCATION_STARTED, said: ordinary, ..map },
            What::EducationEnded => Self { what: EDUCATION_ENDED, ..map },
            What::Placed => Self { what: PLACED, ..map },
            What::EmployerContact { employer, visit, face_to_face, client_specific, fits_wish } => {
                let (face_to_face, client_specific) = (Some(face_to_face), Some(client_specific));
                Self { what: EMPLOYER_CONTACT, employer, visit, face_to_face, client_specific, said: fits_wish, ..map }
            }
            What::Interviewed { face_to_face } => Self { what: INTERVIEWED, face_to_face: Some(face_to_face), ..map },
            What::ReferredToTreatment { state } => {
                Self { what: REFERRED_TO_TREATMENT, degree: Some(state_code(state)), ..map }
            }
            What::Other => Self { what: OTHER, ..map },
        }
    }

    /// Nothing for a code that is on no list, a day that is on no calendar, and a fact that lacks something.
    pub(crate) fn fact(&self) -> Option<Fact> {
        let Self { id, subject, staff, employer, visit, said, .. } = *self;
        let what = match self.what {
            ENROLLED => What::Enrolled { out_of_work: said },
            EXITED => What::Exited,
            JOB_STARTED => What::JobStarted(JobTerms {
                employer,
                job: self.job,
                hours_per_week: self.hours_per_week,
                permanent: said,
                terms: terms(self.degree?)?,
            }),
            JOB_ENDED => What::JobEnded { employer },
            EDUCATION_STARTED => What::EducationStarted { ordinary: said },
            EDUCATION_ENDED => What::EducationEnded,
            PLACED => What::Placed,
            EMPLOYER_CONTACT => What::EmployerContact {
                employer,
                visit,
                face_to_face: self.face_to_face?,
                client_specific: self.client_specific?,
                fits_wish: said,
            },
            INTERVIEWED => What::Interviewed { face_to_face: self.face_to_face? },
            REFERRED_TO_TREATMENT => What::ReferredToTreatment { state: state(self.degree?)? },
            OTHER => What::Other,
            _ => return None,
        };
        let day = FIRST_DAY.checked_add(Span::new().try_days(self.day).ok()?).ok()?;
        Some(Fact { id, subject, staff, day, received: None, what })
    }
}

fn days_since_1970(day: Date) -> i32 {
    FIRST_DAY.until(day).map_or(0, |span| span.get_days())
}

const fn terms_code(terms: Terms) -> u8 {
    match terms {
        Terms::NotSaid => 0,
        Terms::Ordinary => 1,
        Terms::Subsidised => 2,
    }
}

const fn terms(code: u8) -> Option<Terms> {
    match code {
        0 => Some(Terms::NotSaid),
        1 => Some(Terms::Ordinary),
        2 => Some(Terms::Subsidised),
        _ => None,
    }
}

const fn state_code(state: ReferralState) -> u8 {
    match state {
        ReferralState::Offered => 1,
        ReferralState::Accepted => 2,
        ReferralState::Started => 3,
    }
}

const fn state(code: u8) -> Option<ReferralState> {
    match code {
        1 => Some(ReferralState::Offered),
        2 => Some(ReferralState::Accepted),
        3 => Some(ReferralState::Started),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_kind() -> Vec<What> {
        let employer = Some(EmployerRef::new([4; 16]));
        let contact = What::EmployerContact {
            employer,
            visit: Some(VisitRef::new([5; 16])),
            face_to_face: true,
            client_specific: false,
            fits_wish: Some(true),
        };
        let terms = |terms| {
            let job = Some(JobRef::new([6; 16]));
            What::JobStarted(JobTerms { employer, job, hours_per_week: Some(12), permanent: Some(false), terms })
        };
        vec![
            What::Enrolled { out_of_work: Some(true) },
            What::Enrolled { out_of_work: None },
            What::Exited,
            terms(Terms::NotSaid),
            terms(Terms::Ordinary),
            terms(Terms::Subsidised),
            What::JobEnded { employer: None },
            What::EducationStarted { ordinary: Some(false) },
            What::EducationEnded,
            What::Placed,
            contact,
            What::Interviewed { face_to_face: false },
            What::ReferredToTreatment { state: ReferralState::Offered },
            What::ReferredToTreatment { state: ReferralState::Accepted },
            What::ReferredToTreatment { state: ReferralState::Started },
            What::Other,
        ]
    }

    #[test]
    fn every_kind_of_fact_comes_back_as_it_went() {
        for day in [date(1969, 12, 31), date(2024, 2, 29), date(2026, 11, 23)] {
            for what in every_kind() {
                let (subject, staff) = (Some(SubjectRef::new([2; 16])), None);
                let fact = Fact { id: FactRef::new([1; 16]), subject, staff, day, received: None, what };
                let bytes = crate::encode(&FactMap::of(&fact));
                let read: FactMap = crate::decode(&bytes).unwrap();
                assert_eq!(read.fact(), Some(fact), "{what:?}");
                assert!(bytes.len() < 130, "{} bytes for {what:?}", bytes.len());
            }
        }
    }

    #[test]
    fn a_code_that_is_on_no_list_and_a_fact_that_lacks_something_are_no_facts() {
        let of = |what, degree, face_to_face| FactMap { what, degree, face_to_face, ..FactMap::default() };
        for map in [
            of(0, None, None),
            of(12, None, None),
            of(JOB_STARTED, None, None),
            of(JOB_STARTED, Some(3), None),
            of(REFERRED_TO_TREATMENT, Some(0), None),
            of(INTERVIEWED, None, None),
            of(EMPLOYER_CONTACT, None, Some(true)),
            FactMap { day: i32::MAX, ..of(PLACED, None, None) },
        ] {
            assert_eq!(map.fact(), None);
        }
    }
}
