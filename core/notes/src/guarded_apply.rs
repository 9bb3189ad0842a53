//! Taking in changes from others.

use std::collections::BTreeMap;

use automerge::{Change as StoredChange, ChangeHash};

use crate::ancestry::Ancestry;
use crate::caps::Caps;
use crate::change_rules::check_content;
use crate::chunk_check::check_chunk;
use crate::document::Document;
use crate::error::ApplyError;
use crate::guarded_call::guarded;
use crate::verify::verify;

/// What became of the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applied {
    /// Whether the document reads differently, or may: its heads moved.
    pub changed: bool,
    /// Whether any of them waits for changes that are not here yet. They are kept with the document.
    pub waiting: bool,
    /// How many earlier waiting changes proved false once what they follow arrived; they are gone.
    pub dropped: usize,
}

/// Takes in changes from others: all of them, or none. In whatever order, grouping or number they come, documents with
/// the same changes are equal.
///
/// Bytes, sizes and content are checked first; then automerge works on a clone, which replaces the document only when it
/// can be read, saved, loaded and edited.
///
/// # Errors
/// [`ApplyError`] for the first change that is refused; the document is then as it was.
pub fn apply(document: &mut Document, changes: &[Vec<u8>], caps: &Caps) -> Result<Applied, ApplyError> {
    let mut fresh = parse_new(document, changes, caps)?;
    let waiting = parse_waiting(document);
    let arrived: Vec<ChangeHash> = fresh.keys().copied().collect();
    let mut pool = waiting.clone();
    pool.append(&mut fresh);
    let staged = match stage(document, &pool, caps) {
        Ok(staged) => Staged { document: staged, dropped: 0 },
        // One of several is bad: one that waited must not take the new ones with it.
        Err(_) if !waiting.is_empty() => stage_one_by_one(document, pool, &arrived, caps)?,
        Err(refusal) => return Err(refusal),
    };
    let applied = Applied {
        changed: staged.document.heads() != document.heads(),
        waiting: arrived.iter().any(|hash| staged.document.waiting.contains_key(hash))
            || changes.iter().any(|bytes| staged.document.waiting.values().any(|waiting| waiting == bytes)),
        dropped: staged.dropped,
    };
    *document = staged.document;
    Ok(applied)
}

/// Whether a document has a change already. Bytes that are no change it has not.
#[must_use]
pub fn holds(document: &Document, change: &[u8], caps: &Caps) -> bool {
    if check_chunk(change, caps).is_err() {
        return false;
    }
    let read = guarded(|| StoredChange::try_from(change).ok().map(|change| change.hash())).ok().flatten();
    read.is_some_and(|hash| {
        document.automerge.get_change_meta_by_hash(&hash).is_some() || document.waiting.contains_key(&hash)
    })
}

struct Staged {
    document: Document,
    dropped: usize,
}

/// Changes by hash: a fixed order, so that every device meets the same problems in the same order.
type Pool = BTreeMap<ChangeHash, StoredChange>;

fn parse_new(document: &Document, changes: &[Vec<u8>], caps: &Caps) -> Result<Pool, ApplyError> {
    let mut pool = Pool::new();
    for bytes in changes {
        check_chunk(bytes, caps)?;
        let change = guarded(|| parse(document, bytes)).map_err(|_| ApplyError::Panicked)??;
        let hash = change.hash();
        let is_known = document.automerge.get_change_meta_by_hash(&hash).is_some();
        if !is_known && !document.waiting.contains_key(&hash) {
            pool.insert(hash, change);
        }
    }
    Ok(pool)
}

fn parse(document: &Document, bytes: &[u8]) -> Result<StoredChange, ApplyError> {
    let change = StoredChange::try_from(bytes).map_err(|_| ApplyError::Malformed)?;
    let is_known = document.automerge.get_change_meta_by_hash(&change.hash()).is_some();
    if !is_known {
        check_content(document.kind(), &change)?;
    }
    Ok(change)
}

/// What waits was checked when it came.
fn parse_waiting(document: &Document) -> Pool {
    document
        .waiting
        .iter()
        .filter_map(|(hash, bytes)| {
            guarded(|| StoredChange::try_from(bytes.as_slice()).ok()).ok().flatten().map(|change| (*hash, change))
        })
        .collect()
}

/// Applies everything in the pool that is ready to a clone and verifies it; the rest waits.
fn stage(document: &Document, pool: &Pool, caps: &Caps) -> Result<Document, ApplyError> {
    guarded(|| {
        let mut staged = document.clone();
        let (ready, rest) = split_ready(document, pool, caps)?;
        staged.waiting = rest.iter().map(|(hash, change)| (*hash, change.raw_bytes().to_vec())).collect();
        check_waiting(&staged, caps)?;
        if ready.is_empty() {
            return Ok(staged);
        }
        staged.automerge.apply_changes(ready).map_err(|_| ApplyError::Panicked)?;
        verify(document, staged, caps)
    })
    .map_err(|_| ApplyError::Panicked)?
}

/// The ready changes in an order in which each follows the earlier ones, and what must wait.
fn split_ready(document: &Document, pool: &Pool, caps: &Caps) -> Result<(Vec<StoredChange>, Pool), ApplyError> {
    let mut ancestry = Ancestry::of(&document.automerge);
    let mut rest = pool.clone();
    let mut ready = Vec::new();
    loop {
        let next: Vec<ChangeHash> =
            rest.iter().filter(|(_, change)| ancestry.is_ready(change)).map(|(hash, _)| *hash).collect();
        if next.is_empty() {
            return Ok((ready, rest));
        }
        for change in next.iter().filter_map(|hash| rest.remove(hash)) {
            ancestry.follow(&change)?;
            ready.push(change);
        }
        if ancestry.len() > caps.document_changes || ancestry.operations() > caps.document_operations {
            return Err(ApplyError::DocumentTooLarge);
        }
    }
}

fn check_waiting(staged: &Document, caps: &Caps) -> Result<(), ApplyError> {
    let bytes: usize = staged.waiting.values().map(Vec::len).sum();
    let fits = staged.waiting.len() <= caps.waiting_changes && bytes <= caps.waiting_bytes;
    if fits { Ok(()) } else { Err(ApplyError::TooMuchWaiting) }
}

/// Takes the changes in one at a time, so that each is judged alone. A bad one that had waited is dropped; a bad one
/// that has just come refuses the call.
fn stage_one_by_one(
    document: &Document,
    mut pool: Pool,
    arrived: &[ChangeHash],
    caps: &Caps,
) -> Result<Staged, ApplyError> {
    let mut staged = Staged { document: document.clone(), dropped: 0 };
    staged.document.waiting.clear();
    loop {
        let ancestry = Ancestry::of(&staged.document.automerge);
        let next = pool.iter().find(|(_, change)| ancestry.is_ready(change)).map(|(hash, _)| *hash);
        let Some((hash, change)) = next.and_then(|hash| pool.remove_entry(&hash)) else { break };
        match stage(&staged.document, &Pool::from([(hash, change)]), caps) {
            Ok(document) => staged.document = document,
            Err(refusal) if arrived.contains(&hash) => return Err(refusal),
            Err(_) => staged.dropped += 1,
        }
    }
    staged.document.waiting = pool.iter().map(|(hash, change)| (*hash, change.raw_bytes().to_vec())).collect();
    check_waiting(&staged.document, caps)?;
    Ok(staged)
}
