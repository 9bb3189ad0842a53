//! A municipality where everybody has joined, founded once for each size; every life begins with copies of its homes.

use std::collections::BTreeMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context as TaskContext, Poll, Waker};

use anyhow::{Context, Result};
use feltbog_app::{App, Device, Home, InviteWish, RoleWish, SetupWish, join, setup};
use feltbog_domain::{Role, Side};
use feltbog_sealing::KeyFile;
use feltbog_sealing::simulation::Seeded;
use tempfile::TempDir;

use crate::clock::{BEGINNING_MS, SimulatedClock};
use crate::course::Course;
use crate::link::Link;
use crate::phone::Owner;
use crate::server::{OlderCopy, ServerRoom};
use crate::size::Size;

const PASSPHRASE: &[u8] = b"simulated";
const ADDRESS: &str = "http://127.0.0.1:1";
/// Exchanges of everybody until everybody has the keys that go with the role.
const ROUNDS: usize = 3;

/// A founded municipality, closed and ready to be copied.
pub(crate) struct Town {
    folder: TempDir,
    pub(crate) owners: Vec<Owner>,
    pub(crate) server: OlderCopy,
}

static TOWNS: Mutex<BTreeMap<(Size, Course), Arc<Town>>> = Mutex::new(BTreeMap::new());

impl Town {
    /// The municipality of a size, with the offices that a course needs.
    pub(crate) fn of(size: Size, course: Course) -> Result<Arc<Self>> {
        let mut towns = TOWNS.lock().unwrap_or_else(PoisonError::into_inner);
        let place = (Size { edits: 0, ..size }, course);
        if let Some(town) = towns.get(&place) {
            return Ok(Arc::clone(town));
        }
        let town = Arc::new(Self::found(size, course)?);
        towns.insert(place, Arc::clone(&town));
        Ok(town)
    }

    fn found(size: Size, course: Course) -> Result<Self> {
        let _seeded = Seeded::with([0x0f; 32]);
        let folder = in_memory_folder()?;
        let (server, code) = ServerRoom::found()?;
        let mut founding = Founding {
            folder: folder.path().to_owned(),
            clock: SimulatedClock::of(&Arc::new(AtomicI64::new(BEGINNING_MS))),
            server,
            apps: Vec::new(),
            owners: Vec::new(),
        };
        founding.first(code)?;
        for (place, role) in size.roles().into_iter().enumerate().skip(1) {
            founding.next(place, role)?;
        }
        if course != Course::Everyday {
            founding.fill_offices()?;
        }
        for _ in 0..ROUNDS {
            founding.everybody_exchanges()?;
        }
        let Founding { server, apps, owners, .. } = founding;
        drop(apps);
        Ok(Self { folder, owners, server: server.copy()? })
    }

    /// Copies of all homes, in a folder of their own.
    pub(crate) fn homes(&self) -> Result<(TempDir, Vec<PathBuf>)> {
        let folder = in_memory_folder()?;
        let mut homes = Vec::new();
        for place in 0..self.owners.len() {
            let (from, to) = (home_at(self.folder.path(), place), home_at(folder.path(), place));
            std::fs::create_dir(&to)?;
            for file in [Home::at(&from).database(), Home::at(&from).key_file()] {
                std::fs::copy(&file, to.join(file.file_name().context("a home's file")?))?;
            }
            homes.push(to);
        }
        Ok((folder, homes))
    }
}

struct Founding {
    folder: PathBuf,
    clock: SimulatedClock,
    server: ServerRoom,
    apps: Vec<(App, Link)>,
    owners: Vec<Owner>,
}

impl Founding {
    fn first(&mut self, code: String) -> Result<()> {
        let wish =
            SetupWish { server: ADDRESS.into(), code, name: "Person 0".into(), programme: Some("Program".into()) };
        let (home, link) = (home_at(&self.folder, 0), Link::default());
        let founded = setup(&home, PASSPHRASE, &wish, &link, Arc::new(self.clock.clone()));
        let (device, done) = run(founded, &link, &mut self.server)??;
        self.moved_in(
            device,
            link,
            Owner {
                name: wish.name,
                role: Role::Leader,
                device: done.device,
                member: done.member,
                key: key_of(&home)?,
            },
        );
        Ok(())
    }

    fn next(&mut self, place: usize, role: Role) -> Result<()> {
        let name = format!("Person {place}");
        let wish = InviteWish { name: name.clone(), role, programme: None, side: None, valid_minutes: None };
        let (leader, _) = self.apps.first().context("nobody has founded the town")?;
        let invitation = leader.save(|device| device.invite(&wish))?.to_text();
        let (home, link) = (home_at(&self.folder, place), Link::default());
        let joining = join(&home, PASSPHRASE, &invitation, None, &link, Arc::new(self.clock.clone()));
        let (device, joined) = run(joining, &link, &mut self.server)??;
        let key = key_of(&home)?;
        self.moved_in(device, link, Owner { name, role, device: joined.device, member: joined.member, key });
        Ok(())
    }

    /// Somebody besides the leader who confirms erasures, somebody who reads who read what, and somebody who leads the
    /// treatment side and is handed what its people could not send.
    fn fill_offices(&mut self) -> Result<()> {
        self.everybody_exchanges()?;
        let last = self.owners.len() - 1;
        let offices = [
            (1, Role::Administrator, Side::Employment),
            (1, Role::Records, Side::Employment),
            (last, Role::Leader, Side::Treatment),
        ];
        for (place, role, side) in offices {
            let name = format!("Person {place}");
            let wish = RoleWish { name, role, programme: None, side: Some(side), remove: false };
            let (leader, _) = self.apps.first().context("nobody has founded the town")?;
            leader.save(|device| device.change_role(&wish))?;
        }
        self.everybody_exchanges()
    }

    fn moved_in(&mut self, device: Device, link: Link, owner: Owner) {
        self.apps.push((App::new(device, Arc::new(link.clone())), link));
        self.owners.push(owner);
    }

    fn everybody_exchanges(&mut self) -> Result<()> {
        for (app, link) in &self.apps {
            run(app.exchange(), link, &mut self.server)??;
        }
        Ok(())
    }
}

/// Runs something to its end over a link that always works.
fn run<T>(work: impl Future<Output = T>, link: &Link, server: &mut ServerRoom) -> Result<T> {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut TaskContext::from_waker(Waker::noop())) {
            return Ok(done);
        }
        if let Some(request) = link.take_request() {
            link.answer(Ok(server.post(&request, BEGINNING_MS)?));
        }
    }
}

fn key_of(home: &Path) -> Result<feltbog_app::LocalKey> {
    let bytes = std::fs::read(Home::at(home).key_file())?;
    Ok(KeyFile::from_bytes(&bytes)?.unlock(PASSPHRASE)?)
}

fn home_at(folder: &Path, place: usize) -> PathBuf {
    folder.join(place.to_string())
}

/// A folder that is gone with its owner; in memory where the system has such a place, since nothing here tests a disk.
fn in_memory_folder() -> Result<TempDir> {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.context("no folder for simulated homes")
}
