//! What was begun outlives the battery, and goes with the citizen it is about.

use feltbog_domain::Role;

use super::timed_town::{Person, TimedTown};
use super::town::new_case;
use crate::{Device, HandOverWish};

fn kept(person: &Person) -> Vec<(String, String)> {
    let drafts = person.app.with(|d| d.drafts()).unwrap().into_iter();
    drafts.map(|draft| (draft.about, draft.text)).collect()
}

fn keep(device: &mut Device, about: &str, speaks_of: &[&str]) {
    let speaks_of: Vec<String> = speaks_of.iter().map(|&one| one.to_owned()).collect();
    device.keep_draft(about, "halvt", &speaks_of).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_there_after_a_restart_and_gone_with_its_citizen() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    town.colleague("Olga", Role::Consultant).await;
    vera.app.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    town.exchange(&[&vera]).await;
    vera.app
        .with(|d| {
            keep(d, "new_citizen", &[]);
            keep(d, "plan:V-1", &["V-1"]);
            keep(d, "fields:unknown", &["no such thing"]);
            keep(d, "thrown", &["V-1"]);
            d.drop_draft("thrown")
        })
        .unwrap();
    let vera = vera.reopened();
    let names = |person| kept(person).into_iter().map(|(about, _)| about).collect::<Vec<_>>();
    assert_eq!(names(&vera), ["fields:unknown", "new_citizen", "plan:V-1"]);
    assert!(kept(&vera).iter().all(|(_, text)| text == "halvt"));

    let wish = HandOverWish { from: "Vera".into(), to: "Olga".into(), case: None };
    town.leader.app.with(|d| d.hand_over(&wish)).unwrap();
    town.exchange(&[&vera]).await;
    assert!(vera.app.with(Device::cases).unwrap().is_empty(), "the citizen is Olga's now");
    assert_eq!(names(&vera), ["fields:unknown", "new_citizen"]);
}
