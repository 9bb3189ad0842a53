//! What a change follows.

use std::collections::{HashMap, HashSet};

use automerge::{ActorId, Automerge, Change as StoredChange, ChangeHash};

use crate::error::ApplyError;

/// The history of a document, as far as the rules need it.
pub(crate) struct Ancestry {
    changes: HashMap<ChangeHash, Known>,
    newest: HashMap<ActorId, (u64, ChangeHash)>,
    operations: u64,
}

struct Known {
    follows: Vec<ChangeHash>,
    last_operation: u64,
}

impl Ancestry {
    pub(crate) fn of(document: &Automerge) -> Self {
        let mut ancestry = Self { changes: HashMap::new(), newest: HashMap::new(), operations: 0 };
        for change in document.get_changes_meta(&[]) {
            let count = change.max_op.saturating_add(1).saturating_sub(change.start_op);
            ancestry.operations = ancestry.operations.saturating_add(count);
            let known = Known { follows: change.deps, last_operation: change.max_op };
            ancestry.add(change.hash, known, change.actor.into_owned(), change.seq);
        }
        ancestry
    }

    pub(crate) fn has(&self, hash: &ChangeHash) -> bool {
        self.changes.contains_key(hash)
    }

    pub(crate) fn len(&self) -> usize {
        self.changes.len()
    }

    /// Operations of all changes together.
    pub(crate) fn operations(&self) -> u64 {
        self.operations
    }

    /// Whether everything the change follows is here.
    pub(crate) fn is_ready(&self, change: &StoredChange) -> bool {
        change.deps().iter().all(|hash| self.has(hash))
    }

    /// Takes in a change that is ready, or says why it cannot be true.
    ///
    /// An actor's changes follow each other, and the first operation is the next after everything the change follows.
    /// Without that rule one change with a huge number would leave no numbers for anybody's next edit, and overlapping
    /// numbers would make two operations one.
    pub(crate) fn follow(&mut self, change: &StoredChange) -> Result<(), ApplyError> {
        let previous = self.newest.get(change.actor_id()).copied();
        let next_seq = previous.map_or(1, |(seq, _)| seq.saturating_add(1));
        if change.seq() < next_seq {
            return Err(ApplyError::ActorReused);
        }
        let follows_itself = previous.is_none_or(|(_, hash)| self.descends(change.deps(), hash));
        let expected = self.last_operation(change.deps()).saturating_add(1);
        if change.seq() != next_seq || !follows_itself || change.start_op().get() != expected {
            return Err(ApplyError::WrongHistory);
        }
        self.operations = self.operations.saturating_add(change.len() as u64);
        let known = Known { follows: change.deps().to_vec(), last_operation: change.max_op() };
        self.add(change.hash(), known, change.actor_id().clone(), change.seq());
        Ok(())
    }

    fn add(&mut self, hash: ChangeHash, known: Known, actor: ActorId, seq: u64) {
        self.changes.insert(hash, known);
        let newest = self.newest.entry(actor).or_insert((seq, hash));
        if seq >= newest.0 {
            *newest = (seq, hash);
        }
    }

    fn last_operation(&self, hashes: &[ChangeHash]) -> u64 {
        hashes.iter().filter_map(|hash| self.changes.get(hash)).map(|known| known.last_operation).max().unwrap_or(0)
    }

    fn descends(&self, from: &[ChangeHash], wanted: ChangeHash) -> bool {
        let mut seen: HashSet<ChangeHash> = HashSet::new();
        let mut open: Vec<ChangeHash> = from.to_vec();
        while let Some(hash) = open.pop() {
            if hash == wanted {
                return true;
            }
            if seen.insert(hash)
                && let Some(known) = self.changes.get(&hash)
            {
                open.extend_from_slice(&known.follows);
            }
        }
        false
    }
}
