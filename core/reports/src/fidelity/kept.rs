//! What was counted of an item, as a programme's evidence keeps it for those who see no citizen.

use super::basis::{Basis, number};
use super::{MOST_POINTS, Scored, Scorer, WhyNot};

/// A group of fewer says too much of each of them.
const SMALL: f64 = 5.0;

/// What was counted of one item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeptCount {
    /// One to five; nothing where the count gave none.
    pub points: Option<u8>,
    /// What is above the line and below it; nothing where a group of fewer than five could be read out of it.
    pub basis: Option<(u64, f64)>,
}

impl KeptCount {
    /// What may be kept of an item; nothing of one that entries do not tell of.
    #[must_use]
    pub fn of(scored: &Scored) -> Option<Self> {
        let basis = scored.basis?;
        let points = scored.points.ok().filter(|_| scored.scorer == Scorer::Entries);
        let kept = tells_of_no_few(scored.item.number, &basis).then_some((basis.above, basis.below));
        Some(Self { points, basis: kept })
    }

    pub(super) fn scored(&self) -> (Result<u8, WhyNot>, Option<Basis>) {
        let points = self.points.filter(|points| (1..=MOST_POINTS).contains(points));
        (points.ok_or(WhyNot::NotScoredYet), self.basis.map(|(above, below)| Basis::of(above, below)))
    }
}

/// Of a share both those who count and those who do not are a group; nobody at all is none.
fn tells_of_no_few(item: u8, basis: &Basis) -> bool {
    let above = number(basis.above);
    let many = |size: f64| size <= 0.0 || size >= SMALL;
    match item {
        1 => many(above),
        15 => many(basis.below),
        17 => true,
        _ => many(above) && many(basis.below - above) && many(basis.below - above - f64::from(basis.undecided)),
    }
}
