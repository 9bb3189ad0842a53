//! The engine.

use std::collections::{BTreeMap, VecDeque};

use feltbog_domain::FolderId;
use feltbog_protocol::{
    BackfillAsk, BackfillPart, EnvelopeBytes, ErrorCode, LogPoint, ReceiptProof, SyncReply, SyncRequest, limits, thin,
};

use crate::page::Page;
use crate::page_size::PageSize;
use crate::state::{Failure, Outbox, Outcome, Queued, SavedState, Setback};

/// Rounds of sealing in one exchange. Each pays a debt that the round before uncovered; two are usual.
const SEALING_ROUNDS: u32 = 6;
/// How often one exchange may learn that the server was set back. Once is usual after a restore; each restore that happens
/// meanwhile is one more.
const SETBACKS: u32 = 8;
/// Round trips in one exchange. A year of a municipality's rows in the smallest pages needs far fewer.
const TURNAROUNDS: u32 = 20_000;

/// What the engine wants done. One at a time; its answer is the next input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Seal what is pending and owed; answer with [`Input::Sealed`].
    Seal,
    /// Send this; answer with [`Input::Replied`] or [`Input::Failed`].
    Exchange(Box<SyncRequest>),
    /// Store this in one transaction; answer with [`Input::Committed`] or [`Input::Failed`].
    CommitPage(Box<Page>),
    /// The server was set back: go back with it in one transaction, forgetting nothing; answer with [`Input::SetBack`] or
    /// [`Input::Failed`].
    GoBack(Setback),
    /// Take in stored rows; answer with [`Input::Applied`] or [`Input::Failed`].
    Apply,
    /// The exchange is over.
    Finished(Outcome),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// An exchange is wanted. Ignored while one is running.
    Begin,
    /// The outbox, in order, now that everything pending is sealed.
    Sealed(Outbox),
    /// The server refused because its log was restored, or because it lacks earlier envelopes of this device.
    Behind(Setback),
    /// The server was restored, and the point it was told does not say how far its log is still the same.
    Unplaced,
    /// What is stored after going back.
    SetBack(Box<SavedState>),
    /// The server answered, after so many milliseconds.
    Replied(Box<SyncReply>, u64),
    /// The page is stored.
    Committed,
    /// Stored rows were taken in; `owes` when that uncovered something to sign, such as a wrap for a new member.
    Applied {
        /// Whether another round of sealing has something to do.
        owes: bool,
    },
    /// The last effect failed.
    Failed(Failure),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    Sealing,
    Exchanging,
    GoingBack,
    Committing,
    Applying,
}

/// The state of one exchange after another.
#[derive(Debug, Clone)]
pub struct Engine {
    saved: SavedState,
    phase: Phase,
    effects: VecDeque<Effect>,
    outbox: VecDeque<Queued>,
    proofs: Vec<ReceiptProof>,
    backfills: BTreeMap<FolderId, BackfillAsk>,
    page_size: PageSize,
    page: Option<Page>,
    more: bool,
    asked_once: bool,
    /// The server asked for every point, not only the newest.
    tells_all: bool,
    rounds: u32,
    setbacks: u32,
    /// Access rows of new folders are stored and can be shown, though their content is still to come.
    shows_early: bool,
    outcome: Outcome,
}

impl Engine {
    /// An engine that goes on where the stored state ends.
    #[must_use]
    pub fn resume(saved: SavedState) -> Self {
        let backfills = saved.backfills.iter().map(|ask| (ask.folder, *ask)).collect();
        Self {
            saved,
            phase: Phase::Idle,
            effects: VecDeque::new(),
            outbox: VecDeque::new(),
            proofs: Vec::new(),
            backfills,
            page_size: PageSize::default(),
            page: None,
            more: false,
            asked_once: false,
            tells_all: false,
            rounds: 0,
            setbacks: 0,
            shows_early: false,
            outcome: Outcome::default(),
        }
    }

    /// The next thing to do.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// Takes in what happened. An input that does not fit the phase is ignored: a late answer changes nothing.
    pub fn handle(&mut self, input: Input) {
        match (self.phase, input) {
            (Phase::Idle, Input::Begin) => self.begin(),
            (Phase::Sealing, Input::Sealed(outbox)) => {
                self.outbox = outbox.queued.into();
                self.proofs = outbox.proofs;
                self.after_sealing();
            }
            (Phase::Exchanging, Input::Behind(setback)) => self.go_back(setback),
            (Phase::Exchanging, Input::Unplaced) => self.tell_all(),
            (Phase::GoingBack, Input::SetBack(saved)) => self.start_over(*saved),
            (Phase::Exchanging, Input::Replied(reply, took_ms)) => self.replied(*reply, took_ms),
            (Phase::Exchanging, Input::Failed(Failure::Refused(ErrorCode::TooLarge))) => self.retry_smaller(),
            (Phase::Committing, Input::Committed) => self.committed(),
            (Phase::Applying, Input::Applied { owes }) => self.applied(owes),
            (Phase::Idle, _) => {}
            (_, Input::Failed(failure)) => self.finish(Some(failure)),
            _ => {}
        }
    }

    fn begin(&mut self) {
        self.outcome = Outcome::default();
        self.rounds = 0;
        self.setbacks = 0;
        self.asked_once = false;
        self.tells_all = false;
        self.seal();
    }

    fn go_back(&mut self, setback: Setback) {
        self.setbacks += 1;
        if self.setbacks > SETBACKS {
            return self.finish(Some(Failure::Endless));
        }
        self.phase = Phase::GoingBack;
        self.effects.push_back(Effect::GoBack(setback));
    }

    /// The origin goes along, and fits every log: being asked twice for everything means a server that never is content.
    fn tell_all(&mut self) {
        if self.tells_all {
            return self.finish(Some(Failure::Endless));
        }
        self.tells_all = true;
        self.exchange();
    }

    fn start_over(&mut self, saved: SavedState) {
        self.backfills = saved.backfills.iter().map(|ask| (ask.folder, *ask)).collect();
        self.saved = saved;
        self.asked_once = false;
        self.tells_all = false;
        self.seal();
    }

    fn seal(&mut self) {
        self.rounds += 1;
        self.phase = Phase::Sealing;
        self.effects.push_back(Effect::Seal);
    }

    fn after_sealing(&mut self) {
        if self.asked_once && self.outbox.is_empty() { self.finish(None) } else { self.exchange() }
    }

    fn exchange(&mut self) {
        if self.outcome.turnarounds >= TURNAROUNDS {
            return self.finish(Some(Failure::Endless));
        }
        self.asked_once = true;
        self.phase = Phase::Exchanging;
        let push = self.next_push();
        let request = SyncRequest {
            proofs: self.proofs_for(&push),
            hello: self.saved.hello.clone(),
            epoch: self.saved.epoch,
            cursor: self.saved.cursor,
            push,
            backfill: self.backfills.values().take(limits::BACKFILL_FOLDERS).copied().collect(),
            max_bytes: self.page_size.bytes(),
            durable_ack: self.saved.durable_ack,
            stats: self.saved.stats.clone(),
            points: self.points(),
            lease_until_ms: self.saved.lease_until_ms,
        };
        self.effects.push_back(Effect::Exchange(Box::new(request)));
    }

    fn points(&self) -> Vec<LogPoint> {
        let known = self.saved.points.iter().copied();
        if self.tells_all {
            known.take(limits::POINTS - 1).chain([LogPoint::ORIGIN]).collect()
        } else {
            known.take(1).collect()
        }
    }

    /// The receipts that speak for any of the first envelopes in the outbox, as many as are pushed.
    fn proofs_for(&self, push: &[EnvelopeBytes]) -> Vec<ReceiptProof> {
        let numbers = || self.outbox.iter().take(push.len()).map(|queued| queued.dseq);
        let speaks =
            |proof: &&ReceiptProof| numbers().any(|dseq| (proof.receipt.first..=proof.receipt.last).contains(&dseq));
        self.proofs.iter().filter(speaks).take(limits::PROOFS).cloned().collect()
    }

    /// As many envelopes as fit a page, at least one.
    fn next_push(&self) -> Vec<EnvelopeBytes> {
        let mut room = self.page_size.bytes() as usize;
        let mut push = Vec::new();
        for queued in self.outbox.iter().take(limits::PUSH_ENVELOPES) {
            if !push.is_empty() && queued.bytes.len() > room {
                break;
            }
            room = room.saturating_sub(queued.bytes.len());
            push.push(EnvelopeBytes(queued.bytes.clone()));
        }
        push
    }

    fn replied(&mut self, reply: SyncReply, took_ms: u64) {
        self.outcome.turnarounds += 1;
        self.outcome.rows += (reply.rows.len() + reply.backfill_rows.len()) as u64;
        self.outcome.head = reply.clock.head;
        self.outcome.results.extend(&reply.results);
        self.page_size = self.page_size.after_success(took_ms);
        self.more = reply.more;
        self.outcome.healing = reply.healing == Some(true);
        let page = Page::of(reply, self.saved.member, self.saved.cursor, self.saved.restored);
        self.page = Some(page.clone());
        self.phase = Phase::Committing;
        self.effects.push_back(Effect::CommitPage(Box::new(page)));
    }

    fn committed(&mut self) {
        let Some(page) = self.page.take() else { return };
        let moved = self.take_over(&page);
        // A healing server holds rows back: what is not sent yet goes on, everything else waits for the next exchange.
        let fetching = !self.outcome.healing && (self.more || !self.backfills.is_empty());
        let unfinished = fetching || !self.outbox.is_empty();
        match (unfinished, moved) {
            (true, true) if self.shows_early => self.apply(),
            (true, true) => self.exchange(),
            // Nothing moved although there is more: asking again would ask for ever.
            (true, false) => self.finish(Some(Failure::Endless)),
            (false, _) => {
                self.shows_early = false;
                self.apply();
            }
        }
    }

    fn apply(&mut self) {
        self.phase = Phase::Applying;
        self.effects.push_back(Effect::Apply);
    }

    /// Takes over what is stored now; returns whether anything moved.
    fn take_over(&mut self, page: &Page) -> bool {
        let mut moved = page.cursor != self.saved.cursor || !page.opened.is_empty() || !page.rows.is_empty();
        self.saved.epoch = page.clock.epoch;
        self.saved.cursor = page.cursor;
        if let Some(point) = page.point.filter(|new| self.saved.points.first().is_none_or(|old| old.seq < new.seq)) {
            self.saved.points.insert(0, point);
            thin(&mut self.saved.points);
        }
        self.saved.lease_until_ms = page.lease.as_ref().map(|lease| lease.until_ms).or(self.saved.lease_until_ms);
        for result in &page.results {
            let before = self.outbox.len();
            self.outbox.retain(|queued| queued.dseq != result.dseq);
            moved |= self.outbox.len() != before;
            self.saved.durable_ack = self.saved.durable_ack.max(result.dseq);
        }
        for (folder, after, done) in &page.advanced {
            if *done {
                moved |= self.part_done(*folder);
            } else if let Some(ask) = self.backfills.get_mut(folder) {
                moved |= *after > ask.after;
                ask.after = ask.after.max(*after);
            }
        }
        for ask in &page.opened {
            let entry = self.backfills.entry(ask.folder).or_insert(*ask);
            entry.until = entry.until.max(ask.until);
        }
        moved
    }

    /// After the access rows of a folder comes its content.
    fn part_done(&mut self, folder: FolderId) -> bool {
        match self.backfills.get_mut(&folder) {
            Some(ask) if ask.part == BackfillPart::Access => {
                ask.part = BackfillPart::Content;
                ask.after = 0;
                self.shows_early = true;
                true
            }
            Some(_) => self.backfills.remove(&folder).is_some(),
            None => false,
        }
    }

    fn applied(&mut self, owes: bool) {
        if std::mem::take(&mut self.shows_early) {
            return self.exchange();
        }
        if owes && self.rounds < SEALING_ROUNDS { self.seal() } else { self.finish(None) }
    }

    fn retry_smaller(&mut self) {
        match self.page_size.after_failure() {
            Some(smaller) => {
                self.page_size = smaller;
                self.exchange();
            }
            None => self.finish(Some(Failure::Refused(ErrorCode::TooLarge))),
        }
    }

    fn finish(&mut self, failure: Option<Failure>) {
        if matches!(failure, Some(Failure::Unreachable)) {
            self.page_size = self.page_size.after_failure().unwrap_or(self.page_size);
        }
        self.phase = Phase::Idle;
        self.page = None;
        self.outcome.failure = failure;
        self.effects.push_back(Effect::Finished(std::mem::take(&mut self.outcome)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use feltbog_domain::{DeviceId, MemberId, TenantId};
    use feltbog_protocol::{
        BackfillDone, Draft, EnvelopeHash, Grant, Header, Hello, PushResult, RefusalCode, Row, Stats,
    };

    fn engine() -> Engine {
        Engine::resume(SavedState {
            member: MemberId::new([1; 16]),
            hello: Hello::default(),
            epoch: [0; 16],
            cursor: 0,
            backfills: Vec::new(),
            durable_ack: 0,
            stats: Stats::default(),
            points: Vec::new(),
            lease_until_ms: None,
            restored: false,
        })
    }

    fn queued(dseq: u64) -> Queued {
        Queued { dseq, bytes: vec![0; 100] }
    }

    fn ok(dseq: u64) -> PushResult {
        PushResult { dseq, code: RefusalCode::Ok, seq: Some(dseq) }
    }

    fn request(engine: &mut Engine) -> SyncRequest {
        match engine.poll_effect() {
            Some(Effect::Exchange(request)) => *request,
            other => panic!("expected an exchange, not {other:?}"),
        }
    }

    fn begin(engine: &mut Engine, outbox: Vec<Queued>) {
        engine.handle(Input::Begin);
        assert_eq!(engine.poll_effect(), Some(Effect::Seal));
        engine.handle(Input::Sealed(Outbox { queued: outbox, proofs: Vec::new() }));
    }

    fn reply(engine: &mut Engine, reply: SyncReply) {
        engine.handle(Input::Replied(Box::new(reply), 10));
        assert!(matches!(engine.poll_effect(), Some(Effect::CommitPage(_))));
        engine.handle(Input::Committed);
    }

    #[test]
    fn a_quiet_exchange_is_one_round_trip() {
        let mut engine = engine();
        begin(&mut engine, Vec::new());
        assert!(request(&mut engine).push.is_empty());
        reply(&mut engine, SyncReply::default());
        assert_eq!(engine.poll_effect(), Some(Effect::Apply));
        engine.handle(Input::Applied { owes: false });
        assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.turnarounds == 1 && o.failure.is_none()));
    }

    fn with_points(points: &[u64]) -> Engine {
        let points = points.iter().map(|seq| LogPoint { seq: *seq, chain: [1; 8] }).collect();
        Engine::resume(SavedState { points, ..engine().saved })
    }

    fn places(request: &SyncRequest) -> Vec<u64> {
        request.points.iter().map(|point| point.seq).collect()
    }

    #[test]
    fn one_point_is_named_and_all_of_them_with_the_origin_when_it_does_not_fit() {
        let mut engine = with_points(&[9, 7, 2]);
        begin(&mut engine, vec![queued(1)]);
        assert_eq!(places(&request(&mut engine)), [9]);
        engine.handle(Input::Unplaced);
        let again = request(&mut engine);
        assert_eq!((places(&again), again.push.len()), (vec![9, 7, 2, 0], 1));
        engine.handle(Input::Unplaced);
        assert!(
            matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.failure == Some(Failure::Endless)),
            "the origin fits every log"
        );
    }

    #[test]
    fn a_point_of_a_page_is_named_from_then_on() {
        let mut engine = with_points(&[]);
        begin(&mut engine, vec![queued(1)]);
        assert!(request(&mut engine).points.is_empty());
        let point = Some(LogPoint { seq: 4, chain: [2; 8] });
        reply(&mut engine, SyncReply { results: vec![ok(1)], cursor: 4, point, more: true, ..SyncReply::default() });
        assert_eq!(places(&request(&mut engine)), [4]);
    }

    #[test]
    fn what_the_server_disposed_of_is_not_pushed_again_even_when_refused() {
        let mut engine = engine();
        begin(&mut engine, vec![queued(1), queued(2)]);
        assert_eq!(request(&mut engine).push.len(), 2);
        let refused = PushResult { dseq: 2, code: RefusalCode::NoGrant, seq: None };
        reply(&mut engine, SyncReply { results: vec![ok(1), refused], ..SyncReply::default() });
        assert_eq!(engine.poll_effect(), Some(Effect::Apply));
    }

    #[test]
    fn a_lost_reply_ends_the_exchange_and_the_next_one_pushes_again() {
        let mut engine = engine();
        begin(&mut engine, vec![queued(1)]);
        request(&mut engine);
        engine.handle(Input::Failed(Failure::Unreachable));
        assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.failure == Some(Failure::Unreachable)));
        begin(&mut engine, vec![queued(1)]);
        assert_eq!(request(&mut engine).push.len(), 1);
    }

    #[test]
    fn an_interrupted_backfill_goes_on_where_it_stopped() {
        let folder = FolderId::new([5; 16]);
        let mut engine =
            Engine::resume(SavedState { backfills: vec![BackfillAsk::whole(folder, 0, 100)], ..engine().saved });
        begin(&mut engine, Vec::new());
        request(&mut engine);
        let part = BackfillDone { folder, after: 40, until: 100, done: false };
        reply(&mut engine, SyncReply { backfill_done: vec![part], more: true, ..SyncReply::default() });
        assert_eq!(request(&mut engine).backfill, [BackfillAsk::whole(folder, 40, 100)]);
    }

    #[test]
    fn a_backfill_that_brings_its_own_grant_again_is_not_opened_twice() {
        let (folder, me) = (FolderId::new([5; 16]), MemberId::new([1; 16]));
        let mut engine = engine();
        begin(&mut engine, Vec::new());
        request(&mut engine);
        let row = Row { seq: 9, envelope: grant_bytes(folder, me) };
        reply(&mut engine, SyncReply { rows: vec![row.clone()], cursor: 9, ..SyncReply::default() });
        assert_eq!(request(&mut engine).backfill, [BackfillAsk::whole(folder, 0, 9)]);
        let done = BackfillDone { folder, after: 9, until: 9, done: true };
        let again =
            SyncReply { backfill_rows: vec![row], backfill_done: vec![done], cursor: 9, ..SyncReply::default() };
        reply(&mut engine, again);
        assert_eq!(engine.poll_effect(), Some(Effect::Apply));
    }

    fn grant_bytes(folder: FolderId, member: MemberId) -> Vec<u8> {
        let header = Header {
            kind: 4,
            suite: 0,
            codec: 0,
            tenant: TenantId::NONE,
            folder,
            lineage: 0,
            key_epoch: 0,
            device: DeviceId::new([8; 16]),
            dseq: 1,
            base_seq: 0,
            prev: EnvelopeHash::default(),
            salt: [0; 16],
            commitment: [0; 32],
        };
        let body = feltbog_protocol::encode(&Grant { member, rights: 3, until_ms: None, cover_for: None });
        Draft::new(header, &body).unwrap().signed([0; 64]).bytes().to_vec()
    }

    #[test]
    fn after_a_restore_the_device_goes_back_with_the_server_and_sends_again_with_its_receipts() {
        let mut engine = engine();
        begin(&mut engine, Vec::new());
        request(&mut engine);
        let setback = Setback { epoch: [2; 16], base_seq: 10, last_dseq: 1 };
        engine.handle(Input::Behind(setback));
        assert_eq!(engine.poll_effect(), Some(Effect::GoBack(setback)));
        let saved = SavedState { epoch: [2; 16], cursor: 10, restored: true, ..engine.saved.clone() };
        engine.handle(Input::SetBack(Box::new(saved)));
        assert_eq!(engine.poll_effect(), Some(Effect::Seal));
        engine.handle(Input::Sealed(Outbox {
            queued: vec![queued(2), queued(3)],
            proofs: vec![proof(1, 2), proof(9, 9)],
        }));
        let again = request(&mut engine);
        assert_eq!((again.epoch, again.cursor, again.push.len()), ([2; 16], 10, 2));
        assert_eq!(again.proofs, [proof(1, 2)]);
    }

    fn proof(first: u64, last: u64) -> ReceiptProof {
        let receipt = feltbog_protocol::Receipt { first, last, chain: [0; 32], signature: [0; 64] };
        ReceiptProof { epoch: [1; 16], receipt, disposed: Vec::new() }
    }

    #[test]
    fn a_server_that_is_set_back_again_and_again_does_not_keep_the_phone_awake() {
        let mut engine = engine();
        begin(&mut engine, Vec::new());
        let setback = Setback { epoch: [2; 16], base_seq: 0, last_dseq: 0 };
        for _ in 0..SETBACKS {
            request(&mut engine);
            engine.handle(Input::Behind(setback));
            assert_eq!(engine.poll_effect(), Some(Effect::GoBack(setback)));
            engine.handle(Input::SetBack(Box::new(engine.saved.clone())));
            assert_eq!(engine.poll_effect(), Some(Effect::Seal));
            engine.handle(Input::Sealed(Outbox::default()));
        }
        request(&mut engine);
        engine.handle(Input::Behind(setback));
        assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.failure == Some(Failure::Endless)));
    }

    #[test]
    fn a_healing_server_gets_what_is_here_and_is_not_asked_again_for_what_it_holds_back() {
        let folder = FolderId::new([5; 16]);
        let mut engine =
            Engine::resume(SavedState { backfills: vec![BackfillAsk::whole(folder, 0, 100)], ..engine().saved });
        begin(&mut engine, vec![queued(1)]);
        request(&mut engine);
        reply(&mut engine, SyncReply { results: vec![ok(1)], healing: Some(true), ..SyncReply::default() });
        assert_eq!(engine.poll_effect(), Some(Effect::Apply));
        engine.handle(Input::Applied { owes: false });
        assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.healing && o.failure.is_none()));
    }

    #[test]
    fn a_new_device_fetches_the_access_rows_of_its_folders_before_their_content() {
        let me = MemberId::new([1; 16]);
        let mut engine = engine();
        begin(&mut engine, Vec::new());
        request(&mut engine);
        let rows: Vec<Row> =
            (1..=9).map(|n| Row { seq: n, envelope: grant_bytes(FolderId::new([n as u8; 16]), me) }).collect();
        reply(&mut engine, SyncReply { rows, cursor: 9, ..SyncReply::default() });
        let asked = request(&mut engine).backfill;
        assert!(asked.len() == 9 && asked.iter().all(|ask| ask.part == BackfillPart::Access));
        let done = asked.iter().map(|ask| BackfillDone { folder: ask.folder, after: 9, until: ask.until, done: true });
        reply(&mut engine, SyncReply { backfill_done: done.collect(), cursor: 9, ..SyncReply::default() });
        assert_eq!(engine.poll_effect(), Some(Effect::Apply), "what is here can be shown before the rest comes");
        engine.handle(Input::Applied { owes: true });
        let asked = request(&mut engine).backfill;
        assert!(asked.len() == 9 && asked.iter().all(|ask| ask.part == BackfillPart::Content && ask.after == 0));
    }

    #[test]
    fn a_server_that_always_promises_more_does_not_keep_the_phone_awake() {
        let mut engine = engine();
        begin(&mut engine, Vec::new());
        request(&mut engine);
        reply(&mut engine, SyncReply { more: true, ..SyncReply::default() });
        assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.failure == Some(Failure::Endless)));
    }

    #[test]
    fn the_cursor_never_goes_back() {
        let mut engine = engine();
        begin(&mut engine, Vec::new());
        request(&mut engine);
        reply(&mut engine, SyncReply { cursor: 50, more: true, ..SyncReply::default() });
        assert_eq!(request(&mut engine).cursor, 50);
        let row = Row { seq: 51, envelope: Vec::new() };
        reply(&mut engine, SyncReply { cursor: 10, more: true, rows: vec![row], ..SyncReply::default() });
        assert_eq!(request(&mut engine).cursor, 50);
    }

    #[test]
    fn what_taking_in_uncovered_is_sealed_and_sent_in_the_same_exchange() {
        let mut engine = engine();
        begin(&mut engine, Vec::new());
        request(&mut engine);
        reply(&mut engine, SyncReply::default());
        assert_eq!(engine.poll_effect(), Some(Effect::Apply));
        engine.handle(Input::Applied { owes: true });
        assert_eq!(engine.poll_effect(), Some(Effect::Seal));
        engine.handle(Input::Sealed(Outbox { queued: vec![queued(1)], proofs: Vec::new() }));
        assert_eq!(request(&mut engine).push.len(), 1);
    }

    #[test]
    fn a_second_wish_while_one_runs_changes_nothing() {
        let mut engine = engine();
        engine.handle(Input::Begin);
        engine.handle(Input::Begin);
        assert_eq!(engine.poll_effect(), Some(Effect::Seal));
        assert_eq!(engine.poll_effect(), None);
    }
}
