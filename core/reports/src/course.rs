//! What facts tell of one citizen's way through the programme.

use feltbog_domain::{FactRef, StaffRef, SubjectRef};
use jiff::civil::Date;

use crate::fact::{Fact, ReferralState, What};
use crate::spell::{Spell, spells};

/// Something that happened on a day, and the fact that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Happened {
    pub(crate) on: Date,
    pub(crate) fact: FactRef,
}

/// One enrolment, as it is known on the day that was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Course {
    pub(crate) subject: SubjectRef,
    pub(crate) staff: Option<StaffRef>,
    pub(crate) enrolled: Happened,
    pub(crate) out_of_work: Option<bool>,
    pub(crate) exited: Option<Happened>,
    pub(crate) spells: Vec<Spell>,
    /// Meetings with employers, also the citizen's own at an interview, oldest first.
    pub(crate) employer_meetings: Vec<Happened>,
    pub(crate) placements: Vec<Happened>,
    pub(crate) referrals: Vec<(ReferralState, Happened)>,
}

impl Course {
    /// Reads one citizen's facts, given by day, on one day starts before ends. Nothing where nobody was enrolled.
    pub(crate) fn of(subject: SubjectRef, facts: &[&Fact]) -> Option<Self> {
        let (enrolled, out_of_work, mut staff) = facts.iter().find_map(|fact| match fact.what {
            What::Enrolled { out_of_work } => Some((happened(fact), out_of_work, fact.staff)),
            _ => None,
        })?;
        let mut course = Self {
            subject,
            staff: None,
            enrolled,
            out_of_work,
            exited: None,
            spells: spells(facts.iter().copied()),
            employer_meetings: Vec::new(),
            placements: Vec::new(),
            referrals: Vec::new(),
        };
        for fact in facts {
            match fact.what {
                // A case that was opened again is told of by its enrolment alone.
                What::Enrolled { .. } => staff = fact.staff.or(staff),
                What::Exited => course.exited = Some(happened(fact)),
                What::Placed => course.placements.push(happened(fact)),
                What::EmployerContact { face_to_face: true, .. } | What::Interviewed { face_to_face: true } => {
                    course.employer_meetings.push(happened(fact));
                }
                What::ReferredToTreatment { state } => course.referrals.push((state, happened(fact))),
                _ => {}
            }
        }
        course.staff = staff;
        Some(course)
    }

    /// Whether the citizen is in the programme on a day: from the first day on, and not on the day of the exit.
    pub(crate) fn is_enrolled_on(&self, day: Date) -> bool {
        self.enrolled.on <= day && self.exited.is_none_or(|exit| exit.on > day)
    }

    /// Whether the citizen was in the programme on any day of a stretch, both ends included.
    pub(crate) fn is_served_in(&self, from: Date, to: Date) -> bool {
        self.enrolled.on <= to && self.exited.is_none_or(|exit| exit.on > from.max(self.enrolled.on))
    }

    /// The competitive job or the education on ordinary terms somebody is in on a day.
    pub(crate) fn at_work_on(&self, day: Date) -> Option<&Spell> {
        self.spells.iter().find(|spell| spell.is_ordinary() && spell.covers(day))
    }

    /// The competitive jobs that count as started while the citizen was in the programme, first one first.
    pub(crate) fn job_starts(&self, as_of: Date) -> impl Iterator<Item = (Date, &Spell)> {
        self.spells
            .iter()
            .filter_map(move |spell| Some((spell.counted_job_start(as_of)?, spell)))
            .filter(|(on, _)| self.began_in_the_programme(*on))
    }

    /// The first competitive job or education on ordinary terms that began in the programme.
    pub(crate) fn first_start(&self, as_of: Date) -> Option<&Spell> {
        let begun = |spell: &&Spell| match spell.ordinary_job() {
            Some(_) => spell.counted_job_start(as_of).is_some(),
            None => spell.is_ordinary() && spell.from <= as_of,
        };
        self.spells.iter().filter(begun).find(|spell| self.began_in_the_programme(spell.from))
    }

    /// What began on the day of the exit is what the citizen left for.
    fn began_in_the_programme(&self, on: Date) -> bool {
        on >= self.enrolled.on && self.exited.is_none_or(|exit| on <= exit.on)
    }

    /// The first of these since the enrolment.
    pub(crate) fn first_since(&self, happened: &[Happened]) -> Option<Happened> {
        happened.iter().copied().find(|it| it.on >= self.enrolled.on)
    }

    /// Days from the enrolment to a day.
    pub(crate) fn days_to(&self, day: Date) -> i32 {
        self.enrolled.on.until(day).map_or(0, |span| span.get_days())
    }
}

const fn happened(fact: &Fact) -> Happened {
    Happened { on: fact.day, fact: fact.id }
}
