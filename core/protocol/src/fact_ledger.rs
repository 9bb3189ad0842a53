//! What has been told of one folder, batch after batch. Server and devices add up the same rows with this.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::FactRef;
use feltbog_reports::Fact;
use jiff::civil::Date;

use crate::fact_batch::{FactBatch, PseudonymsTag};

/// The facts of one folder that hold, and those that were taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FactLedger {
    reading: u32,
    pseudonyms: Option<PseudonymsTag>,
    facts: BTreeMap<FactRef, Fact>,
    taken_back: BTreeSet<FactRef>,
}

impl FactLedger {
    /// Adds a batch; they come in the order of the log. Facts under other pseudonyms than those before cannot be put beside
    /// them: whoever tells them tells everything, and until then the newest batch alone would hold.
    pub fn add(&mut self, batch: FactBatch, received: Option<Date>) {
        let before = if batch.anew || self.pseudonyms.is_some_and(|known| known != batch.pseudonyms) {
            std::mem::take(self)
        } else {
            Self::default()
        };
        self.pseudonyms = Some(batch.pseudonyms);
        self.reading = self.reading.max(batch.reading);
        for fact in batch.told {
            let known = self.facts.get(&fact.id).or_else(|| before.facts.get(&fact.id));
            let received = known.and_then(|known| known.received).or(received);
            self.taken_back.remove(&fact.id);
            self.facts.insert(fact.id, Fact { received, ..fact });
        }
        for id in batch.taken_back {
            self.facts.remove(&id);
            self.taken_back.insert(id);
        }
    }

    /// What holds.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.facts.values()
    }

    /// A fact that holds.
    #[must_use]
    pub fn fact(&self, id: FactRef) -> Option<&Fact> {
        self.facts.get(&id)
    }

    /// How many were taken back and not told again.
    #[must_use]
    pub fn taken_back(&self) -> usize {
        self.taken_back.len()
    }

    /// Under which key the pseudonyms stand; nothing where nothing was told.
    #[must_use]
    pub const fn pseudonyms(&self) -> Option<PseudonymsTag> {
        self.pseudonyms
    }

    /// The newest way of reading among the batches: what it says, an older build leaves alone.
    #[must_use]
    pub const fn reading(&self) -> u32 {
        self.reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use feltbog_reports::What;
    use jiff::civil::date;

    fn fact(id: u8, day: i8) -> Fact {
        let id = FactRef::new([id; 16]);
        Fact { id, subject: None, staff: None, day: date(2026, 1, day), received: None, what: What::Placed }
    }

    fn batch(told: &[Fact]) -> FactBatch {
        FactBatch { reading: 1, told: told.to_vec(), ..FactBatch::default() }
    }

    fn days(ledger: &FactLedger) -> Vec<i8> {
        ledger.facts().map(|fact| fact.day.day()).collect()
    }

    #[test]
    fn what_two_devices_tell_of_one_entry_counts_once_and_the_later_word_holds() {
        let mut ledger = FactLedger::default();
        ledger.add(batch(&[fact(1, 1), fact(2, 2)]), Some(date(2026, 2, 1)));
        ledger.add(batch(&[fact(1, 1)]), Some(date(2026, 2, 2)));
        ledger.add(batch(&[fact(2, 9)]), Some(date(2026, 2, 3)));
        assert_eq!(days(&ledger), [1, 9]);
        let received: Vec<_> = ledger.facts().map(|fact| fact.received).collect();
        assert_eq!(received, [Some(date(2026, 2, 1)); 2], "the day it came first");
    }

    #[test]
    fn what_is_taken_back_is_counted_apart_until_it_is_told_again() {
        let mut ledger = FactLedger::default();
        ledger.add(batch(&[fact(1, 1), fact(2, 2)]), None);
        let back = FactBatch { taken_back: vec![fact(1, 1).id], ..batch(&[]) };
        ledger.add(back, None);
        assert_eq!((days(&ledger), ledger.taken_back()), (vec![2], 1));
        ledger.add(batch(&[fact(1, 1)]), None);
        assert_eq!((days(&ledger), ledger.taken_back()), (vec![1, 2], 0));
    }

    #[test]
    fn what_is_told_anew_or_under_another_key_stands_alone() {
        let mut ledger = FactLedger::default();
        ledger.add(batch(&[fact(1, 1)]), Some(date(2026, 2, 1)));
        ledger.add(FactBatch { anew: true, ..batch(&[fact(1, 3), fact(2, 2)]) }, Some(date(2026, 3, 1)));
        assert_eq!(days(&ledger), [3, 2]);
        assert_eq!(ledger.fact(fact(1, 1).id).and_then(|fact| fact.received), Some(date(2026, 2, 1)));
        let other = PseudonymsTag([7; 8]);
        ledger.add(FactBatch { pseudonyms: other, ..batch(&[fact(3, 5)]) }, None);
        assert_eq!((days(&ledger), ledger.pseudonyms()), (vec![5], Some(other)));
    }
}
