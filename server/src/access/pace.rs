//! How often each device may ask: a bucket of tokens for each, in memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use feltbog_domain::{DeviceId, TenantId};

use crate::limits::Limits;

const MINUTE_MS: u64 = 60_000;

/// The buckets of the devices seen since the server began. Only a device whose signature was checked has one, so there are
/// as many as devices, and nobody can empty another's.
#[derive(Default)]
pub(super) struct Pace {
    buckets: Mutex<HashMap<(TenantId, DeviceId), Bucket>>,
}

/// Counted in parts of a request, as many as a minute has milliseconds: so filling needs no fractions.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    parts: u64,
    filled_ms: i64,
}

impl Pace {
    /// Takes one request's token, or says after how many seconds there is one.
    pub(super) fn take(&self, tenant: TenantId, device: DeviceId, limits: &Limits, now_ms: i64) -> Result<(), u32> {
        let full = limits.requests_burst.saturating_mul(MINUTE_MS);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.entry((tenant, device)).or_insert(Bucket { parts: full, filled_ms: now_ms });
        // A clock that was put back fills nothing, and goes on from where it is.
        let passed = u64::try_from(now_ms.saturating_sub(bucket.filled_ms)).unwrap_or(0);
        bucket.parts = bucket.parts.saturating_add(passed.saturating_mul(limits.requests_per_minute)).min(full);
        bucket.filled_ms = now_ms;
        match bucket.parts.checked_sub(MINUTE_MS) {
            Some(left) => {
                bucket.parts = left;
                Ok(())
            }
            None => {
                let ms = MINUTE_MS.saturating_sub(bucket.parts).div_ceil(limits.requests_per_minute.max(1));
                Err(u32::try_from(ms.div_ceil(1000)).unwrap_or(u32::MAX))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_its_burst_then_its_pace_and_takes_nothing_from_another() {
        let (pace, tenant) = (Pace::default(), TenantId::new([1; 16]));
        let limits = Limits { requests_burst: 2, requests_per_minute: 6, ..Limits::default() };
        let take = |device, now_ms| pace.take(tenant, DeviceId::new([device; 16]), &limits, now_ms);
        assert_eq!([take(2, 0), take(2, 0), take(2, 0)], [Ok(()), Ok(()), Err(10)]);
        assert_eq!(take(3, 0), Ok(()));
        assert_eq!([take(2, 9_000), take(2, 10_000), take(2, 10_000)], [Err(1), Ok(()), Err(10)]);
        assert_eq!([take(2, 10_000_000), take(2, 10_000_000), take(2, 10_000_000)], [Ok(()), Ok(()), Err(10)]);
    }

    #[test]
    fn a_clock_that_is_put_back_gives_nothing_away_and_locks_nobody_out() {
        let (pace, tenant, device) = (Pace::default(), TenantId::new([1; 16]), DeviceId::new([2; 16]));
        let limits = Limits { requests_burst: 1, requests_per_minute: 6, ..Limits::default() };
        assert_eq!(pace.take(tenant, device, &limits, 5_000_000), Ok(()));
        assert_eq!(pace.take(tenant, device, &limits, 1_000), Err(10));
        assert_eq!(pace.take(tenant, device, &limits, 11_000), Ok(()));
    }
}
