//! What a phone gives its own system to show.

use feltbog_bridge::{NextReminderRow, PhoneReminders};

/// Takes the place of everything the system was given before, but for what came from the unknown municipalities.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Reminders {
    /// What comes next, the soonest first.
    pub coming: Vec<Reminder>,
    /// Municipalities that are locked: what they gave before stays.
    pub unknown: Vec<u32>,
}

/// Moments and a number, nothing of what they are about: it may be shown to anybody, and lie beside the locked database.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Reminder {
    /// The municipality it comes from.
    pub municipality: u32,
    /// The same as long as it reminds of the same time.
    pub id: u32,
    /// When to show it, in milliseconds since 1970.
    pub at_ms: i64,
    /// From when on it would only puzzle, in milliseconds since 1970.
    pub until_ms: i64,
    /// `appointment`, `appointment_tomorrow`, or `today`: something is due. What is none of these is passed over.
    pub about: String,
    /// When the appointment is, on the clock of the wall: `10:30`.
    pub clock: Option<String>,
}

impl From<PhoneReminders> for Reminders {
    fn from(PhoneReminders { coming, unknown }: PhoneReminders) -> Self {
        Self {
            coming: coming.into_iter().map(|(municipality, row)| Reminder::of(municipality, row)).collect(),
            unknown,
        }
    }
}

impl Reminder {
    fn of(municipality: u32, row: NextReminderRow) -> Self {
        let NextReminderRow { id, at_ms, until_ms, about, clock } = row;
        Self { municipality, id, at_ms, until_ms, about, clock }
    }
}
