//! Fidelity: how near a programme keeps to the method, by the 25 items of the scale of 2008 (IPS-25).
//!
//! The names, thresholds and bands are the scale's; the words are our own. Six items are counted from entries, always by the
//! same functions as the figures; where the scale makes an exception for few people or few jobs, nothing is counted and people decide.
//! The others are scored by people who have seen the programme. No band is named before all 25 are scored.

mod counted;
mod items;
mod review;

use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::question::QuestionError;

pub use self::items::{ITEMS, Item, Section};
pub use self::review::{NoReview, Review, Reviewed};

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
    /// Of too many jobs it is not known, so that the score could go either way.
    TooLittleKnown,
}

/// One item with its points.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Which.
    pub item: &'static Item,
    /// One to five.
    pub points: Result<u8, WhyNot>,
    /// What was counted; nothing where people scored it.
    pub figure: Option<Figure>,
    /// What the reviewers wrote.
    pub note: Option<String>,
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
    /// What is counted from entries.
    pub counted: Sum,
    /// What people scored.
    pub by_people: Sum,
    /// Nothing before all are scored.
    pub band: Option<Band>,
}

impl Fidelity {
    /// Scores the items that entries tell of, and takes the others from a review.
    ///
    /// # Errors
    /// [`QuestionError`] when the review's days are none a figure can be asked for.
    pub fn of(review: &Review, book: &FactBook) -> Result<Self, QuestionError> {
        let items: Vec<Scored> =
            ITEMS.iter().map(|item| scored(item, review, book)).collect::<Result<_, QuestionError>>()?;
        let sum = |counted: bool| items.iter().filter(|it| it.item.counted == counted).fold(Sum::default(), Sum::with);
        let (counted, by_people) = (sum(true), sum(false));
        let all = counted.open + by_people.open == 0;
        Ok(Self { band: all.then(|| Band::of(counted.points + by_people.points)), items, counted, by_people })
    }
}

/// Where nothing can be counted the people's score holds.
fn scored(item: &'static Item, review: &Review, book: &FactBook) -> Result<Scored, QuestionError> {
    let by_people = review.score_of(item.number);
    let note = by_people.and_then(|score| score.note.clone());
    let people = by_people.map(|score| score.points);
    if !item.counted {
        return Ok(Scored { item, points: people.ok_or(WhyNot::NotScoredYet), figure: None, note });
    }
    let (points, figure) = counted::item(item.number, review, book)?;
    let points = points.or_else(|why| people.ok_or(why));
    Ok(Scored { item, points, figure: Some(figure), note })
}
