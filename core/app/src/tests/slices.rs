//! A large import is sealed in slices: what may happen between two of them, and comes to the same in the end.

use feltbog_domain::{DocumentId, ErasureReason, Role};

use super::timed_town::{Person, TimedTown};
use super::town::new_case;
use crate::{AppError, Device, LogWish};

/// So many that they take some turns.
const CASES: usize = 100;
/// Turns after which it happens; all of them are taken with this many cases.
const TURNS: usize = 3;
const KNOWN: &str = "K-1";

/// A leader who has taken in what nobody else has, and a deputy who will see it all.
struct Office {
    town: TimedTown,
    deputy: Person,
    /// The erasure of an entry that both have, which the deputy proposed.
    proposal: String,
}

impl Office {
    async fn with_an_import() -> Self {
        let town = TimedTown::founded().await;
        let deputy = town.colleague("Astrid Bak", Role::Deputy).await;
        let app = &town.leader.app;
        app.with(|d| d.new_case(&new_case(KNOWN, false))).unwrap();
        let mistaken = log(&town.leader, KNOWN, "Om en anden");
        log(&town.leader, KNOWN, "Om borgeren");
        town.exchange(&[&deputy]).await;
        let propose = |d: &mut Device| d.propose_entry_erasure(Some(KNOWN), mistaken, ErasureReason::WrongPerson);
        let proposal = deputy.app.with(propose).unwrap().proposal;
        deputy.exchanges().await;
        town.leader.exchanges().await;
        for n in 0..CASES {
            app.with(|d| d.new_case(&new_case(&format!("N-{n}"), false))).unwrap();
        }
        Self { town, deputy, proposal }
    }

    /// What is seen in the end, which is the same on both devices, and how many envelopes the leader sent for it.
    async fn ends(self) -> (Vec<(String, Vec<String>)>, u32) {
        let mut sent = 0;
        for _ in 0..3 {
            sent += self.town.leader.app.exchange().await.unwrap().sent;
            self.deputy.exchanges().await;
        }
        let seen = [&self.town.leader, &self.deputy].map(is_quiet_and_shows);
        assert_eq!(seen[0], seen[1]);
        (seen[0].clone(), sent)
    }
}

fn log(person: &Person, case: &str, note: &str) -> DocumentId {
    let wish = LogWish { case: Some(case.into()), kind: "note".into(), note: note.into(), ..LogWish::default() };
    person.app.with(|d| d.log_entry(&wish)).unwrap().entry
}

/// Every case with its notes, where nothing is unsent, put aside or missing.
fn is_quiet_and_shows(person: &Person) -> Vec<(String, Vec<String>)> {
    person
        .app
        .with(|d| {
            let r = d.store.reader();
            assert_eq!((r.unsent_count(&[])?.documents, r.quarantined()?, r.findings()?), (0, 0, Vec::new()));
            let mut shown = Vec::new();
            for case in d.cases()? {
                let entries = d.show_case(&case.number)?.entries;
                let mut notes: Vec<String> = entries.into_iter().map(|entry| entry.note).collect();
                // All of the same moment: no order among them.
                notes.sort_unstable();
                shown.push((case.number, notes));
            }
            Ok::<_, AppError>(shown)
        })
        .unwrap()
}

fn seals(person: &Person, turns: usize) {
    for turn in 0..turns {
        assert!(person.app.with(Device::seal_some).unwrap(), "all was sealed in {turn} turns already");
    }
}

#[tokio::test]
async fn a_crash_between_two_slices_loses_nothing_and_doubles_nothing() {
    let undisturbed = Office::with_an_import().await.ends().await;
    assert_eq!(undisturbed.0.len(), CASES + 1);
    for turns in 1..=TURNS {
        let mut office = Office::with_an_import().await;
        for _ in 0..turns {
            seals(&office.town.leader, 1);
            office.town.leader = office.town.leader.reopened();
        }
        assert_eq!(office.ends().await, undisturbed, "after {turns} turns");
    }
}

#[tokio::test]
async fn a_save_and_an_erasure_between_two_slices_end_as_if_they_had_come_before() {
    let mut ends = Vec::new();
    for turns in 0..=TURNS {
        let office = Office::with_an_import().await;
        let leader = &office.town.leader;
        seals(leader, turns);
        leader.app.with(|d| d.confirm_erasure(&office.proposal)).unwrap();
        // In a case of which nothing is sealed yet, in one that was sealed first, and in one that nobody knew of.
        for case in ["N-0", "N-99", KNOWN] {
            log(leader, case, "Midt i det hele");
        }
        leader.app.with(|d| d.new_case(&new_case("M-1", false))).unwrap();
        log(leader, "M-1", "Det første");
        ends.push(office.ends().await.0);
    }
    let known = ends[0].iter().find(|(number, _)| number == KNOWN).map(|(_, notes)| notes.clone()).unwrap();
    assert_eq!(known.len(), 2, "{known:?}");
    assert!(!known.contains(&"Om en anden".to_owned()));
    assert_eq!(ends[0].len(), CASES + 2);
    for end in &ends[1..] {
        assert_eq!(*end, ends[0]);
    }
}
