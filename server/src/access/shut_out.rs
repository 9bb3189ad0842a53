//! A device that is not served: blocked for a while, or shut out for ever.
//!
//! It is told by whom, with the certificates that say so, so that it need not believe this server: it locks or forgets only
//! what the municipality's own people signed. One that was shut out may still hand in what it had not sent: what it pushes
//! for itself is refused (`no_grant`), which makes it a deposit, and asking for anything gets the order.

use feltbog_protocol::{DeviceState, ErrorCode, Problem, Row, SyncRequest, limits};

use super::authenticate::Caller;
use super::{Access, Refusal};
use crate::log::{ReadLog, StoreError};

impl Access {
    /// Refuses a device that was blocked, and one that was shut out unless it brings something.
    pub(super) fn refuse_shut_out(
        &self,
        transaction: &dyn ReadLog,
        caller: &Caller,
        request: &SyncRequest,
        now_ms: i64,
    ) -> Result<(), Refusal> {
        let code = match caller.state {
            DeviceState::Free => return Ok(()),
            DeviceState::Blocked => ErrorCode::DeviceBlocked,
            DeviceState::Revoked => ErrorCode::DeviceRevoked,
        };
        let hands_in = caller.state == DeviceState::Revoked && !request.push.is_empty();
        if hands_in && self.is_in_time(transaction, caller, now_ms)? {
            return Ok(());
        }
        let order = order(transaction, caller, request)?;
        Err(Problem { order, ..Problem::new(code) }.into())
    }

    pub(super) fn is_in_time(
        &self,
        transaction: &dyn ReadLog,
        caller: &Caller,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let Some(place) = caller.revoked_at else { return Ok(true) };
        let row = transaction.listing(caller.tenant, place.saturating_sub(1), 1, 0)?;
        Ok(row.first().is_none_or(|row| now_ms.saturating_sub(row.received_ms) <= self.limits.hand_in_ms()))
    }
}

/// The certificates the device lacks to see who shut it out, as far as a page has room.
fn order(transaction: &dyn ReadLog, caller: &Caller, request: &SyncRequest) -> Result<Vec<Row>, StoreError> {
    // Places of another epoch mean nothing.
    let after = if request.epoch == caller.epoch { request.cursor } else { 0 };
    let mut room = limits::PAGE_MAX as usize;
    let certificates = transaction.certificates(caller.tenant, after)?.into_iter();
    Ok(certificates
        .map(|(seq, envelope)| Row { seq, envelope })
        .take_while(|row| {
            room = room.saturating_sub(row.envelope.len());
            room > 0
        })
        .collect())
}
