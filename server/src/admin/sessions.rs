//! Who is logged in. Each session is a file beside the password, named after the hash of what the browser holds, so that every
//! process on the folder knows it, logging out ends it everywhere, and a copy of the folder lets nobody in.

use std::fs::{self, DirEntry, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::password::Password;
use super::private_file;

/// For so long nothing may be asked.
pub(crate) const IDLE_MS: i64 = 30 * 60 * 1000;
/// For so long a session lasts in all.
pub(crate) const WHOLE_MS: i64 = 8 * 60 * 60 * 1000;
/// At a time; who logs in beyond these ends the one that was idle for longest.
const MOST: usize = 16;
const PREFIX: &str = "session-";
const TOKEN_LEN: usize = 32;

/// The folder they are in.
#[derive(Debug)]
pub(super) struct Sessions(PathBuf);

/// A session's file, as it was found.
struct Found {
    path: PathBuf,
    began_ms: i64,
    used_ms: i64,
    /// Of which password it is.
    mark: String,
}

impl Found {
    fn read(path: PathBuf) -> io::Result<Option<Self>> {
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        let used = fs::metadata(&path)?.modified()?;
        let since = used.duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
        let used_ms = i64::try_from(since.as_millis()).map_err(io::Error::other)?;
        let (began, mark) = text.trim().split_once(' ').unwrap_or_default();
        // One that cannot be read is over.
        let began_ms = began.parse().unwrap_or(i64::MIN);
        Ok(Some(Self { path, began_ms, used_ms, mark: mark.to_owned() }))
    }

    /// A clock that was put back ends it: the longest it may last would not hold otherwise.
    fn is_open(&self, password: &Password, now_ms: i64) -> bool {
        let within = |since_ms: i64, most_ms| (0..=most_ms).contains(&now_ms.saturating_sub(since_ms));
        within(self.began_ms, WHOLE_MS) && within(self.used_ms, IDLE_MS) && self.mark == password.mark()
    }
}

impl Sessions {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// Begins one; gives what the browser shows from now on.
    pub(super) fn begin(&self, password: &Password, now_ms: i64) -> io::Result<Zeroizing<String>> {
        self.make_room(password, now_ms)?;
        let mut token = Zeroizing::new([0; TOKEN_LEN]);
        getrandom::fill(token.as_mut_slice()).map_err(io::Error::other)?;
        let path = self.file(&*token);
        private_file::put(&path, format!("{now_ms} {}\n", password.mark()).as_bytes())?;
        note_use(&path, now_ms)?;
        Ok(Zeroizing::new(BASE64URL_NOPAD.encode(token.as_slice())))
    }

    /// Whether what a browser shows is of a session that is open; if so, this counts as its use.
    pub(super) fn is_open(&self, shown: &str, password: &Password, now_ms: i64) -> io::Result<bool> {
        let Some(path) = self.of(shown) else { return Ok(false) };
        let Some(found) = Found::read(path)? else { return Ok(false) };
        if !found.is_open(password, now_ms) {
            remove(&found.path)?;
            return Ok(false);
        }
        match note_use(&found.path, now_ms) {
            // Somebody logged out at this very moment.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            noted => noted.map(|()| true),
        }
    }

    /// Ends one; nothing where there is none.
    pub(super) fn end(&self, shown: &str) -> io::Result<()> {
        self.of(shown).map_or(Ok(()), |path| remove(&path))
    }

    fn of(&self, shown: &str) -> Option<PathBuf> {
        let token: Zeroizing<Vec<u8>> = Zeroizing::new(BASE64URL_NOPAD.decode(shown.as_bytes()).ok()?);
        (token.len() == TOKEN_LEN).then(|| self.file(&token))
    }

    fn file(&self, token: &[u8]) -> PathBuf {
        self.0.join(format!("{PREFIX}{}", HEXLOWER.encode(&Sha256::digest(token))))
    }

    /// What is over goes, and of what is open the one that was used longest ago where there are too many.
    fn make_room(&self, password: &Password, now_ms: i64) -> io::Result<()> {
        let is_session = |item: &DirEntry| item.file_name().to_string_lossy().starts_with(PREFIX);
        let mut open = Vec::new();
        for item in fs::read_dir(&self.0)? {
            let Some(found) = Some(item?).filter(is_session).map(|item| Found::read(item.path())).transpose()? else {
                continue;
            };
            match found {
                Some(found) if found.is_open(password, now_ms) => open.push(found),
                Some(found) => remove(&found.path)?,
                None => {}
            }
        }
        open.sort_by_key(|found| std::cmp::Reverse(found.used_ms));
        open.iter().skip(MOST - 1).try_for_each(|found| remove(&found.path))
    }
}

fn note_use(path: &Path, now_ms: i64) -> io::Result<()> {
    let now: SystemTime = UNIX_EPOCH + Duration::from_millis(now_ms.unsigned_abs());
    File::options().write(true).open(path)?.set_modified(now)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE_MS: i64 = 60 * 1000;

    fn folder() -> (tempfile::TempDir, Sessions, Password) {
        let home = tempfile::tempdir().unwrap();
        Password::make(home.path()).unwrap();
        let password = Password::read(home.path()).unwrap().unwrap();
        let sessions = Sessions::in_folder(home.path());
        (home, sessions, password)
    }

    #[test]
    fn a_session_ends_half_an_hour_after_its_last_use_and_after_eight_hours_however_it_is_used() {
        let (_home, sessions, password) = folder();
        let is_open = |shown: &str, minutes| sessions.is_open(shown, &password, minutes * MINUTE_MS).unwrap();
        let idle = sessions.begin(&password, 0).unwrap();
        assert!(is_open(&idle, 30) && is_open(&idle, 60));
        assert!(!is_open(&idle, 91) && !is_open(&idle, 61), "over for good");
        let used = sessions.begin(&password, 0).unwrap();
        assert!((0..=480).step_by(20).all(|minutes| is_open(&used, minutes)));
        assert!(!is_open(&used, 481));
        let later = sessions.begin(&password, 600 * MINUTE_MS).unwrap();
        assert!(!is_open(&later, 599), "the clock was put back");
    }

    #[test]
    fn nothing_but_what_the_browser_was_given_opens_one_and_a_new_password_ends_it() {
        let (home, sessions, password) = folder();
        let shown = sessions.begin(&password, 0).unwrap();
        let name = |item: io::Result<DirEntry>| item.unwrap().file_name().into_string().unwrap();
        let names: Vec<String> = fs::read_dir(home.path()).unwrap().map(name).collect();
        let hash = names.iter().find_map(|name| name.strip_prefix(PREFIX)).unwrap();
        for other in ["", "../password", hash, &shown[1..], &format!("{}A", *shown)] {
            assert!(!sessions.is_open(other, &password, 0).unwrap(), "{other}");
        }
        assert!(sessions.is_open(&shown, &password, 0).unwrap());
        Password::make(home.path()).unwrap();
        let next = Password::read(home.path()).unwrap().unwrap();
        assert!(!sessions.is_open(&shown, &next, 0).unwrap());
    }

    #[test]
    fn whoever_logs_in_beyond_sixteen_ends_the_one_idle_for_longest() {
        let (home, sessions, password) = folder();
        let all: Vec<_> = (0..17).map(|minute| sessions.begin(&password, minute * MINUTE_MS).unwrap()).collect();
        let open = |shown: &str| sessions.is_open(shown, &password, 17 * MINUTE_MS).unwrap();
        assert!(!open(&all[0]) && all[1..].iter().all(|shown| open(shown)));
        sessions.begin(&password, 100 * MINUTE_MS).unwrap();
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2, "the password, and nothing that is over");
    }
}
