//! When a job counts as started.

use jiff::civil::Date;

use crate::spell::Spell;

/// Paid hours after which a job counts (IPS Grow): who was promised work and never came to it has not started.
const HOURS: i64 = 4;
const DAYS_OF_A_WEEK: i64 = 7;

impl Spell {
    /// The first day of a competitive job of which, as far as is known on a day, four hours were paid. Hours are not logged day by
    /// day: those of a week are spread evenly over its days, the last day included. Where nobody said how many, the job counts from its
    /// first day.
    pub(crate) fn counted_job_start(&self, as_of: Date) -> Option<Date> {
        let terms = self.ordinary_job()?;
        if self.from > as_of {
            return None;
        }
        let last = self.until.map_or(as_of, |until| until.min(as_of));
        let days = i64::from(self.from.until(last).map_or(0, |span| span.get_days())) + 1;
        let paid_enough = terms.hours_per_week.is_none_or(|hours| i64::from(hours) * days >= HOURS * DAYS_OF_A_WEEK);
        paid_enough.then_some(self.from)
    }
}
