//! Jobs and educations with their beginning and end.

use feltbog_domain::{EmployerRef, FactRef, which_ends};
use jiff::civil::Date;

use crate::fact::{Fact, JobTerms, Terms, What};

/// A job or an education from its first day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spell {
    pub(crate) kind: SpellKind,
    pub(crate) from: Date,
    /// The first day without it; nothing while it lasts.
    pub(crate) until: Option<Date>,
    pub(crate) start: FactRef,
}

/// Which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpellKind {
    Job(JobTerms),
    Education {
        /// Whether it is on ordinary terms.
        ordinary: Option<bool>,
    },
}

impl Spell {
    /// Whether it lasts on a day.
    pub(crate) fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| until > day)
    }

    /// Whether any day of a stretch, both ends included, lies in it. A job that began and ended on one day was worked on it.
    pub(crate) fn touches(&self, from: Date, to: Date) -> bool {
        self.from <= to && self.until.is_none_or(|until| until > from || self.from >= from)
    }

    /// Whether it is a competitive job or an education on ordinary terms.
    pub(crate) fn is_ordinary(&self) -> bool {
        match self.kind {
            SpellKind::Job(terms) => terms.terms.count_as_ordinary(),
            SpellKind::Education { ordinary } => ordinary != Some(false),
        }
    }

    /// The terms, of a competitive job.
    pub(crate) fn ordinary_job(&self) -> Option<JobTerms> {
        match self.kind {
            SpellKind::Job(terms) if terms.terms.count_as_ordinary() => Some(terms),
            _ => None,
        }
    }

    /// Whether it counts as ordinary because nobody said otherwise.
    pub(crate) fn is_assumed_ordinary(&self) -> bool {
        match self.kind {
            SpellKind::Job(terms) => terms.terms == Terms::NotSaid,
            SpellKind::Education { ordinary } => ordinary.is_none(),
        }
    }

    fn employer(&self) -> Option<EmployerRef> {
        match self.kind {
            SpellKind::Job(terms) => terms.employer,
            SpellKind::Education { .. } => None,
        }
    }

    fn is_job(&self) -> bool {
        matches!(self.kind, SpellKind::Job(_))
    }
}

/// Pairs starts and ends of one citizen, given by day, on one day starts before ends.
pub(crate) fn spells<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    for fact in facts {
        match fact.what {
            What::JobStarted(terms) => spells.push(begun(fact, SpellKind::Job(terms))),
            What::EducationStarted { ordinary } => spells.push(begun(fact, SpellKind::Education { ordinary })),
            What::JobEnded { employer } => end(&mut spells, true, employer, fact.day),
            What::EducationEnded => end(&mut spells, false, None, fact.day),
            _ => {}
        }
    }
    spells
}

fn begun(fact: &Fact, kind: SpellKind) -> Spell {
    Spell { kind, from: fact.day, until: None, start: fact.id }
}

fn end(spells: &mut [Spell], job: bool, employer: Option<EmployerRef>, day: Date) {
    let mut open: Vec<&mut Spell> =
        spells.iter_mut().filter(|spell| spell.is_job() == job && spell.until.is_none()).collect();
    let ended = which_ends(open.iter().map(|spell| spell.employer()), employer);
    if let Some(spell) = ended.and_then(|place| open.get_mut(place)) {
        spell.until = Some(day);
    }
}
