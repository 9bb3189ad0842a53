//! How many connections a device has. Only a device whose signature was checked takes a place, so nobody takes another's.

use std::sync::{Arc, Mutex, PoisonError};

use feltbog_domain::{DeviceId, TenantId};

use super::Refusal;
use crate::crowd::{Crowd, Inside};

type Whose = (TenantId, DeviceId);

/// Seconds after which a device that found no place may try again: by then the connections it left idle have ended.
const AFTER_S: u32 = 10;

/// All places.
pub(super) type Places = Arc<Crowd<Whose>>;

/// The place of one connection; behind a proxy, whose connections are everybody's, of one request. It is the device's that
/// asked last on it, until it is dropped.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seat(Arc<Mutex<Option<Inside<Whose>>>>);

impl Seat {
    /// Takes a place for a device, unless it has this one already.
    pub(super) fn take(&self, places: &Places, whose: Whose) -> Result<(), Refusal> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.as_ref().is_some_and(|inside| inside.is_from(whose)) {
            return Ok(());
        }
        *held = None;
        *held = Some(places.enter(whose).ok_or(Refusal::TooOften { after_s: AFTER_S })?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_counts_once_for_the_device_that_asked_last_on_it() {
        let (places, one, other) = (Crowd::of(1), Seat::default(), Seat::default());
        let device = |number| (TenantId::new([1; 16]), DeviceId::new([number; 16]));
        assert!(one.take(&places, device(2)).is_ok() && one.take(&places, device(2)).is_ok());
        assert!(other.take(&places, device(2)).is_err());
        assert!(one.take(&places, device(3)).is_ok());
        assert!(other.take(&places, device(2)).is_ok());
        drop(other);
        assert!(one.take(&places, device(2)).is_ok());
    }
}
