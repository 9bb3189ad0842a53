//! The folder beside the locked database: unsent work, sealed for the leaders, so that a forgotten passphrase loses nothing
//! (decision 0023).
//!
//! A file is one whole envelope, and its name says what of the database it stands for. Nothing here can be read without a
//! leader's keys; names, notes and case numbers stand nowhere.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use feltbog_domain::FolderId;

use crate::home::owners_only;
use crate::open::{Reader, StoreError};
use crate::rows::{RowExt, uint};

/// Where to hand in, in clear: the server's address, the municipality, the server's key.
const WHERE: &str = "where";
/// The same while it is written.
const WHERE_UNFINISHED: &str = "where.unfinished";
/// The ending of a file whose envelope the server has signed for.
const HANDED: &str = ".handed";

/// What of the database a file stands for. A piece that was changed since has another name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// The changes of a folder that are not sealed yet: how many, the last one's id, and when it was saved.
    Pending(u32, i64, i64),
    /// An own envelope of this number that has no receipt.
    Sealed(u64),
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnsentFile {
    /// The envelope's number, from those made in reserve.
    pub number: u64,
    /// The folder of the work.
    pub folder: FolderId,
    /// What it stands for.
    pub mark: Mark,
    /// Which of how many files of this mark it is, from one.
    pub part: (u32, u32),
    /// Whether it was handed in.
    pub handed: bool,
}

impl UnsentFile {
    fn name(&self) -> String {
        let mark = match &self.mark {
            Mark::Pending(count, last, saved_ms) => format!("p{count}.{last}.{saved_ms}"),
            Mark::Sealed(dseq) => format!("s{dseq}"),
        };
        let ((part, of), ending) = (self.part, if self.handed { HANDED } else { "" });
        format!("{:016x}-{}-{mark}-{part}of{of}{ending}", self.number, self.folder)
    }

    fn from_name(name: &str) -> Option<Self> {
        let (name, handed) = name.strip_suffix(HANDED).map_or((name, false), |name| (name, true));
        let mut parts = name.splitn(4, '-');
        let number = u64::from_str_radix(parts.next()?, 16).ok()?;
        let folder = parts.next()?.parse().ok()?;
        let mark = mark_from(parts.next()?)?;
        let (part, of) = parts.next()?.split_once("of")?;
        Some(Self { number, folder, mark, part: (part.parse().ok()?, of.parse().ok()?), handed })
    }
}

fn mark_from(text: &str) -> Option<Mark> {
    if let Some(dseq) = text.strip_prefix('s') {
        return dseq.parse().ok().map(Mark::Sealed);
    }
    let mut numbers = text.strip_prefix('p')?.split('.');
    let mark =
        Mark::Pending(numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    numbers.next().is_none().then_some(mark)
}

/// The folder itself. It need not exist.
#[derive(Debug, Clone)]
pub struct UnsentFolder {
    folder: PathBuf,
}

impl UnsentFolder {
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// What lies there, oldest number first. What bears no name of ours is passed over.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn files(&self) -> io::Result<Vec<UnsentFile>> {
        let mut files = Vec::new();
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
            entries => entries?,
        };
        for entry in entries {
            files.extend(entry?.file_name().to_str().and_then(UnsentFile::from_name));
        }
        files.sort();
        Ok(files)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn read(&self, file: &UnsentFile) -> io::Result<Vec<u8>> {
        fs::read(self.path(file))
    }

    /// Writes a file that is not there yet, readable by its owner only. When this returns it outlives a power cut. One that
    /// was cut short is no whole envelope, and is found by that.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn put(&self, file: &UnsentFile, bytes: &[u8]) -> io::Result<()> {
        self.write(&self.path(file), bytes)
    }

    /// Removes a file; one that is gone is as good.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn remove(&self, file: &UnsentFile) -> io::Result<()> {
        match fs::remove_file(self.path(file)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Remembers whether the server signed for having a file's envelope. Where the device has put the file away meanwhile it is
    /// put back under the handed name: that somebody else has this work now is for the device to find.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn note_handed(&self, file: &UnsentFile, bytes: &[u8], handed: bool) -> io::Result<()> {
        if file.handed == handed {
            return Ok(());
        }
        let noted = UnsentFile { handed, ..file.clone() };
        match fs::rename(self.path(file), self.path(&noted)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && handed => self.put(&noted, bytes),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Where to hand in; `None` before anything was kept here.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn place(&self) -> io::Result<Option<String>> {
        match fs::read_to_string(self.folder.join(WHERE)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some),
        }
    }

    /// Writes where to hand in.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn set_place(&self, place: &str) -> io::Result<()> {
        // Not over the old one: on a full disk nobody would know any more where to hand in.
        let (path, unfinished) = (self.folder.join(WHERE), self.folder.join(WHERE_UNFINISHED));
        self.write(&unfinished, place.as_bytes())?;
        fs::rename(unfinished, path)
    }

    /// Half a file would take the room that the whole one needs, and stand for work that it does not hold.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = match owners_only().truncate(true).open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.create()?;
                owners_only().truncate(true).open(path)?
            }
            file => file?,
        };
        file.write_all(bytes).and_then(|()| file.sync_all()).inspect_err(|_| {
            // What cannot be removed either is found by its being no whole envelope.
            let _ = fs::remove_file(path);
        })
    }

    fn create(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&self.folder, fs::Permissions::from_mode(0o700))?;
        }
        // The name of the folder must be there after a power cut, or what lies in it is not.
        self.folder.parent().map_or(Ok(()), |home| File::open(home)?.sync_all())
    }

    fn path(&self, file: &UnsentFile) -> PathBuf {
        self.folder.join(file.name())
    }
}

impl Reader<'_> {
    /// The folders with changes that are not sealed, and what marks them: cheap enough for every save.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn pending_marks(&self) -> Result<Vec<(FolderId, Mark)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT p.folder, f.count, p.id, p.saved_ms
             FROM (SELECT count(*) AS count, max(id) AS last FROM pending GROUP BY folder) f JOIN pending p ON p.id = f.last",
        )?;
        let rows =
            statement.query_map([], |row| Ok((row.id(0)?, Mark::Pending(row.get(1)?, row.get(2)?, row.get(3)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Own content and hand-ins that the server has not taken, and have not gone another way.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn untaken_marks(&self) -> Result<Vec<(FolderId, Mark)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT e.folder, o.dseq FROM outbox o
             JOIN env e ON e.device = (SELECT value FROM meta WHERE key = 'device') AND e.dseq = o.dseq
             WHERE e.kind IN (1, 11) AND o.resolved != 1
               AND (o.code NOT IN ('ok', 'rotation_due') OR (o.code IS NULL AND o.receipt IS NULL))",
        )?;
        let rows = statement.query_map([], |row| Ok((row.id(0)?, Mark::Sealed(uint(row.get(1)?)))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Own envelopes of any kind that no server has signed for, or that a restored one has forgotten.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn unreceipted_marks(&self) -> Result<Vec<(FolderId, Mark)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT e.folder, o.dseq FROM outbox o
             JOIN env e ON e.device = (SELECT value FROM meta WHERE key = 'device') AND e.dseq = o.dseq
             WHERE o.resolved != 1 AND (o.code IS NULL OR o.receipt IS NULL)",
        )?;
        let rows = statement.query_map([], |row| Ok((row.id(0)?, Mark::Sealed(uint(row.get(1)?)))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether anything that was read here is still to be told.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_untold_readings(&self) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM reading WHERE sealed_dseq IS NULL OR sealed_dseq NOT IN
                 (SELECT dseq FROM outbox WHERE resolved = 1 OR (receipt IS NOT NULL AND code IN ('ok', 'rotation_due'))))",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_the_file_stands_for() {
        let pending = UnsentFile {
            number: 1 << 62,
            folder: FolderId::new([7; 16]),
            mark: Mark::Pending(3, 57, 9),
            part: (1, 2),
            handed: false,
        };
        let sealed = UnsentFile { mark: Mark::Sealed(12), handed: true, ..pending.clone() };
        for file in [pending, sealed] {
            assert_eq!(UnsentFile::from_name(&file.name()), Some(file));
        }
        for other in ["where", "", "1-2-3-4", ".DS_Store", "zz-00-s1-1of1"] {
            assert_eq!(UnsentFile::from_name(other), None, "{other}");
        }
    }

    fn file() -> UnsentFile {
        UnsentFile { number: 5, folder: FolderId::new([1; 16]), mark: Mark::Sealed(2), part: (1, 1), handed: false }
    }

    #[test]
    fn what_was_put_is_there_until_it_is_removed() {
        let home = tempfile::tempdir().unwrap();
        let unsent = UnsentFolder::at(home.path().join("unsent"));
        assert_eq!((unsent.files().unwrap(), unsent.place().unwrap()), (Vec::new(), None));
        let file = file();
        unsent.put(&file, b"sealed").unwrap();
        unsent.set_place("https://feltbog.kommune.dk").unwrap();
        assert_eq!(unsent.read(&file).unwrap(), b"sealed");
        unsent.note_handed(&file, b"sealed", true).unwrap();
        let handed = UnsentFile { handed: true, ..file };
        assert_eq!(unsent.files().unwrap(), std::slice::from_ref(&handed));
        unsent.remove(&handed).unwrap();
        unsent.remove(&handed).unwrap();
        assert_eq!(unsent.files().unwrap(), []);
        assert_eq!(unsent.place().unwrap().as_deref(), Some("https://feltbog.kommune.dk"));
    }
    #[test]
    fn a_file_that_was_put_away_while_it_was_handed_in_is_found_as_handed_in() {
        let home = tempfile::tempdir().unwrap();
        let (unsent, file) = (UnsentFolder::at(home.path().join("unsent")), file());
        unsent.put(&file, b"sealed").unwrap();
        unsent.remove(&file).unwrap();
        unsent.note_handed(&file, b"sealed", true).unwrap();
        let handed = UnsentFile { handed: true, ..file };
        assert_eq!(unsent.files().unwrap(), std::slice::from_ref(&handed));
        assert_eq!(unsent.read(&handed).unwrap(), b"sealed");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_disk_that_is_full_leaves_no_half_of_a_file_behind_and_where_to_hand_in_as_it_was() {
        let home = tempfile::tempdir().unwrap();
        let (unsent, file) = (UnsentFolder::at(home.path().join("unsent")), file());
        unsent.set_place("https://feltbog.kommune.dk").unwrap();
        for path in [unsent.path(&file), unsent.folder.join(WHERE_UNFINISHED)] {
            std::os::unix::fs::symlink("/dev/full", path).unwrap();
        }
        assert_eq!(unsent.put(&file, b"sealed").unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(unsent.files().unwrap(), []);
        assert!(unsent.set_place("https://andetsteds.kommune.dk").is_err());
        assert_eq!(unsent.place().unwrap().as_deref(), Some("https://feltbog.kommune.dk"));
    }
}
