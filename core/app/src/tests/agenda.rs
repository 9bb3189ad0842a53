//! Whose appointments stand on the first screen, and the week.

use feltbog_domain::Role;

use super::timed_town::{Person, TimedTown};
use super::town::new_case;
use crate::{AgendaItem, AgendaOf, CoverWish, LogWish, NextStepWish};

/// Thursday 12 March 2026.
async fn town() -> (TimedTown, Person, Person) {
    let town = TimedTown::founded().await;
    let (vera, olga) = (town.colleague("Vera", Role::Consultant).await, town.colleague("Olga", Role::Consultant).await);
    vera.app.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    town.exchange(&[&vera, &olga]).await;
    agrees(&vera, "V-1", "mødes", "om en uge");
    town.exchange(&[&vera, &olga]).await;
    (town, vera, olga)
}

fn agrees(person: &Person, case: &str, text: &str, on: &str) -> feltbog_domain::DocumentId {
    let next_step = NextStepWish { text: Some(text.into()), on: Some(on.into()), time: None };
    let wish = LogWish { case: Some(case.into()), kind: "contact".into(), next_step, ..LogWish::default() };
    person.app.with(|d| d.log_entry(&wish)).unwrap().entry
}

fn agenda(person: &Person, of: AgendaOf) -> Vec<AgendaItem> {
    person.app.with(|d| d.agenda(None, of)).unwrap()
}

fn words(items: &[AgendaItem]) -> Vec<&str> {
    items.iter().map(|item| item.step.text.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leads_sees_their_own_and_the_teams_on_request() {
    let (town, vera, _olga) = town().await;
    assert_eq!(words(&agenda(&vera, AgendaOf::Own)), ["mødes"]);
    assert!(agenda(&town.leader, AgendaOf::Own).is_empty(), "it is Vera's");
    let team = agenda(&town.leader, AgendaOf::Team);
    assert_eq!(words(&team), ["mødes"]);
    assert_eq!(team[0].colleague.as_deref(), Some("Vera"));
    assert_eq!(agenda(&vera, AgendaOf::Team)[0].colleague, None);

    agrees(&town.leader, "V-1", "ringe til chefen", "i morgen");
    assert_eq!(
        words(&agenda(&town.leader, AgendaOf::Own)),
        ["ringe til chefen"],
        "what one agreed oneself is one's own"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_who_stands_in_has_what_is_looked_after() {
    let (town, vera, olga) = town().await;
    let cover = |by: &str| CoverWish {
        absent: "Vera".into(),
        by: by.into(),
        until: Some("søndag".into()),
        ..CoverWish::default()
    };
    assert!(agenda(&olga, AgendaOf::Team).is_empty());
    town.leader.app.with(|d| d.cover(&cover("Olga"))).unwrap();
    town.exchange(&[&vera, &olga]).await;
    let covered = agenda(&olga, AgendaOf::Own);
    assert_eq!(words(&covered), ["mødes"]);
    assert_eq!(covered[0].colleague.as_deref(), Some("Vera"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_is_monday_to_sunday_and_shows_what_is_settled() {
    let (_town, vera, _olga) = town().await;
    for (text, on) in [
        ("søndag før", "08-03-2026"),
        ("mandag", "09-03-2026"),
        ("søndag", "15-03-2026"),
        ("mandag efter", "16-03-2026"),
    ] {
        agrees(&vera, "V-1", text, on);
    }
    let held = agrees(&vera, "V-1", "holdt", "11-03-2026");
    vera.app.with(|d| d.settle_step(held, "held", &NextStepWish::default())).unwrap();
    let week = |day: &str| vera.app.with(|d| d.week(day, AgendaOf::Own));
    for day in ["2026-03-09", "2026-03-12", "2026-03-15"] {
        let found = week(day).unwrap();
        assert_eq!(words(&found), ["mandag", "holdt", "søndag"], "{day}");
        assert_eq!(found.iter().map(|item| item.overdue).collect::<Vec<_>>(), [true, false, false]);
    }
    assert_eq!(words(&week("2026-03-16").unwrap()), ["mandag efter", "mødes"]);
    assert!(week("2026-12-31").unwrap().is_empty());
    assert!(week("9999-12-31").is_err() && week("i dag").is_err());
}
