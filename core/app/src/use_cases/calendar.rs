//! The agenda as a file for another calendar, where whoever shares the owner's home or screen may read it.

use feltbog_domain::{Audience, DocumentId, giveaways};

use crate::calendar_file::{Event, calendar_file};
use crate::citizen_names::CitizenNames;
use crate::device::Device;
use crate::error::AppError;
use crate::use_cases::agenda::AgendaOf;

/// What stands in the place of words that would give somebody away.
const NEUTRAL: &str = "Aftale";
/// Shortest name looked for. A calendar loses little by a word too few, so that *Bo* is found as well.
const SHORTEST_NAME: usize = 2;

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
    /// The agenda as a calendar file. It names no citizen, no employer and no place; a step's own words stand in it only
    /// where the disclosure guard finds nothing at all in them.
    ///
    /// # Errors
    /// When the day cannot be understood, or the database refuses.
    pub fn calendar(&mut self, until: Option<&str>) -> Result<Calendar, AppError> {
        let items = self.agenda(until, AgendaOf::Own)?;
        let guard = Guard::of(self)?;
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

/// What this device knows that must not be read at home.
struct Guard {
    names: CitizenNames,
    units: Vec<String>,
}

impl Guard {
    fn of(device: &Device) -> Result<Self, AppError> {
        let r = device.store.reader();
        let programmes = r.programmes()?.into_iter().map(|programme| programme.name);
        let sites = r.profiles()?.into_iter().filter_map(|row| row.profile.treatment_site);
        Ok(Self { names: CitizenNames::known(&r, SHORTEST_NAME)?, units: programmes.chain(sites).collect() })
    }

    fn gives_away(&self, words: &str) -> Option<String> {
        let units: Vec<&str> = self.units.iter().map(String::as_str).collect();
        if self.names.any_in(words) {
            return Some("Teksten nævner en borger.".to_owned());
        }
        giveaways(words, Audience::Home, &units).first().map(feltbog_domain::Giveaway::danish)
    }
}
