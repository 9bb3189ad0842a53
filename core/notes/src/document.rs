//! One document.

use std::collections::BTreeMap;
use std::fmt;

use automerge::{Automerge, ChangeHash};
use feltbog_domain::DocumentKind;

use crate::error::NotesError;
use crate::first_entry;
use crate::genesis;
use crate::guarded_call::guarded;
use crate::heads::Heads;
use crate::reader::Reader;

/// The bytes of changes that wait, by hash.
type Waiting = BTreeMap<ChangeHash, Vec<u8>>;

/// One automerge document of a kind, with the changes that wait for others they follow.
///
/// Waiting changes are kept outside of automerge, so that nothing of them touches the document before everything they
/// build on is here and has been checked.
#[derive(Clone)]
pub struct Document {
    kind: DocumentKind,
    pub(crate) automerge: Automerge,
    pub(crate) waiting: Waiting,
}

impl Document {
    /// A document that holds nothing yet but its genesis.
    #[must_use]
    pub fn new(kind: DocumentKind) -> Self {
        Self { kind, automerge: genesis::document(kind), waiting: Waiting::new() }
    }

    /// Reads what [`Self::save`] wrote on this device. Never for bytes from elsewhere: automerge inflates without limit.
    ///
    /// # Errors
    /// [`NotesError::Damaged`] when the bytes are not what was saved.
    pub fn load(kind: DocumentKind, saved: &[u8]) -> Result<Self, NotesError> {
        if let Some(change) = saved.strip_prefix(UNBUILT) {
            let built = guarded(|| first_entry::build(kind, change)).ok().flatten().ok_or(NotesError::Damaged)?;
            return Ok(Self { kind, automerge: built, waiting: Waiting::new() });
        }
        let (document, waiting) = split(saved).ok_or(NotesError::Damaged)?;
        let automerge =
            guarded(|| Automerge::load(document)).map_err(|_| NotesError::Damaged)?.map_err(|_| NotesError::Damaged)?;
        let follows_genesis =
            genesis::document(kind).get_heads().iter().all(|hash| automerge.get_change_meta_by_hash(hash).is_some());
        if !follows_genesis {
            return Err(NotesError::Damaged);
        }
        Ok(Self { kind, automerge, waiting })
    }

    /// The document as bytes, waiting changes included.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let document = self.automerge.save();
        let mut saved = Vec::with_capacity(document.len() + 16);
        saved.extend_from_slice(MAGIC);
        push_sized(&mut saved, &document);
        for (hash, change) in &self.waiting {
            saved.extend_from_slice(&hash.0);
            push_sized(&mut saved, change);
        }
        saved
    }

    /// The document as it was at a state: what was journalised reads so, whatever was written since.
    ///
    /// # Errors
    /// [`NotesError::UnknownHeads`] when that state is not in this document.
    pub fn at(&self, heads: &Heads) -> Result<Self, NotesError> {
        if heads.is_empty() {
            return Ok(self.clone());
        }
        let automerge = guarded(|| self.automerge.fork_at(&heads.to_change_hashes()))
            .map_err(|_| NotesError::Internal)?
            .map_err(|_| NotesError::UnknownHeads)?;
        Ok(Self { kind: self.kind, automerge, waiting: Waiting::new() })
    }

    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The state, named by its newest changes. Never empty.
    #[must_use]
    pub fn heads(&self) -> Heads {
        Heads::of(&self.automerge.get_heads())
    }

    /// How many changes wait for others they follow.
    #[must_use]
    pub fn waiting_count(&self) -> usize {
        self.waiting.len()
    }

    /// Whether this version may edit the document.
    #[must_use]
    pub fn is_editable(&self) -> bool {
        self.reader().check_writer().is_ok()
    }

    pub(crate) const fn reader(&self) -> Reader<'_, Automerge> {
        Reader(&self.automerge)
    }

    /// The same document with another state.
    pub(crate) fn with_automerge(self, automerge: Automerge) -> Self {
        Self { automerge, ..self }
    }

    pub(crate) fn require(&self, kind: DocumentKind) -> Result<(), NotesError> {
        if self.kind == kind { Ok(()) } else { Err(NotesError::WrongKind) }
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({:?}, {:?}, {} waiting)", self.kind, self.heads(), self.waiting.len())
    }
}

/// Names the container and its version.
const MAGIC: &[u8; 4] = b"FBD1";
/// The same for a document that has not been built yet: one change that follows the genesis.
const UNBUILT: &[u8; 4] = b"FBU1";

/// One change on the genesis, for [`Document::load`].
pub(crate) fn save_unbuilt(change: &[u8]) -> Vec<u8> {
    [UNBUILT.as_slice(), change].concat()
}

fn push_sized(saved: &mut Vec<u8>, bytes: &[u8]) {
    saved.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
    saved.extend_from_slice(bytes);
}

fn split(saved: &[u8]) -> Option<(&[u8], Waiting)> {
    let (document, mut rest) = split_sized(saved.strip_prefix(MAGIC)?)?;
    let mut waiting = Waiting::new();
    while !rest.is_empty() {
        let (hash, after) = rest.split_first_chunk::<32>()?;
        let (change, after) = split_sized(after)?;
        waiting.insert(ChangeHash(*hash), change.to_vec());
        rest = after;
    }
    Some((document, waiting))
}

fn split_sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)
}
