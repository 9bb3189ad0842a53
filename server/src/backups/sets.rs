//! Sets of copied files: folders named after their moment, whole or not there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::mark::sync_folder;

/// Folder of the databases' sets.
pub(super) const DATABASE: &str = "database";
/// Folder of the key stores' sets.
pub(super) const KEYS: &str = "keys";
const FORMAT: &str = "%Y%m%dT%H%M%S%3fZ";
const PARTIAL: &str = ".partial";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The name of a set: its moment in UTC, so that names sort by age.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp(String);

impl Stamp {
    pub(super) fn of(ms: i64) -> Self {
        let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
        Self(at.to_zoned(TimeZone::UTC).strftime(FORMAT).to_string())
    }

    /// Reads a folder's name; nothing for one that is no set's.
    fn read(name: &str) -> Option<Self> {
        let shape = |byte: (usize, u8)| match byte.0 {
            8 => byte.1 == b'T',
            18 => byte.1 == b'Z',
            _ => byte.1.is_ascii_digit(),
        };
        (name.len() == 19 && name.bytes().enumerate().all(shape)).then(|| Self(name.to_owned()))
    }
}

/// A set in the making; removed again unless it is finished.
pub(super) struct Staged {
    path: PathBuf,
    place: PathBuf,
    finished: bool,
}

impl Staged {
    pub(super) fn begin(to: &Path, kind: &str, stamp: &Stamp) -> io::Result<Self> {
        let place = to.join(kind).join(&stamp.0);
        let path = to.join(kind).join(format!("{}{PARTIAL}", stamp.0));
        make_private(&to.join(kind))?;
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        make_private(&path)?;
        Ok(Self { path, place, finished: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Brings everything to disk, and the set to its place.
    pub(super) fn finish(mut self) -> io::Result<()> {
        for file in fs::read_dir(&self.path)? {
            fs::File::open(file?.path())?.sync_all()?;
        }
        fs::File::open(&self.path)?.sync_all()?;
        fs::rename(&self.path, &self.place)?;
        self.finished = true;
        sync_folder(&self.place)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.finished {
            // By its name it is no set in any case.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn all(to: &Path, kind: &str) -> io::Result<Vec<(Stamp, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(to.join(kind))? {
        let path = entry?.path();
        let stamp = path.file_name().and_then(|name| Stamp::read(&name.to_string_lossy()));
        found.extend(stamp.map(|stamp| (stamp, path)));
    }
    found.sort();
    Ok(found)
}

/// The newest database and the newest keys below a folder; the keys need not be as old as the database, and are best newer.
pub(crate) fn newest(to: &Path) -> io::Result<Option<(PathBuf, PathBuf)>> {
    let last = |kind| Ok::<_, io::Error>(all(to, kind)?.pop().map(|(_, path)| path));
    match (last(DATABASE), last(KEYS)) {
        (Ok(Some(database)), Ok(Some(keys))) => Ok(Some((database, keys))),
        (Err(error), _) | (_, Err(error)) if !is_nothing(&error) => Err(error),
        _ => Ok(None),
    }
}

/// The kind of which there is no copy, where there is one of the other.
pub(super) fn missing_half(to: &Path) -> Option<&'static str> {
    let there = |kind| all(to, kind).is_ok_and(|sets| !sets.is_empty());
    match (there(DATABASE), there(KEYS)) {
        (true, false) => Some(KEYS),
        (false, true) => Some(DATABASE),
        _ => None,
    }
}

/// The newest keys below a folder.
pub(crate) fn newest_keys(to: &Path) -> io::Result<Option<PathBuf>> {
    match all(to, KEYS) {
        Err(error) if is_nothing(&error) => Ok(None),
        sets => Ok(sets?.pop().map(|(_, path)| path)),
    }
}

/// Every copy of the database below a folder, the newest first.
pub(crate) fn databases(to: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(all(to, DATABASE)?.into_iter().rev().map(|(_, path)| path).collect())
}

/// No such folder, or a file in its place.
fn is_nothing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Removes sets older than so many days, never the newest.
pub(super) fn prune(to: &Path, kind: &str, days: u16, now_ms: i64) -> io::Result<()> {
    let limit = Stamp::of(now_ms - i64::from(days) * DAY_MS);
    let mut sets = all(to, kind)?;
    sets.pop();
    for (_, path) in sets.into_iter().filter(|(stamp, _)| *stamp < limit) {
        fs::remove_dir_all(path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(to: &Path, kind: &str, ms: i64) -> PathBuf {
        let stamp = Stamp::of(ms);
        Staged::begin(to, kind, &stamp).unwrap().finish().unwrap();
        to.join(kind).join(stamp.0)
    }

    #[test]
    fn sets_that_were_kept_long_enough_go_and_the_newest_stays_whatever_its_age() {
        let home = tempfile::tempdir().unwrap();
        let sets = [1, 20, 31].map(|day| set(home.path(), KEYS, day * DAY_MS));
        fs::create_dir(home.path().join(KEYS).join("lost+found")).unwrap();
        prune(home.path(), KEYS, 30, 40 * DAY_MS).unwrap();
        assert_eq!(sets.clone().map(|path| path.exists()), [false, true, true]);
        prune(home.path(), KEYS, 30, 400 * DAY_MS).unwrap();
        assert_eq!(sets.map(|path| path.exists()), [false, false, true]);
        assert!(home.path().join(KEYS).join("lost+found").exists(), "what is no set is left alone");
    }

    #[test]
    fn a_set_that_was_not_finished_is_not_there() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(newest(home.path()).unwrap(), None);
        let (database, keys) = (set(home.path(), DATABASE, DAY_MS), set(home.path(), KEYS, DAY_MS));
        let staged = Staged::begin(home.path(), KEYS, &Stamp::of(2 * DAY_MS)).unwrap();
        let begun = staged.path().to_owned();
        assert_eq!(newest(home.path()).unwrap(), Some((database, keys)));
        drop(staged);
        assert!(!begun.exists());
    }
}
