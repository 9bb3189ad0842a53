//! What was written, synced and answered, in order.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cut::{Files, Unsynced};

/// One thing that happened to the files of a disk.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    Write {
        file: PathBuf,
        at: u64,
        bytes: Vec<u8>,
    },
    Truncate {
        file: PathBuf,
        len: u64,
    },
    /// `durable`: the folder was synced with it.
    Delete {
        file: PathBuf,
        durable: bool,
    },
    /// `folder`: and the folder with it, so that what was made or deleted in it stays so.
    Sync {
        file: PathBuf,
        folder: bool,
    },
    /// A sync that failed: what was written by then never lands, whatever is synced later.
    SyncFailed {
        file: PathBuf,
    },
    Answered,
}

#[derive(Debug)]
pub(crate) struct Recorder {
    before: Files,
    events: Vec<Event>,
}

impl Recorder {
    pub(crate) fn begin(folder: &Path) -> Self {
        let mut before = Files::new();
        for path in walk(folder) {
            // The map of the write-ahead log does not outlive a process.
            if !path.to_string_lossy().ends_with("-shm") {
                before.insert(path.clone(), fs::read(&path).unwrap());
            }
        }
        Self { before, events: Vec::new() }
    }

    pub(crate) fn note(&mut self, event: Event) {
        self.events.push(event);
    }

    pub(crate) fn end(self) -> Recording {
        Recording { before: self.before, events: self.events }
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path) }
    }
    found
}

/// Everything between [`crate::Disk::record`] and [`crate::Disk::recorded`].
#[derive(Debug)]
pub struct Recording {
    before: Files,
    events: Vec<Event>,
}

/// A moment at which the power may go.
#[derive(Debug)]
pub struct Moment {
    /// How many answers had been given by then.
    pub answered: usize,
    /// Which sync it lies before, counted from 0; the last one lies after everything.
    pub number: usize,
    pub(crate) durable: Files,
    pub(crate) unsynced: Vec<Unsynced>,
}

impl Recording {
    /// The moment before each sync, and the end: between two syncs nothing becomes certain.
    #[must_use]
    pub fn moments(&self) -> Vec<Moment> {
        let mut now = Moment { answered: 0, number: 0, durable: self.before.clone(), unsynced: Vec::new() };
        let mut moments = Vec::new();
        for event in &self.events {
            match event {
                Event::Answered => now.answered += 1,
                Event::Sync { file, folder } => {
                    moments.push(now.copy());
                    now.number += 1;
                    now.sync(file, *folder);
                }
                Event::SyncFailed { file } => {
                    now.unsynced.retain(|waiting| waiting.file() != file || !waiting.is_write());
                }
                Event::Write { file, at, bytes } => {
                    now.unsynced.push(Unsynced::write(file.clone(), *at, bytes.clone()));
                }
                Event::Truncate { file, len } => now.unsynced.push(Unsynced::truncate(file.clone(), *len)),
                Event::Delete { file, durable: true } => {
                    now.durable.remove(file);
                    now.unsynced.retain(|waiting| waiting.file() != file);
                }
                Event::Delete { file, durable: false } => now.unsynced.push(Unsynced::delete(file.clone())),
            }
        }
        moments.push(now);
        moments
    }
}

impl Moment {
    fn copy(&self) -> Self {
        Self { durable: self.durable.clone(), unsynced: self.unsynced.clone(), ..*self }
    }

    fn sync(&mut self, file: &Path, folder: bool) {
        self.durable.entry(file.to_owned()).or_default();
        let certain = |unsynced: &mut Unsynced| unsynced.file() == file || (folder && unsynced.is_deletion());
        for unsynced in self.unsynced.extract_if(.., certain) {
            unsynced.land(&mut self.durable);
        }
    }
}
