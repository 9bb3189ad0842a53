//! A small file beside the database that remembers how far the log had come, so that a database put back from a copy is
//! noticed at start. It is a help, not a proof: without it the first device with a memory of the log notices as well.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use feltbog_domain::TenantId;

use crate::log::Standing;

/// The file, and what was written to it last.
pub(crate) struct Mark {
    path: PathBuf,
    /// What becomes the next file.
    fresh: PathBuf,
    written: Vec<Standing>,
}

impl Mark {
    /// Names the file; it need not exist.
    pub(crate) fn at(path: PathBuf) -> Self {
        Self { fresh: path.with_extension("mark.new"), path, written: Vec::new() }
    }

    /// The same where other processes write theirs at the same time: what is written first bears a name of its own.
    pub(crate) fn among_others(path: PathBuf, name: [u8; 16]) -> Self {
        Self { fresh: path.with_extension(format!("mark.{}", HEXLOWER.encode(&name))), ..Self::at(path) }
    }

    /// What was marked last. A missing file knows nothing, and a line that cannot be read says nothing.
    pub(crate) fn read(&self) -> io::Result<Vec<Standing>> {
        match fs::read_to_string(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            text => Ok(text?.lines().filter_map(read_line).collect()),
        }
    }

    /// Writes the file anew unless it says so already: whole, or the old one stays.
    pub(crate) fn write(&mut self, now: Vec<Standing>) -> io::Result<()> {
        if now == self.written {
            return Ok(());
        }
        let text: String = now.iter().map(line).collect();
        let mut file = File::create(&self.fresh)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&self.fresh, &self.path)?;
        sync_folder(&self.path)?;
        self.written = now;
        Ok(())
    }
}

/// Those of now whose log is behind what was marked, or goes on under an epoch the mark does not know.
pub(crate) fn behind(marked: &[Standing], now: &[Standing]) -> Vec<Standing> {
    let marked: BTreeMap<TenantId, &Standing> = marked.iter().map(|standing| (standing.tenant, standing)).collect();
    let is_behind = |standing: &&Standing| {
        marked.get(&standing.tenant).is_some_and(|mark| mark.epoch != standing.epoch || mark.head > standing.head)
    };
    now.iter().filter(is_behind).copied().collect()
}

/// A rename survives a power cut once its folder is on disk.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

fn line(standing: &Standing) -> String {
    format!("{} {} {}\n", standing.tenant, HEXLOWER.encode(&standing.epoch), standing.head)
}

fn read_line(line: &str) -> Option<Standing> {
    let mut words = line.split(' ');
    let tenant = words.next()?.parse().ok()?;
    let epoch = HEXLOWER.decode(words.next()?.as_bytes()).ok()?.try_into().ok()?;
    let head = words.next()?.parse().ok()?;
    Some(Standing { tenant, epoch, head })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(epoch: u8, head: u64) -> Standing {
        Standing { tenant: TenantId::new([1; 16]), epoch: [epoch; 16], head }
    }

    #[test]
    fn a_log_behind_its_mark_or_of_another_epoch_is_noticed_and_one_ahead_is_not() {
        let home = tempfile::tempdir().unwrap();
        let mut mark = Mark::at(home.path().join("feltbog.mark"));
        assert_eq!(behind(&mark.read().unwrap(), &[at(1, 0)]), [], "no file, no knowledge");
        mark.write(vec![at(1, 10)]).unwrap();
        let marked = mark.read().unwrap();
        assert_eq!(behind(&marked, &[at(1, 10)]), []);
        assert_eq!(behind(&marked, &[at(1, 11)]), [], "rows are committed before they are marked");
        assert_eq!(behind(&marked, &[at(1, 9)]), [at(1, 9)]);
        assert_eq!(behind(&marked, &[at(2, 20)]), [at(2, 20)]);
    }

    #[test]
    fn a_mark_that_cannot_be_read_says_nothing() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("feltbog.mark");
        fs::write(&path, "no mark\n\n1 2 3").unwrap();
        assert_eq!(behind(&Mark::at(path).read().unwrap(), &[at(1, 0)]), []);
    }
}
