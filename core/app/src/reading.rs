//! The read log on the reader's device: nothing about a citizen is shown before it stands in the database that it was.
//!
//! What is shown again within five minutes, as a screen does by itself when anything changed, is the same reading. That is
//! remembered while the program runs and not on disk, so a program that starts anew tells rather too much than too little. A
//! search that is typed letter by letter is one reading with the longest of its words, and a list is one a day.

use std::collections::{BTreeMap, HashMap};

use feltbog_domain::{CaseId, DeviceId, DocumentId, FolderId, FolderKind, ReadAction, Reading};
use feltbog_sealing::ReadChain;
use feltbog_store::{ReadingRow, Writer};

use crate::device::Device;
use crate::error::AppError;

const SAME_READING_MS: i64 = 5 * 60 * 1000;
/// Longest search criterion kept, in letters.
const WORDS: usize = 200;
/// What is remembered at most before what is too old is dropped.
const REMEMBERED: usize = 2_000;

/// Something about a citizen is about to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
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

    const fn what(&self) -> What {
        (self.folder, self.action, self.document)
    }

    /// What a search found in a folder.
    pub(crate) fn search(folder: FolderId, words: &str) -> Self {
        let words = words.trim().chars().take(WORDS).collect();
        Self { folder, action: ReadAction::Searched, document: None, words: Some(words) }
    }

    /// Whether it tells nothing that was not told before: the same, or a search for fewer letters of the same words.
    fn is_within(&self, before: Option<&String>) -> bool {
        match (&self.words, before) {
            (Some(words), Some(before)) => before.starts_with(words.as_str()),
            (words, before) => words.as_ref() == before,
        }
    }
}

type What = (FolderId, ReadAction, Option<DocumentId>);

/// What this program has shown of late: what was searched for, and when it was first shown.
#[derive(Default)]
pub(crate) struct ShownLately(HashMap<What, (Option<String>, i64)>);

impl ShownLately {
    fn is_new(&self, read: &Read, now_ms: i64) -> bool {
        let same = self.0.get(&read.what()).is_some_and(|(words, at_ms)| {
            // A clock that was set back makes everything new.
            (0..SAME_READING_MS).contains(&(now_ms - at_ms)) && read.is_within(words.as_ref())
        });
        !same
    }

    fn remember(&mut self, reads: Vec<Read>, now_ms: i64) {
        if self.0.len() > REMEMBERED {
            self.0.retain(|_, (_, at_ms)| (0..SAME_READING_MS).contains(&(now_ms - *at_ms)));
        }
        // Lists are remembered on disk.
        let not_listed = reads.into_iter().filter(|read| read.action != ReadAction::Listed);
        self.0.extend(not_listed.map(|read| (read.what(), (read.words, now_ms))));
    }
}

/// The folder under which the reading of a whole case is told: the reader's own side before what both share.
pub(crate) fn told_under(folders: impl IntoIterator<Item = (FolderId, FolderKind)>) -> Option<FolderId> {
    folders.into_iter().min_by_key(|(_, kind)| *kind).map(|(folder, _)| folder)
}

impl Device {
    /// Writes down what is about to be shown; returns when it is on disk. Whoever answers, answers afterwards.
    pub(crate) fn note_reads(&mut self, mut reads: Vec<Read>) -> Result<(), AppError> {
        let (now_ms, today) = (self.now_ms(), self.now().date().to_string());
        let listed = self.store.reader().listed_on(&today)?;
        reads.retain(|read| match read.action {
            ReadAction::Listed => !listed.contains(&read.folder),
            // Each file that leaves is one of its own.
            ReadAction::Exported => true,
            ReadAction::Opened | ReadAction::Searched | ReadAction::SawLog => self.shown.is_new(read, now_ms),
        });
        if reads.is_empty() {
            return Ok(());
        }
        let (device, at_ms) = (self.identity.device, self.at_least_this_late()?);
        self.store.write(|w| {
            for Read { folder, action, document, words } in reads.clone() {
                count_or_lengthen(w, device, folder, Reading { at_ms, action: action.code(), document, words })?;
                if action == ReadAction::Listed {
                    w.set_listed_on(folder, &today)?;
                }
            }
            Ok::<_, AppError>(())
        })?;
        self.shown.remember(reads, now_ms);
        Ok(())
    }

    /// The same of citizens who are about to be named somewhere, as in a list.
    pub(crate) fn note_named(&mut self, cases: impl IntoIterator<Item = CaseId>) -> Result<(), AppError> {
        let mut named: BTreeMap<CaseId, Vec<(FolderId, FolderKind)>> =
            cases.into_iter().map(|case| (case, Vec::new())).collect();
        if named.is_empty() {
            return Ok(());
        }
        let r = self.store.reader();
        for row in r.case_folders()? {
            if let (Some(folders), Some(folder)) = (named.get_mut(&row.case), r.folder(row.folder)?) {
                folders.push((folder.id, folder.kind));
            }
        }
        let told = named.into_values().filter_map(told_under);
        self.note_reads(told.map(|folder| Read::of(folder, ReadAction::Listed)).collect())
    }
}

/// More letters of what was searched for just now stand in the place of the fewer, while those were told to nobody.
fn count_or_lengthen(w: &Writer<'_>, device: DeviceId, folder: FolderId, next: Reading) -> Result<(), AppError> {
    match w.last_untold_reading(folder)?.filter(|last| is_typed_on(&last.reading, &next)) {
        Some(last) => {
            let reading = Reading { words: next.words, ..last.reading };
            let after = ReadChain(last.before).with(&reading);
            Ok(w.note_reading(folder, &ReadingRow { reading, ..last }, &after.0)?)
        }
        None => count(w, device, folder, next),
    }
}

fn is_typed_on(last: &Reading, next: &Reading) -> bool {
    let (Some(before), Some(words)) = (&last.words, &next.words) else { return false };
    last.action == next.action
        && (0..SAME_READING_MS).contains(&(next.at_ms - last.at_ms))
        && words.starts_with(before.as_str())
}

/// Gives a reading its number and its place in the running hash.
pub(crate) fn count(w: &Writer<'_>, device: DeviceId, folder: FolderId, reading: Reading) -> Result<(), AppError> {
    let (counted, before) = match w.reading_chain(folder)? {
        Some((counted, chain)) => (counted, ReadChain(chain)),
        None => (0, ReadChain::beginning(device, folder)),
    };
    let after = before.with(&reading);
    Ok(w.note_reading(folder, &ReadingRow { counter: counted + 1, reading, before: before.0 }, &after.0)?)
}
