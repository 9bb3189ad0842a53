//! Two people write in one note, and each sees what came from the other until they say that they have seen it.

use feltbog_domain::{DocumentId, Role};

use super::timed_town::{Person, TimedTown};
use super::town::new_case;
use crate::LogWish;

const FIRST: &str = "Vi ses på torsdag.";

/// Vera has written a note about her citizen, and her leader has it too.
async fn town() -> (TimedTown, Person, DocumentId) {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    vera.app.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    let wish = LogWish {
        case: Some("V-1".into()),
        kind: "contact".into(),
        note: FIRST.into(),
        shared: Some(false),
        ..LogWish::default()
    };
    let entry = vera.app.with(|d| d.log_entry(&wish)).unwrap().entry;
    town.exchange(&[&vera]).await;
    (town, vera, entry)
}

fn heads(person: &Person, entry: DocumentId) -> Vec<String> {
    person.app.with(|d| d.open_entry(entry)).unwrap().heads
}

fn writes(person: &Person, entry: DocumentId, text: &str) {
    person.app.with(|d| d.edit_note(entry, text, &[])).unwrap();
}

/// The passages, those of others with their name.
fn passages(person: &Person, entry: DocumentId) -> Vec<(String, Option<String>)> {
    let opened = person.app.with(|d| d.open_entry(entry)).unwrap();
    assert_eq!(opened.entry.both_wrote, !opened.passages.is_empty(), "the list says what the page does");
    opened.passages.into_iter().map(|passage| (passage.text, passage.by)).collect()
}

fn plain(text: &str) -> (String, Option<String>) {
    (text.into(), None)
}

fn by(name: &str, text: &str) -> (String, Option<String>) {
    (text.into(), Some(name.into()))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_wrote_in_ones_note_is_marked_until_it_was_seen_also_after_a_restart() {
    let (town, vera, entry) = town().await;
    writes(&town.leader, entry, &format!("{FIRST} Husk cv."));
    assert!(passages(&town.leader, entry).is_empty(), "whoever wrote it has seen what stood there");
    town.exchange(&[&vera]).await;

    let vera = vera.reopened();
    let marked = [plain(FIRST), by("Lone Vest", " Husk cv.")];
    assert_eq!(passages(&vera, entry), marked);
    writes(&vera, entry, &format!("{FIRST} Husk cv. Ja."));
    assert_eq!(
        passages(&vera, entry),
        [plain(FIRST), by("Lone Vest", " Husk cv."), plain(" Ja.")],
        "own words are not"
    );
    town.exchange(&[&vera]).await;
    assert_eq!(passages(&town.leader, entry).last(), Some(&by("Vera", " Ja.")));

    vera.app.with(|d| d.saw_both_wrote(entry)).unwrap();
    assert!(passages(&vera, entry).is_empty());
    writes(&town.leader, entry, &format!("{FIRST} Husk cv. Ja. Godt."));
    town.exchange(&[&vera]).await;
    assert_eq!(
        passages(&vera, entry),
        [plain(&format!("{FIRST} Husk cv. Ja.")), by("Lone Vest", " Godt.")],
        "only what came since"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_wrote_in_a_note_and_a_change_of_other_fields_leave_it_unmarked() {
    let (town, vera, entry) = town().await;
    writes(&vera, entry, &format!("{FIRST} Kl. 10."));
    town.exchange(&[&vera]).await;
    assert!(passages(&town.leader, entry).is_empty(), "the leader has written nothing there");

    let minutes = crate::EntryChanges { minutes: Some(20), ..crate::EntryChanges::default() };
    town.leader.app.with(|d| d.change_entry(entry, &[], &minutes)).unwrap();
    town.exchange(&[&vera]).await;
    assert!(passages(&vera, entry).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_while_anothers_words_come_in_is_told_of_them_after_saving() {
    let (town, vera, entry) = town().await;
    let opened = heads(&town.leader, entry);
    writes(&vera, entry, &format!("{FIRST} Kl. 10."));
    town.exchange(&[&vera]).await;
    let before = format!("Enig. {FIRST}");
    town.leader.app.with(|d| d.edit_note(entry, &before, &opened)).unwrap();
    assert_eq!(passages(&town.leader, entry), [plain(&before), by("Vera", " Kl. 10.")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_new_device_nothing_is_news_that_was_there_before() {
    let (town, vera, entry) = town().await;
    writes(&town.leader, entry, &format!("{FIRST} Husk cv."));
    town.exchange(&[&vera]).await;
    let second = town.further_device("Vera").await;
    town.exchange(&[&second, &vera]).await;
    assert!(passages(&second, entry).is_empty());
    assert!(!passages(&vera, entry).is_empty());
}
