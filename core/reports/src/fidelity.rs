//! Fidelity: how near a programme keeps to the method, by the 25 items of the scale of 2008 (IPS-25).
//!
//! The names, thresholds and bands are the scale's; the words are our own. Six items are counted from entries, always by the
//! same functions as the figures; where the scale makes an exception for few people or few jobs, nothing is counted and people decide.
//! The others are scored by people who have seen the programme. No band is named before all 25 are scored.

mod basis;
mod counted;
mod items;
mod kept;
mod review;

use std::collections::BTreeMap;

use crate::fact_book::FactBook;
use crate::scope::Scope;

pub use self::basis::Basis;
pub use self::items::{ITEMS, Item, Section};
pub use self::kept::KeptCount;
pub use self::review::{NoReview, Review, Reviewed, Score};

/// Most points an item can have; the least is one.
pub const MOST_POINTS: u8 = 5;

/// Why an item has no points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// It is for people, and nobody has scored it yet.
    NotScoredYet,
    /// Nothing that it counts happened.
    NothingToCount,
    /// Some consultant has fewer than three citizens who look for work: the scale then asks for less (item 17).
    FewSeekWork,
    /// There are fewer than ten jobs, of which a share says little (item 21).
    FewJobs,
    /// What is not known, or not decided yet, could change the points.
    TooLittleKnown,
    /// What was counted is of some citizens, and the scale of the whole programme.
    OwnOnly,
    /// Who counts has not put it into the evidence yet.
    NotCountedYet,
}

/// Who gives an item its points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scorer {
    /// They are counted from entries, or will be.
    Entries,
    /// People gave them, or are still to.
    People,
}

/// One item with its points.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Which.
    pub item: &'static Item,
    /// One to five.
    pub points: Result<u8, WhyNot>,
    /// Whose points they are; also of an item that nobody has scored.
    pub scorer: Scorer,
    /// What was counted, also where it gave no points; nothing of an item that entries tell nothing of.
    pub basis: Option<Basis>,
    /// What people wrote, also where the count holds against it.
    pub review: Option<Score>,
}

/// Points of those that are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// Points.
    pub points: u32,
    /// What could have been had by the items that are scored.
    pub of: u32,
    /// Items that are not scored.
    pub open: u32,
}

impl Sum {
    fn with(self, scored: &Scored) -> Self {
        match scored.points {
            Ok(points) => {
                Self { points: self.points + u32::from(points), of: self.of + u32::from(MOST_POINTS), ..self }
            }
            Err(_) => Self { open: self.open + 1, ..self },
        }
    }
}

/// What the sum of all 25 says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// 115 to 125.
    Exemplary,
    /// 100 to 114.
    Good,
    /// 74 to 99.
    Fair,
    /// Up to 73.
    NotSupportedEmployment,
}

impl Band {
    /// The band of a sum.
    #[must_use]
    pub const fn of(points: u32) -> Self {
        match points {
            115.. => Self::Exemplary,
            100..=114 => Self::Good,
            74..=99 => Self::Fair,
            _ => Self::NotSupportedEmployment,
        }
    }
}

/// A programme on the scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Fidelity {
    /// All 25, in order.
    pub items: Vec<Scored>,
    /// The points that were counted from entries.
    pub counted: Sum,
    /// The points that people gave.
    pub by_people: Sum,
    /// Nothing before all are scored, and where not the whole programme is seen.
    pub band: Option<Band>,
}

impl Fidelity {
    /// Scores the items that entries tell of, and takes the others from a review.
    #[must_use]
    pub fn of(review: &Review, book: &FactBook, scope: Scope) -> Self {
        let items = ITEMS.iter().map(|item| {
            let counted = item.counted.then(|| {
                let (points, basis) = counted::item(item.number, review, book);
                (if scope == Scope::Own { Err(WhyNot::OwnOnly) } else { points }, Some(basis))
            });
            scored(item, review, counted)
        });
        Self::summed(items.collect(), scope)
    }

    /// The same for who may count nothing, from what was counted elsewhere of the whole programme.
    #[must_use]
    pub fn as_kept(review: &Review, counts: &BTreeMap<u8, KeptCount>) -> Self {
        let items = ITEMS.iter().map(|item| {
            let nothing = (Err(WhyNot::NotCountedYet), None);
            let kept = counts.get(&item.number).map_or(nothing, KeptCount::scored);
            scored(item, review, item.counted.then_some(kept))
        });
        Self::summed(items.collect(), Scope::Programme)
    }

    fn summed(items: Vec<Scored>, scope: Scope) -> Self {
        let sum = |scorer| items.iter().filter(|it| it.scorer == scorer).fold(Sum::default(), Sum::with);
        let (counted, by_people) = (sum(Scorer::Entries), sum(Scorer::People));
        let may_be_named = counted.open + by_people.open == 0 && scope == Scope::Programme;
        let band = may_be_named.then(|| Band::of(counted.points + by_people.points));
        Self { band, items, counted, by_people }
    }
}

/// Where nothing can be counted the people's score holds, and nowhere else.
fn scored(item: &'static Item, review: &Review, counted: Option<(Result<u8, WhyNot>, Option<Basis>)>) -> Scored {
    let review_of_it = review.score_of(item.number).cloned();
    let people = review_of_it.as_ref().map(|score| score.points);
    let Some((points, basis)) = counted else {
        let points = people.ok_or(WhyNot::NotScoredYet);
        return Scored { item, points, scorer: Scorer::People, basis: None, review: review_of_it };
    };
    let (points, scorer) = match (points, people) {
        (Err(_), Some(people)) => (Ok(people), Scorer::People),
        (counted, _) => (counted, Scorer::Entries),
    };
    Scored { item, points, scorer, basis, review: review_of_it }
}
