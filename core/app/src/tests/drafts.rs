//! What was begun outlives the battery, and goes with the citizen it is about.

use feltbog_domain::Role;

use super::timed_town::{Person, TimedTown};
use super::town::new_case;
use crate::{Device, HandOverWish, LogWish};

fn kept(person: &Person) -> Vec<(String, String)> {
    let drafts = person.app.with(|d| d.drafts()).unwrap().into_iter();
    drafts.map(|draft| (draft.about, draft.text)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_draft_became_is_saved_and_the_draft_gone_at_once_or_neither() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    vera.app.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    vera.app
        .with(|d| {
            keep(d, "register", &["V-1"]);
            keep(d, "plan:V-1", &["V-1"]);
            Ok(())
        })
        .unwrap();
    let about = |case: &str| LogWish { kind: "contact".into(), case: Some(case.into()), ..LogWish::default() };
    let from_draft = vera.app.from_draft("register");
    from_draft.save(|d| d.log_entry(&about("V-2"))).unwrap_err();
    assert_eq!(kept(&vera).len(), 2, "what was not saved is still begun");
    from_draft.save(|d| d.log_entry(&about("V-1"))).unwrap();
    vera.app.save(|d| d.log_entry(&about("V-1"))).unwrap();
    drop(from_draft);
    assert_eq!(kept(&vera.reopened()), [("plan:V-1".to_owned(), "halvt".to_owned())]);
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
