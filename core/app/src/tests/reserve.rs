//! What lies beside the database while keys, other processes and the server change around it.

use feltbog_domain::{FolderId, Role};

use super::timed_town::{Person, TimedTown};
use super::town::new_case;
use crate::{Device, LogWish};

/// Vera has a case that everybody knows of, and no network.
async fn vera() -> (TimedTown, Person) {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    vera.app.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    town.exchange(&[&vera]).await;
    vera.goes_offline();
    (town, vera)
}

fn writes(person: &Person, note: &str) {
    let wish = LogWish { case: Some("V-1".into()), kind: "note".into(), note: note.into(), ..LogWish::default() };
    person.app.save(|d| d.log_entry(&wish)).unwrap();
}

fn folder(d: &Device) -> FolderId {
    crate::folders::find_case(&d.store.reader(), "V-1").unwrap().folders[0].id
}

#[tokio::test(flavor = "multi_thread")]
async fn work_in_a_folder_whose_newest_key_is_not_here_yet_lies_beside_the_database_under_the_one_before() {
    let (_town, vera) = vera().await;
    vera.app
        .with(|d| {
            let folder = folder(d);
            d.store.write(|w| Ok(w.set_key_epoch(folder, 2)?))
        })
        .unwrap();
    writes(&vera, "Skrevet uden den nye nøgle");
    let beside = vera.lies_beside();
    assert_eq!(beside.len(), 1);
    vera.comes_online();
    assert_eq!(vera.hands_in().await.unwrap().folders, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_stood_open_while_its_work_was_handed_in_goes_on_as_another_writer() {
    let (_town, vera) = vera().await;
    writes(&vera, "Først");
    let actor = |d: &mut Device| Ok(crate::folders::find_case(&d.store.reader(), "V-1")?.folders[0].actor);
    let before = vera.app.with(actor).unwrap();
    writes(&vera, "Og det næste");
    assert_eq!(vera.app.with(actor).unwrap(), before);
    vera.comes_online();
    vera.hands_in().await.unwrap();
    vera.goes_offline();
    writes(&vera, "Efter afleveringen");
    let after = vera.app.with(actor).unwrap();
    assert_ne!(after, before);
    writes(&vera, "Og igen");
    assert_eq!(vera.app.with(actor).unwrap(), after, "once is enough");
}
