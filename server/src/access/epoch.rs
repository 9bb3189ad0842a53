//! Noticing that the log was put back from a copy, and healing it.
//!
//! Every device remembers where it stood with the log: the place and hash of its newest row, its cursor, the number of its
//! last receipt. A log that does not fit was replaced, whatever the people who run the server say or know of it; then a new
//! epoch begins before anything of the request is taken.
//!
//! What a lying insider can do with that: an enrolled device can claim a row that never was, and so begin a new epoch when
//! it likes. It loses nobody anything: rows stay, receipts stay valid, no cursor goes back beyond the newest row. It costs
//! every device one more round trip, and holds rows back until the next exchange of an administrator's, leader's or
//! deputy's device, so repeated often enough it is an annoyance. The claim cannot be asked to carry a proof, since rows of
//! others are not signed to be at their place; but it is signed by the device, each one is logged as a warning with the
//! device's id, and the device can be shut out. Not to believe a device would be worse: the one that is right may be the
//! only one that saw the lost rows.
//!
//! Nor can an insider end the healing early: it takes the office, as the roster in the log has it, and all that the device
//! has receipts for. What the copy did not know of yet, revocations above all, is back when the devices that signed them
//! are; an office's device is the one that most likely holds them.

use feltbog_protocol::{ErrorCode, Problem, SyncRequest, Tail};

use super::authenticate::Caller;
use super::{Access, Refusal};
use crate::log::{ReadLog, StoreError};

/// What a device says of the log, and the log says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contradiction {
    /// The device holds another row at this place, or one where none is.
    Tail,
    /// The device has seen rows beyond the newest.
    Cursor,
    /// The device has receipts for envelopes the log does not know.
    Receipts,
}

/// What a request says of the log.
#[derive(Debug, Clone, Copy)]
pub(super) struct Memory {
    epoch: [u8; 16],
    tail: Option<Tail>,
    cursor: u64,
    durable_ack: u64,
}

impl Memory {
    pub(super) fn of(request: &SyncRequest) -> Self {
        let SyncRequest { epoch, tail, cursor, durable_ack, .. } = *request;
        Self { epoch, tail, cursor, durable_ack }
    }

    /// A device that names no epoch has seen nothing yet.
    fn is_of(&self, epoch: [u8; 16]) -> bool {
        self.epoch == epoch
    }

    pub(super) fn contradicts(
        &self,
        transaction: &dyn ReadLog,
        caller: &Caller,
    ) -> Result<Option<Contradiction>, Refusal> {
        let tenant = transaction.tenant(caller.tenant)?.ok_or(ErrorCode::UnknownTenant)?;
        if !self.is_of(tenant.epoch) {
            return Ok(None);
        }
        if self.cursor > tenant.head {
            return Ok(Some(Contradiction::Cursor));
        }
        // In an epoch that began with a restore a device has receipts of before until it has delivered everything again.
        if self.durable_ack > transaction.last_dseq(caller.tenant, caller.device)?
            && (!caller.restored || transaction.is_whole(caller.tenant, caller.device, &tenant.epoch)?)
        {
            return Ok(Some(Contradiction::Receipts));
        }
        let Some(tail) = self.tail else { return Ok(None) };
        let held = transaction.hash_at(caller.tenant, tail.seq)?;
        let fits = held.is_some_and(|hash| hash.0.starts_with(&tail.hash));
        Ok(if fits { None } else { Some(Contradiction::Tail) })
    }
}

impl Memory {
    /// The furthest place up to which log and device can be the same. Other devices may have written on in a log that was
    /// put back before one came that knew better; then the histories part somewhere before its newest row, and nobody can
    /// say where: each time it still does not fit, half as far.
    fn common_at_most(&self, why: Contradiction, head: u64) -> u64 {
        match (why, self.tail) {
            (Contradiction::Tail, Some(tail)) if tail.seq <= head => tail.seq / 2,
            _ => head,
        }
    }
}

impl Access {
    /// Begins a new epoch, unless somebody else has in the meantime; gives the answer to the device.
    pub(super) async fn begin_epoch(&self, caller: &Caller, memory: Memory, why: Contradiction) -> Refusal {
        let epoch = match self.around.random() {
            Ok(epoch) => epoch,
            Err(error) => return StoreError::Random(error).into(),
        };
        let asker = caller.clone();
        let begun = self
            .log
            .write(move |transaction| {
                if let Some(why) = memory.contradicts(transaction, &asker)? {
                    let head = transaction.tenant(asker.tenant)?.map_or(0, |tenant| tenant.head);
                    transaction.begin_epoch(asker.tenant, &epoch, memory.common_at_most(why, head))?;
                }
                transaction.tenant(asker.tenant)?.ok_or_else(|| Refusal::from(ErrorCode::UnknownTenant))
            })
            .await;
        match begun {
            Ok(tenant) => {
                tracing::warn!(device = %caller.device, ?why, "the log does not fit a device's memory of it: a new epoch");
                epoch_changed(&Caller { epoch: tenant.epoch, epoch_base_seq: tenant.epoch_base_seq, ..caller.clone() })
            }
            Err(refusal) => refusal,
        }
    }

    /// In a restored log: notes that a device has delivered again everything it once had receipts for, and ends the healing
    /// if the device is an office's.
    pub(super) async fn heal(&self, caller: &Caller, memory: Memory) -> Result<(), Refusal> {
        if !caller.restored || !memory.is_of(caller.epoch) || (caller.whole && !caller.healing) {
            return Ok(());
        }
        let (tenant, device, epoch) = (caller.tenant, caller.device, caller.epoch);
        let ends = caller.healing && caller.offices.any;
        let healed = self
            .log
            .write(move |transaction| {
                let row = transaction.tenant(tenant)?;
                let is_whole = row.is_some_and(|row| row.epoch == epoch)
                    && transaction.last_dseq(tenant, device)? >= memory.durable_ack;
                if is_whole {
                    transaction.note_whole(tenant, device, &epoch)?;
                }
                if is_whole && ends {
                    transaction.end_healing(tenant)?;
                }
                Ok::<_, StoreError>(is_whole && ends)
            })
            .await?;
        if healed {
            tracing::warn!(%device, "the restored log is handed out again");
        }
        Ok(())
    }
}

/// The refusal of a request that knows another epoch.
pub(super) fn epoch_changed(caller: &Caller) -> Refusal {
    Problem {
        epoch: Some(caller.epoch),
        base_seq: Some(caller.epoch_base_seq),
        last_dseq: Some(caller.last_dseq),
        ..Problem::new(ErrorCode::EpochChanged)
    }
    .into()
}
