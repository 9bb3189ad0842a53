//! What the owner's phone is given to call about, from an entry on the device.

use feltbog_domain::{Reminder, ReminderAbout, Role};
use jiff::civil::Time;

use super::timed_town::{DAY, Person, TimedTown};
use super::town::new_case;
use crate::{AppError, Device, LogWish, NextStepWish};

/// Thursday 12 March 2026, 10 o'clock.
async fn town() -> (TimedTown, Person) {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    vera.app.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    town.exchange(&[&vera]).await;
    (town, vera)
}

fn step(on: &str, time: Option<&str>) -> NextStepWish {
    NextStepWish { text: Some("mødes hos Bo Bak".into()), on: Some(on.into()), time: time.map(str::to_owned) }
}

/// Sent as well: what is not has a clock of its own.
async fn agrees(person: &Person, on: &str, time: Option<&str>) -> feltbog_domain::DocumentId {
    let next_step = step(on, time);
    let wish = LogWish { case: Some("V-1".into()), kind: "contact".into(), next_step, ..LogWish::default() };
    let entry = person.app.with(|d| d.log_entry(&wish)).unwrap().entry;
    person.exchanges().await;
    entry
}

fn reminders(person: &Person) -> Vec<Reminder> {
    person.app.with(|d| d.next_reminders()).unwrap()
}

fn told(person: &Person) -> Vec<(String, ReminderAbout)> {
    reminders(person).into_iter().map(|reminder| (reminder.at.to_string(), reminder.about)).collect()
}

fn at(hour: i8, minute: i8) -> ReminderAbout {
    ReminderAbout::Appointment(Time::constant(hour, minute, 0, 0))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_calls_moves_with_its_day_and_is_silent_when_it_is_settled() {
    let (_town, vera) = town().await;
    let meeting = agrees(&vera, "16-03-2026", Some("14:15")).await;
    assert_eq!(told(&vera), [("2026-03-16T13:45:00+01:00".into(), at(14, 15))]);
    let before = reminders(&vera)[0].id;
    vera.app.with(|d| d.settle_step(meeting, "moved", &step("17-03-2026", Some("9:00")))).unwrap();
    vera.exchanges().await;
    assert_eq!(told(&vera), [("2026-03-17T08:30:00+01:00".into(), at(9, 0))]);
    assert_ne!(reminders(&vera)[0].id, before);
    vera.app.with(|d| d.settle_step(meeting, "dropped", &NextStepWish::default())).unwrap();
    vera.exchanges().await;
    assert_eq!(told(&vera), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_a_day_that_has_no_time_is_one_call_in_its_morning() {
    let (_town, vera) = town().await;
    agrees(&vera, "16-03-2026", None).await;
    agrees(&vera, "16-03-2026", None).await;
    agrees(&vera, "16-03-2026", Some("14:15")).await;
    let expected = [
        ("2026-03-16T07:30:00+01:00".to_owned(), ReminderAbout::Today),
        ("2026-03-16T13:45:00+01:00".to_owned(), at(14, 15)),
    ];
    assert_eq!(told(&vera), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_calls_when_it_is_about_to_run_out_and_not_any_more_when_it_was_stopped() {
    let (town, vera) = town().await;
    assert_eq!(told(&vera), [], "the first employer is to be met by Saturday 11 April");
    for _ in 0..16 {
        town.time_passes(DAY);
        town.exchange(&[&vera]).await;
    }
    // Saturday 28 March: the clocks of Saturday 11 and Sunday 12 April end the Friday before.
    assert_eq!(told(&vera), [("2026-04-10T07:30:00+02:00".into(), ReminderAbout::Today)]);
    for kind in ["employer_visit", "placement"] {
        let wish = LogWish { case: Some("V-1".into()), kind: kind.into(), ..LogWish::default() };
        vera.app.with(|d| d.log_entry(&wish)).unwrap();
    }
    town.exchange(&[&vera]).await;
    assert!(!told(&vera).iter().any(|(at, _)| at.starts_with("2026-04-10")), "{:?}", told(&vera));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_called_about_what_a_colleague_looks_after() {
    let (town, vera) = town().await;
    agrees(&vera, "16-03-2026", Some("14:15")).await;
    town.exchange(&[&vera]).await;
    assert!(!town.leader.app.with(|d| d.agenda(None, crate::AgendaOf::Team)).unwrap().is_empty(), "the leader sees it");
    assert_eq!(told(&town.leader), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn to_work_out_what_calls_is_no_reading_of_anybodys_file() {
    let (_town, vera) = town().await;
    agrees(&vera, "16-03-2026", Some("14:15")).await;
    let readings = |device: &mut Device| {
        let r = device.store.reader();
        let folders = r.folders()?.into_iter();
        folders.map(|folder| Ok(r.readings_of(folder.id)?.len())).collect::<Result<Vec<_>, AppError>>()
    };
    let before = vera.app.with(readings).unwrap();
    assert_eq!(reminders(&vera).len(), 1);
    assert_eq!(vera.app.with(readings).unwrap(), before);
}
