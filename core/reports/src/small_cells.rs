//! Figures for somebody who must not learn of any single person: an evaluator.
//!
//! Hiding numbers under five is not enough: two figures that differ by one citizen give that one away. So every number is
//! rounded down to whole fives, always the same way. What a subtraction of two such numbers says is a multiple of five
//! again: nought stands for any difference from none to four, and five for any from one to nine. And there is one calendar for all
//! ([`crate::Question::at_a_cut`]), so that no period is the sum of others or overlaps one.

use crate::figure::Figure;
use crate::measure::Unit;

/// The smallest group anybody may tell from none.
const STEP: u64 = 5;

/// The figure in whole fives, without anything that is about fewer: who is behind it, consultants, middle values.
#[must_use]
pub fn coarsened(figure: &Figure) -> Figure {
    let below = figure.denominator.map(in_fives);
    let numerator = match (figure.unit(), figure.denominator) {
        (Unit::Days, Some(persons)) => whole_days(figure.numerator, persons) * in_fives(persons),
        _ => in_fives(figure.numerator),
    };
    let few = |number: u32| u32::try_from(in_fives(u64::from(number))).unwrap_or(u32::MAX);
    Figure {
        question: figure.question,
        numerator,
        denominator: below,
        evidence: Vec::new(),
        undecided: few(figure.undecided),
        assumed_ordinary: few(figure.assumed_ordinary),
        details: Vec::new(),
        rows: Vec::new(),
    }
}

const fn in_fives(number: u64) -> u64 {
    number - number % STEP
}

/// The mean in whole days: of fewer than five it is not told, since their number becomes nought.
fn whole_days(days: u64, persons: u64) -> u64 {
    (days + persons / 2).checked_div(persons).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is published of each of two numbers is all an evaluator has. However many differences fit what was seen, if it is
    /// ever fewer than five, a group under five was told apart.
    #[test]
    fn no_subtraction_of_two_published_numbers_tells_a_group_under_five_from_others() {
        for whole in 0..200_u64 {
            for part in whole.saturating_sub(4)..=whole {
                let seen = (in_fives(whole), in_fives(part));
                let fits = |a: u64, b: u64| (in_fives(a), in_fives(b)) == seen && b <= a;
                let differences: std::collections::BTreeSet<u64> =
                    (0..205).flat_map(|a| (0..=a).filter(move |b| fits(a, *b)).map(move |b| a - b)).collect();
                assert!(differences.len() >= 5, "{whole} and {part} show a group of {differences:?}");
            }
        }
    }

    #[test]
    fn a_number_under_five_is_nought_and_a_mean_of_fewer_than_five_is_none() {
        assert_eq!([0, 4, 5, 9, 10, 73].map(in_fives), [0, 0, 5, 5, 10, 70]);
        assert_eq!(whole_days(7, 2) * in_fives(2), 0);
        assert_eq!((whole_days(1233, 73), whole_days(0, 0)), (17, 0));
    }
}
