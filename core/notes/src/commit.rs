//! One edit, one change.

use automerge::transaction::{CommitOptions, Transaction};
use automerge::{ActorId, Automerge, AutomergeError, Change as StoredChange};

use crate::ancestry::Ancestry;
use crate::caps::Caps;
use crate::change::{ActorBytes, Change};
use crate::document::Document;
use crate::error::NotesError;
use crate::guarded_call::guarded;
use crate::heads::Heads;
use crate::verify::note_length;

impl Document {
    /// Runs an edit as one change on the state the editor had opened, and merges it with what came since.
    ///
    /// All happens on a clone: an edit that fails or panics leaves the document as it was. `None` when nothing changed.
    pub(crate) fn commit(
        &mut self,
        actor: ActorBytes,
        opened: &Heads,
        edit: impl FnOnce(&mut Transaction<'_>) -> Result<(), AutomergeError>,
    ) -> Result<Option<Change>, NotesError> {
        self.reader().check_writer()?;
        let is_stale = !opened.is_empty() && *opened != self.heads();
        let staged =
            guarded(|| if is_stale { self.commit_at(actor, opened, edit) } else { self.commit_newest(actor, edit) })
                .map_err(|_| NotesError::Internal)??;
        let Some((automerge, change)) = staged else { return Ok(None) };
        check_size(&automerge, &change)?;
        self.automerge = automerge;
        Ok(Some(Change { bytes: change.raw_bytes().to_vec() }))
    }

    fn commit_newest(
        &self,
        actor: ActorBytes,
        edit: impl FnOnce(&mut Transaction<'_>) -> Result<(), AutomergeError>,
    ) -> Result<Option<(Automerge, StoredChange)>, NotesError> {
        let mut automerge = self.automerge.clone();
        automerge.set_actor(match self.waiting.is_empty() {
            true => ActorId::from(actor.0.as_slice()),
            false => self.free_actor(actor, &self.automerge),
        });
        Ok(one_change(&mut automerge, edit)?.map(|change| (automerge, change)))
    }

    /// Forks at the opened state, so that the change follows that state and nothing else. A transaction that is only
    /// isolated there would number its operations by the newest state, which [`crate::apply`] refuses.
    fn commit_at(
        &self,
        actor: ActorBytes,
        opened: &Heads,
        edit: impl FnOnce(&mut Transaction<'_>) -> Result<(), AutomergeError>,
    ) -> Result<Option<(Automerge, StoredChange)>, NotesError> {
        let mut fork = self.automerge.fork_at(&opened.to_change_hashes()).map_err(|_| NotesError::UnknownHeads)?;
        fork.set_actor(self.free_actor(actor, &fork));
        let Some(change) = one_change(&mut fork, edit)? else { return Ok(None) };
        let mut automerge = self.automerge.clone();
        automerge.apply_changes([change.clone()]).map_err(|_| NotesError::Internal)?;
        Ok(Some((automerge, change)))
    }

    /// The actor for an edit on `base`: the given one, or one derived from it when `base` lacks some of its changes,
    /// because an actor's changes follow each other and no number may be used twice.
    fn free_actor(&self, actor: ActorBytes, base: &Automerge) -> ActorId {
        let newest = self.count_changes_per_actor();
        let mut candidate = ActorId::from(actor.0.as_slice());
        for level in 1..=u8::MAX {
            let in_base = last_seq(base, &candidate);
            if newest.iter().all(|(known, seq)| *known != candidate || *seq == in_base) {
                break;
            }
            candidate = ActorId::from([actor.0.as_slice(), &[level]].concat());
        }
        candidate
    }

    /// Each actor with its highest number, waiting changes included.
    fn count_changes_per_actor(&self) -> Vec<(ActorId, u64)> {
        let applied = self.automerge.get_changes_meta(&[]);
        let waiting = self.waiting.values().filter_map(|bytes| StoredChange::try_from(bytes.as_slice()).ok());
        let applied = applied.into_iter().map(|change| (change.actor.into_owned(), change.seq));
        let mut newest: Vec<(ActorId, u64)> = Vec::new();
        for (actor, seq) in applied.chain(waiting.map(|change| (change.actor_id().clone(), change.seq()))) {
            match newest.iter_mut().find(|(known, _)| *known == actor) {
                Some((_, highest)) => *highest = seq.max(*highest),
                None => newest.push((actor, seq)),
            }
        }
        newest
    }
}

fn last_seq(document: &Automerge, actor: &ActorId) -> u64 {
    let changes = document.get_changes_meta(&[]);
    changes.iter().filter(|change| change.actor.as_ref() == actor).map(|change| change.seq).max().unwrap_or(0)
}

fn one_change(
    automerge: &mut Automerge,
    edit: impl FnOnce(&mut Transaction<'_>) -> Result<(), AutomergeError>,
) -> Result<Option<StoredChange>, NotesError> {
    let mut tx = automerge.transaction();
    if edit(&mut tx).is_err() {
        tx.rollback();
        return Err(NotesError::Internal);
    }
    // The time is advisory, and the entry says its own: zero keeps the clock of the phone out of the history.
    let (hash, _) = tx.commit_with(CommitOptions::default().with_time(0));
    Ok(hash.and_then(|hash| automerge::ReadDoc::get_change_by_hash(automerge, &hash)))
}

/// What other devices would refuse is refused here, where somebody can shorten it.
fn check_size(automerge: &Automerge, change: &StoredChange) -> Result<(), NotesError> {
    let caps = Caps::default();
    let fits = change.len() <= caps.operations
        && change.raw_bytes().len() <= caps.change_bytes
        && note_length(automerge) <= caps.note_characters
        && Ancestry::of(automerge).operations() <= caps.document_operations;
    if fits { Ok(()) } else { Err(NotesError::TooLong) }
}
