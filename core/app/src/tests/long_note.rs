//! The longest note there may be, whatever its letters, reaches the other device.

use feltbog_domain::Role;
use feltbog_notes::NotesError;
use feltbog_protocol::limits;

use super::town::{Town, new_case};
use crate::{App, AppError, LogWish};

const LONGEST: usize = 200_000;

/// Letters in no order.
fn note(letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        letters[(state >> 33) as usize % letters.len()]
    };
    (0..LONGEST).map(|_| next()).collect()
}

#[tokio::test]
async fn the_longest_note_is_saved_sent_read_and_written_on_whatever_its_letters() {
    let town = Town::founded().await;
    let deputy = town.colleague("Vera", Role::Deputy).await;
    // Of one width and another by turns, and of the greatest.
    for letters in ["æbøcådÆÉ", "😀🥰😎🤔😴🤝💼🏥🚲🍎🎉🧠💊📅📞✅"] {
        let case = format!("L-{}", letters.len());
        town.leader.with(|d| d.new_case(&new_case(&case, false))).unwrap();
        let note = note(letters);
        assert!(note.len() > limits::ENVELOPE_BODY);
        let wish = LogWish { case: Some(case.clone()), kind: "note".into(), note: note.clone(), ..LogWish::default() };
        let entry = town.leader.with(|d| d.log_entry(&wish)).unwrap().entry;
        both_read(&town.leader, &deputy, &case, &note).await;
        let without_the_first: String = note.chars().skip(1).collect();
        deputy.with(|d| d.edit_note(entry, &without_the_first, &[])).unwrap();
        deputy.exchange().await.unwrap();
        both_read(&town.leader, &deputy, &case, &without_the_first).await;
        let one_more = LogWish { note: format!("{note}a"), ..wish };
        assert!(matches!(town.leader.with(|d| d.log_entry(&one_more)), Err(AppError::Notes(NotesError::TooLong))));
    }
}

async fn both_read(leader: &App, deputy: &App, case: &str, note: &str) {
    for app in [leader, deputy] {
        app.exchange().await.unwrap();
        let shown = app.with(|d| d.show_case(case)).unwrap();
        assert_eq!(shown.entries.len(), 1);
        assert!(shown.entries[0].note == note, "{} characters", shown.entries[0].note.chars().count());
        app.with(|d| {
            let r = d.store.reader();
            assert_eq!((r.quarantined()?, r.unsent_count(&[])?.documents), (0, 0));
            Ok::<_, AppError>(())
        })
        .unwrap();
    }
}
