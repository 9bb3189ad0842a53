//! The administration page: what those who run the server may see of it in a browser. It shows numbers and states, no name of
//! anybody and no content, and has no button that changes anything but who is logged in.
//!
//! It is off until a password was made. Password and sessions lie in a folder beside the store that all processes share; nothing
//! of it stands in the log or in a backup.

mod html;
mod overview;
mod page;
mod password;
mod private_file;
mod sessions;
mod words;

use std::fs;
use std::io;
use std::net::IpAddr;

use zeroize::Zeroizing;

use crate::clock;
use crate::config::Config;
use crate::data_dir::DataDir;
use crate::store::Store;
use crate::tries::Tries;
use password::Password;
use sessions::Sessions;

pub(crate) use overview::Overview;
pub(crate) use page::{STYLE, login_page, overview_page};
pub(crate) use sessions::WHOLE_MS;
pub(crate) use words::Told;

/// The page of one server.
pub(crate) struct Admin {
    store: Store,
    config: Config,
    tries: Tries<Option<IpAddr>>,
}

/// What became of a login.
pub(crate) enum Entry {
    /// There is no password, and no page.
    Off,
    /// What the browser shows from now on.
    Entered(Zeroizing<String>),
    /// It was another password.
    Wrong,
    /// From there nothing is listened to for a while.
    TooOften {
        /// Seconds.
        after_s: u32,
    },
}

/// What a browser gets to see.
pub(crate) enum View {
    /// There is no password, and no page.
    Off,
    /// The password is asked for.
    LoggedOut,
    /// Everything.
    Open(Box<Overview>),
}

impl Admin {
    pub(crate) fn of(store: Store, config: Config) -> Self {
        Self { store, config, tries: Tries::default() }
    }

    /// Looks at a password that somebody typed, who comes from an address as far as that is known. Computes for a while.
    pub(crate) fn enter(&self, typed: &str, from: Option<IpAddr>) -> io::Result<Entry> {
        let now_ms = clock::now_ms();
        let Some(password) = self.password()? else { return Ok(Entry::Off) };
        if let Err(after_s) = self.tries.listen(&from, now_ms) {
            return Ok(Entry::TooOften { after_s });
        }
        if !password.is(typed) {
            self.tries.note_wrong(from, now_ms);
            return Ok(Entry::Wrong);
        }
        Ok(Entry::Entered(self.sessions().begin(&password, now_ms)?))
    }

    /// What whoever shows this gets to see.
    pub(crate) fn view(&self, shown: Option<&str>) -> io::Result<View> {
        let now_ms = clock::now_ms();
        let Some(password) = self.password()? else { return Ok(View::Off) };
        match shown {
            Some(shown) if self.sessions().is_open(shown, &password, now_ms)? => {
                Ok(View::Open(Box::new(Overview::of(&self.store, &self.config, now_ms))))
            }
            _ => Ok(View::LoggedOut),
        }
    }

    /// Ends the session of whoever shows this. Whether there is a page at all.
    pub(crate) fn leave(&self, shown: Option<&str>) -> io::Result<bool> {
        let is_on = self.password()?.is_some();
        if let Some(shown) = shown.filter(|_| is_on) {
            self.sessions().end(shown)?;
        }
        Ok(is_on)
    }

    fn password(&self) -> io::Result<Option<Password>> {
        Password::read(&self.store.dir().admin())
    }

    fn sessions(&self) -> Sessions {
        Sessions::in_folder(&self.store.dir().admin())
    }
}

/// Why the page was not switched on or off.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// Nothing to show.
    #[error("there is no store in this folder: make one with `feltbog-server init`")]
    NoStore,
    /// It is off.
    #[error("the page was off already")]
    AsBefore,
    /// The folder of the password.
    #[error("the password's file failed: {0}")]
    File(#[from] io::Error),
}

/// Makes a password for the administration page, in place of the one before, and gives it: it is kept nowhere. Whoever was logged
/// in has to log in again. A running server goes by it from its next request on.
///
/// # Errors
/// [`AdminError`].
pub fn admin_password(store: impl Into<Store>) -> Result<Zeroizing<String>, AdminError> {
    let store = store.into();
    if !store.is_here() {
        return Err(AdminError::NoStore);
    }
    let folder = store.dir().admin();
    DataDir::at(&folder).make()?;
    Ok(Password::make(&folder)?)
}

/// Takes the administration page away, with everybody who is logged in there.
///
/// # Errors
/// [`AdminError`].
pub fn admin_off(store: impl Into<Store>) -> Result<(), AdminError> {
    let folder = store.into().dir().admin();
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(AdminError::AsBefore),
        removed => Ok(removed?),
    }
}
