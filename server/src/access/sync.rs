//! One exchange: first what the device pushes, then the page it gets.

use std::sync::Arc;

use feltbog_domain::TenantId;
use feltbog_protocol::{
    BackfillAsk, BackfillDone, BackfillPart, DeviceState, ErrorCode, Lease, LogPoint, Problem, Receipt, ReceiptChain,
    SyncReply, SyncRequest, limits,
};

use tokio::sync::SemaphorePermit;

use super::authenticate::Caller;
use super::epoch::{Contradiction, Memory, epoch_changed};
use super::parcel::Parcel;
use super::push::Disposed;
use super::{Access, Claim, Refusal};
use crate::log::{PageBudget, ReadLog, StoreError, Viewer, WriteLog};

/// The first build that knows readings. An older one would take them for links in a folder's chain.
const READINGS_SINCE: u32 = 3;
/// A day: a device's lease is renewed once a day at most.
const LEASE_WORTH_MS: i64 = 24 * 60 * 60 * 1000;

impl Access {
    /// Serves one exchange. What was pushed is on disk before the page is read, so a device that is about to learn
    /// that it was shut out has first delivered what it still may.
    pub(crate) async fn sync(self: &Arc<Self>, claim: Claim) -> Result<SyncReply, Refusal> {
        let received = self.blocking(move |this| this.receive(&claim)).await?;
        let Received { caller, request, put_off, parcel, contradiction } = received;
        let _place = self.place_for(&request)?;
        let memory = Memory::of(&request);
        if let Some(why) = contradiction {
            return Err(self.begin_epoch(&caller, memory, why).await);
        }
        self.note_presence(&caller, &request).await;
        let caller = self.ask_for_login(caller).await?;
        self.forget_old_readings(caller.tenant).await;
        let mut reply = SyncReply::default();
        if !parcel.items.is_empty() {
            let disposed = self.dispose(parcel, self.around.now_ms()).await?;
            reply.receipt = self.receipt(&caller, &disposed);
            reply.results = disposed.results.into_iter().map(|(result, _)| result).collect();
        }
        self.heal(&caller, &memory).await?;
        let mut reply = self.blocking(move |this| this.fill_page(&caller, &request, reply)).await?;
        reply.more |= !put_off.is_empty();
        reply.backfill_done.extend(put_off.iter().map(not_begun));
        Ok(reply)
    }

    fn receive(&self, claim: &Claim) -> Result<Received, Refusal> {
        let (caller, mut request, contradiction) = self.log.read(|transaction| self.read_in(transaction, claim))?;
        let put_off = self.put_off(&mut request.backfill);
        let mut parcel = Parcel::open(&caller, std::mem::take(&mut request.push))?;
        parcel.knows_erasures_to = request.knows_erasures_to;
        if parcel.has_reserve_numbers() {
            return Err(ErrorCode::BadRequest.into());
        }
        self.believe(&caller, &mut parcel, &std::mem::take(&mut request.proofs))?;
        Ok(Received { caller, request, put_off, parcel, contradiction })
    }

    /// Who asks, what, and whether it fits the log, all from one snapshot: each one costs, and two may contradict each other.
    fn read_in(
        &self,
        transaction: &dyn ReadLog,
        claim: &Claim,
    ) -> Result<(Caller, SyncRequest, Option<Contradiction>), Refusal> {
        let now_ms = self.around.now_ms();
        let caller = self.authenticate(transaction, claim, now_ms)?;
        let in_pace = self.pace.take(caller.tenant, caller.device, &self.limits, now_ms);
        in_pace.map_err(|after_s| Refusal::TooOften { after_s })?;
        let request: SyncRequest = feltbog_protocol::decode(&claim.body).map_err(|_| ErrorCode::BadRequest)?;
        refuse_too_many(request.push.len(), self.limits.envelopes_per_push)?;
        refuse_too_many(request.backfill.len(), limits::BACKFILL_FOLDERS as u64)?;
        refuse_too_many(request.points.len(), limits::POINTS as u64)?;
        self.refuse_shut_out(transaction, &caller, &request, now_ms)?;
        let memory = Memory::of(&request);
        if memory.is_of_another(caller.epoch) {
            return Err(epoch_changed(&caller, memory.common(transaction, caller.tenant)?));
        }
        let contradiction = memory.contradicts(transaction, &caller)?;
        Ok((caller, request, contradiction))
    }

    /// A device that comes new to something fetches whole pages of old rows; of such requests only so many are served at a
    /// time, so that those who only have something to push are not behind them all.
    fn place_for(&self, request: &SyncRequest) -> Result<Option<SemaphorePermit<'_>>, Refusal> {
        if request.backfill.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.first_syncs.try_acquire().map_err(|_| ErrorCode::Busy)?))
    }

    /// Takes off what is more than this server does for one request; certificates stay first.
    fn put_off(&self, asks: &mut Vec<BackfillAsk>) -> Vec<BackfillAsk> {
        let most = usize::try_from(self.limits.backfills_per_request).unwrap_or(usize::MAX);
        if asks.len() <= most {
            return Vec::new();
        }
        asks.sort_by_key(|ask| !ask.folder.is_none());
        asks.split_off(most)
    }

    fn page(&self, request: &SyncRequest) -> PageBudget {
        let most = u32::try_from(self.limits.page_max_bytes).unwrap_or(u32::MAX);
        PageBudget::new(request.max_bytes.min(most), self.limits.rows_scanned)
    }

    /// Written beside the exchange: nobody waits for it, and one that is lost is made up for a minute later.
    async fn note_presence(self: &Arc<Self>, caller: &Caller, request: &SyncRequest) {
        let (tenant, device, now_ms) = (caller.tenant, caller.device, self.around.now_ms());
        let (build, stats) = (request.hello.build, request.stats.clone());
        if self.presence.is_due(tenant, device, now_ms) {
            let this = Arc::clone(self);
            self.beside(async move {
                let note = move |log: &dyn WriteLog| log.note_seen(tenant, device, now_ms, build, &stats);
                if let Err::<(), StoreError>(error) = this.log.write(note).await {
                    tracing::warn!(%error, "a device's presence was not noted");
                }
            })
            .await;
        }
    }

    pub(super) fn receipt(&self, caller: &Caller, disposed: &Disposed) -> Option<Receipt> {
        let (first, last) = (disposed.results.first()?.0.dseq, disposed.results.last()?.0.dseq);
        let chain = disposed
            .results
            .iter()
            .fold(ReceiptChain::default(), |chain, (result, hash)| chain.with(result.dseq, *hash, result.code));
        Some(self.key.receipt(caller.tenant, &caller.epoch, caller.device, first..=last, &chain))
    }

    /// A lease that is hardly better than the one the device has is not worth its bytes.
    fn better_lease(&self, caller: &Caller, request: &SyncRequest, now_ms: i64) -> Option<Lease> {
        let until_ms = self.lease_until(self.login_due(caller), now_ms);
        // One that lasts too long is taken back by a shorter one.
        let good_enough = |held: i64| held <= until_ms && until_ms.saturating_sub(held) <= LEASE_WORTH_MS;
        if request.lease_until_ms.is_some_and(good_enough) {
            return None;
        }
        Some(self.key.lease(caller.tenant, caller.device, until_ms))
    }

    fn fill_page(&self, caller: &Caller, request: &SyncRequest, mut reply: SyncReply) -> Result<SyncReply, Refusal> {
        let now_ms = self.around.now_ms();
        self.log.read(|transaction| {
            // Once more: what this request brought, or another did meanwhile, may have ended an office.
            let offices = self.find_caller(transaction, caller.tenant, caller.device, now_ms)?.offices;
            let keeps_records = offices.keeps_records || caller.is_station;
            let tenant = transaction.tenant(caller.tenant)?.ok_or(ErrorCode::UnknownTenant)?;
            reply.clock = tenant.clock(now_ms);
            reply.last_dseq = transaction.last_dseq(caller.tenant, caller.device)?;
            if caller.state == DeviceState::Revoked {
                // Nothing is handed out; asking again, with nothing left to bring, it is told why.
                reply.cursor = request.cursor;
                reply.more = true;
                return Ok(reply);
            }
            if let Some(due_ms) = self.login_due(caller) {
                reply.login_by_ms = self.is_worth_telling(caller.tenant, due_ms, now_ms).then_some(due_ms);
                if due_ms <= now_ms {
                    // What was pushed is taken; for anything else somebody has to log in first.
                    reply.cursor = request.cursor;
                    reply.backfill_done = request.backfill.iter().map(not_begun).collect();
                    return Ok(reply);
                }
            }
            reply.counts_facts = Some(true);
            reply.read_log_months = keeps_records.then_some(self.limits.read_log_months);
            reply.lease = self.better_lease(caller, request, now_ms);
            let viewer = Viewer {
                tenant: caller.tenant,
                member: caller.member,
                device: caller.device,
                offices: offices.led,
                is_station: caller.is_station,
                hears_of_purges: offices.hears_of_purges,
                // By the office of now: nobody may be there to take the key of the last officer who lost it.
                is_sent_readings: keeps_records && request.hello.build >= READINGS_SINCE,
                now_ms,
            };
            // Whoever recovers a municipality cannot wait for a device of it.
            if tenant.healing && !caller.is_station {
                hold_back(transaction, &viewer, request, self.page(request), &mut reply)?;
            } else {
                fill_rows(transaction, &viewer, request, self.page(request), &mut reply)?;
            }
            reply.point = new_point(transaction, caller.tenant, request, reply.cursor)?;
            Ok(reply)
        })
    }
}

/// Where the device stands now, unless it said so itself.
fn new_point(
    transaction: &dyn ReadLog,
    tenant: TenantId,
    request: &SyncRequest,
    cursor: u64,
) -> Result<Option<LogPoint>, StoreError> {
    if cursor == 0 || request.points.first().is_some_and(|point| point.seq == cursor) {
        return Ok(None);
    }
    Ok(transaction.chain_at(tenant, cursor)?.map(|chain| chain.at(cursor)))
}

/// A request that was read, and who it is from.
struct Received {
    caller: Caller,
    request: SyncRequest,
    put_off: Vec<BackfillAsk>,
    parcel: Parcel,
    contradiction: Option<Contradiction>,
}

/// While a restored log heals, nobody is sent a row of a folder: the copy may not know yet who was shut out. Certificates
/// go on being handed out, or a new device could not even deliver.
fn hold_back(
    transaction: &dyn ReadLog,
    viewer: &Viewer,
    request: &SyncRequest,
    mut page: PageBudget,
    reply: &mut SyncReply,
) -> Result<(), Refusal> {
    for ask in &request.backfill {
        let done = if ask.folder.is_none() {
            transaction.backfill(viewer, ask, &mut page, &mut reply.backfill_rows)?
        } else {
            not_begun(ask)
        };
        reply.more |= ask.folder.is_none() && !done.done;
        reply.backfill_done.push(done);
    }
    reply.cursor = request.cursor;
    reply.healing = Some(true);
    Ok(())
}

/// Certificates first: a row whose signer's certificate is still missing could not be checked, so until the backfill
/// of certificates is done nothing else is sent. Then the main feed, then the folders, as far as the page has room.
fn fill_rows(
    transaction: &dyn ReadLog,
    viewer: &Viewer,
    request: &SyncRequest,
    mut page: PageBudget,
    reply: &mut SyncReply,
) -> Result<(), Refusal> {
    let (access, folders): (Vec<&BackfillAsk>, Vec<&BackfillAsk>) =
        request.backfill.iter().partition(|ask| ask.folder.is_none());
    for ask in access {
        reply.backfill_done.push(transaction.backfill(viewer, ask, &mut page, &mut reply.backfill_rows)?);
    }
    if reply.backfill_done.iter().any(|done| !done.done) {
        reply.cursor = request.cursor;
        reply.backfill_done.extend(folders.into_iter().map(not_begun));
        reply.more = true;
        return Ok(());
    }
    let feed = transaction.feed(viewer, request.cursor, reply.clock.head, &mut page)?;
    reply.rows = feed.rows;
    reply.cursor = feed.cursor;
    fill_folders(transaction, viewer, folders, &mut page, reply)?;
    reply.more = feed.more || reply.backfill_done.iter().any(|done| !done.done);
    Ok(())
}

/// What lets a new device show something comes first, of all folders: where a page ends within it, nothing else is begun.
fn fill_folders(
    transaction: &dyn ReadLog,
    viewer: &Viewer,
    folders: Vec<&BackfillAsk>,
    page: &mut PageBudget,
    reply: &mut SyncReply,
) -> Result<(), Refusal> {
    let (access, content): (Vec<&BackfillAsk>, Vec<&BackfillAsk>) =
        folders.into_iter().partition(|ask| ask.part == BackfillPart::Access);
    let mut all_access = true;
    for ask in access {
        let done = transaction.backfill(viewer, ask, page, &mut reply.backfill_rows)?;
        all_access &= done.done;
        reply.backfill_done.push(done);
    }
    for ask in content {
        let done = if all_access {
            transaction.backfill(viewer, ask, page, &mut reply.backfill_rows)?
        } else {
            not_begun(ask)
        };
        reply.backfill_done.push(done);
    }
    Ok(())
}

fn not_begun(ask: &BackfillAsk) -> BackfillDone {
    BackfillDone { folder: ask.folder, after: ask.after, until: ask.until, done: false }
}

pub(super) fn refuse_too_many(count: usize, limit: u64) -> Result<(), Refusal> {
    if u64::try_from(count).is_ok_and(|count| count > limit) {
        return Err(Problem { limit: Some(limit), ..Problem::new(ErrorCode::TooLarge) }.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use feltbog_domain::FolderId;

    use super::*;
    use crate::limits::Limits;
    use crate::log::Log;
    use crate::login::Logins;
    use crate::receipt_key::ReceiptKey;
    use crate::surroundings::{Dice, Surroundings};

    #[test]
    fn a_first_sync_beyond_the_limit_is_told_to_come_again_and_other_exchanges_are_served() {
        let limits = Limits { first_syncs_at_once: 2, ..Limits::default() };
        let around = Surroundings::simulated(|| 0, Arc::new(Dice::of(1)));
        let log = Log::Memory(Box::default());
        let access = Access::new(log, ReceiptKey::from_seed(&[1; 32]), around, limits, Logins::default());
        let backfill = vec![BackfillAsk::whole(FolderId::NONE, 0, 10)];
        let first = SyncRequest { backfill, ..SyncRequest::default() };
        let (one, two) = (access.place_for(&first).unwrap(), access.place_for(&first).unwrap());
        assert!(one.is_some() && two.is_some());
        let refused = access.place_for(&first).unwrap_err();
        assert!(matches!(refused, Refusal::Refused(problem) if problem.code == ErrorCode::Busy));
        assert!(access.place_for(&SyncRequest::default()).unwrap().is_none());
        drop(one);
        assert!(access.place_for(&first).is_ok());
    }
}
