//! A municipality in one process whose time passes when the test says so: for the server and for every device.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use feltbog_domain::{Role, Side};
use feltbog_server::simulated::{Headers as RuleHeaders, RuleServer};
use feltbog_store::{Home, UnsentFile};
use tempfile::TempDir;

use crate::key_vault::Guard;
use crate::transport::{Answer, HttpReply};
use crate::{
    App, AppError, Clock, Device, Headers, InviteWish, SetupWish, Transport, Unreachable, UnsentHandedIn,
    hand_in_unsent, join, setup,
};

const PASSPHRASE: &[u8] = b"test";
pub(super) const HOUR: i64 = 3_600_000;
pub(super) const DAY: i64 = 24 * HOUR;
/// Thursday 12 March 2026, 10 o'clock in Copenhagen.
const BEGINNING: i64 = 1_773_306_000_000;

/// One time for everybody, and how far a device's own clock is from it.
#[derive(Clone)]
pub(super) struct TownClock {
    now: Arc<AtomicI64>,
    wrong_by: Arc<AtomicI64>,
}

impl Clock for TownClock {
    fn now_ms(&self) -> i64 {
        self.now.load(Ordering::SeqCst) + self.wrong_by.load(Ordering::SeqCst)
    }
}

/// The rules without a network. Whoever is offline gets no answer.
struct Wire {
    server: Arc<Mutex<RuleServer>>,
    now: Arc<AtomicI64>,
    offline: Arc<AtomicBool>,
}

impl Transport for Wire {
    fn post<'a>(&'a self, _: &'a str, path: &'a str, headers: Headers, body: Vec<u8>) -> Answer<'a> {
        let header = |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        let named = RuleHeaders { authorization: header("authorization"), tenant: header("feltbog-tenant") };
        let answer = if self.offline.load(Ordering::SeqCst) {
            Err(Unreachable)
        } else {
            let now = self.now.load(Ordering::SeqCst);
            let (status, body) = self.server.lock().unwrap().post(path, named, &body, now).unwrap();
            Ok(HttpReply { status, body, bytes_up: 0, bytes_down: 0 })
        };
        Box::pin(async move { answer })
    }
}

/// Somebody with a device, a clock and a network of their own.
pub(super) struct Person {
    pub(super) app: App,
    home: std::path::PathBuf,
    clock: TownClock,
    offline: Arc<AtomicBool>,
    wire: Arc<dyn Transport>,
}

impl Person {
    pub(super) fn goes_offline(&self) {
        self.offline.store(true, Ordering::SeqCst);
    }

    pub(super) fn comes_online(&self) {
        self.offline.store(false, Ordering::SeqCst);
    }

    /// Sets the device's own clock, so far from the right time.
    pub(super) fn sets_clock(&self, wrong_by: i64) {
        self.clock.wrong_by.store(wrong_by, Ordering::SeqCst);
    }

    pub(super) async fn exchanges(&self) {
        self.app.exchange().await.unwrap();
    }

    /// Closes Feltbog and opens it again.
    pub(super) fn reopened(self) -> Self {
        self.tries_to_reopen().unwrap()
    }

    /// The same, with the database changed in between as somebody with its key can.
    pub(super) fn reopened_after(self, sql: &str) -> Self {
        let Self { app, home, clock, offline, wire } = self;
        drop(app);
        let place = Home::at(&home);
        let key = Guard::Passphrase(PASSPHRASE).unlock(&place).unwrap();
        let connection = rusqlite::Connection::open(place.database()).unwrap();
        let key = data_encoding::HEXLOWER.encode(key.database().expose());
        connection.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; {sql}")).unwrap();
        drop(connection);
        let device = Device::open(&home, PASSPHRASE, Arc::new(clock.clone())).unwrap();
        Self { app: App::new(device, wire.clone()), home, clock, offline, wire }
    }

    /// The same where it may be that nothing is left.
    pub(super) fn tries_to_reopen(self) -> Result<Self, AppError> {
        let Self { app, home, clock, offline, wire } = self;
        drop(app);
        let device = Device::open(&home, PASSPHRASE, Arc::new(clock.clone()))?;
        Ok(Self { app: App::new(device, wire.clone()), home, clock, offline, wire })
    }

    /// What lies beside the database, with the passphrase forgotten.
    pub(super) async fn hands_in(&self) -> Result<UnsentHandedIn, AppError> {
        hand_in_unsent(&self.home, self.wire.as_ref()).await
    }

    /// Names of the files beside the database.
    pub(super) fn lies_beside(&self) -> Vec<UnsentFile> {
        Home::at(&self.home).unsent().files().unwrap()
    }
}

pub(super) struct TimedTown {
    folder: TempDir,
    server: Arc<Mutex<RuleServer>>,
    now: Arc<AtomicI64>,
    pub(super) leader: Person,
}

impl TimedTown {
    pub(super) async fn founded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut server = RuleServer::new(1).unwrap();
        let code = server.found("By").unwrap().to_text();
        let (server, now) = (Arc::new(Mutex::new(server)), Arc::new(AtomicI64::new(BEGINNING)));
        let wish = SetupWish {
            server: "http://127.0.0.1:1".into(),
            code,
            name: "Lone Vest".into(),
            programme: Some("Program".into()),
        };
        let home = folder.path().join("leader");
        let (clock, offline, wire) = equipment(&server, &now);
        let (device, _) = setup(&home, PASSPHRASE, &wish, wire.as_ref(), Arc::new(clock.clone())).await.unwrap();
        let leader = Person { app: App::new(device, wire.clone()), home, clock, offline, wire };
        Self { folder, server, now, leader }
    }

    /// Somebody who has joined and has the keys that go with the role.
    pub(super) async fn colleague(&self, name: &str, role: Role) -> Person {
        self.invited_by(&self.leader, name, role, None).await
    }

    /// The same, by somebody else than the leader or to a side that is named.
    pub(super) async fn invited_by(&self, host: &Person, name: &str, role: Role, side: Option<Side>) -> Person {
        let wish = InviteWish { name: name.into(), role, programme: None, side, valid_minutes: None };
        let invitation = host.app.with(|d| d.invite(&wish)).unwrap().to_text();
        let home = self.folder.path().join(name);
        let (clock, offline, wire) = equipment(&self.server, &self.now);
        let (device, _) =
            join(&home, PASSPHRASE, &invitation, None, wire.as_ref(), Arc::new(clock.clone())).await.unwrap();
        let person = Person { app: App::new(device, wire.clone()), home, clock, offline, wire };
        person.exchanges().await;
        host.exchanges().await;
        person.exchanges().await;
        person
    }

    /// One more device of somebody who is in.
    pub(super) async fn further_device(&self, name: &str) -> Person {
        let invitation = self.leader.app.with(|d| d.invite_device(Some(name), None)).unwrap().to_text();
        let home = (2..).map(|n| self.folder.path().join(format!("{name} {n}"))).find(|home| !home.exists()).unwrap();
        let (clock, offline, wire) = equipment(&self.server, &self.now);
        let (device, _) =
            join(&home, PASSPHRASE, &invitation, None, wire.as_ref(), Arc::new(clock.clone())).await.unwrap();
        Person { app: App::new(device, wire.clone()), home, clock, offline, wire }
    }

    pub(super) fn time_passes(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    /// Everybody named and the leader exchange, twice.
    pub(super) async fn exchange(&self, people: &[&Person]) {
        for _ in 0..2 {
            self.leader.exchanges().await;
            for person in people {
                person.exchanges().await;
            }
        }
    }
}

fn equipment(
    server: &Arc<Mutex<RuleServer>>,
    now: &Arc<AtomicI64>,
) -> (TownClock, Arc<AtomicBool>, Arc<dyn Transport>) {
    let clock = TownClock { now: now.clone(), wrong_by: Arc::default() };
    let offline: Arc<AtomicBool> = Arc::default();
    let wire = Wire { server: server.clone(), now: now.clone(), offline: offline.clone() };
    (clock, offline, Arc::new(wire))
}
