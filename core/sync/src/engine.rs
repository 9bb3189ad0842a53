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
    knows_erasures_to: u64,
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
            knows_erasures_to: 0,
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
                self.knows_erasures_to = outbox.knows_erasures_to;
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
            knows_erasures_to: (!push.is_empty()).then_some(self.knows_erasures_to),
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
        // A healing server holds rows back, and so does one that wants a login: what is not sent yet goes on, everything else
        // waits for the next exchange.
        let wants_login = page.login_by_ms.is_some_and(|by_ms| by_ms <= page.clock.time_ms);
        let holds_back = self.outcome.healing || wants_login;
        let fetching = !holds_back && (self.more || !self.backfills.is_empty());
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
            if entry.part == BackfillPart::Content && ask.until > entry.until {
                // In a restored log, access rows may stand behind those that were fetched.
                (entry.part, entry.after) = (BackfillPart::Access, 0);
            }
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
mod tests;
