//! Disposing of what a device pushed, in one transaction.

use std::sync::Arc;

use feltbog_protocol::{DeviceState, EnvelopeHash, EnvelopeKind, ErrorCode, Problem, PushResult, RefusalCode};

use super::judge::Judge;
use super::parcel::{Item, Parcel};
use super::rosters::SeenRoster;
use super::{Access, Effect, Refusal};
use crate::log::{Known, WriteLog, day_of};

/// What became of a parcel.
pub(super) struct Disposed {
    /// One result for each envelope, in order, and the envelope's identity.
    pub(super) results: Vec<(PushResult, EnvelopeHash)>,
    /// The roster with the certificates of this parcel.
    pub(super) roster: Arc<SeenRoster>,
}

impl Access {
    /// Disposes of a parcel. When this returns, every disposition is on disk.
    pub(super) async fn dispose(self: &Arc<Self>, parcel: Parcel, now_ms: i64) -> Result<Disposed, Refusal> {
        let this = Arc::clone(self);
        let disposed = self.log.write(move |transaction| this.dispose_in(transaction, &parcel, now_ms)).await?;
        self.rosters.publish(&disposed.roster);
        Ok(disposed)
    }

    fn dispose_in(&self, transaction: &dyn WriteLog, parcel: &Parcel, now_ms: i64) -> Result<Disposed, Refusal> {
        refuse_gap(transaction, parcel)?;
        let tenant = transaction.tenant(parcel.tenant)?.ok_or(ErrorCode::UnknownTenant)?;
        let root = tenant.root.ok_or(ErrorCode::UnknownDevice)?;
        let roster = self.rosters.seen_by(transaction, parcel.tenant, root)?;
        // Looked at again: it may have been shut out between being known and being heard.
        let state = roster.roster.device(parcel.device).map_or(DeviceState::Free, |entry| entry.state);
        if state == DeviceState::Blocked {
            return Err(ErrorCode::DeviceBlocked.into());
        }
        let used = transaction.used_on(parcel.tenant, parcel.device, day_of(now_ms))?;
        let mut judge = Judge::new(transaction, roster, parcel.member, now_ms, self.limits, used);
        judge.shut_out_at = judge.roster.roster.revoked_at(parcel.device);
        judge.knows_erasures_to = parcel.knows_erasures_to;
        let mut results = Vec::with_capacity(parcel.items.len());
        for item in &parcel.items {
            let (code, seq) = match transaction.known(parcel.tenant, parcel.device, item.dseq)? {
                Some(known) => repeated(item, &known)?,
                None => dispose_one(transaction, &mut judge, parcel, item, now_ms)?,
            };
            results.push((PushResult { dseq: item.dseq, code, seq }, item.hash));
        }
        Ok(Disposed { results, roster: judge.into_roster() })
    }
}

/// The numbers are one stretch that begins right after the last one disposed of, or earlier: a receipt speaks for the whole
/// stretch.
fn refuse_gap(transaction: &dyn WriteLog, parcel: &Parcel) -> Result<(), Refusal> {
    let last_dseq = transaction.last_dseq(parcel.tenant, parcel.device)?;
    let first = parcel.items.first().map_or(1, |item| item.dseq);
    let one_stretch = parcel.items.iter().zip(first..).all(|(item, expected)| item.dseq == expected);
    if first > last_dseq.saturating_add(1) || !one_stretch {
        return Err(Problem { last_dseq: Some(last_dseq), ..Problem::new(ErrorCode::SequenceGap) }.into());
    }
    Ok(())
}

/// The same envelope gets the same answer; another one under the same number means that two devices use one identity,
/// and the whole request is undone.
pub(super) fn repeated(item: &Item, known: &Known) -> Result<(RefusalCode, Option<u64>), Refusal> {
    if known.hash == item.hash { Ok((known.code, known.seq)) } else { Err(ErrorCode::DeviceFork.into()) }
}

fn dispose_one(
    transaction: &dyn WriteLog,
    judge: &mut Judge<'_>,
    parcel: &Parcel,
    item: &Item,
    now_ms: i64,
) -> Result<(RefusalCode, Option<u64>), Refusal> {
    let verdict = match (&item.content, &item.proven) {
        (_, Some(proven)) if !proven.code.is_accepted() => Err(proven.code),
        (Ok(readable), Some(proven)) => judge.admit_again(readable, proven)?,
        (Ok(readable), None) => judge.judge(readable)?,
        (Err(code), _) => Err(*code),
    };
    match verdict {
        Ok(admitted) => {
            let (seq, code) = (transaction.append(&admitted, now_ms)?, admitted.code());
            judge.count(admitted.envelope());
            if admitted.envelope().header().known_kind() == Some(EnvelopeKind::Certificate) {
                judge.certified_at(seq, parcel.device);
            }
            if admitted.is_proven() && matches!(admitted.effect(), Effect::FolderMade { .. }) {
                judge.replay(transaction, admitted.envelope(), seq)?;
            }
            Ok((code, Some(seq)))
        }
        Err(code) => {
            transaction.remember_refusal(parcel.tenant, parcel.device, item.dseq, item.hash, code)?;
            Ok((code, None))
        }
    }
}
