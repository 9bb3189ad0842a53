use super::*;

/// Thursday, and winter time.
const NOW: &str = "2026-03-12T10:00:00+01:00";

fn told(now: &str, appointments: &[&str], days: &[&str]) -> Vec<(String, ReminderAbout)> {
    let appointments: Vec<DateTime> = appointments.iter().map(|at| at.parse().unwrap()).collect();
    let days = days.iter().map(|day| day.parse().unwrap()).collect();
    let reminders = next_reminders(now.parse().unwrap(), &appointments, &days);
    reminders.into_iter().map(|reminder| (reminder.at.to_string(), reminder.about)).collect()
}

fn at(hour: i8, minute: i8) -> Time {
    Time::constant(hour, minute, 0, 0)
}

#[test]
fn an_appointment_is_told_half_an_hour_before_with_its_time_alone() {
    let expected = ("2026-03-12T13:45:00+01:00".to_owned(), ReminderAbout::Appointment(at(14, 15)));
    assert_eq!(told(NOW, &["2026-03-12T14:15"], &[]), [expected]);
}

#[test]
fn what_is_due_on_a_day_is_told_once_in_its_morning() {
    let expected = ("2026-03-13T07:30:00+01:00".to_owned(), ReminderAbout::Today);
    assert_eq!(told(NOW, &[], &["2026-03-13"]), [expected]);
}

#[test]
fn what_is_over_is_left_out_also_where_only_its_call_is_over() {
    let over = ["2026-03-11T14:00", "2026-03-12T09:00", "2026-03-12T10:00", "2026-03-12T10:30"];
    assert_eq!(told(NOW, &over, &["2026-03-11", "2026-03-12"]), []);
    assert_eq!(told(NOW, &["2026-03-12T10:31"], &[]).len(), 1);
}

#[test]
fn nothing_calls_at_night_and_what_would_have_calls_in_the_evening_before() {
    for (appointment, call, about) in [
        ("2026-03-13T07:30", "2026-03-13T07:00:00+01:00", ReminderAbout::Appointment(at(7, 30))),
        ("2026-03-13T07:29", "2026-03-12T20:30:00+01:00", ReminderAbout::AppointmentTomorrow(at(7, 29))),
        ("2026-03-13T00:10", "2026-03-12T20:30:00+01:00", ReminderAbout::AppointmentTomorrow(at(0, 10))),
        ("2026-03-12T21:29", "2026-03-12T20:59:00+01:00", ReminderAbout::Appointment(at(21, 29))),
        ("2026-03-12T21:30", "2026-03-12T20:30:00+01:00", ReminderAbout::Appointment(at(21, 30))),
    ] {
        assert_eq!(told(NOW, &[appointment], &[]), [(call.to_owned(), about)], "{appointment}");
    }
}

#[test]
fn the_clock_of_the_wall_holds_when_summer_time_begins_and_ends() {
    let march = told("2026-03-27T10:00:00+01:00", &["2026-03-29T10:00"], &["2026-03-28", "2026-03-29"]);
    let moments: Vec<&str> = march.iter().map(|(at, _)| at.as_str()).collect();
    assert_eq!(
        moments,
        ["2026-03-28T07:30:00+01:00", "2026-03-29T07:30:00+02:00", "2026-03-29T09:30:00+02:00"],
        "half an hour before ten, not half past eight"
    );
    let october = told("2026-10-24T10:00:00+02:00", &["2026-10-25T10:00"], &["2026-10-25"]);
    let moments: Vec<&str> = october.iter().map(|(at, _)| at.as_str()).collect();
    assert_eq!(moments, ["2026-10-25T07:30:00+01:00", "2026-10-25T09:30:00+01:00"]);
    let skipped = told("2026-03-28T10:00:00+01:00", &["2026-03-29T02:30"], &[]);
    let expected = ("2026-03-28T20:30:00+01:00".to_owned(), ReminderAbout::AppointmentTomorrow(at(3, 30)));
    assert_eq!(skipped, [expected], "a time that does not exist is the one after it");
}

#[test]
fn a_phone_is_given_the_soonest_and_no_more_than_it_keeps() {
    let mut appointments: Vec<String> = Vec::new();
    for day in 13..=20 {
        appointments.extend((8..17).map(|hour| format!("2026-03-{day}T{hour:02}:30")));
    }
    appointments.reverse();
    let appointments: Vec<&str> = appointments.iter().map(String::as_str).collect();
    let told = told(NOW, &appointments, &["2026-03-16"]);
    assert_eq!(told.len(), MOST_REMINDERS);
    assert!(told.is_sorted_by_key(|(at, _)| at.clone()));
    assert_eq!(told[0].0, "2026-03-13T08:00:00+01:00");
    assert!(told.iter().any(|(_, about)| *about == ReminderAbout::Today));
}

#[test]
fn nothing_is_told_that_lies_further_ahead_than_two_weeks() {
    assert_eq!(told(NOW, &["2026-03-26T10:00"], &["2026-03-26"]).len(), 2);
    assert_eq!(told(NOW, &["2026-03-27T10:00"], &["2026-03-27"]), []);
}

#[test]
fn two_at_the_same_time_are_one_and_a_time_has_the_same_name_however_often_it_is_asked_for() {
    let ids = |now: &str, appointments: &[&str]| -> Vec<u32> {
        let appointments: Vec<DateTime> = appointments.iter().map(|at| at.parse().unwrap()).collect();
        let days = BTreeSet::from(["2026-03-13".parse().unwrap()]);
        next_reminders(now.parse().unwrap(), &appointments, &days).into_iter().map(|reminder| reminder.id).collect()
    };
    let both = ids(NOW, &["2026-03-13T14:00", "2026-03-13T14:00", "2026-03-13T07:30"]);
    assert_eq!(both.len(), 3, "the morning's own and one at half past seven are two: {both:?}");
    assert_eq!(both, ids("2026-03-12T18:00:00+01:00", &["2026-03-13T07:30", "2026-03-13T14:00"]));
    assert!(!ids(NOW, &["2026-03-13T14:15"]).contains(&both[2]), "moved");
}

#[test]
fn a_clock_is_told_on_its_last_day_and_on_the_working_day_before() {
    for (last, told) in [
        ("2026-03-12", vec!["2026-03-11", "2026-03-12"]),
        ("2026-03-14", vec!["2026-03-13"]),
        ("2026-03-15", vec!["2026-03-13"]),
        ("2026-03-16", vec!["2026-03-13", "2026-03-16"]),
    ] {
        let days: Vec<String> = told_of_clock(last.parse().unwrap()).map(|day| day.to_string()).collect();
        assert_eq!(days, told, "{last}");
    }
}
