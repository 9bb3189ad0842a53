//! The doors of one person's municipalities: what a window on this computer, or a phone, talks to.
//!
//! Behind each door lies a home of its own (see [`Shelf`]). A request goes to one of them and is answered from it alone. The
//! doors are locked together; whatever opens one opens those beside it that the same key opens, and no other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use feltbog_app::{AppError, HostToken, KeyVault, Municipality, MunicipalityName, Place, Shelf, ShelfError};
use tokio::sync::{Mutex as AsyncMutex, broadcast};
use tokio::task::JoinSet;
use zeroize::Zeroizing;

use crate::asked::Asked;
use crate::door::Door;
use crate::event::Told;
use crate::phone_reminders::PhoneReminders;
use crate::reply::{MunicipalityRow, Refused, Reply, Synced};
use crate::request::Request;
use crate::session::{Session, gone_wrong, refused};

/// Events a slow listener may be behind.
const EVENTS: usize = 64;

/// Every municipality in one folder, each behind its door.
#[derive(Clone, Debug)]
pub struct Doors {
    inner: Arc<Inner>,
}

struct Inner {
    shelf: Shelf,
    /// A phone's; without one, a passphrase is typed each time.
    vault: Option<Arc<dyn KeyVault>>,
    /// Asked where a request names none; the first of the shelf when absent.
    first: Option<Place>,
    doors: Mutex<BTreeMap<Place, Door>>,
    /// Held while all are opened or locked, so that what is locked last stays locked.
    turning: AsyncMutex<()>,
    events: broadcast::Sender<Told>,
}

/// What came of one exchange with every municipality.
#[derive(Debug, Clone)]
pub struct Exchanged {
    /// Of those that came through.
    pub synced: Vec<Synced>,
    /// What the phone calls about from now on.
    pub reminders: PhoneReminders,
}

impl Doors {
    /// The closed doors of a phone; somebody need not have joined yet.
    #[must_use]
    pub fn with_vault(folder: &Path, vault: Arc<dyn KeyVault>) -> Self {
        Self::in_folder(folder, Some(vault), None)
    }

    /// The doors of a computer, on which these devices are open already. The first of them answers where nobody is named.
    #[must_use]
    pub fn open_at(folder: &Path, open: Vec<(Place, Session)>) -> Self {
        let doors = Self::in_folder(folder, None, open.first().map(|(place, _)| *place));
        for (place, session) in open {
            doors.door(place).stand_open(session);
        }
        doors
    }

    fn in_folder(folder: &Path, vault: Option<Arc<dyn KeyVault>>, first: Option<Place>) -> Self {
        let inner = Inner {
            shelf: Shelf::at(folder),
            vault,
            first,
            doors: Mutex::default(),
            turning: AsyncMutex::default(),
            events: broadcast::Sender::new(EVENTS),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Answers one request. Failures are replies too.
    pub async fn call(&self, asked: Asked) -> Reply {
        self.answer(asked).await.unwrap_or_else(Reply::Refused)
    }

    async fn answer(&self, asked: Asked) -> Result<Reply, Refused> {
        let place = self.place(asked.municipality)?;
        match asked.request {
            Request::Municipalities => self.municipalities(place).await,
            Request::NameMunicipality { name } => {
                self.inner.shelf.call(place, &called(&name)?)?;
                Ok(Reply::Done)
            }
            Request::Join { invitation, server, beside: Some(name), passphrase } => {
                let name = called(&name)?;
                self.nobody_is_there_yet(&invitation)?;
                let room = self.inner.shelf.make_room(&name)?;
                Ok(self.door(room).call(Request::Join { invitation, server, beside: None, passphrase }).await)
            }
            Request::Lock => {
                self.lock().await;
                Ok(Reply::Done)
            }
            Request::Unlock { passphrase } => {
                let _turning = self.inner.turning.lock().await;
                self.door(place).unlock(Zeroizing::new(passphrase.bytes().to_vec())).await?;
                self.open_beside(place, passphrase.bytes()).await;
                Ok(Reply::Done)
            }
            request => Ok(self.door(place).call(request).await),
        }
    }

    /// What happens from now on, behind whichever door.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Told> {
        self.inner.events.subscribe()
    }

    /// Locks every door. When this returns, nothing of any municipality is in memory.
    pub async fn lock(&self) {
        let _turning = self.inner.turning.lock().await;
        let mut locking = JoinSet::new();
        for door in self.known() {
            locking.spawn(async move { door.lock().await });
        }
        locking.join_all().await;
    }

    /// Opens a phone's doors with its vault. One that does not open stays locked and keeps no other from opening.
    ///
    /// # Errors
    /// The first [`Refused`] when none opens, with code `vault_declined` among others; nothing is changed then.
    pub async fn open(&self) -> Result<(), Refused> {
        let _turning = self.inner.turning.lock().await;
        let mut failed = None;
        for door in self.lived_in()?.into_iter().filter(Door::is_set_up) {
            if let Err(refused) = door.open().await {
                failed.get_or_insert(refused);
            }
        }
        failed.filter(|_| !self.any_is_open()).map_or(Ok(()), Err)
    }

    /// One exchange with every municipality in the little time a phone gives, all at once: one that fails or is slow stops
    /// no other. A locked door is opened for it alone.
    ///
    /// # Errors
    /// [`Refused`] when none came through; what was committed before stays.
    pub async fn exchange_within(&self, time: Duration) -> Result<Exchanged, Refused> {
        let mut places: Vec<Place> = self.on_shelf()?.into_iter().map(|one| one.place).collect();
        if places.is_empty() {
            places.push(self.place(None)?);
        }
        let mut exchanging = JoinSet::new();
        for place in places {
            let door = self.door(place);
            exchanging.spawn(async move { (place.number(), door.exchange_within(time).await) });
        }
        let (mut synced, mut reminders, mut failed) = (Vec::new(), Vec::new(), None);
        for (municipality, exchanged) in exchanging.join_all().await {
            match exchanged {
                Ok(done) => {
                    synced.push(done.synced);
                    reminders.push((municipality, done.reminders));
                }
                Err(refused) => {
                    failed = Some(refused);
                    reminders.push((municipality, None));
                }
            }
        }
        if synced.is_empty() {
            return Err(failed.unwrap_or_else(gone_wrong));
        }
        Ok(Exchanged { synced, reminders: PhoneReminders::of(reminders) })
    }

    /// What a phone calls about, as far as the doors stand open.
    ///
    /// # Errors
    /// [`Refused`] when the file system refuses.
    pub async fn next_reminders(&self) -> Result<PhoneReminders, Refused> {
        let mut reminders = Vec::new();
        for Municipality { place, .. } in self.on_shelf()? {
            reminders.push((place.number(), self.door(place).next_reminders().await));
        }
        Ok(PhoneReminders::of(reminders))
    }

    /// Takes one municipality's device off this phone, locked or not, with everything that was not sent. The others stay.
    ///
    /// # Errors
    /// [`Refused`] when it is not here, or the file system refuses.
    pub async fn forget(&self, municipality: u32) -> Result<(), Refused> {
        let place = self.place(Some(municipality))?;
        self.door(place).forget().await
    }

    /// The same with every municipality.
    ///
    /// # Errors
    /// [`Refused`] when the file system refuses.
    pub async fn forget_all(&self) -> Result<(), Refused> {
        for door in self.lived_in()? {
            door.forget().await?;
        }
        Ok(())
    }

    /// A running host's token as it may lie in each home that is open: only who knows that home's passphrase reads it.
    #[must_use]
    pub fn seal_host_token(&self, token: &HostToken) -> Vec<(Place, PathBuf, String)> {
        let doors = self.doors();
        let sealed = |(place, door): (&Place, &Door)| {
            Some((*place, self.inner.shelf.home(*place).folder().to_owned(), door.seal_host_token(token)?))
        };
        doors.iter().filter_map(sealed).collect()
    }

    /// Those that the same passphrase opens. That another one stays locked is no failure: its own opens it.
    async fn open_beside(&self, opened: Place, passphrase: &[u8]) {
        let mut opening = JoinSet::new();
        for door in self.on_shelf().unwrap_or_default().into_iter().filter(|one| one.place != opened) {
            let (door, passphrase) = (self.door(door.place), Zeroizing::new(passphrase.to_vec()));
            opening.spawn(async move { door.unlock(passphrase).await.is_ok() });
        }
        opening.join_all().await;
    }

    async fn municipalities(&self, shown: Place) -> Result<Reply, Refused> {
        let mut municipalities = Vec::new();
        for Municipality { place, name, .. } in self.on_shelf()? {
            let door = self.door(place);
            municipalities.push(MunicipalityRow {
                municipality: place.number(),
                name: name.map(|name| name.as_str().to_owned()),
                shown: place == shown,
                open: door.is_open(),
                unsent: door.unsent().await,
            });
        }
        Ok(Reply::Municipalities { municipalities })
    }

    /// Somebody who is in a municipality twice on one device would have two caseloads that know nothing of each other. What is locked
    /// tells nobody where it belongs.
    fn nobody_is_there_yet(&self, invitation: &str) -> Result<(), Refused> {
        let is_there = self.doors().values().any(|door| door.is_of(invitation));
        if is_there { Err(refused(AppError::InMunicipality)) } else { Ok(()) }
    }

    /// Whom a request is for.
    fn place(&self, asked: Option<u32>) -> Result<Place, Refused> {
        let here: Vec<Place> = self.on_shelf()?.into_iter().map(|one| one.place).collect();
        match asked.map(Place::of) {
            Some(place) if here.contains(&place) => Ok(place),
            Some(_) => Err(ShelfError::Unknown.into()),
            None => {
                let first = self.inner.first.filter(|first| here.contains(first));
                Ok(first.or(here.first().copied()).unwrap_or(Place::FIRST))
            }
        }
    }

    fn on_shelf(&self) -> Result<Vec<Municipality>, Refused> {
        Ok(self.inner.shelf.municipalities()?)
    }

    fn lived_in(&self) -> Result<Vec<Door>, Refused> {
        Ok(self.on_shelf()?.into_iter().map(|one| self.door(one.place)).collect())
    }

    fn known(&self) -> Vec<Door> {
        self.doors().values().cloned().collect()
    }

    fn any_is_open(&self) -> bool {
        self.doors().values().any(Door::is_open)
    }

    fn door(&self, place: Place) -> Door {
        let Inner { shelf, vault, events, .. } = self.inner.as_ref();
        let closed = || Door::closed(place, shelf.home(place).folder(), vault.clone(), events.clone());
        self.doors().entry(place).or_insert_with(closed).clone()
    }

    fn doors(&self) -> std::sync::MutexGuard<'_, BTreeMap<Place, Door>> {
        self.inner.doors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn called(name: &str) -> Result<MunicipalityName, Refused> {
    MunicipalityName::typed(name).ok_or_else(Refused::no_name)
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inner(..)")
    }
}

#[cfg(test)]
mod tests;
