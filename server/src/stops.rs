//! IT's own emergency block: devices and members this server answers nothing but that they are stopped.
//!
//! It is kept in a text file beside the database, one line for each act, and nothing is ever taken out of it: so it is its own
//! record, is not put back with an older copy of the database, and a running server notices a new line by the file's length.
//! No signature of the municipality stands behind it; devices take it for a stop and for nothing more.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use feltbog_domain::{DeviceId, MemberId, Moment};

/// What is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stopped {
    /// One device.
    Device(DeviceId),
    /// Every device of a member, and every new one.
    Member(MemberId),
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stopped::Device(device) => write!(f, "device {device}"),
            Stopped::Member(member) => write!(f, "member {member}"),
        }
    }
}

impl FromStr for Stopped {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (what, id) = text.split_once(' ').ok_or(())?;
        match what {
            "device" => id.parse().map(Stopped::Device).map_err(|_| ()),
            "member" => id.parse().map(Stopped::Member).map_err(|_| ()),
            _ => Err(()),
        }
    }
}

/// One act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// From here on it is stopped.
    Block,
    /// From here on it is served again.
    Unblock,
}

impl Act {
    const fn word(self) -> &'static str {
        match self {
            Act::Block => "block",
            Act::Unblock => "unblock",
        }
    }
}

/// Reads `2026-03-02T14:05:00+01:00 block device 0a1b…`.
fn act_of(line: &str) -> Option<(Act, Stopped)> {
    let (_, rest) = line.split_once(' ')?;
    let (act, what) = rest.split_once(' ')?;
    let act = [Act::Block, Act::Unblock].into_iter().find(|known| known.word() == act)?;
    Some((act, what.parse().ok()?))
}

/// What is stopped after every act of a file. A line that cannot be read was cut short before anybody was told it was done.
pub(crate) fn read(path: &Path) -> io::Result<BTreeSet<Stopped>> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        text => text?,
    };
    let mut stopped = BTreeSet::new();
    for (act, what) in text.lines().filter_map(act_of) {
        match act {
            Act::Block => stopped.insert(what),
            Act::Unblock => stopped.remove(&what),
        };
    }
    Ok(stopped)
}

/// Adds an act. When this returns it outlives a power cut.
pub(crate) fn write(path: &Path, act: Act, what: Stopped, now_ms: i64) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    // Whatever was cut short before stays a line of its own.
    let before = if fs::read(path)?.last().is_some_and(|last| *last != b'\n') { "\n" } else { "" };
    let line = format!("{before}{} {} {what}\n", Moment::from_unix_ms(now_ms), act.word());
    file.write_all(line.as_bytes())?;
    file.sync_all()?;
    path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
}

/// The file as a running server follows it.
#[derive(Debug, Default)]
pub(crate) struct Stops {
    path: Option<PathBuf>,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    length: u64,
    stopped: BTreeSet<Stopped>,
}

impl Stops {
    /// Follows a file, which need not exist.
    ///
    /// # Errors
    /// When it is there and cannot be read: whoever is stopped shall not be served for that.
    pub(crate) fn at(path: PathBuf) -> io::Result<Self> {
        let stops = Self { path: Some(path), seen: Mutex::default() };
        stops.look()?;
        Ok(stops)
    }

    /// Whether a member's device is stopped now. What cannot be read is as it was.
    pub(crate) fn hold(&self, device: DeviceId, member: MemberId) -> bool {
        if let Err(error) = self.look() {
            tracing::error!(%error, "the list of stopped devices cannot be read; the one before goes on");
        }
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.stopped.contains(&Stopped::Device(device)) || seen.stopped.contains(&Stopped::Member(member))
    }

    fn look(&self) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let length = match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            found => found?.len(),
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.length != length {
            *seen = Seen { length, stopped: read(path)? };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: Stopped = Stopped::Device(DeviceId::new([1; 16]));
    const MEMBER: Stopped = Stopped::Member(MemberId::new([2; 16]));

    #[test]
    fn the_last_word_about_each_counts_and_every_word_stays() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("stopped");
        let stops = Stops::at(path.clone()).unwrap();
        let holds = |stops: &Stops| stops.hold(DeviceId::new([1; 16]), MemberId::new([2; 16]));
        assert!(!holds(&stops));
        write(&path, Act::Block, DEVICE, 0).unwrap();
        write(&path, Act::Block, MEMBER, 1_000).unwrap();
        assert!(holds(&stops), "noticed while it runs");
        write(&path, Act::Unblock, DEVICE, 2_000).unwrap();
        assert!(holds(&stops), "the member is stopped still");
        write(&path, Act::Unblock, MEMBER, 3_000).unwrap();
        assert!(!holds(&stops) && !holds(&Stops::at(path.clone()).unwrap()));
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 4);
    }

    #[test]
    fn a_line_that_was_cut_short_stops_nobody_and_spoils_no_other() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("stopped");
        fs::write(&path, "1970-01-01T00:00:00Z block member 0202").unwrap();
        assert_eq!(read(&path).unwrap(), BTreeSet::new());
        write(&path, Act::Block, DEVICE, 0).unwrap();
        assert_eq!(read(&path).unwrap(), BTreeSet::from([DEVICE]));
    }
}
