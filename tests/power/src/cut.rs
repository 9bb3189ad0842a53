//! What is found after the power went: files as some disk could have left them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use feltbog_harness::Chance;

use crate::recording::Moment;

/// Files by path.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

/// What the disk made of the writes that were not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// None landed.
    DropAll,
    /// All landed, in order: as after `kill -9`.
    KeepAll,
    /// They landed in order up to one that is torn between two sectors of 512 bytes.
    Tear512,
    /// The same with sectors of 4096 bytes.
    Tear4096,
    /// Only the later half landed.
    Reordered,
    /// Any of them landed, whole.
    SomeWrites,
    /// Any sectors of 512 bytes of any of them landed.
    SomeSectors,
    /// The files have grown to their new length, and zeros stand where nothing landed.
    Zeros,
}

impl Cut {
    /// All of them.
    pub const ALL: [Cut; 8] = [
        Cut::DropAll,
        Cut::KeepAll,
        Cut::Tear512,
        Cut::Tear4096,
        Cut::Reordered,
        Cut::SomeWrites,
        Cut::SomeSectors,
        Cut::Zeros,
    ];
}

/// Something that happened to a file and was not synced.
#[derive(Debug, Clone)]
pub(crate) struct Unsynced {
    file: PathBuf,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Write { at: u64, bytes: Vec<u8> },
    Truncate { len: u64 },
    Delete,
}

impl Unsynced {
    pub(crate) fn write(file: PathBuf, at: u64, bytes: Vec<u8>) -> Self {
        Self { file, what: What::Write { at, bytes } }
    }

    pub(crate) fn truncate(file: PathBuf, len: u64) -> Self {
        Self { file, what: What::Truncate { len } }
    }

    pub(crate) fn delete(file: PathBuf) -> Self {
        Self { file, what: What::Delete }
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    pub(crate) fn is_write(&self) -> bool {
        matches!(self.what, What::Write { .. })
    }

    pub(crate) fn is_deletion(&self) -> bool {
        matches!(self.what, What::Delete)
    }

    pub(crate) fn land(&self, files: &mut Files) {
        match &self.what {
            What::Write { at, bytes } => put(files.entry(self.file.clone()).or_default(), *at, bytes),
            What::Truncate { len } => files.entry(self.file.clone()).or_default().truncate(size(*len)),
            What::Delete => drop(files.remove(&self.file)),
        }
    }

    /// Lands the sectors that `keep` wants; what is no write lands whole or not at all.
    fn land_sectors(&self, files: &mut Files, sector: u64, mut keep: impl FnMut() -> bool) {
        let What::Write { at, bytes } = &self.what else {
            if keep() {
                self.land(files);
            }
            return;
        };
        let mut begin = 0;
        while begin < bytes.len() {
            // Sectors are the disk's, not the write's.
            let to_boundary = sector - (*at + begin as u64) % sector;
            let end = bytes.len().min(begin + size(to_boundary));
            if keep() {
                put(files.entry(self.file.clone()).or_default(), *at + begin as u64, &bytes[begin..end]);
            }
            begin = end;
        }
    }

    /// As far as the file's length goes.
    fn grow(&self, files: &mut Files) {
        if let What::Write { at, bytes } = &self.what {
            let file = files.entry(self.file.clone()).or_default();
            file.resize(file.len().max(size(*at) + bytes.len()), 0);
        }
    }
}

fn put(file: &mut Vec<u8>, at: u64, bytes: &[u8]) {
    let (begin, end) = (size(at), size(at) + bytes.len());
    file.resize(file.len().max(end), 0);
    file[begin..end].copy_from_slice(bytes);
}

fn size(number: u64) -> usize {
    usize::try_from(number).unwrap()
}

impl Moment {
    /// The files a disk could have left, had the power gone now.
    #[must_use]
    pub fn cut(&self, how: Cut, chance: &mut Chance) -> Files {
        let mut files = self.durable.clone();
        // A new file of the same name is another file: as long as the old one's deletion has not landed, nothing that
        // was written after it can be found under the name.
        let mut hidden: BTreeSet<&Path> = BTreeSet::new();
        let count = self.unsynced.len() as u64;
        let torn = chance.below(count);
        for (number, unsynced) in (0..).zip(&self.unsynced) {
            if hidden.contains(unsynced.file()) {
                continue;
            }
            if unsynced.is_deletion() {
                let lands = match how {
                    Cut::DropAll | Cut::Zeros => false,
                    Cut::KeepAll => true,
                    Cut::Tear512 | Cut::Tear4096 => number < torn,
                    Cut::Reordered => number >= count / 2,
                    Cut::SomeWrites | Cut::SomeSectors => chance.below(2) == 0,
                };
                if lands {
                    unsynced.land(&mut files);
                } else {
                    hidden.insert(unsynced.file());
                }
                continue;
            }
            match how {
                Cut::DropAll => {}
                Cut::KeepAll => unsynced.land(&mut files),
                Cut::Tear512 => tear(unsynced, &mut files, number, torn, 512, chance),
                Cut::Tear4096 => tear(unsynced, &mut files, number, torn, 4096, chance),
                Cut::Reordered if number >= count / 2 => unsynced.land(&mut files),
                Cut::SomeWrites if chance.below(2) == 0 => unsynced.land(&mut files),
                Cut::Reordered | Cut::SomeWrites => {}
                Cut::SomeSectors => unsynced.land_sectors(&mut files, 512, || chance.below(2) == 0),
                Cut::Zeros => unsynced.grow(&mut files),
            }
        }
        files
    }
}

fn tear(unsynced: &Unsynced, files: &mut Files, number: u64, torn: u64, sector: u64, chance: &mut Chance) {
    if number < torn {
        unsynced.land(files);
    } else if number == torn {
        let mut left = chance.below(9);
        unsynced.land_sectors(files, sector, || {
            let lands = left > 0;
            left = left.saturating_sub(1);
            lands
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(unsynced: Vec<Unsynced>) -> Moment {
        let durable = Files::from([(PathBuf::from("a"), vec![1; 1024])]);
        Moment { answered: 0, number: 0, durable, unsynced }
    }

    #[test]
    fn nothing_or_everything_that_was_not_synced_is_found() {
        let moment = moment(vec![Unsynced::write("a".into(), 512, vec![2; 1024])]);
        let mut chance = Chance::of(1);
        assert_eq!(moment.cut(Cut::DropAll, &mut chance)[Path::new("a")], vec![1; 1024]);
        assert_eq!(moment.cut(Cut::KeepAll, &mut chance)[Path::new("a")], [vec![1; 512], vec![2; 1024]].concat());
        assert_eq!(moment.cut(Cut::Zeros, &mut chance)[Path::new("a")], [vec![1; 1024], vec![0; 512]].concat());
    }

    #[test]
    fn a_write_is_torn_between_sectors_only() {
        let moment = moment(vec![Unsynced::write("a".into(), 0, vec![2; 4096])]);
        let mut lengths = BTreeSet::new();
        for seed in 0..100 {
            let file = moment.cut(Cut::Tear512, &mut Chance::of(seed)).remove(Path::new("a")).unwrap();
            let landed = file.iter().take_while(|byte| **byte == 2).count();
            assert_eq!(landed % 512, 0);
            assert!(file[landed..].iter().all(|byte| *byte == 1));
            lengths.insert(landed);
        }
        assert!(lengths.len() > 5, "{lengths:?}");
    }

    #[test]
    fn while_a_deletion_has_not_landed_the_old_file_is_found_and_nothing_of_the_new() {
        let again = vec![Unsynced::delete("a".into()), Unsynced::write("a".into(), 0, vec![9; 10])];
        assert_eq!(moment(again).cut(Cut::DropAll, &mut Chance::of(1))[Path::new("a")], vec![1; 1024]);
    }
}
