//! What a programme costs, and for how many there is room.

use std::collections::BTreeSet;

use super::Programme;

impl Programme {
    /// The years there is a budget for, in order.
    #[must_use]
    pub fn years(&self) -> Vec<String> {
        let years: BTreeSet<&String> = self.costs.iter().flat_map(|line| line.thousands.keys()).collect();
        years.into_iter().cloned().collect()
    }

    /// What a year costs, in thousands of kroner.
    #[must_use]
    pub fn cost_of(&self, year: &str) -> Option<u64> {
        let lines: Vec<u64> =
            self.costs.iter().filter_map(|line| line.thousands.get(year).copied()).map(u64::from).collect();
        (!lines.is_empty()).then(|| lines.iter().sum())
    }

    /// What everything costs, in thousands of kroner.
    #[must_use]
    pub fn total_cost(&self) -> u64 {
        self.costs.iter().flat_map(|line| line.thousands.values().copied()).map(u64::from).sum()
    }

    /// Citizens there is room for.
    #[must_use]
    pub fn places(&self) -> Option<u64> {
        Some(u64::from(self.consultants?.get()) * u64::from(self.caseload_limit?))
    }

    /// Kroner that a place costs in a year, rounded.
    #[must_use]
    pub fn cost_per_place(&self, year: &str) -> Option<u64> {
        per(self.cost_of(year)?, self.places()?)
    }

    /// Kroner that one result costs in a year when so many percent of the places lead to it, rounded; nothing where the numbers
    /// are too large to be divided.
    #[must_use]
    pub fn cost_per_outcome(&self, year: &str, percent: u8) -> Option<u64> {
        // Hundredths of a person, so that 18.75 results stay so.
        per(self.cost_of(year)?.checked_mul(100)?, self.places()?.checked_mul(u64::from(percent))?)
    }

    /// Kroner from all funders; nothing where that is more than a number holds.
    #[must_use]
    pub fn funding(&self) -> Option<u64> {
        self.funders.iter().try_fold(0_u64, |sum, funder| sum.checked_add(funder.kroner))
    }
}

/// Thousands over a number, in kroner, rounded; nothing where there is nothing to divide by.
pub(crate) fn per(thousands: u64, number: u64) -> Option<u64> {
    thousands.checked_mul(1000)?.checked_add(number / 2)?.checked_div(number)
}
