//! The driver: runs the engine's effects against database and transport.

use std::time::Instant;

use feltbog_domain::FolderId;
use feltbog_protocol::{
    EnvelopeKind, ErrorCode, Hello, PROTOCOL, Problem, PushResult, ReceiptChain, RefusalCode, RequestSignature, Stats,
    SyncReply, SyncRequest,
};
use feltbog_store::{PageCommit, Progress, Rewind};
use feltbog_sync::{Effect, Engine, Failure, Input, Outbox, Outcome, Page, SavedState, Setback};

use crate::app::on_device;
use crate::build::BUILD;
use crate::device::Device;
use crate::enrol_again::LEASE;
use crate::error::AppError;
use crate::in_turn::InTurn;
use crate::reserve::Kept;
use crate::shown_whole::show_some_entries_whole;
use crate::transport::{Headers, HttpReply, Transport};

const PATH: &str = "/v1/sync";
/// How often an exchange goes on sealing before it sends what is sealed: more than the largest import needs.
const TURNS: u32 = 1_000;

/// What one exchange did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExchangeReport {
    /// Envelopes accepted, not counting those that only tell what was read.
    pub sent: u32,
    /// Envelopes of others that came in.
    pub received: u32,
    /// Numbers and codes of refused envelopes.
    pub refused: Vec<(u64, RefusalCode)>,
    /// Bytes that went out.
    pub bytes_up: u64,
    /// Bytes that came in.
    pub bytes_down: u64,
    /// Round trips.
    pub turnarounds: u32,
    /// The newest row of the server's log.
    pub head: u64,
    /// Whether anything was taken in that a screen may want to show.
    pub changed: bool,
    /// The server was restored; what it lost is being brought back by the devices.
    pub healing: bool,
}

/// Runs one exchange from beginning to end. The device is locked only while its database works, never while waiting.
pub(crate) async fn exchange(device: &InTurn<Device>, transport: &dyn Transport) -> Result<ExchangeReport, AppError> {
    let mut run = Run { device, transport, report: ExchangeReport::default() };
    run.with(|d| {
        d.exchanging = true;
        Ok(())
    })?;
    while run.with(|d| show_some_entries_whole(&mut d.store))? {
        tokio::task::yield_now().await;
    }
    let mut engine = Engine::resume(run.with(Device::saved_state)?);
    engine.handle(Input::Begin);
    while let Some(effect) = engine.poll_effect() {
        let input = match effect {
            Effect::Seal => run.seal().await.map_or_else(|error| failed(&error), Input::Sealed),
            Effect::Exchange(request) => run.round_trip(&request).await,
            Effect::CommitPage(page) => match run.with(|d| d.commit_page(*page)) {
                Ok(received) => {
                    run.report.received += received;
                    Input::Committed
                }
                Err(error) => failed(&error),
            },
            Effect::GoBack(setback) => run
                .with(|d| d.go_back(&setback))
                .map_or_else(|error| failed(&error), |saved| Input::SetBack(Box::new(saved))),
            Effect::Apply => run.apply().await,
            Effect::Finished(outcome) => return run.finish(&outcome).await,
        };
        engine.handle(input);
    }
    // The engine always ends with `Finished`.
    Ok(run.report)
}

fn failed(error: &AppError) -> Input {
    tracing::warn!(code = error.code(), "an exchange stopped");
    Input::Failed(match error {
        AppError::Exchange(failure) => *failure,
        _ => Failure::Store,
    })
}

struct Run<'a> {
    device: &'a InTurn<Device>,
    transport: &'a dyn Transport,
    report: ExchangeReport,
}

impl Run<'_> {
    fn with<T>(&self, work: impl FnOnce(&mut Device) -> Result<T, AppError>) -> Result<T, AppError> {
        on_device(self.device, work)
    }

    async fn seal(&self) -> Result<Outbox, AppError> {
        for _ in 0..TURNS {
            if !self.with(Device::seal_some)? {
                break;
            }
            tokio::task::yield_now().await;
        }
        self.with(|d| d.outbox())
    }

    async fn apply(&mut self) -> Input {
        loop {
            match self.with(Device::take_in_some) {
                Ok(true) => self.report.changed = true,
                Ok(false) => break,
                Err(error) => return failed(&error),
            }
            tokio::task::yield_now().await;
        }
        let settled = self.with(|d| {
            d.store.write(|w| w.settle_history().and_then(|()| w.settle_hints()))?;
            d.end_others_covers()?;
            d.settle_tray()?;
            // A register that is still being fetched looks as if it had gaps.
            if d.store.reader().backfills()?.is_empty() {
                d.keep_register()?;
                d.keep_read_log()?;
                d.settle_read_log()?;
            }
            Ok(())
        });
        let settled = match settled {
            Ok(()) => self.settle_facts().await,
            Err(error) => Err(error),
        };
        let owes = settled.and_then(|()| self.with(|d| d.owes()));
        owes.map_or_else(|error| failed(&error), |owes| Input::Applied { owes })
    }

    async fn settle_facts(&self) -> Result<(), AppError> {
        let mut after = FolderId::NONE;
        while let Some(last) = self.with(|d| d.settle_some_facts(after))? {
            after = last;
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    async fn round_trip(&mut self, request: &SyncRequest) -> Input {
        let body = feltbog_protocol::encode(request);
        let started = Instant::now();
        let mut answer = self.post(&body).await;
        if let Err(Refusal { failure: Failure::Refused(ErrorCode::ClockSkew), server_time_ms: Some(server), .. }) =
            answer
        {
            // The offset is kept; the user is never asked to set a clock.
            if self.with(|d| d.set_clock_offset(server)).is_ok() {
                answer = self.post(&body).await;
            }
        }
        match answer {
            Ok(reply) if self.with(|d| d.is_known_beyond(reply.last_dseq)).unwrap_or(true) => {
                Input::Failed(Failure::Refused(ErrorCode::DeviceFork))
            }
            Ok(reply) => {
                let noted = self.with(|d| {
                    d.note_counting(reply.counts_facts)?;
                    d.keep_readings_for(reply.read_log_months)
                });
                if let Err(error) = noted {
                    return failed(&error);
                }
                Input::Replied(Box::new(reply), u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX))
            }
            // Nothing may come with it: what one's own word ordered lies here already, stored by the page before.
            Err(refusal) if shuts_out(refusal.failure) => {
                let order = refusal.problem.map(|problem| problem.order).unwrap_or_default();
                self.with(|d| d.take_order(&order))
                    .map_or_else(|error| failed(&error), |()| Input::Failed(refusal.failure))
            }
            Err(refusal) => self
                .with(|d| d.setback(&refusal))
                .map_or_else(|error| failed(&error), |set_back| set_back.unwrap_or(Input::Failed(refusal.failure))),
        }
    }

    async fn post(&mut self, body: &[u8]) -> Result<SyncReply, Refusal> {
        let (url, headers) = self.with(|d| d.signed_headers(PATH, body)).map_err(|_| Refusal::of(Failure::Store))?;
        let reply = self
            .transport
            .post(&url, PATH, headers, body.to_vec())
            .await
            .map_err(|_| Refusal::of(Failure::Unreachable))?;
        self.report.bytes_up += reply.bytes_up;
        self.report.bytes_down += reply.bytes_down;
        if reply.status != 200 {
            return Err(Refusal::read(&reply));
        }
        feltbog_protocol::decode(&reply.body).map_err(|_| Refusal::of(Failure::Untrusted))
    }

    async fn finish(mut self, outcome: &Outcome) -> Result<ExchangeReport, AppError> {
        // Not while it went on: what was sealed in it lies there as it was saved, and mostly has its receipt by now.
        while self.with(|d| {
            d.exchanging = false;
            Ok(d.keep_some_in_reserve(Kept::Everything))
        })? {
            tokio::task::yield_now().await;
        }
        self.report.turnarounds = outcome.turnarounds;
        self.report.head = outcome.head;
        self.report.healing = outcome.healing;
        let of_people: Vec<&PushResult> = self.with(|d| {
            let (r, mut found) = (d.store.reader(), Vec::new());
            for result in &outcome.results {
                if r.is_peoples_own(d.identity.device, result.dseq)? {
                    found.push(result);
                }
            }
            Ok(found)
        })?;
        for result in of_people {
            if result.code.is_accepted() {
                self.report.sent += 1;
            } else {
                self.report.refused.push((result.dseq, result.code));
            }
        }
        match outcome.failure {
            None => {
                self.with(Device::note_good_exchange)?;
                Ok(self.report)
            }
            Some(failure) => Err(AppError::Exchange(failure)),
        }
    }
}

struct Refusal {
    failure: Failure,
    server_time_ms: Option<i64>,
    problem: Option<Problem>,
}

impl Refusal {
    fn of(failure: Failure) -> Self {
        Self { failure, server_time_ms: None, problem: None }
    }

    fn read(reply: &HttpReply) -> Self {
        failure_of(reply).map_or_else(Self::of, |problem| Self {
            failure: Failure::Refused(problem.code),
            server_time_ms: problem.server_time_ms,
            problem: Some(problem),
        })
    }
}

/// What a reply that is no success says: the server's problem, or why it has none.
pub(crate) fn failure_of(reply: &HttpReply) -> Result<Problem, Failure> {
    match feltbog_protocol::decode::<Problem>(&reply.body) {
        Ok(problem) if problem.code == ErrorCode::Busy => Err(Failure::Busy(30)),
        Ok(problem) => Ok(problem),
        Err(_) if matches!(reply.status, 429 | 503) => Err(Failure::Busy(30)),
        // A gateway's own page: there is no Feltbog server behind it now.
        Err(_) => Err(Failure::Unreachable),
    }
}

impl Device {
    fn saved_state(&mut self) -> Result<SavedState, AppError> {
        let now_ms = self.now_ms();
        let r = self.store.reader();
        let progress = r.progress()?;
        self.refused_before = progress.last_dseq;
        let unsent = r.unsent_count(&[])?;
        let hours = |saved_ms: i64| u32::try_from((now_ms - saved_ms).max(0) / 3_600_000).unwrap_or(u32::MAX);
        Ok(SavedState {
            member: self.me(),
            hello: Hello { protocol: PROTOCOL, build: BUILD, features: 0 },
            epoch: progress.epoch,
            cursor: progress.cursor,
            backfills: r.backfills()?,
            durable_ack: r.last_receipted()?,
            points: r.log_points()?,
            lease_until_ms: (progress.lease_until_ms > 0).then_some(progress.lease_until_ms),
            restored: r.restored_at()?.is_some(),
            stats: Stats {
                quarantined: r.quarantined()?,
                unsent: unsent.documents,
                oldest_unsent_hours: unsent.oldest_ms.map(hours),
            },
        })
    }

    /// What a refusal says about where the server stands, if that is why it refused.
    fn setback(&self, refusal: &Refusal) -> Result<Option<Input>, AppError> {
        let Some(problem) = &refusal.problem else { return Ok(None) };
        let progress = self.store.reader().progress()?;
        let setback = match problem {
            Problem {
                code: ErrorCode::EpochChanged,
                epoch: Some(epoch),
                base_seq: Some(base_seq),
                last_dseq: Some(last_dseq),
                ..
            } => Setback { epoch: *epoch, base_seq: *base_seq, last_dseq: *last_dseq },
            Problem { code: ErrorCode::EpochChanged, epoch: Some(_), base_seq: None, .. } => {
                return Ok(Some(Input::Unplaced));
            }
            Problem { code: ErrorCode::SequenceGap, last_dseq: Some(last_dseq), .. } => {
                Setback { epoch: progress.epoch, base_seq: u64::MAX, last_dseq: *last_dseq }
            }
            _ => return Ok(None),
        };
        // A server that knows more of this device than the device itself has talked to its twin.
        if setback.last_dseq > progress.last_dseq {
            return Err(AppError::Exchange(Failure::Refused(ErrorCode::DeviceFork)));
        }
        Ok(Some(Input::Behind(setback)))
    }

    fn go_back(&mut self, setback: &Setback) -> Result<SavedState, AppError> {
        let Setback { epoch, base_seq, last_dseq } = *setback;
        self.store.rewind(&Rewind { epoch, base_seq, last_dseq })?;
        self.saved_state()
    }

    /// Whether the server has disposed of envelopes that this device never made: its database is an older copy, and
    /// another device goes on under the same name.
    fn is_known_beyond(&self, last_dseq: u64) -> Result<bool, AppError> {
        Ok(last_dseq > self.store.reader().progress()?.last_dseq)
    }

    pub(crate) fn signed_headers(&mut self, path: &str, body: &[u8]) -> Result<(String, Headers), AppError> {
        let time_ms = self.now_ms() + self.store.reader().progress()?.clock_offset_ms;
        let (tenant, device) = (self.identity.tenant, self.identity.device);
        let signature = self.signing.sign_request(tenant, device, "POST", path, body, time_ms);
        let headers =
            vec![("authorization", signature.to_string()), (RequestSignature::TENANT_HEADER, tenant.to_string())];
        Ok((self.identity.url.clone(), headers))
    }

    pub(crate) fn set_clock_offset(&mut self, server_time_ms: i64) -> Result<(), AppError> {
        let clock_offset_ms = server_time_ms - self.now_ms();
        self.store.write(|w| {
            let progress = w.progress()?;
            Ok(w.set_progress(&Progress { clock_offset_ms, ..progress })?)
        })
    }

    fn note_good_exchange(&mut self) -> Result<(), AppError> {
        self.forget_last_call()?;
        self.forget_stop()?;
        self.begin_to_mind_standing()?;
        let last_exchange_ms = self.now_ms();
        self.store.write(|w| {
            let progress = w.progress()?;
            Ok::<_, AppError>(w.set_progress(&Progress { last_exchange_ms, ..progress })?)
        })?;
        Ok(self.store.settle()?)
    }

    /// Stores a page after checking that its receipt is the server's. Returns how many rows were others'.
    fn commit_page(&mut self, page: Page) -> Result<u32, AppError> {
        self.check_receipt(&page)?;
        let own = self.identity.device;
        let from_others = page
            .rows
            .iter()
            .filter(|row| row.envelope.get(5) != Some(&EnvelopeKind::FactBatch.code()))
            .filter(|row| row.envelope.get(48..64).is_some_and(|device| device != own.as_bytes()))
            .count();
        let before = self.store.reader().progress()?;
        let lease_until_ms = page
            .lease
            .as_ref()
            .filter(|lease| self.is_ours(lease))
            .map_or(before.lease_until_ms, |lease| lease.until_ms);
        if let Some(lease) = page.lease.as_ref().filter(|lease| lease.until_ms == lease_until_ms) {
            let bytes = feltbog_protocol::encode(lease);
            self.store.write(|w| w.set_meta(LEASE, &bytes))?;
        }
        if let Some(base) = page.clock.base_seq {
            self.store.write(|w| w.note_restored_at(base))?;
        }
        self.note_login_by(page.login_by_ms)?;
        let now_ms = self.now_ms();
        let undecided: Vec<u64> = if page.healing {
            page.results.iter().filter(|r| waits(r.code)).map(|r| r.dseq).collect()
        } else {
            Vec::new()
        };
        let commit = PageCommit {
            undecided,
            receipt: page.receipt.as_ref().map(feltbog_protocol::encode),
            results: page.results,
            rows: page.rows,
            server_ms: page.clock.time_ms,
            opened: page.opened,
            advanced: page.advanced,
            point: page.point,
            progress: Progress {
                epoch: page.clock.epoch,
                cursor: page.cursor,
                head: page.clock.head,
                lease_until_ms,
                ..before
            },
        };
        let refused = commit.results.iter().any(|result| !result.code.is_accepted());
        let certified = commit.rows.iter().any(|row| row.envelope.get(5) == Some(&EnvelopeKind::Certificate.code()));
        self.store.commit_page(&commit, now_ms)?;
        // A refused certificate has no effect, here either. One that comes back to a restored log may stand behind what was said
        // after it: a device freed since then is blocked once more, and can only be freed again by whoever sees that.
        if refused || (certified && self.store.reader().restored_at()?.is_some()) {
            self.reload_roster()?;
        }
        Ok(u32::try_from(from_others).unwrap_or(u32::MAX))
    }

    /// "Sent" on the screen means: the municipality's own server signed for exactly these envelopes and results.
    fn check_receipt(&self, page: &Page) -> Result<(), AppError> {
        let (Some(first), Some(last)) = (page.results.first(), page.results.last()) else { return Ok(()) };
        let untrusted = || AppError::Exchange(Failure::Untrusted);
        let receipt = page.receipt.as_ref().ok_or_else(untrusted)?;
        let mut chain = ReceiptChain::default();
        for result in &page.results {
            let hash = self.store.reader().envelope_hash(self.identity.device, result.dseq)?.ok_or_else(untrusted)?;
            chain = chain.with(result.dseq, hash, result.code);
        }
        let key = self.roster.server_key().ok_or_else(untrusted)?;
        let fits = (receipt.first, receipt.last) == (first.dseq, last.dseq)
            && receipt.chain == *chain.bytes()
            && receipt.is_signed_by(key, self.identity.tenant, &page.clock.epoch, self.identity.device);
        if fits { Ok(()) } else { Err(untrusted()) }
    }
}

/// Whether the certificates say who decided this.
const fn shuts_out(failure: Failure) -> bool {
    matches!(failure, Failure::Refused(ErrorCode::DeviceBlocked | ErrorCode::DeviceRevoked))
}

/// A server that has not got everything back yet may refuse what it will take later.
fn waits(code: RefusalCode) -> bool {
    matches!(code, RefusalCode::NoGrant | RefusalCode::UnknownEpoch)
}
