//! One simulated life: an agenda in virtual time, devices that act and exchange, and everything that goes wrong meanwhile.

mod healing;
mod weather;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Result;
use feltbog_app::{AppError, ExchangeReport, Unreachable};
use feltbog_domain::{FolderId, Role};
use feltbog_harness::Chance;
use feltbog_store::simulation::{Plan, Trouble};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::acts::{Act, Scene, Things, first_case};
use crate::checks;
use crate::clock::{BEGINNING_MS, SimulatedClock};
use crate::course::Course;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::life::Fate;
use crate::link::{Reply, Request};
use crate::phone::{Phone, Step};
use crate::planted::{Log, Planted};
use crate::server::{OlderCopy, ServerRoom};
use crate::swarm::{Fault, Swarm};
use crate::town::Town;
use crate::trace::{Trace, short};
use crate::witness::{self, Witness};
use crate::words::{Typed, Words};

const MINUTE_MS: u64 = 60_000;
/// A device gives up on a round trip after this long.
const PATIENCE_MS: i64 = 90_000;
/// Exchanges of everybody until nothing moves any more.
const ROUNDS: usize = 16;
/// Older copies of the server's database an operator might put back.
const COPIES: usize = 6;

#[derive(Debug)]
enum Event {
    Act(usize),
    Exchange(usize),
    Arrive { id: u64, copy: bool },
    Answer { id: u64, reply: Reply },
    GiveUp(u64),
    Weather,
}

/// What is the matter with one device for a while.
#[derive(Debug, Clone, Copy, Default)]
struct Condition {
    requests_vanish_until: i64,
    replies_vanish_until: i64,
    disk_full_until: i64,
    exchange_every: u64,
}

pub(crate) struct World {
    time: Arc<AtomicI64>,
    chance: Chance,
    swarm: Swarm,
    agenda: BTreeMap<(i64, u64), Event>,
    counter: u64,
    pub(crate) phones: Vec<Phone>,
    conditions: Vec<Condition>,
    waiting_for: Vec<Option<u64>>,
    carried: BTreeMap<u64, (usize, Request)>,
    server: ServerRoom,
    server_down_until: i64,
    copies: Vec<OlderCopy>,
    pub(crate) ledger: Ledger,
    pub(crate) witness: Witness,
    pub(crate) words: Words,
    pub(crate) things: Things,
    staff: Vec<(String, Role)>,
    course: Course,
    edits_left: usize,
    pub(crate) restored: bool,
    /// Whether everybody was away for weeks: what waited to be handed in may have waited too long.
    pub(crate) was_away: bool,
    pub(crate) trace: Trace,
    pub(crate) findings: Vec<Finding>,
    planted: Planted,
    /// The database before the last push, where a planted bug wants it.
    before_last_push: Option<OlderCopy>,
    served: BTreeSet<[u8; 32]>,
    _homes: TempDir,
}

impl World {
    pub(crate) fn new(town: &Town, fate: &Fate) -> Result<Self> {
        let (homes_folder, homes) = town.homes()?;
        let time = Arc::new(AtomicI64::new(BEGINNING_MS));
        let mut chance = Chance::of(fate.seed);
        let mut phones = Vec::new();
        for (owner, home) in town.owners.iter().zip(&homes) {
            phones.push(Phone::open(owner.clone(), home, SimulatedClock::of(&time))?);
        }
        let conditions = phones
            .iter()
            .map(|_| Condition { exchange_every: *chance.one(&[5, 10, 20, 60]) * MINUTE_MS, ..Condition::default() })
            .collect();
        let mut world = Self {
            time,
            chance,
            swarm: fate.swarm.clone(),
            agenda: BTreeMap::new(),
            counter: 0,
            conditions,
            waiting_for: vec![None; phones.len()],
            carried: BTreeMap::new(),
            server: ServerRoom::on(&town.server)?,
            server_down_until: 0,
            copies: Vec::new(),
            ledger: Ledger::default(),
            witness: Witness::default(),
            words: Words::default(),
            things: Things::default(),
            staff: town.owners.iter().map(|owner| (owner.name.clone(), owner.role)).collect(),
            course: fate.course,
            edits_left: fate.size.edits * fate.size.devices,
            restored: false,
            was_away: false,
            trace: Trace::default(),
            findings: Vec::new(),
            phones,
            planted: Planted(fate.planted),
            before_last_push: None,
            served: BTreeSet::new(),
            _homes: homes_folder,
        };
        ServerRoom::set_tiny_pages(world.swarm.strikes(Fault::TinyPages, &mut world.chance));
        world.read_ledger()?;
        world.first_cases()?;
        world.begin();
        Ok(world)
    }

    fn first_cases(&mut self) -> Result<()> {
        for (place, phone) in self.phones.iter_mut().enumerate() {
            if matches!(phone.owner.role, Role::Leader | Role::Consultant) {
                let number = format!("F-{place}");
                phone.act(None, |device| first_case(device, &number)).0?;
                self.things.add_case(number);
            }
        }
        Ok(())
    }

    fn begin(&mut self) {
        for place in 0..self.phones.len() {
            self.later(10 * MINUTE_MS, Event::Act(place));
            self.later(10 * MINUTE_MS, Event::Exchange(place));
        }
        self.later(MINUTE_MS, Event::Weather);
    }

    /// Lives until every edit is made, then heals and lets every checker look.
    pub(crate) fn live(&mut self) -> Result<()> {
        while self.edits_left > 0 {
            let Some(((at, _), event)) = self.agenda.pop_first() else { break };
            self.time.fetch_max(at, Ordering::Relaxed);
            self.happen(event)?;
        }
        self.heal()?;
        self.witness.look_at(&self.ledger);
        checks::after_healing(self)?;
        self.findings.append(&mut self.witness.findings);
        Ok(())
    }

    pub(crate) fn now(&self) -> i64 {
        self.time.load(Ordering::Relaxed)
    }

    fn at(&mut self, at: i64, event: Event) {
        self.counter += 1;
        self.agenda.insert((at, self.counter), event);
    }

    /// Some time within about twice this.
    fn later(&mut self, mean_ms: u64, event: Event) {
        let wait = self.chance.below(2 * mean_ms).cast_signed() + 1;
        self.at(self.now() + wait, event);
    }

    fn say(&mut self, line: &str) {
        let now = self.now();
        self.trace.line(now - BEGINNING_MS, line);
    }

    fn happen(&mut self, event: Event) -> Result<()> {
        match event {
            Event::Act(place) => {
                self.act(place)?;
                self.later(6 * MINUTE_MS, Event::Act(place));
            }
            Event::Exchange(place) => {
                self.phones[place].begin_exchange();
                self.go_on(place)?;
                self.later(self.conditions[place].exchange_every, Event::Exchange(place));
            }
            Event::Arrive { id, copy } => self.arrive(id, copy)?,
            Event::Answer { id, reply } => self.answered(id, Ok(reply))?,
            Event::GiveUp(id) => self.answered(id, Err(Unreachable))?,
            Event::Weather => {
                self.weather()?;
                self.later(4 * MINUTE_MS, Event::Weather);
            }
        }
        Ok(())
    }

    fn act(&mut self, place: usize) -> Result<()> {
        let plan = self.plan(place);
        let act = Act::any(self.course, &mut self.chance);
        let may_go = self.may_go();
        let scene = Scene {
            place,
            phone: &mut self.phones[place],
            staff: &self.staff,
            course: self.course,
            may_go,
            things: &mut self.things,
            words: &mut self.words,
            chance: &mut self.chance,
            plan,
        };
        let done = scene.play(act);
        if act.is_edit() {
            self.edits_left -= 1;
        }
        self.say(&done.line);
        self.findings.extend(done.finding);
        self.perhaps_ended(place, done.trouble)?;
        Ok(())
    }

    /// Whose phones may be shut out: of three in a row one, and nobody who takes in what the others hand in. Where older copies of
    /// the log are put back nobody may: what somebody sent since the copy, or handed in and forgot, is gone with it (see what is
    /// left to trust, `core/docs/keys.md`).
    fn may_go(&self) -> Vec<String> {
        if self.swarm.has(Fault::ServerRestore) {
            return Vec::new();
        }
        let last = self.phones.len() - 1;
        let gone = (0..=last).filter(|place| self.is_gone(*place)).count();
        if gone >= self.phones.len() / 3 {
            return Vec::new();
        }
        self.staff.get(1..last).unwrap_or_default().iter().map(|(name, _)| name.clone()).collect()
    }

    /// What the disk of a device will do during its next piece of work.
    fn plan(&mut self, place: usize) -> Option<Plan> {
        let now = self.now();
        if self.strikes(Fault::DiskFull) {
            self.conditions[place].disk_full_until = now + self.below(20 * MINUTE_MS);
        }
        if self.conditions[place].disk_full_until > now {
            return Some(Plan { good: 0, trouble: Trouble::DiskFull });
        }
        let kinds = [
            (Fault::DiskError, Trouble::DiskError),
            (Fault::EndsBeforeCommit, Trouble::EndsBefore),
            (Fault::EndsAfterCommit, Trouble::EndsAfter),
        ];
        let (_, trouble) = kinds.into_iter().find(|(fault, _)| self.swarm.strikes(*fault, &mut self.chance))?;
        let good = u32::try_from(self.chance.below(4)).unwrap_or(0);
        Some(Plan { good, trouble })
    }

    /// Starts a device anew when its process ended. Returns whether it did.
    fn perhaps_ended(&mut self, place: usize, trouble: Option<Trouble>) -> Result<bool> {
        let ended = matches!(trouble, Some(Trouble::EndsBefore | Trouble::EndsAfter));
        if ended {
            self.start_anew(place, "ends")?;
        }
        Ok(ended)
    }

    fn start_anew(&mut self, place: usize, why: &str) -> Result<()> {
        self.say(&format!("{place} {why} and starts"));
        self.waiting_for[place] = None;
        self.phones[place].start_anew(&self.planted)?;
        checks::after_start(self, place)
    }

    /// Lets a device's exchange go on until it waits or is over.
    fn go_on(&mut self, place: usize) -> Result<()> {
        loop {
            let plan = self.plan(place);
            let (step, trouble) = self.phones[place].poll(plan);
            if self.perhaps_ended(place, trouble)? {
                return Ok(());
            }
            match step {
                Step::Waits => return Ok(()),
                Step::Pauses => {
                    if self.strikes(Fault::EndsWaiting) {
                        return self.start_anew(place, "ends pausing");
                    }
                }
                Step::Asks(request) => {
                    self.send(place, request);
                    if self.strikes(Fault::EndsWaiting) {
                        return self.start_anew(place, "ends waiting");
                    }
                    return Ok(());
                }
                Step::Over(result) => {
                    self.over(place, &result);
                    return Ok(());
                }
            }
        }
    }

    fn over(&mut self, place: usize, result: &Result<ExchangeReport, AppError>) {
        let line = match result {
            Ok(report) => format!(
                "{place} exchanged: {} sent, {} came, {:?} refused, {} turnarounds",
                report.sent, report.received, report.refused, report.turnarounds
            ),
            Err(AppError::Exchange(failure)) => format!("{place} failed to exchange: {failure:?}"),
            Err(error) => format!("{place} failed to exchange: {}", error.code()),
        };
        self.say(&line);
    }

    fn send(&mut self, place: usize, request: Request) {
        self.counter += 1;
        let (id, now) = (self.counter, self.now());
        self.say(&format!("{place} asks {id}: {}", short(&request.body)));
        self.carried.insert(id, (place, request));
        self.waiting_for[place] = Some(id);
        self.at(now + PATIENCE_MS, Event::GiveUp(id));
        if self.conditions[place].requests_vanish_until > now || self.strikes(Fault::DropRequest) {
            return;
        }
        if self.strikes(Fault::Gateway) {
            self.at(now + 50, Event::Answer { id, reply: (502, b"<html>Bad Gateway</html>".to_vec()) });
            return;
        }
        let arrival = now + self.travel_ms();
        self.at(arrival, Event::Arrive { id, copy: false });
        if self.strikes(Fault::Duplicate) {
            let again = arrival + self.below(100);
            self.at(again, Event::Arrive { id, copy: true });
        }
        if self.strikes(Fault::LateCopy) {
            let late = arrival + self.below(9 * MINUTE_MS);
            self.at(late, Event::Arrive { id, copy: true });
        }
    }

    fn travel_ms(&mut self) -> i64 {
        if self.strikes(Fault::Delay) { 5 + self.below(60_000) } else { 20 + self.below(80) }
    }

    fn arrive(&mut self, id: u64, copy: bool) -> Result<()> {
        let Some((place, request)) = self.carried.get(&id).cloned() else { return Ok(()) };
        let now = self.now();
        if self.server_down_until > now {
            if !copy {
                self.at(now + 20, Event::GiveUp(id));
            }
            return Ok(());
        }
        let mut reply = self.serve(place, &request)?;
        self.say(&format!("server answers {id} of {place}: {} {}", reply.0, short(&reply.1)));
        // The answer to a copy finds nobody who listens.
        if copy || self.conditions[place].replies_vanish_until > now || self.strikes(Fault::DropReply) {
            return Ok(());
        }
        if self.strikes(Fault::CutReply) {
            cut(&mut reply.1, &mut self.chance);
        }
        let arrival = now + self.travel_ms();
        self.at(arrival, Event::Answer { id, reply });
        Ok(())
    }

    /// The server's answer, seen by the witness.
    fn serve(&mut self, place: usize, request: &Request) -> Result<Reply> {
        if self.planted.loses_the_last_push() {
            self.before_last_push = Some(self.server.copy()?);
        }
        let reply = self.server.post(request, self.now())?;
        self.read_ledger()?;
        let (status, body) = self.as_planted(place, request, reply)?;
        if let Some((asked, answered)) = witness::read(&request.body, status, &body) {
            let owner = &self.phones[place].owner;
            self.witness.exchange(owner.device, owner.member, &asked, &answered, &self.ledger);
        }
        Ok((status, body))
    }

    fn as_planted(&mut self, place: usize, request: &Request, reply: Reply) -> Result<Reply> {
        if self.planted.0.is_none() {
            return Ok(reply);
        }
        let log = Log {
            ledger: &self.ledger,
            newest: self.server.rows_after(self.ledger.head().saturating_sub(1))?.pop(),
            repeated: !self.served.insert(Sha256::digest(&request.body).into()),
        };
        Ok(self.planted.answer(self.phones[place].owner.member, &request.body, reply, &log))
    }

    fn read_ledger(&mut self) -> Result<()> {
        self.ledger.it_is(self.now());
        for row in self.server.rows_after(self.ledger.head())? {
            self.ledger.read(&row);
        }
        Ok(())
    }

    fn answered(&mut self, id: u64, answer: Result<Reply, Unreachable>) -> Result<()> {
        let Some((place, _)) = self.carried.get(&id) else { return Ok(()) };
        let place = *place;
        if self.waiting_for[place] != Some(id) {
            return Ok(());
        }
        self.waiting_for[place] = None;
        self.phones[place].answer(answer);
        self.go_on(place)
    }

    fn strikes(&mut self, fault: Fault) -> bool {
        self.swarm.strikes(fault, &mut self.chance)
    }

    fn below(&mut self, end: u64) -> i64 {
        self.chance.below(end).cast_signed()
    }
}

/// Cuts the bytes short. Altered ones do not pass TLS; what an altered row would do is the hostile suite's matter.
fn cut(bytes: &mut Vec<u8>, chance: &mut Chance) {
    bytes.truncate(usize::try_from(chance.below(bytes.len() as u64)).unwrap_or(0));
}

impl World {
    /// Whether a device was shut out for ever, or taken off its owner by the clock.
    pub(crate) fn is_gone(&self, place: usize) -> bool {
        let gone = |phone: &Phone| phone.is_over() || self.ledger.people.is_gone(phone.owner.device);
        self.phones.get(place).is_some_and(gone)
    }

    /// The devices that are still there to be read.
    pub(crate) fn in_use(&self) -> impl Iterator<Item = (usize, &Phone)> {
        self.phones.iter().enumerate().filter(|(_, phone)| !phone.is_over())
    }

    /// Whether a device's member may open a folder: by the log, or because the folder was made there and is not sent.
    pub(crate) fn is_let_in(&self, place: usize, folder: FolderId) -> bool {
        let Some(phone) = self.phones.get(place).filter(|_| !self.is_gone(place)) else { return false };
        let member = phone.owner.member;
        self.ledger.grant(folder, member).is_some() || !self.ledger.knows(folder)
    }

    /// Whether a device must hold what is in a folder. Whoever stands in for somebody leaves by a clock of their own.
    pub(crate) fn must_hold(&self, place: usize, folder: FolderId) -> bool {
        let stands_in = |phone: &Phone| self.ledger.stood_in(folder, phone.owner.member);
        self.is_let_in(place, folder) && !self.phones.get(place).is_some_and(stands_in)
    }

    /// Whether what was typed there may have had to go elsewhere: its writer lost the folder or the phone, or the folder was
    /// closed.
    pub(crate) fn is_displaced(&self, typed: Typed) -> bool {
        let member = self.phones[typed.phone].owner.member;
        self.ledger.lost_once(typed.folder, member)
            || self.ledger.stood_in(typed.folder, member)
            || self.ledger.closed(typed.folder)
            || self.is_gone(typed.phone)
    }

    /// Whether what was typed there is to be nowhere.
    pub(crate) fn is_erased(&self, typed: Typed) -> bool {
        self.ledger.erased.has(typed.folder, typed.document)
    }
}
