//! What others change of how a member stands is told until it was seen, and what they change themselves is not.

use feltbog_domain::Role;

use super::timed_town::{Person, TimedTown};
use crate::{RoleWish, Standing, StandingChange};

fn told(person: &Person) -> Vec<StandingChange> {
    person.app.with(|d| d.standing_changes()).unwrap()
}

fn sees(person: &Person, changes: &[&str]) {
    let seen: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
    person.app.with(|d| d.saw_standing(&seen)).unwrap();
}

fn own_device(person: &Person) -> Standing {
    Standing::Device(person.app.with(|d| Ok(d.status()?.device)).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_somebody_lets_in_under_my_name_is_told_until_i_have_seen_it() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let olga = town.colleague("Olga", Role::Consultant).await;
    assert_eq!(told(&vera), []);
    let tablet = town.further_device("Vera").await;
    town.exchange(&[&tablet, &vera, &olga]).await;

    let [change] = &told(&vera)[..] else { panic!("{:?}", told(&vera)) };
    assert_eq!((change.standing, change.gone), (own_device(&tablet), false));
    let name = change.to_string();
    assert_eq!(told(&tablet), [], "whoever came last has nothing to compare with");
    assert_eq!(told(&olga), [], "it is in Vera's name");

    sees(&vera, &["+device:00000000000000000000000000000000"]);
    let vera = vera.reopened();
    assert_eq!(told(&vera).len(), 1, "another one was seen");
    // A second one that comes while the first is looked at is not seen with it.
    let third = town.further_device("Vera").await;
    town.exchange(&[&third, &vera, &tablet]).await;
    sees(&vera, &[&name]);
    assert_eq!(told(&vera).iter().map(|change| change.standing).collect::<Vec<_>>(), [own_device(&third)]);
    assert_eq!(told(&tablet).len(), 1, "each device is told for itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_given_or_taken_by_another_is_told_and_ones_own_acts_are_not() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let role = |remove| RoleWish { name: "Vera".into(), role: Role::Deputy, programme: None, side: None, remove };
    town.leader.app.save(|d| d.change_role(&role(false))).unwrap();
    town.exchange(&[&vera]).await;
    let [given] = &told(&vera)[..] else { panic!("{:?}", told(&vera)) };
    assert!(!given.gone && given.role.contains("stedfortræder"), "{given:?}");
    sees(&vera, &[&given.to_string()]);
    assert_eq!(told(&vera), []);

    town.leader.app.save(|d| d.change_role(&role(true))).unwrap();
    town.exchange(&[&vera]).await;
    let [taken] = &told(&vera)[..] else { panic!("{:?}", told(&vera)) };
    assert!(taken.gone && taken.role.contains("stedfortræder"), "{taken:?}");
    sees(&vera, &[&taken.to_string()]);
    assert_eq!(told(&vera), []);

    town.leader.app.save(|d| d.new_programme("Et til")).unwrap();
    town.exchange(&[&vera]).await;
    assert_eq!(told(&town.leader), [], "the leader made it, and leads it");
}
