//! What is only here, when there is a lot of it.

use std::collections::BTreeSet;

use feltbog_domain::FolderId;

use super::town::{Town, new_case};
use crate::{App, AppError, Device, LogWish, NewCaseWish};

fn log(app: &App, case: &str) {
    let wish = LogWish { case: Some(case.into()), kind: "contact".into(), ..LogWish::default() };
    app.with(|d| d.log_entry(&wish)).unwrap();
}

/// The folders of those who stood in a list today.
fn named(app: &App) -> BTreeSet<FolderId> {
    app.with(|d| Ok::<_, AppError>(d.store.reader().listed_on(&d.now().date().to_string())?.into_iter().collect()))
        .unwrap()
}

#[tokio::test]
async fn the_oldest_are_listed_the_others_counted_and_nobody_is_named_who_is_not_listed() {
    let town = Town::founded().await;
    for case in ["V-1", "V-2"] {
        town.leader.with(|d| d.new_case(&NewCaseWish { name: case.into(), ..new_case(case, false) })).unwrap();
    }
    for _ in 0..50 {
        log(&town.leader, "V-1");
    }
    log(&town.leader, "V-2");
    let status = town.leader.with(Device::status).unwrap();
    assert_eq!((status.waiting.len(), status.waiting_in_all), (40, 51));
    assert!(status.unsent >= 51, "{}", status.unsent);
    assert!(status.waiting.iter().all(|entry| entry.case_name.as_deref() == Some("V-1")), "{status:#?}");
    assert!(status.waiting.is_sorted_by_key(|entry| entry.saved_at.unix_ms()));
    assert_eq!(named(&town.leader).len(), 1);
    let unsent: Vec<u32> = town.leader.with(Device::cases).unwrap().iter().map(|case| case.unsent).collect();
    assert_eq!(unsent, [50, 1]);
    assert_eq!(named(&town.leader).len(), 2);
    town.leader.exchange().await.unwrap();
    let status = town.leader.with(Device::status).unwrap();
    assert_eq!(
        (status.waiting.len(), status.waiting_in_all, status.unsent, status.oldest_unsent_hours),
        (0, 0, 0, None)
    );
}
