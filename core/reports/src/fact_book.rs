//! All facts of a programme.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use feltbog_domain::SubjectRef;
use jiff::civil::{Date, date};

use crate::course::Course;
use crate::fact::{Fact, What};

/// The facts of one programme, in the order in which they count.
#[derive(Debug, Clone, Default)]
pub struct FactBook {
    facts: Vec<Fact>,
}

impl FactBook {
    /// The days on which anything is counted. A slip of the year must not make a programme of a hundred thousand weeks.
    pub const DAYS: RangeInclusive<Date> = date(1900, 1, 1)..=date(2199, 12, 31);

    /// Takes facts in any order; of two with one id the later one holds.
    #[must_use]
    pub fn new(facts: impl IntoIterator<Item = Fact>) -> Self {
        let counted = facts.into_iter().filter(|fact| Self::DAYS.contains(&fact.day));
        let by_id: BTreeMap<_, _> = counted.map(|fact| (fact.id, fact)).collect();
        let mut facts: Vec<Fact> = by_id.into_values().collect();
        facts.sort_by_key(|fact| (fact.day, place_in_the_day(&fact.what), fact.id));
        Self { facts }
    }

    /// What had happened at the end of a day, oldest first.
    pub(crate) fn until(&self, day: Date) -> &[Fact] {
        let end = self.facts.partition_point(|fact| fact.day <= day);
        self.facts.get(..end).unwrap_or_default()
    }

    /// Every enrolment as it is known at the end of a day.
    pub(crate) fn courses(&self, day: Date) -> Vec<Course> {
        let mut by_subject: BTreeMap<SubjectRef, Vec<&Fact>> = BTreeMap::new();
        for fact in self.until(day) {
            if let Some(subject) = fact.subject {
                by_subject.entry(subject).or_default().push(fact);
            }
        }
        by_subject.iter().filter_map(|(subject, facts)| Course::of(*subject, facts)).collect()
    }
}

/// Facts know the day alone: what begins and ends on one day began before it ended.
const fn place_in_the_day(what: &What) -> u8 {
    match what {
        What::Enrolled { .. } => 0,
        What::JobStarted(_) | What::EducationStarted { .. } | What::Placed => 1,
        What::JobEnded { .. } | What::EducationEnded => 3,
        What::Exited => 4,
        _ => 2,
    }
}
