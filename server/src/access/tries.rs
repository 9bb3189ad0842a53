//! Wrong codes: so many are listened to for one municipality, then none for a while.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use feltbog_domain::TenantId;

/// Wrong codes of one municipality in one window.
const MOST: u32 = 5;
/// How long a window lasts, in milliseconds from the first wrong code in it.
const WINDOW_MS: i64 = 10 * 60 * 1000;

/// The wrong codes of late. Only municipalities of this server are in it, so it stays as small as they are few.
#[derive(Default)]
pub(super) struct Tries {
    wrong: Mutex<HashMap<TenantId, Window>>,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    since_ms: i64,
    wrong: u32,
}

impl Window {
    /// Milliseconds until it is over; none where it is, or where the clock was put back before its beginning.
    fn left_ms(self, now_ms: i64) -> Option<i64> {
        let passed = now_ms.saturating_sub(self.since_ms);
        (0..WINDOW_MS).contains(&passed).then(|| WINDOW_MS.saturating_sub(passed))
    }
}

impl Tries {
    /// Whether a code is looked at, right or wrong; else after how many seconds one is.
    pub(super) fn listen(&self, tenant: TenantId, now_ms: i64) -> Result<(), u32> {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        let full = wrong.get(&tenant).filter(|window| window.wrong >= MOST);
        match full.and_then(|window| window.left_ms(now_ms)) {
            Some(left_ms) => Err(u32::try_from(left_ms.unsigned_abs().div_ceil(1000)).unwrap_or(u32::MAX)),
            None => Ok(()),
        }
    }

    /// A code was wrong.
    pub(super) fn note_wrong(&self, tenant: TenantId, now_ms: i64) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        let window = wrong.entry(tenant).or_insert(Window { since_ms: now_ms, wrong: 0 });
        if window.left_ms(now_ms).is_none() {
            *window = Window { since_ms: now_ms, wrong: 0 };
        }
        window.wrong = window.wrong.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_wrong_codes_none_is_listened_to_for_ten_minutes_and_other_municipalities_are() {
        let (tries, tenant) = (Tries::default(), TenantId::new([1; 16]));
        for n in 0..5 {
            assert_eq!(tries.listen(tenant, n * 60_000), Ok(()));
            tries.note_wrong(tenant, n * 60_000);
        }
        assert_eq!(tries.listen(tenant, 300_000), Err(300));
        assert_eq!(tries.listen(TenantId::new([2; 16]), 300_000), Ok(()));
        assert_eq!(tries.listen(tenant, 600_000), Ok(()));
        tries.note_wrong(tenant, 600_000);
        assert_eq!(tries.listen(tenant, 600_000), Ok(()), "a window of its own");
    }

    #[test]
    fn a_clock_that_is_put_back_locks_nobody_out() {
        let (tries, tenant) = (Tries::default(), TenantId::new([1; 16]));
        (0..5).for_each(|_| tries.note_wrong(tenant, 5_000_000));
        assert_eq!(tries.listen(tenant, 1_000), Ok(()));
    }
}
