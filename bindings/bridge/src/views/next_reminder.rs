use feltbog_domain::{Reminder, ReminderAbout};

use crate::reply::NextReminderRow;

pub(crate) fn next_reminder(reminder: Reminder) -> NextReminderRow {
    let (about, time) = match reminder.about {
        ReminderAbout::Appointment(time) => ("appointment", Some(time)),
        ReminderAbout::AppointmentTomorrow(time) => ("appointment_tomorrow", Some(time)),
        ReminderAbout::Today => ("today", None),
    };
    NextReminderRow {
        id: reminder.id,
        at_ms: reminder.at.unix_ms(),
        until_ms: reminder.until.unix_ms(),
        about: about.to_owned(),
        clock: time.map(|time| time.strftime("%H:%M").to_string()),
    }
}
