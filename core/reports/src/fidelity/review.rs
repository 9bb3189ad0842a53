//! What people found when they visited a programme, as a file.

use jiff::civil::Date;
use serde::Deserialize;

use super::{ITEMS, MOST_POINTS};
use crate::question::Period;
use crate::unreadable::Unreadable;

/// How often a leader goes through the meetings with employers (item 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reviewed {
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// More seldom, or not at all.
    #[default]
    Seldom,
}

impl Reviewed {
    /// All of them.
    const ALL: [Self; 3] = [Self::Weekly, Self::Monthly, Self::Seldom];

    /// The word of a file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Seldom => "seldom",
        }
    }

    /// What is meant by a word of a file.
    #[must_use]
    pub fn typed(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reviewed| reviewed.word() == word)
    }
}

/// A review.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The days that are looked at.
    pub days: Period,
    /// Full-time consultants on the last day; each counts as one where it is not said.
    pub full_time: Option<f64>,
    /// How often the meetings with employers are gone through.
    pub meetings_reviewed: Reviewed,
    /// What people scored.
    pub scores: Vec<Score>,
}

/// A review as it stands in its file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    from: Date,
    to: Date,
    full_time: Option<f64>,
    #[serde(default)]
    meetings_reviewed: Reviewed,
    #[serde(default)]
    scores: Vec<Score>,
}

/// One item, scored by people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// The item's number.
    pub item: u8,
    /// One to five.
    pub points: u8,
    /// Why, or how the item was read locally.
    pub note: Option<String>,
}

/// Why a file is no review.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoReview {
    /// It cannot be read.
    #[error("{0}")]
    Unreadable(Unreadable),
    /// There is no item of this number.
    #[error("there is no item {0}; they are numbered 1 to 25")]
    NoItem(u8),
    /// An item has 1 to 5 points.
    #[error("item {0} has 1 to 5 points")]
    Points(u8),
    /// An item is scored twice.
    #[error("item {0} is scored twice")]
    Twice(u8),
    /// The period ends before it begins.
    #[error("the period ends before it begins")]
    EndsBeforeItBegins,
    /// A number of consultants that cannot be.
    #[error("full_time is a number above 0")]
    FullTime,
}

impl Review {
    /// Reads a review from the text of its file.
    ///
    /// # Errors
    /// [`NoReview`] with what is wrong.
    pub fn read(text: &str) -> Result<Self, NoReview> {
        let written = toml::from_str(text).map_err(|error| NoReview::Unreadable(Unreadable::of(text, &error)))?;
        let Written { from, to, full_time, meetings_reviewed, scores } = written;
        let days = Period::new(from, to).map_err(|_| NoReview::EndsBeforeItBegins)?;
        if full_time.is_some_and(|staff| !(staff.is_finite() && staff > 0.0)) {
            return Err(NoReview::FullTime);
        }
        let mut seen = Vec::new();
        for score in &scores {
            if !ITEMS.iter().any(|item| item.number == score.item) {
                return Err(NoReview::NoItem(score.item));
            }
            if !(1..=MOST_POINTS).contains(&score.points) {
                return Err(NoReview::Points(score.item));
            }
            if seen.contains(&score.item) {
                return Err(NoReview::Twice(score.item));
            }
            seen.push(score.item);
        }
        Ok(Self { days, full_time, meetings_reviewed, scores })
    }

    /// A review of some days in which nobody has scored anything yet.
    #[must_use]
    pub const fn without_scores(days: Period) -> Self {
        Self { days, full_time: None, meetings_reviewed: Reviewed::Seldom, scores: Vec::new() }
    }

    pub(super) fn score_of(&self, item: u8) -> Option<&Score> {
        self.scores.iter().find(|score| score.item == item)
    }
}
