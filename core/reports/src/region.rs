//! The figures of many municipalities beside each other, and their sums.

use jiff::civil::Date;

use crate::aggregate::{Aggregate, told};
use crate::coarse::{STEP, counts_persons};
use crate::figure::ratio;
use crate::measure::{Measure, Unit};

/// The figures of the municipalities of a region at the end of one quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionTable {
    /// The last day of the quarter.
    pub as_of: Date,
    /// One row for each measure.
    pub rows: Vec<RegionRow>,
}

/// One measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionRow {
    /// Which.
    pub measure: Measure,
    /// Each municipality's numbers, in the order they were given in.
    pub each: Vec<Told>,
    /// All of them together.
    pub sum: RegionSum,
}

/// Numbers as they are told of groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Above the line.
    pub above: u64,
    /// Below it; nothing for a plain count.
    pub below: Option<u64>,
}

/// Numbers added up that were rounded down before, and how far from it what was counted may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegionSum {
    /// The numbers.
    pub told: Told,
    /// There may be so many more above the line, never fewer. Nothing of a mean.
    pub above_may_lack: Option<u64>,
    /// There may be so many more below it.
    pub below_may_lack: u64,
    /// There may be so many fewer below it: those who are there are reckoned from two rounded numbers.
    pub below_may_exceed: u64,
}

impl Told {
    /// The number itself; nothing where there is nothing to divide by.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        ratio(self.above, self.below)
    }
}

impl RegionTable {
    /// Sets figures that were checked ([`Aggregate::check`]) and are of one day beside each other; nothing where there are none.
    #[must_use]
    pub fn of(aggregates: &[&Aggregate]) -> Option<Self> {
        let as_of = aggregates.first()?.as_of;
        let row = |(at, measure): (usize, Measure)| {
            let each = aggregates.iter().filter_map(|aggregate| aggregate.figures.get(at));
            let each: Vec<Told> = each.map(|figure| Told { above: figure.above, below: figure.below }).collect();
            RegionRow { measure, sum: RegionSum::of(measure, &each), each }
        };
        Some(Self { as_of, rows: told().enumerate().map(row).collect() })
    }
}

impl RegionSum {
    fn of(measure: Measure, each: &[Told]) -> Self {
        let sum = |number: &dyn Fn(&Told) -> u64| each.iter().map(number).fold(0, u64::saturating_add);
        let below = each.iter().any(|it| it.below.is_some()).then(|| sum(&|it| it.below.unwrap_or_default()));
        let count = each.len() as u64;
        let reckoned = measure == Measure::PointPrevalence;
        let part_below = matches!(measure, Measure::AtExit | Measure::TreatmentStarts);
        Self {
            told: Told { above: sum(&|it| it.above), below },
            above_may_lack: (measure.unit() != Unit::Days).then(|| sum(&|it| it.above_may_lack(measure))),
            below_may_lack: below.map_or(0, |_| count * if part_below { NEARLY_ALL } else { ROUNDED }),
            below_may_exceed: if reckoned { count * NEARLY_ALL } else { 0 },
        }
    }
}

/// So many are rounded away at most.
const ROUNDED: u64 = STEP - 1;
/// So many where nearly all are told as fewer, too.
const NEARLY_ALL: u64 = 2 * STEP - 1;

impl Told {
    /// How many more there may be above the line than is told.
    const fn above_may_lack(&self, measure: Measure) -> u64 {
        match self.below {
            // Of those who left the last few are not looked at.
            _ if matches!(measure, Measure::AtExit) => NEARLY_ALL,
            _ if !counts_persons(measure) => ROUNDED,
            Some(below) if self.above + STEP < below || below < STEP => ROUNDED,
            _ => NEARLY_ALL,
        }
    }
}
