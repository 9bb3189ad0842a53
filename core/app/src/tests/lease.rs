//! A device that is long without a network: when it locks, and what it takes before anything is taken off it.

use feltbog_domain::Role;
use feltbog_protocol::CertificateBundle;

use super::timed_town::{DAY, HOUR, Person, TimedTown};
use super::town::new_case;
use crate::{AppError, Device, LeaseState, LogWish};

/// Vera has a case, and everything she did is sent and told.
async fn vera() -> (TimedTown, Person) {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    vera.app.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    town.exchange(&[&vera]).await;
    vera.goes_offline();
    (town, vera)
}

fn state(person: &Person) -> LeaseState {
    person.app.with(Device::mind_the_clock).unwrap();
    person.app.with(|d| d.lease()).unwrap().unwrap().state
}

/// The month after the lease is over; it has been said that everything will go, and that is a week ago.
fn a_week_after_the_last_call(town: &TimedTown, person: Person) -> Result<Person, AppError> {
    town.time_passes(66 * DAY);
    let person = person.reopened();
    assert_eq!(state(&person), LeaseState::LastCall);
    town.time_passes(7 * DAY);
    person.tries_to_reopen()
}

fn is_over(opened: &Result<Person, AppError>) -> bool {
    matches!(opened, Err(AppError::LeaseOver))
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_twice_on_one_day_takes_nothing_off_and_a_week_later_it_goes() {
    let (town, mut vera) = vera().await;
    town.time_passes(66 * DAY);
    for _ in 0..3 {
        vera = vera.reopened();
        assert_eq!(state(&vera), LeaseState::LastCall);
        town.time_passes(2 * DAY);
    }
    town.time_passes(DAY - 1);
    vera = vera.reopened();
    town.time_passes(1);
    assert!(is_over(&vera.tries_to_reopen()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exchange_after_the_last_call_keeps_everything() {
    let (town, vera) = vera().await;
    town.time_passes(66 * DAY);
    let vera = vera.reopened();
    vera.comes_online();
    town.time_passes(HOUR);
    vera.exchanges().await;
    assert_eq!(state(&vera.reopened()), LeaseState::Open);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_last_call_of_an_older_version_is_said_again() {
    let (town, vera) = vera().await;
    vera.app.with(|d| d.store.write(|w| Ok(w.set_meta("last_call", &[1])?))).unwrap();
    town.time_passes(66 * DAY);
    let vera = vera.reopened().reopened();
    town.time_passes(7 * DAY);
    assert!(is_over(&vera.tries_to_reopen()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_and_not_told_is_never_taken_off() {
    let (town, vera) = vera().await;
    vera.app.with(|d| d.show_case("V-1")).unwrap();
    let vera = a_week_after_the_last_call(&town, vera).unwrap();
    vera.comes_online();
    vera.exchanges().await;
    vera.goes_offline();
    assert!(is_over(&a_week_after_the_last_call(&town, vera)), "told, and then it goes");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_signed_and_never_sent_is_never_taken_off() {
    let (town, vera) = vera().await;
    vera.app.with(|d| d.publish_certificates(&CertificateBundle::default())).unwrap();
    let waits = |d: &mut Device| {
        let r = d.store.reader();
        Ok((r.pending_marks()?.len() + r.untaken_marks()?.len(), r.unreceipted_marks()?.len()))
    };
    assert_eq!(vera.app.with(waits).unwrap(), (0, 1));
    let vera = a_week_after_the_last_call(&town, vera).unwrap();
    vera.comes_online();
    vera.exchanges().await;
    vera.goes_offline();
    assert!(is_over(&a_week_after_the_last_call(&town, vera)), "sent, and then it goes");
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_was_handed_in_goes_and_work_that_was_not_stays() {
    let (town, vera) = vera().await;
    let wish =
        LogWish { case: Some("V-1".into()), kind: "note".into(), note: "Ikke sendt".into(), ..LogWish::default() };
    vera.app.save(|d| d.log_entry(&wish)).unwrap();
    let vera = a_week_after_the_last_call(&town, vera).unwrap();
    vera.comes_online();
    assert_eq!(vera.hands_in().await.unwrap().folders, 1);
    vera.goes_offline();
    assert!(is_over(&vera.tries_to_reopen()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_before_the_end_makes_no_lease_longer() {
    let (town, vera) = vera().await;
    town.time_passes(DAY);
    state(&vera);
    vera.sets_clock(-300 * DAY);
    for _ in 0..33 {
        assert_ne!(state(&vera), LeaseState::Locked);
        town.time_passes(DAY);
    }
    town.time_passes(2 * DAY);
    assert_eq!(state(&vera), LeaseState::Locked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_wrong_at_the_last_exchange_and_is_put_right_again_locks_nothing() {
    for wrong_by in [-300 * DAY, 300 * DAY] {
        let (town, vera) = vera().await;
        vera.sets_clock(wrong_by);
        vera.comes_online();
        town.time_passes(HOUR);
        vera.exchanges().await;
        vera.goes_offline();
        town.time_passes(2 * HOUR);
        assert_eq!(state(&vera), LeaseState::Open, "{wrong_by}");
        vera.sets_clock(-HOUR / 2);
        assert_eq!(state(&vera), LeaseState::Open, "{wrong_by}");
        town.time_passes(20 * DAY);
        assert_eq!(state(&vera), LeaseState::Open, "{wrong_by}");
        town.time_passes(16 * DAY);
        assert_eq!(state(&vera), LeaseState::Locked, "{wrong_by}");
    }
}
