//! How many of something come from one place at a time.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts what is there by where it comes from, and lets no more in than so many of each.
#[derive(Debug)]
pub(crate) struct Crowd<K: Eq + Hash> {
    most: u64,
    there: Mutex<HashMap<K, u64>>,
}

impl<K: Eq + Hash + Copy> Crowd<K> {
    pub(crate) fn of(most: u64) -> Arc<Self> {
        Arc::new(Self { most, there: Mutex::default() })
    }

    /// Lets one more in until what this gives is dropped; nothing where there are enough of that place.
    pub(crate) fn enter(self: &Arc<Self>, from: K) -> Option<Inside<K>> {
        let mut there = self.there.lock().unwrap_or_else(PoisonError::into_inner);
        let count = there.get(&from).copied().unwrap_or_default();
        if count >= self.most {
            return None;
        }
        there.insert(from, count.saturating_add(1));
        drop(there);
        Some(Inside { crowd: Arc::clone(self), from })
    }
}

/// One that is there.
#[derive(Debug)]
pub(crate) struct Inside<K: Eq + Hash + Copy> {
    crowd: Arc<Crowd<K>>,
    from: K,
}

impl<K: Eq + Hash + Copy> Inside<K> {
    /// Whether it is of this place.
    pub(crate) fn is_from(&self, from: K) -> bool {
        self.from == from
    }
}

impl<K: Eq + Hash + Copy> Drop for Inside<K> {
    fn drop(&mut self) {
        let mut there = self.crowd.there.lock().unwrap_or_else(PoisonError::into_inner);
        // Where nobody is left nothing is remembered either, or whoever comes from many places would fill the memory.
        match there.get_mut(&self.from) {
            Some(count) if *count > 1 => *count = count.saturating_sub(1),
            _ => drop(there.remove(&self.from)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_of_one_place_are_let_in_and_another_as_one_goes() {
        let crowd = Crowd::of(2);
        let (first, _second) = (crowd.enter('a').unwrap(), crowd.enter('a').unwrap());
        assert!(crowd.enter('a').is_none());
        assert!(crowd.enter('b').is_some());
        drop(first);
        assert!(crowd.enter('a').is_some());
    }

    #[test]
    fn of_those_who_went_nothing_is_remembered() {
        let crowd = Crowd::of(2);
        let inside = [crowd.enter('a'), crowd.enter('a'), crowd.enter('b')];
        assert_eq!(crowd.there.lock().unwrap().len(), 2);
        drop(inside);
        assert_eq!(crowd.there.lock().unwrap().len(), 0);
    }
}
