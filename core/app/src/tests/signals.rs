//! What needs action, from an entry on one's own device to the line in the list, while days pass.

use feltbog_domain::{Phase, Role};

use super::timed_town::{DAY, Person, TimedTown};
use super::town::new_case;
use crate::{AppError, CaseSummary, Device, LogWish, ProgrammeWish};

/// Thursday 12 March 2026: Vera enrols a citizen.
async fn enrolled_today() -> (TimedTown, Person) {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    vera.app.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    vera.exchanges().await;
    (town, vera)
}

fn log(vera: &Person, kind: &str, at: &str, face_to_face: Option<bool>) {
    let wish = LogWish {
        case: Some("V-1".into()),
        kind: kind.into(),
        at: Some(at.into()),
        face_to_face,
        ..LogWish::default()
    };
    vera.app.with(|d| d.log_entry(&wish)).unwrap();
}

fn line(vera: &Person) -> CaseSummary {
    vera.app.with(Device::cases).unwrap().remove(0)
}

/// Kinds with the days left.
fn signals(vera: &Person) -> Vec<(&'static str, i32)> {
    line(vera).signals.into_iter().map(|signal| (signal.kind.word(), signal.days_left)).collect()
}

async fn days_pass(town: &TimedTown, vera: &Person, days: i64) {
    for _ in 0..days {
        town.time_passes(DAY);
        town.exchange(&[vera]).await;
    }
}

#[tokio::test]
async fn the_clocks_of_a_new_citizen_run_until_an_employer_was_met_and_a_placement_began() {
    let (town, vera) = enrolled_today().await;
    assert_eq!(signals(&vera), []);
    days_pass(&town, &vera, 20).await;
    assert_eq!(signals(&vera), [("first_employer_contact", 10), ("placement", 11)]);
    log(&vera, "employer_contact", "nu", Some(false));
    log(&vera, "not_reached", "nu", None);
    log(&vera, "employer_visit", "03-04-2026 10:00", None);
    assert_eq!(signals(&vera), [("first_employer_contact", 10), ("placement", 11)], "a call, and a visit of next week");
    log(&vera, "job_interview", "i dag 8:00", None);
    assert_eq!(signals(&vera), [("placement", 11)]);
    log(&vera, "placement", "i dag 9:00", None);
    assert_eq!(signals(&vera), []);
}

#[tokio::test]
async fn a_job_that_is_planned_asks_for_guidance_and_a_meeting_and_is_no_job_yet() {
    let (town, vera) = enrolled_today().await;
    log(&vera, "employer_visit", "nu", None);
    log(&vera, "job_start", "20-03-2026", None);
    assert_eq!((line(&vera).phase, signals(&vera)), (Phase::Search, vec![("benefit_guidance", 7)]));
    log(&vera, "benefit_guidance", "nu", Some(false));
    assert_eq!(signals(&vera), []);
    days_pass(&town, &vera, 1).await;
    // The visit of the twelfth lies before the last week.
    assert_eq!(signals(&vera), [("contact_before_start", 6)]);
    days_pass(&town, &vera, 7).await;
    assert_eq!((line(&vera).phase, signals(&vera)), (Phase::Job, vec![("contact_after_start", 3)]));
    log(&vera, "follow_along", "nu", Some(false));
    log(&vera, "workplace_support", "nu", Some(true));
    assert_eq!(signals(&vera), []);
    days_pass(&town, &vera, 8).await;
    assert_eq!(signals(&vera), [("weekly_contact", -1)]);
}

#[tokio::test]
async fn what_nobody_sent_for_three_days_is_told_until_it_is_sent() {
    let (town, vera) = enrolled_today().await;
    vera.goes_offline();
    log(&vera, "note", "nu", None);
    town.time_passes(2 * DAY);
    assert_eq!(signals(&vera), []);
    town.time_passes(DAY);
    assert_eq!(signals(&vera), [("unsent_note", 0)]);
    town.time_passes(DAY);
    assert_eq!(signals(&vera), [("unsent_note", -1)]);
    vera.comes_online();
    vera.exchanges().await;
    assert_eq!(signals(&vera), []);
}

#[tokio::test]
async fn one_counts_the_citizens_one_is_responsible_for_and_no_others() {
    let (town, vera) = enrolled_today().await;
    for number in 2..=4 {
        vera.app.with(|d| d.new_case(&new_case(&format!("V-{number}"), false))).unwrap();
    }
    vera.app.with(|d| d.close_case("V-2", "flyttet")).unwrap();
    town.exchange(&[&vera]).await;
    let active = |person: &Person| person.app.with(|d| d.status().map(|status| status.active_cases)).unwrap();
    assert_eq!((active(&vera), active(&town.leader)), (3, 0), "a leader sees them all and is responsible for none");
}

#[tokio::test]
async fn a_therapist_is_not_asked_to_meet_whom_the_consultant_supports() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let erik = town.colleague("Erik", Role::Treatment).await;
    town.exchange(&[&vera, &erik]).await;
    vera.app.with(|d| d.new_case(&new_case("V-1", true))).unwrap();
    vera.app.with(|d| d.assign("V-1", "Erik", Role::Treatment)).unwrap();
    let start =
        LogWish { case: Some("V-1".into()), kind: "job_start".into(), shared: Some(true), ..LogWish::default() };
    vera.app.with(|d| d.log_entry(&start)).unwrap();
    town.exchange(&[&vera, &erik]).await;
    assert_eq!(signals(&vera), [("benefit_guidance", -1), ("contact_after_start", 3)]);
    assert_eq!(erik.app.with(|d| d.show_case("V-1")).unwrap().entries.len(), 1);
    assert_eq!(signals(&erik), []);
}

fn settings(authority: Option<bool>, talk_interval: Option<&str>) -> ProgrammeWish {
    ProgrammeWish { authority, talk_interval: talk_interval.map(str::to_owned), ..ProgrammeWish::default() }
}

#[tokio::test]
async fn where_the_consultants_are_the_authority_the_next_statutory_talk_is_a_clock_that_a_talk_held_moves() {
    let (town, vera) = enrolled_today().await;
    log(&vera, "employer_visit", "nu", None);
    log(&vera, "placement", "nu", None);
    days_pass(&town, &vera, 14).await;
    assert_eq!(signals(&vera), [], "nobody has said so");
    let authority = settings(Some(true), Some("4 uger"));
    assert!(matches!(vera.app.with(|d| d.set_programme(&authority)), Err(AppError::NotAllowed(_))));
    assert!(town.leader.app.with(|d| d.set_programme(&settings(None, Some("nu og da")))).is_err());
    town.leader.app.with(|d| d.set_programme(&authority)).unwrap();
    town.exchange(&[&vera]).await;
    assert_eq!(signals(&vera), [("statutory_talk", 14)]);
    log(&vera, "statutory_talk", "nu", Some(false));
    log(&vera, "not_reached", "nu", None);
    assert_eq!(signals(&vera), [("statutory_talk", 14)], "a call is no talk that was held");
    days_pass(&town, &vera, 15).await;
    assert_eq!(signals(&vera), [("statutory_talk", -1)]);
    log(&vera, "statutory_talk", "nu", Some(true));
    assert_eq!(signals(&vera), []);
    days_pass(&town, &vera, 14).await;
    assert_eq!(signals(&vera), [("statutory_talk", 14)]);
    // What is absent stays; an empty text takes the interval away.
    town.leader.app.with(|d| d.set_programme(&settings(None, Some("")))).unwrap();
    town.exchange(&[&vera]).await;
    assert_eq!(signals(&vera), []);
    let views = town.leader.app.with(|d| d.team()).unwrap().programmes;
    assert_eq!((views[0].settings.authority, views[0].settings.talk_interval.as_deref()), (Some(true), None));
    assert!(views[0].may_set && !vera.app.with(|d| d.team()).unwrap().programmes[0].may_set);
}
