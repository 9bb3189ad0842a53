//! An ordered map that can take back what was done since the last time it was kept.

use std::collections::BTreeMap;
use std::ops::RangeBounds;

#[derive(Debug, Clone)]
pub(super) struct Table<K, V> {
    rows: BTreeMap<K, V>,
    /// What stood in each place before, newest last.
    before: Vec<(K, Option<V>)>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), before: Vec::new() }
    }
}

impl<K: Ord + Clone, V: Clone> Table<K, V> {
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.rows.get(key)
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.rows.iter()
    }

    /// The bounds must not be the wrong way round.
    pub(super) fn range(&self, bounds: impl RangeBounds<K>) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.rows.range(bounds)
    }

    pub(super) fn put(&mut self, key: K, value: V) {
        let before = self.rows.insert(key.clone(), value);
        self.before.push((key, before));
    }

    pub(super) fn remove(&mut self, key: &K) {
        let before = self.rows.remove(key);
        self.before.push((key.clone(), before));
    }

    /// Changes a row that is there.
    pub(super) fn change(&mut self, key: &K, change: impl FnOnce(&mut V)) {
        if let Some(mut value) = self.rows.get(key).cloned() {
            change(&mut value);
            self.put(key.clone(), value);
        }
    }

    pub(super) fn keep(&mut self) {
        self.before.clear();
    }

    pub(super) fn undo(&mut self) {
        while let Some((key, before)) = self.before.pop() {
            match before {
                Some(value) => self.rows.insert(key, value),
                None => self.rows.remove(&key),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_kept_is_taken_back_in_the_reverse_order() {
        let mut table = Table::default();
        table.put(1, "one");
        table.keep();
        table.put(1, "uno");
        table.change(&1, |value| *value = "eins");
        table.remove(&1);
        table.put(2, "two");
        table.undo();
        assert_eq!(table.iter().collect::<Vec<_>>(), [(&1, &"one")]);
    }
}
