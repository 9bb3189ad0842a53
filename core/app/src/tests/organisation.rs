//! Where a colleague is employed.

use feltbog_domain::Role;

use super::timed_town::{Person, TimedTown};
use super::town::new_case;
use crate::{AppError, RoleWish};

fn organisation_of(person: &Person, name: &str) -> Option<String> {
    let members = person.app.with(|d| d.members()).unwrap();
    members.into_iter().find(|member| member.name == name).unwrap().organisation
}

#[tokio::test(flavor = "multi_thread")]
async fn where_somebody_is_employed_reaches_everybody_and_stays_when_roles_change() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let said = |text| town.leader.app.save(|d| d.set_organisation("Vera", text));
    said(Some("  Region Hovedstaden ")).unwrap();
    town.exchange(&[&vera]).await;
    assert_eq!(organisation_of(&vera, "Vera").as_deref(), Some("Region Hovedstaden"));
    let deputy = RoleWish { name: "Vera".into(), role: Role::Deputy, programme: None, side: None, remove: false };
    town.leader.app.save(|d| d.change_role(&deputy)).unwrap();
    town.exchange(&[&vera]).await;
    assert_eq!(organisation_of(&vera, "Vera").as_deref(), Some("Region Hovedstaden"));
    said(None).unwrap();
    town.exchange(&[&vera]).await;
    assert_eq!(organisation_of(&vera, "Vera"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultant_does_not_write_where_others_are_employed_and_too_long_a_name_is_told() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let leader = town.leader.app.with(|d| Ok(d.identity.name.clone())).unwrap();
    let refused = vera.app.save(|d| d.set_organisation(&leader, Some("Region Sjælland")));
    assert!(matches!(refused, Err(AppError::NotAllowed(_))), "{refused:?}");
    let long = "x".repeat(2_000);
    let refused = town.leader.app.save(|d| d.set_organisation("Vera", Some(&long)));
    assert!(matches!(refused, Err(AppError::Unclear(_))), "{refused:?}");
    let unknown = town.leader.app.save(|d| d.set_organisation("Ingen", Some("Region Sjælland")));
    assert!(matches!(unknown, Err(AppError::UnknownMember)), "{unknown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_answers_a_citizen_says_where_the_reader_is_employed_also_without_names() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let records = RoleWish {
        name: town.leader.app.with(|d| Ok(d.identity.name.clone())).unwrap(),
        role: Role::Records,
        programme: None,
        side: None,
        remove: false,
    };
    town.leader.app.save(|d| d.change_role(&records)).unwrap();
    town.leader.app.save(|d| d.set_organisation("Vera", Some("Region Hovedstaden"))).unwrap();
    town.exchange(&[&vera]).await;
    vera.app.save(|d| d.new_case(&new_case("V-1", false))).unwrap();
    town.exchange(&[&vera]).await;
    vera.app.with(|d| d.show_case("V-1")).unwrap();
    town.exchange(&[&vera]).await;
    let log = town.leader.app.with(|d| d.read_log("V-1", true)).unwrap();
    let of_vera: Vec<_> = log.iter().filter(|line| line.purpose.contains("Region Hovedstaden")).collect();
    assert!(!of_vera.is_empty() && of_vera.iter().all(|line| line.staff.is_none()), "{log:?}");
}
