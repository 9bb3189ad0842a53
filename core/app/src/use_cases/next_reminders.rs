//! When the owner's own phone calls.

use std::collections::BTreeSet;

use feltbog_domain::{REMINDED_DAYS, Reminder, next_reminders, told_of_clock};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::device::Device;
use crate::error::AppError;
use crate::use_cases::own_cases::OwnCases;

impl Device {
    /// The next appointments and duties of whoever owns this device, as moments and a number. They may lie in the phone's own
    /// system, beside the locked database. No citizen is named, so that nothing of it stands in the read log.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn next_reminders(&self) -> Result<Vec<Reminder>, AppError> {
        let now = self.now();
        let own = OwnCases::load(self)?;
        let (appointments, mut due_on) = self.agreed(&own)?;
        let clocks = self.clocks_end_on(|case| own.has(case), now.date().saturating_add(REMINDED_DAYS.days()))?;
        due_on.extend(clocks.into_iter().flat_map(told_of_clock));
        Ok(next_reminders(now, &appointments, &due_on))
    }

    /// One's own open steps: those with a time, and the days of those without.
    fn agreed(&self, own: &OwnCases) -> Result<(Vec<DateTime>, BTreeSet<Date>), AppError> {
        let r = self.store.reader();
        let (mut appointments, mut days) = (Vec::new(), BTreeSet::new());
        for row in r.open_steps()? {
            let Some((step, on)) = row.fields.next_step.and_then(|step| step.on.map(|on| (step, on))) else { continue };
            let case = r.case_of_folder(row.folder)?.map(|found| found.case);
            if !self.is_own_step(own, row.document, case)? {
                continue;
            }
            match step.time {
                Some(time) => appointments.push(on.to_datetime(time)),
                None => drop(days.insert(on)),
            }
        }
        Ok((appointments, days))
    }
}
