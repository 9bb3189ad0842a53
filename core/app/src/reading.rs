//! The read log on the reader's device: nothing about a citizen is shown before it stands in the database that it was.
//!
//! What is shown again within five minutes, as a screen does by itself when anything changed, is the same reading; a list is
//! one reading a day. That is remembered while the program runs and not on disk, so a program that starts anew tells rather
//! too much than too little.

use std::collections::HashMap;

use feltbog_domain::{DocumentId, FolderId, FolderKind, ReadAction};
use feltbog_sealing::{ReadChain, Reading};
use feltbog_store::{ReadingRow, Writer};

use crate::device::Device;
use crate::error::AppError;

const SAME_READING_MS: i64 = 5 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Longest search criterion kept, in letters.
const WORDS: usize = 200;
/// What is remembered at most before what is too old is dropped.
const REMEMBERED: usize = 2_000;

/// Something about a citizen is about to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Read {
    pub(crate) folder: FolderId,
    pub(crate) action: ReadAction,
    pub(crate) document: Option<DocumentId>,
    pub(crate) words: Option<String>,
}

impl Read {
    /// A case or folder as a whole.
    pub(crate) const fn of(folder: FolderId, action: ReadAction) -> Self {
        Self { folder, action, document: None, words: None }
    }

    /// One entry.
    pub(crate) const fn entry(folder: FolderId, document: DocumentId) -> Self {
        Self { folder, action: ReadAction::Opened, document: Some(document), words: None }
    }

    /// What a search found in a folder.
    pub(crate) fn search(folder: FolderId, words: &str) -> Self {
        let words = words.trim().chars().take(WORDS).collect();
        Self { folder, action: ReadAction::Searched, document: None, words: Some(words) }
    }

    const fn same_for_ms(&self) -> i64 {
        match self.action {
            ReadAction::Listed => DAY_MS,
            ReadAction::Opened | ReadAction::Searched | ReadAction::SawLog => SAME_READING_MS,
        }
    }
}

/// What this program has shown of late, and when it was first shown.
#[derive(Default)]
pub(crate) struct ShownLately(HashMap<Read, i64>);

impl ShownLately {
    /// Those that are readings of their own.
    fn new_ones(&self, reads: Vec<Read>, now_ms: i64) -> Vec<Read> {
        // A clock that was set back makes everything new.
        let is_old = |read: &Read, at: i64| (0..read.same_for_ms()).contains(&(now_ms - at));
        reads.into_iter().filter(|read| !self.0.get(read).is_some_and(|at| is_old(read, *at))).collect()
    }

    fn remember(&mut self, reads: Vec<Read>, now_ms: i64) {
        if self.0.len() > REMEMBERED {
            self.0.retain(|read, at| (0..read.same_for_ms()).contains(&(now_ms - *at)));
        }
        self.0.extend(reads.into_iter().map(|read| (read, now_ms)));
    }
}

/// The folder under which the reading of a whole case is told: the reader's own side before what both share.
pub(crate) fn told_under(folders: impl IntoIterator<Item = (FolderId, FolderKind)>) -> Option<FolderId> {
    folders.into_iter().min_by_key(|(_, kind)| *kind).map(|(folder, _)| folder)
}

impl Device {
    /// Writes down what is about to be shown; returns when it is on disk. Whoever answers, answers afterwards.
    pub(crate) fn note_reads(&mut self, reads: Vec<Read>) -> Result<(), AppError> {
        let now_ms = self.now_ms();
        let reads = self.shown.new_ones(reads, now_ms);
        if reads.is_empty() {
            return Ok(());
        }
        let device = self.identity.device;
        self.store.write(|w| {
            for read in &reads {
                let reading = Reading {
                    at_ms: now_ms,
                    action: read.action.code(),
                    document: read.document,
                    words: read.words.clone(),
                };
                count(w, device, read.folder, reading)?;
            }
            Ok::<_, AppError>(())
        })?;
        self.shown.remember(reads, now_ms);
        Ok(())
    }
}

/// Gives a reading its number and its place in the running hash.
pub(crate) fn count(
    w: &Writer<'_>,
    device: feltbog_domain::DeviceId,
    folder: FolderId,
    reading: Reading,
) -> Result<(), AppError> {
    let (counted, before) = match w.reading_chain(folder)? {
        Some((counted, chain)) => (counted, ReadChain(chain)),
        None => (0, ReadChain::beginning(device, folder)),
    };
    let after = before.with(&reading);
    let Reading { at_ms, action, document, words } = reading;
    let row = ReadingRow { counter: counted + 1, at_ms, action, document, words, before: before.0 };
    Ok(w.note_reading(folder, &row, &after.0)?)
}
