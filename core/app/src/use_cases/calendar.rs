//! The agenda as a file for another calendar, where whoever shares the owner's home or screen may read it.

use feltbog_domain::DocumentId;

use crate::calendar_file::{Event, calendar_file};
use crate::device::Device;
use crate::error::AppError;
use crate::home_guard::HomeGuard;
use crate::use_cases::agenda::AgendaOf;

/// What stands in the place of words that would give somebody away.
const NEUTRAL: &str = "Aftale";

/// A step whose words do not stand in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeutralStep {
    /// The entry that agreed it.
    pub entry: DocumentId,
    /// Why, in Danish.
    pub why: String,
}

/// The file, and what is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The file (RFC 5545).
    pub file: String,
    /// Appointments in it.
    pub events: u32,
    /// Those whose words were left out.
    pub neutral: Vec<NeutralStep>,
    /// Steps that have no day and are not in it.
    pub without_day: u32,
}

impl Device {
    /// The agenda as a calendar file: when, and a step's own words where the disclosure guard finds nothing at all in them.
    /// Nothing else of the entry stands in it. The guard knows words, not meanings.
    ///
    /// # Errors
    /// When the day cannot be understood, or the database refuses.
    pub fn calendar(&mut self, until: Option<&str>) -> Result<Calendar, AppError> {
        let items = self.agenda(until, AgendaOf::Own)?;
        let guard = HomeGuard::of(self)?;
        let mut calendar = Calendar { file: String::new(), events: 0, neutral: Vec::new(), without_day: 0 };
        let mut events = Vec::new();
        for item in items {
            let Some(on) = item.step.on else {
                calendar.without_day += 1;
                continue;
            };
            let words = item.step.text.trim();
            let why = guard.gives_away(words);
            let summary = if words.is_empty() || why.is_some() { NEUTRAL } else { words };
            events.push(Event { id: item.entry, on, time: item.step.time, summary: summary.to_owned() });
            calendar.neutral.extend(why.map(|why| NeutralStep { entry: item.entry, why }));
        }
        calendar.events = u32::try_from(events.len()).unwrap_or(u32::MAX);
        calendar.file = calendar_file(&events, self.now());
        Ok(calendar)
    }
}
