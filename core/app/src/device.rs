//! One open home.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use feltbog_domain::{MemberId, Moment, RoleGrant};
use feltbog_protocol::Roster;
use feltbog_sealing::{HostToken, LocalKey, Secret, SigningPair};
use feltbog_store::{Home, HomeLock, Identity, Store};

use crate::build::look_again_after_an_update;
use crate::clock::Clock;
use crate::error::AppError;
use crate::key_vault::Guard;
use crate::reading::ShownLately;
use crate::recovery::Recovery;
use crate::reserve::{Kept, Reserve};
use crate::roster_by_place::stored_roster;
use crate::seal_readings::TellsReadings;
use crate::shown_whole::show_whole_after_an_update;
use crate::shut_out::FORGOTTEN;

/// A device: its database, its keys, and everybody it knows. Holds the home's lock as long as it lives.
pub struct Device {
    pub(crate) store: Store,
    pub(crate) identity: Identity,
    pub(crate) signing: SigningPair,
    pub(crate) roster: Roster,
    pub(crate) clock: Arc<dyn Clock>,
    /// The highest own number there was when the running exchange began.
    pub(crate) refused_before: u64,
    /// On a recovery station while it opens what is there; nowhere else and never on disk.
    pub(crate) recovery: Option<Recovery>,
    /// Whether an exchange is under way.
    pub(crate) exchanging: bool,
    /// Unsent work beside the database; nothing where its folder cannot be read.
    pub(crate) reserve: Option<Reserve>,
    /// What this program has shown of late.
    pub(crate) shown: ShownLately,
    /// Which readings the running exchange takes along.
    pub(crate) tells_readings: TellsReadings,
    local_key: LocalKey,
    _lock: HomeLock,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Device(..)")
    }
}

impl Device {
    /// Opens the device that lives in a folder.
    ///
    /// # Errors
    /// [`AppError::NotSetUp`], a wrong passphrase, or a home that is in use. Nothing is changed then.
    pub fn open(folder: &Path, passphrase: &[u8], clock: Arc<dyn Clock>) -> Result<Self, AppError> {
        Self::open_guarded(folder, Guard::Passphrase(passphrase), clock)
    }

    /// Opens the device that lives in a folder, whatever it is locked with.
    ///
    /// # Errors
    /// [`AppError::NotSetUp`], a guard that does not open, or a home that is in use. Nothing is changed then.
    pub fn open_guarded(folder: &Path, guard: Guard<'_>, clock: Arc<dyn Clock>) -> Result<Self, AppError> {
        let home = Home::at(folder);
        if !home.is_set_up() {
            return Err(AppError::NotSetUp);
        }
        // The key comes before the lock: a wrong passphrase is told even while another process works here.
        let local_key = guard.unlock(&home)?;
        Self::open_unlocked(folder, local_key, clock)
    }

    /// Opens the device that lives in a folder with a key that is unlocked already.
    ///
    /// # Errors
    /// [`AppError::NotSetUp`], a key of another home, or a home that is in use. Nothing is changed then.
    pub fn open_unlocked(folder: &Path, local_key: LocalKey, clock: Arc<dyn Clock>) -> Result<Self, AppError> {
        let home = Home::at(folder);
        if !home.is_set_up() {
            return Err(AppError::NotSetUp);
        }
        let lock = home.lock()?;
        // Opening would make a new, empty database where somebody's work has been.
        if fs::metadata(home.database()).map_or(0, |found| found.len()) == 0 {
            return Err(AppError::DatabaseGone);
        }
        let store = Store::open(&home.database(), local_key.database().expose())?;
        if store.reader().meta("enrolment")?.is_some() {
            return Err(AppError::NotSetUp);
        }
        if store.reader().meta(FORGOTTEN)?.is_some() && store.reader().has_handed_in_everything()? {
            // Nothing is left here that anybody needs. What the server would not take stays, sealed for the leaders.
            drop(store);
            home.remove()?;
            return Err(AppError::ShutOut);
        }
        let mut device = Self::assemble(store, local_key, lock, clock)?;
        if device.is_over_for_good()? {
            let Self { store, _lock, .. } = device;
            drop(store);
            home.remove()?;
            return Err(AppError::LeaseOver);
        }
        Ok(device)
    }

    pub(crate) fn assemble(
        mut store: Store,
        local_key: LocalKey,
        lock: HomeLock,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, AppError> {
        look_again_after_an_update(&mut store)?;
        show_whole_after_an_update(&mut store)?;
        let identity = store.reader().identity()?.ok_or(AppError::NotSetUp)?;
        let signing = SigningPair::from_seed(&Secret::new(*identity.sign_seed));
        let roster = Roster::new(identity.tenant, identity.root);
        let reserve = Reserve::open(lock.home().unsent())
            .inspect_err(|error| tracing::warn!(%error, "the folder of unsent work cannot be read"))
            .ok();
        let mut device = Self {
            store,
            identity,
            signing,
            roster,
            clock,
            refused_before: 0,
            recovery: None,
            exchanging: false,
            reserve,
            shown: ShownLately::default(),
            tells_readings: TellsReadings::default(),
            local_key,
            _lock: lock,
        };
        device.reload_roster()?;
        device.write_anew_where_handed_in()?;
        device.keep_reserve(Kept::Everything);
        device.mind_the_clock()?;
        Ok(device)
    }

    /// Builds the roster anew from the stored certificates.
    pub(crate) fn reload_roster(&mut self) -> Result<(), AppError> {
        self.roster = stored_roster(&self.store.reader(), &self.identity)?;
        Ok(())
    }

    /// Milliseconds since 1970, by this device's clock.
    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Now, on the wall in Denmark.
    pub(crate) fn now(&self) -> Moment {
        Moment::from_unix_ms(self.now_ms())
    }

    /// Whose device this is.
    pub(crate) fn me(&self) -> MemberId {
        self.identity.member
    }

    /// The roles of this device's member.
    pub(crate) fn my_roles(&self) -> &[RoleGrant] {
        self.roster.roles(self.me())
    }

    /// A loopback host's token, sealed under this device's key.
    #[must_use]
    pub fn seal_host_token(&self, token: &HostToken) -> String {
        token.sealed(&self.local_key)
    }

    /// Opens a sealed host token with the passphrase of the home.
    ///
    /// # Errors
    /// A wrong passphrase, or a token of another device.
    pub fn open_host_token(folder: &Path, passphrase: &[u8], sealed: &str) -> Result<HostToken, AppError> {
        let key = Guard::Passphrase(passphrase).unlock(&Home::at(folder))?;
        HostToken::open(sealed, &key).ok_or(AppError::KeyFile(feltbog_sealing::KeyFileError::Unreadable))
    }
}
