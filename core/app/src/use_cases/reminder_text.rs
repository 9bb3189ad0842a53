//! A message that reminds a citizen of an appointment, where whoever shares their telephone may read it.

use feltbog_domain::{CaseId, NextStep, danish_date};
use jiff::civil::DateTime;

use crate::device::Device;
use crate::error::AppError;
use crate::folders::find_case;
use crate::home_guard::HomeGuard;

/// A message, ready to be sent from the telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderText {
    /// The message.
    pub text: String,
    /// Why the appointment's own words are not in it, in Danish.
    pub withheld: Option<String>,
}

impl Device {
    /// A reminder of the citizen's next appointment: when, and the appointment's own words where the disclosure guard finds
    /// nothing at all in them. The guard knows words, not meanings, so that whoever sends the message reads it first. That it
    /// was read stands in the read log.
    ///
    /// # Errors
    /// An unknown case, or one without an appointment to come.
    pub fn reminder_text(&mut self, case: &str) -> Result<ReminderText, AppError> {
        let case = find_case(&self.store.reader(), case)?.head.case;
        let step = self.next_appointment(case)?;
        let step = step.ok_or_else(|| AppError::Unclear("her er ingen aftale at minde om".into()))?;
        self.note_named(std::iter::once(case))?;
        let guard = HomeGuard::of(self)?;
        let day = step.on.map(danish_date).unwrap_or_default();
        let time = step.time.map(|time| format!(" kl. {:02}.{:02}", time.hour(), time.minute())).unwrap_or_default();
        let neutral = format!("Hej. Husk vores aftale den {day}{time}");
        let words = step.text.trim().trim_end_matches('.');
        let withheld = guard.gives_away(words);
        let text =
            if words.is_empty() || withheld.is_some() { format!("{neutral}.") } else { format!("{neutral}: {words}.") };
        Ok(ReminderText { text, withheld })
    }

    fn next_appointment(&self, case: CaseId) -> Result<Option<NextStep>, AppError> {
        let (r, now) = (self.store.reader(), self.now().wall());
        let mut coming: Vec<NextStep> = Vec::new();
        for row in r.open_steps()? {
            let Some(step) = row.fields.next_step.filter(|step| is_to_come(step, now)) else {
                continue;
            };
            if r.case_of_folder(row.folder)?.is_some_and(|found| found.case == case) {
                coming.push(step);
            }
        }
        Ok(coming.into_iter().min_by_key(|step| (step.on, step.time.is_none(), step.time)))
    }
}

/// An appointment without a time is to come until its day is over.
fn is_to_come(step: &NextStep, now: DateTime) -> bool {
    let is_today_later = step.time.is_none_or(|time| time >= now.time());
    step.on.is_some_and(|day| day > now.date() || (day == now.date() && is_today_later))
}
