//! What two people said shall be nowhere.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{DocumentId, FolderId};
use feltbog_protocol::{EnvelopeHash, Erase, ErasureProposal};

/// Proposals, and what was confirmed of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Erased {
    proposed: BTreeMap<EnvelopeHash, ErasureProposal>,
    /// In a restored log a confirmation may be back before what it confirms.
    confirmed: BTreeSet<EnvelopeHash>,
    folders: BTreeSet<FolderId>,
    documents: BTreeSet<DocumentId>,
    /// Envelopes whose bodies went.
    parts: BTreeSet<[u8; 32]>,
}

impl Erased {
    /// The server takes a confirmation only from an administrator who is not the one who proposed, so each one counts.
    pub(super) fn read(&mut self, envelope: EnvelopeHash, step: Erase) {
        match step {
            Erase::Proposal(proposal) => {
                self.proposed.insert(envelope, proposal);
                self.carry_out(envelope);
            }
            Erase::Confirmation { proposal } => {
                self.confirmed.insert(proposal);
                self.carry_out(proposal);
            }
        }
    }

    fn carry_out(&mut self, hash: EnvelopeHash) {
        let Some(proposal) = self.proposed.get(&hash).filter(|_| self.confirmed.contains(&hash)) else { return };
        self.folders.extend(proposal.folders.iter().map(|erased| erased.folder));
        self.documents.extend(proposal.documents());
        let parts = proposal.entries.iter().flat_map(|erased| &erased.parts);
        self.parts.extend(parts.map(|part| part.hash));
    }

    /// Whether a folder went whole.
    pub(crate) fn whole(&self, folder: FolderId) -> bool {
        self.folders.contains(&folder)
    }

    /// Whether the server sends nothing of a row any more.
    pub(crate) fn took(&self, folder: FolderId, hash: &[u8; 32]) -> bool {
        self.whole(folder) || self.parts.contains(hash)
    }

    /// Whether an entry of a folder is to be nowhere.
    pub(crate) fn has(&self, folder: FolderId, document: DocumentId) -> bool {
        self.whole(folder) || self.documents.contains(&document)
    }

    /// How much was erased, for whoever wants to know whether a life was worth living.
    pub(crate) fn count(&self) -> usize {
        self.folders.len() + self.documents.len()
    }
}
