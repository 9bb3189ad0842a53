//! A case that one side erased and the other shares with it anew.

use feltbog_domain::{ErasureReason, Role, Side};

use super::timed_town::{Person, TimedTown};
use super::town::new_case;
use crate::ConsentWish;

const CASE: &str = "V-1";

/// The treatment side: whoever leads it and keeps its register, and who reads that and keeps none.
struct Treatment {
    town: TimedTown,
    leader: Person,
    records: Person,
}

impl Treatment {
    async fn with_a_shared_case() -> Self {
        let town = TimedTown::founded().await;
        let leader = town.invited_by(&town.leader, "Birgit Holm", Role::Leader, Some(Side::Treatment)).await;
        let records = town.invited_by(&leader, "Carl Lund", Role::Records, Some(Side::Treatment)).await;
        town.leader.app.with(|d| d.new_case(&new_case(CASE, true))).unwrap();
        let treatment = Self { town, leader, records };
        treatment.everybody_exchanges().await;
        treatment
    }

    async fn everybody_exchanges(&self) {
        for _ in 0..2 {
            self.town.exchange(&[&self.leader, &self.records]).await;
        }
    }

    /// Proposed by its own leader, confirmed by the administrator.
    async fn erases(&self) {
        let proposed = self.leader.app.with(|d| d.propose_erasure(CASE, ErasureReason::CitizensRequest)).unwrap();
        self.everybody_exchanges().await;
        self.town.leader.app.with(|d| d.confirm_erasure(&proposed.proposal)).unwrap();
        self.everybody_exchanges().await;
    }

    async fn is_given_a_consent(&self) {
        let wish = ConsentWish { case: CASE.into(), types: vec!["jobmål".into()], ..ConsentWish::default() };
        self.town.leader.app.with(|d| d.give_consent(&wish)).unwrap();
        self.everybody_exchanges().await;
    }
}

/// Numbers of the cases in the treatment side's register, as this device has it.
fn registered(person: &Person) -> Vec<String> {
    let rows = person.app.with(|d| Ok(d.store.reader().register_rows()?)).unwrap();
    rows.into_iter().map(|row| row.number).collect()
}

#[tokio::test]
async fn a_case_that_one_side_erased_and_is_shared_with_it_anew_stands_in_its_register_everywhere() {
    let treatment = Treatment::with_a_shared_case().await;
    for round in 1..=2 {
        for person in [&treatment.leader, &treatment.records] {
            assert_eq!(registered(person), [CASE], "round {round}");
        }
        treatment.erases().await;
        for person in [&treatment.leader, &treatment.records] {
            assert!(registered(person).is_empty(), "round {round}");
        }
        treatment.is_given_a_consent().await;
    }
    for person in [&treatment.leader, &treatment.records] {
        assert_eq!(registered(person), [CASE]);
    }
}
