//! Handing in from beside a locked database (decision 0023).
//!
//! Whoever forgot a passphrase cannot sign a request any more, so this one is taken without: every envelope in it was signed
//! by the device when it was saved, is sealed for the leaders, and changes nothing the second time. It works for a device
//! that was blocked, and for the same time as any hand-in for one that was shut out.

use std::sync::Arc;

use feltbog_domain::DeviceId;
use feltbog_protocol::{DeviceState, EnvelopeHash, ErrorCode, HandInReply, HandInRequest, PushResult, limits};

use super::authenticate::Caller;
use super::judge::Judge;
use super::parcel::Parcel;
use super::push::{Disposed, repeated};
use super::sync::refuse_too_many;
use super::{Access, Refusal};
use crate::log::{ReadLog, WriteLog, day_of};

impl Access {
    /// Takes deposits that were made in reserve. When this returns, what was taken is on disk.
    pub(crate) async fn hand_in(self: &Arc<Self>, request: HandInRequest) -> Result<HandInReply, Refusal> {
        let (caller, parcel) = self.blocking(move |this| this.read_hand_in(request)).await?;
        let (this, signer, now_ms) = (Arc::clone(self), caller.clone(), self.around.now_ms());
        let disposed =
            self.log.write(move |transaction| this.take_hand_in(transaction, &signer, &parcel, now_ms)).await?;
        let receipt = self.receipt(&caller, &disposed).ok_or(ErrorCode::BadRequest)?;
        self.blocking(move |this| {
            let tenant = this.log.read(|transaction| transaction.tenant(caller.tenant))?;
            Ok(HandInReply {
                clock: tenant.ok_or(ErrorCode::UnknownTenant)?.clock(now_ms),
                results: disposed.results.into_iter().map(|(result, _)| result).collect(),
                receipt,
            })
        })
        .await
    }

    fn read_hand_in(&self, request: HandInRequest) -> Result<(Caller, Parcel), Refusal> {
        refuse_too_many(request.envelopes.len(), limits::HAND_IN_ENVELOPES as u64)?;
        let device = request.envelopes.first().and_then(|first| device_in(&first.0)).ok_or(ErrorCode::BadRequest)?;
        let now_ms = self.around.now_ms();
        let caller = self.log.read(|transaction| self.hands_in(transaction, &request, device, now_ms))?;
        let parcel = Parcel::open(&caller, request.envelopes)?;
        if !parcel.is_reserve() {
            return Err(ErrorCode::BadRequest.into());
        }
        // Signatures first: nobody empties the bucket of a device without its envelopes.
        let in_pace = self.hand_in_pace.take(caller.tenant, caller.device, &self.limits, now_ms);
        in_pace.map_err(|after_s| Refusal::TooOften { after_s })?;
        Ok((caller, parcel))
    }

    fn hands_in(
        &self,
        transaction: &dyn ReadLog,
        request: &HandInRequest,
        device: DeviceId,
        now_ms: i64,
    ) -> Result<Caller, Refusal> {
        let caller = self.find_caller(transaction, request.tenant, device, now_ms)?;
        if caller.state == DeviceState::Revoked && !self.is_in_time(transaction, &caller, now_ms)? {
            return Err(ErrorCode::DeviceRevoked.into());
        }
        Ok(caller)
    }

    fn take_hand_in(
        &self,
        transaction: &dyn WriteLog,
        caller: &Caller,
        parcel: &Parcel,
        now_ms: i64,
    ) -> Result<Disposed, Refusal> {
        let tenant = transaction.tenant(parcel.tenant)?.ok_or(ErrorCode::UnknownTenant)?;
        let root = tenant.root.ok_or(ErrorCode::UnknownDevice)?;
        let roster = self.rosters.seen_by(transaction, parcel.tenant, root)?;
        let used = transaction.used_on(parcel.tenant, parcel.device, day_of(now_ms))?;
        let mut judge = Judge::new(transaction, roster, caller.member, now_ms, self.limits, used);
        let mut results: Vec<(PushResult, EnvelopeHash)> = Vec::with_capacity(parcel.items.len());
        for item in &parcel.items {
            let (code, seq) = match (transaction.known(parcel.tenant, parcel.device, item.dseq)?, &item.content) {
                (Some(known), _) => repeated(item, &known)?,
                (None, Err(code)) => (*code, None),
                (None, Ok(readable)) => match judge.judge(readable)? {
                    // Not remembered: it stays on the device, and the folder may be known tomorrow.
                    Err(code) => (code, None),
                    Ok(admitted) => {
                        let seq = transaction.append(&admitted, now_ms)?;
                        judge.count(admitted.envelope());
                        (admitted.code(), Some(seq))
                    }
                },
            };
            results.push((PushResult { dseq: item.dseq, code, seq }, item.hash));
        }
        Ok(Disposed { results, roster: judge.into_roster() })
    }
}

/// The device in a frame; its place is the same in all versions.
fn device_in(bytes: &[u8]) -> Option<DeviceId> {
    bytes.get(DEVICE_AT..)?.first_chunk::<16>().copied().map(DeviceId::new)
}

const DEVICE_AT: usize = 48;
