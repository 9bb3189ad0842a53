//! When somebody's own phone calls, and what for: moments and a number, nothing of what they are about.
//!
//! A phone shows them where anybody may read them, and keeps them beside the locked database, so that nothing of a case has
//! a place in the types.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, ToSpan};

use crate::moment::Moment;

/// One reminder as a phone's own system keeps it until its moment comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// The same as long as it reminds of the same time; it is made of that time alone.
    pub id: u32,
    /// When to show it.
    pub at: Moment,
    /// From here on it would only puzzle.
    pub until: Moment,
    /// What for.
    pub about: ReminderAbout,
}

/// What a reminder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReminderAbout {
    /// An appointment later on the same day, at this time on the clock of the wall.
    Appointment(Time),
    /// One of the next morning, told before the night.
    AppointmentTomorrow(Time),
    /// Something is due on this day, however many things.
    Today,
}

/// As many as a phone is given at most, the soonest first: its system keeps a limited number.
pub const MOST_REMINDERS: usize = 32;

/// So many days ahead something may be told, for a phone that is not opened meanwhile.
pub const REMINDED_DAYS: i32 = 14;

/// What is to be told from now on, the soonest first: each appointment half an hour before, and one in the morning for
/// everything that is due that day. What would call at night calls before it; what is over is left out, and of two that
/// say the same at the same moment there is one.
#[must_use]
pub fn next_reminders(now: Moment, appointments: &[DateTime], due_on: &BTreeSet<Date>) -> Vec<Reminder> {
    let last = now.date().saturating_add(REMINDED_DAYS.days());
    let days = due_on.iter().map(|day| of_day(*day));
    let mut coming: Vec<Reminder> = appointments.iter().map(|at| of_appointment(*at)).chain(days).collect();
    coming.retain(|reminder| reminder.at > now && reminder.at.date() <= last);
    coming.sort_by_key(|reminder| (reminder.at, reminder.id));
    coming.dedup_by_key(|reminder| reminder.id);
    coming.truncate(MOST_REMINDERS);
    coming
}

/// The days on which a clock is told that ends with this day: the last working day before it, and the day itself where
/// people work on it.
pub fn told_of_clock(last_in_time: Date) -> impl Iterator<Item = Date> {
    let before = std::iter::successors(last_in_time.yesterday().ok(), |day| day.yesterday().ok());
    let working_day_before = before.take(3).find(|day| is_working_day(*day));
    working_day_before.into_iter().chain(Some(last_in_time).filter(|day| is_working_day(*day)))
}

fn of_appointment(wall: DateTime) -> Reminder {
    let starts = Moment::from_civil(wall);
    let wall = starts.wall();
    let at = outside_the_night(Moment::from_unix_ms(starts.unix_ms() - BEFORE_MS));
    let is_same_day = at.date() == wall.date();
    let about = if is_same_day { ReminderAbout::Appointment } else { ReminderAbout::AppointmentTomorrow };
    Reminder { id: id(starts, 1), at, until: starts, about: about(wall.time()) }
}

fn of_day(day: Date) -> Reminder {
    let at = Moment::from_civil(day.to_datetime(MORNING));
    Reminder { id: id(at, 0), at, until: Moment::end_of_day(day), about: ReminderAbout::Today }
}

/// The moment itself, or the evening before the night it lies in.
fn outside_the_night(at: Moment) -> Moment {
    let wall = at.wall();
    let evening = match wall.time() {
        time if time >= NIGHT_BEGINS => wall.date(),
        time if time < NIGHT_ENDS => wall.date().saturating_sub(Span::new().days(1)),
        _ => return at,
    };
    Moment::from_civil(evening.to_datetime(EVENING))
}

/// Minutes since 1970, told apart by what they are for.
fn id(at: Moment, what: i64) -> u32 {
    u32::try_from(at.unix_ms() / 60_000 * 2 + what).unwrap_or(0)
}

fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Enough to pack up and go; who has a long way knows it.
const BEFORE_MS: i64 = 30 * 60 * 1000;
/// Before people set out, after they are up.
const MORNING: Time = Time::constant(7, 30, 0, 0);
const EVENING: Time = Time::constant(20, 30, 0, 0);
const NIGHT_BEGINS: Time = Time::constant(21, 0, 0, 0);
const NIGHT_ENDS: Time = Time::constant(7, 0, 0, 0);

#[cfg(test)]
mod tests;
