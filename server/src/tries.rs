//! Wrong codes and passwords: so many are listened to of each (a municipality, an address), then none for a while.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Wrong ones of each in one window.
const MOST: u32 = 5;
/// How long a window lasts, in milliseconds from the first wrong one in it.
const WINDOW_MS: i64 = 10 * 60 * 1000;

/// The wrong ones of late. What is over is forgotten, so addresses fill no memory either.
#[derive(Debug)]
pub(crate) struct Tries<K> {
    wrong: Mutex<HashMap<K, Window>>,
}

impl<K> Default for Tries<K> {
    fn default() -> Self {
        Self { wrong: Mutex::default() }
    }
}

#[derive(Debug, Clone, Copy)]
struct Window {
    since_ms: i64,
    wrong: u32,
}

impl Window {
    /// Milliseconds until it is over; none where it is, or where the clock was put back to long before its beginning.
    fn left_ms(self, now_ms: i64) -> Option<i64> {
        let passed = now_ms.saturating_sub(self.since_ms);
        // A little before its beginning is whoever looked at the clock first and came second.
        (-WINDOW_MS..WINDOW_MS).contains(&passed).then(|| WINDOW_MS.saturating_sub(passed.max(0)))
    }
}

impl<K: Eq + Hash> Tries<K> {
    /// Whether another is looked at, right or wrong; else after how many seconds one is.
    pub(crate) fn listen(&self, from: &K, now_ms: i64) -> Result<(), u32> {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        let full = wrong.get(from).filter(|window| window.wrong >= MOST);
        match full.and_then(|window| window.left_ms(now_ms)) {
            Some(left_ms) => Err(u32::try_from(left_ms.unsigned_abs().div_ceil(1000)).unwrap_or(u32::MAX)),
            None => Ok(()),
        }
    }

    /// One was wrong.
    pub(crate) fn note_wrong(&self, from: K, now_ms: i64) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.retain(|_, window| window.left_ms(now_ms).is_some());
        let window = wrong.entry(from).or_insert(Window { since_ms: now_ms, wrong: 0 });
        window.wrong = window.wrong.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use feltbog_domain::TenantId;

    use super::*;

    #[test]
    fn after_five_wrong_codes_none_is_listened_to_for_ten_minutes_and_other_municipalities_are() {
        let (tries, tenant) = (Tries::default(), TenantId::new([1; 16]));
        for n in 0..5 {
            assert_eq!(tries.listen(&tenant, n * 60_000), Ok(()));
            tries.note_wrong(tenant, n * 60_000);
        }
        assert_eq!(tries.listen(&tenant, 300_000), Err(300));
        assert_eq!(tries.listen(&TenantId::new([2; 16]), 300_000), Ok(()));
        assert_eq!(tries.listen(&tenant, 600_000), Ok(()));
        tries.note_wrong(tenant, 600_000);
        assert_eq!(tries.listen(&tenant, 600_000), Ok(()), "a window of its own");
    }

    #[test]
    fn a_clock_that_is_put_back_locks_nobody_out() {
        let (tries, tenant) = (Tries::default(), TenantId::new([1; 16]));
        (0..5).for_each(|_| tries.note_wrong(tenant, 5_000_000));
        assert_eq!(tries.listen(&tenant, 1_000), Ok(()));
    }
    #[test]
    fn of_two_at_once_the_one_whose_clock_is_behind_counts_as_well() {
        let tries = Tries::default();
        (0..5).for_each(|n| tries.note_wrong('a', 1_000 - n));
        assert_eq!(tries.listen(&'a', 990), Err(600));
    }

    #[test]
    fn of_those_whose_time_is_over_nothing_is_remembered() {
        let tries = Tries::default();
        (0..1_000).for_each(|from| tries.note_wrong(from, 0));
        tries.note_wrong(1_000, WINDOW_MS);
        assert_eq!(tries.wrong.lock().unwrap().len(), 1);
    }
}
