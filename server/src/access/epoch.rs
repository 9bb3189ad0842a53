//! Noticing that the log was put back from a copy, and healing it.
//!
//! Every device remembers where it stood with the log: points of it, each with the running hash of everything before, its
//! cursor, the number of its last receipt. A log that does not fit was replaced, whatever the people who run the server say
//! or know of it; then a new epoch begins before anything of the request is taken. Where device and log part is asked of
//! the device's points, so rows that others wrote into the restored log before anybody noticed mislead nobody.
//!
//! What a lying insider can do with that: an enrolled device can claim a row that never was, and so begin a new epoch when
//! it likes. It loses nobody anything: rows stay, receipts stay valid, no other device's cursor goes back. It costs
//! every device one more round trip, and holds rows back until the next exchange of an administrator's, leader's or
//! deputy's device, so repeated often enough it is an annoyance. The claim cannot be asked to carry a proof, since rows of
//! others are not signed to be at their place; but it is signed by the device, each one is logged as a warning with the
//! device's id, and the device can be shut out. Not to believe a device would be worse: the one that is right may be the
//! only one that saw the lost rows.
//!
//! Nor can an insider end the healing early: it takes the office, as the roster in the log has it, and all that the device
//! has receipts for. What the copy did not know of yet, revocations above all, is back when the devices that signed them
//! are; an office's device is the one that most likely holds them.

use feltbog_domain::TenantId;
use feltbog_protocol::{ErrorCode, LogPoint, Problem, SyncRequest};

use super::authenticate::Caller;
use super::{Access, Refusal};
use crate::log::{ReadLog, StoreError};

/// What a device says of the log, and the log says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contradiction {
    /// The device's point is not one of the log.
    Point,
    /// The device has seen rows beyond the newest.
    Cursor,
    /// The device has receipts for envelopes the log does not know.
    Receipts,
}

/// What a request says of the log.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    epoch: [u8; 16],
    points: Vec<LogPoint>,
    cursor: u64,
    durable_ack: u64,
}

impl Memory {
    pub(super) fn of(request: &SyncRequest) -> Self {
        let SyncRequest { epoch, ref points, cursor, durable_ack, .. } = *request;
        Self { epoch, points: points.clone(), cursor, durable_ack }
    }

    /// A device that names no epoch has seen nothing yet.
    fn is_of(&self, epoch: [u8; 16]) -> bool {
        self.epoch == epoch
    }

    /// Whether the device knows another epoch of the log than this one.
    pub(super) fn is_of_another(&self, epoch: [u8; 16]) -> bool {
        self.epoch != [0; 16] && self.epoch != epoch
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
        let Some(newest) = self.points.first() else { return Ok(None) };
        Ok(if fits(transaction, caller.tenant, *newest)? { None } else { Some(Contradiction::Point) })
    }

    /// Up to where device and log are the same.
    pub(super) fn common(&self, transaction: &dyn ReadLog, tenant: TenantId) -> Result<Common, StoreError> {
        if self.points.is_empty() {
            return Ok(Common::NotSaid);
        }
        for point in &self.points {
            if fits(transaction, tenant, *point)? {
                return Ok(Common::UpTo(point.seq));
            }
        }
        Ok(Common::NoneOfThese)
    }
}

fn fits(transaction: &dyn ReadLog, tenant: TenantId, point: LogPoint) -> Result<bool, StoreError> {
    Ok(transaction.chain_at(tenant, point.seq)?.is_some_and(|chain| chain.at(point.seq) == point))
}

/// What a device's points say about how far its log and this one are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Common {
    /// The newest point that fits.
    UpTo(u64),
    /// None fits; the device has to name all it has.
    NoneOfThese,
    /// It named none: a device from before points were kept, or one that has read nothing.
    NotSaid,
}

impl Access {
    /// Begins a new epoch, unless somebody else has in the meantime; gives the answer to the device. One whose points all
    /// fail is first asked for the rest, so that the epoch begins where the histories part.
    pub(super) async fn begin_epoch(&self, caller: &Caller, memory: Memory, why: Contradiction) -> Refusal {
        let epoch = match self.around.random() {
            Ok(epoch) => epoch,
            Err(error) => return StoreError::Random(error).into(),
        };
        let asker = caller.clone();
        let begun = self
            .log
            .write(move |transaction| {
                let common = memory.common(transaction, asker.tenant)?;
                if common != Common::NoneOfThese && memory.contradicts(transaction, &asker)?.is_some() {
                    let base = if let Common::UpTo(seq) = common { seq } else { u64::MAX };
                    transaction.begin_epoch(asker.tenant, &epoch, base)?;
                    tracing::warn!(device = %asker.device, ?why, "the log does not fit a device's memory of it: a new epoch");
                }
                let tenant = transaction.tenant(asker.tenant)?.ok_or_else(|| Refusal::from(ErrorCode::UnknownTenant))?;
                Ok((tenant, common))
            })
            .await;
        match begun {
            Ok((tenant, common)) => epoch_changed(
                &Caller { epoch: tenant.epoch, epoch_base_seq: tenant.epoch_base_seq, ..caller.clone() },
                common,
            ),
            Err(refusal) => refusal,
        }
    }

    /// In a restored log: notes that a device has delivered again everything it once had receipts for, and ends the healing
    /// if the device is an office's.
    pub(super) async fn heal(&self, caller: &Caller, memory: &Memory) -> Result<(), Refusal> {
        if !caller.restored || !memory.is_of(caller.epoch) || (caller.whole && !caller.healing) {
            return Ok(());
        }
        let (tenant, device, epoch) = (caller.tenant, caller.device, caller.epoch);
        let durable_ack = memory.durable_ack;
        let ends = caller.healing && caller.offices.any;
        let healed = self
            .log
            .write(move |transaction| {
                let row = transaction.tenant(tenant)?;
                let is_whole =
                    row.is_some_and(|row| row.epoch == epoch) && transaction.last_dseq(tenant, device)? >= durable_ack;
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
pub(super) fn epoch_changed(caller: &Caller, common: Common) -> Refusal {
    let base_seq = match common {
        Common::UpTo(seq) => Some(seq),
        Common::NoneOfThese => None,
        Common::NotSaid => Some(caller.epoch_base_seq),
    };
    Problem {
        epoch: Some(caller.epoch),
        base_seq,
        last_dseq: Some(caller.last_dseq),
        ..Problem::new(ErrorCode::EpochChanged)
    }
    .into()
}
