//! When each device was seen last, so that the table is not written for every exchange.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use feltbog_domain::{DeviceId, TenantId};

/// Milliseconds between two notes in the table about one device.
const NOTE_EVERY_MS: i64 = 60_000;

/// The devices seen since the server began.
#[derive(Default)]
pub(super) struct Presence {
    noted: Mutex<HashMap<(TenantId, DeviceId), i64>>,
}

impl Presence {
    /// Whether a note is due; if so, it counts as taken.
    pub(super) fn is_due(&self, tenant: TenantId, device: DeviceId, now_ms: i64) -> bool {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let last = noted.entry((tenant, device)).or_insert(i64::MIN);
        let due = now_ms.saturating_sub(*last) >= NOTE_EVERY_MS;
        if due {
            *last = now_ms;
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_noted_at_most_once_a_minute() {
        let (presence, tenant, device) = (Presence::default(), TenantId::new([1; 16]), DeviceId::new([2; 16]));
        assert!(presence.is_due(tenant, device, 1_000));
        assert!(!presence.is_due(tenant, device, 60_999));
        assert!(presence.is_due(tenant, device, 61_000));
        assert!(presence.is_due(tenant, DeviceId::new([3; 16]), 61_000));
    }
}
