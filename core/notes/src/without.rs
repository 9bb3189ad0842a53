//! A document as it is for everybody who never got some of its changes.

use std::collections::BTreeSet;

use automerge::Change as StoredChange;

use crate::document::Document;
use crate::error::NotesError;
use crate::genesis;
use crate::guarded_call::guarded;

impl Document {
    /// The document without some of its own writer's changes, and without what builds on them. Changes it does not hold
    /// are passed over.
    ///
    /// # Errors
    /// [`NotesError::Damaged`] when one of them cannot be read.
    pub fn without(&self, changes: &[Vec<u8>]) -> Result<Self, NotesError> {
        guarded(|| self.left_without(changes)).map_err(|_| NotesError::Internal)?
    }

    fn left_without(&self, changes: &[Vec<u8>]) -> Result<Self, NotesError> {
        let mut gone = BTreeSet::new();
        for bytes in changes {
            let change = StoredChange::from_bytes(bytes.clone()).map_err(|_| NotesError::Damaged)?;
            gone.insert(change.hash());
        }
        let mut left = genesis::document(self.kind());
        // Each change comes after those it builds on.
        for change in self.automerge.get_changes(&[]) {
            if gone.contains(&change.hash()) || change.deps().iter().any(|dep| gone.contains(dep)) {
                gone.insert(change.hash());
            } else {
                left.apply_changes([change]).map_err(|_| NotesError::Internal)?;
            }
        }
        let mut document = self.clone().with_automerge(left);
        document.waiting.retain(|hash, _| !gone.contains(hash));
        Ok(document)
    }
}
