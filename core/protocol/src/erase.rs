//! Clear bodies of erasures (kind 6): one person proposes, another confirms.
//!
//! The folders stand in the body and the header names none, so that an erasure is never a link in the chain of a folder
//! that is gone. Nothing here names a citizen: a case has a random reference of its own for each proposal.

use std::fmt;

use feltbog_domain::{DeviceId, DocumentId, FolderId, FolderKind, MemberId, ProgrammeId};
use minicbor::decode::{Decoder, Error};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};

use crate::envelope::EnvelopeHash;
use crate::records::ProgrammeBytes;

/// One step of an erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Erase {
    /// A leader, deputy or records officer wants a case gone.
    Proposal(ErasureProposal),
    /// An administrator agrees: from this row on the folders of the proposal are erased.
    Confirmation {
        /// The envelope that proposed it.
        proposal: EnvelopeHash,
    },
}

/// What shall be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureProposal {
    /// Folders that go whole.
    pub folders: Vec<ErasedFolder>,
    /// Single documents that go from folders that stay.
    pub entries: Vec<ErasedEntries>,
    /// Their programme.
    pub programme: ProgrammeId,
    /// Code of a [`feltbog_domain::ErasureReason`].
    pub reason: u8,
    /// The case's pseudonyms in the facts.
    pub subjects: Vec<CaseRef>,
    /// Everybody who ever had a grant: their devices have to confirm that nothing is left.
    pub members: Vec<MemberId>,
    /// Random: what the two people call the case between them.
    pub case_ref: CaseRef,
}

impl ErasureProposal {
    /// Every folder it touches, with whose kind whoever proposes has to answer for.
    pub fn places(&self) -> impl Iterator<Item = ErasedFolder> {
        self.folders.iter().copied().chain(self.entries.iter().map(ErasedEntries::place))
    }

    /// Every single document that goes.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> {
        self.entries.iter().flat_map(|entries| entries.documents.iter().map(|document| document.0))
    }
}

/// A folder of an erasure, with its kind, so that whoever does not know the folder can judge who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct ErasedFolder {
    /// The folder.
    #[cbor(n(0), with = "crate::id_bytes")]
    pub folder: FolderId,
    /// Code of its kind.
    #[n(1)]
    pub kind: u8,
}

impl ErasedFolder {
    /// The kind, if this version knows it.
    #[must_use]
    pub fn known_kind(&self) -> Option<FolderKind> {
        FolderKind::from_code(self.kind)
    }
}

/// Documents that go from a folder that stays: an entry with its addenda, or the row of a case in a register.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct ErasedEntries {
    /// The folder.
    #[cbor(n(0), with = "crate::id_bytes")]
    pub folder: FolderId,
    /// Code of its kind.
    #[n(1)]
    pub kind: u8,
    /// The documents. Nothing of them is ever taken in again.
    #[cbor(n(2), decode_with = "crate::bounded::decode")]
    pub documents: Vec<DocumentBytes>,
    /// Every envelope of the log that holds a change of one of them. Their bodies go.
    #[cbor(n(3), decode_with = "crate::bounded::decode")]
    pub parts: Vec<ErasedPart>,
}

impl ErasedEntries {
    /// The folder as one that is judged.
    #[must_use]
    pub const fn place(&self) -> ErasedFolder {
        ErasedFolder { folder: self.folder, kind: self.kind }
    }

    /// Whether a document is one of those that go.
    #[must_use]
    pub fn holds(&self, document: DocumentId) -> bool {
        self.documents.contains(&DocumentBytes(document))
    }
}

/// A document's id on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct DocumentBytes(#[cbor(n(0), with = "crate::id_bytes")] pub DocumentId);

/// One envelope whose body goes. What it is and where it stands is said here, since nobody who comes later can see it: links
/// and digests of the folder's history go on counting it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct ErasedPart {
    /// Its identity.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub hash: [u8; 32],
    /// Who signed it.
    #[cbor(n(1), with = "crate::id_bytes")]
    pub device: DeviceId,
    /// Its number.
    #[n(2)]
    pub dseq: u64,
    /// Its row of the log.
    #[n(3)]
    pub seq: u64,
    /// Code of its kind.
    #[n(4)]
    pub kind: u8,
    /// What else it held stands anew in the proposing device's envelope of this number, which was sent before the proposal.
    /// Nothing where it held nothing else.
    #[n(5)]
    pub remainder: Option<u64>,
}

/// Sixteen random bytes that stand for a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct CaseRef(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl fmt::Display for CaseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for CaseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CaseRef({self})")
    }
}

const PROPOSAL: u8 = 1;
const CONFIRMATION: u8 = 2;

/// The map of both steps. A version that does not know key 5 finds no folder in the erasure of an entry, and refuses it.
#[derive(Default, Encode, Decode)]
#[cbor(map)]
struct EraseMap {
    #[n(0)]
    form: u8,
    #[cbor(n(1), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    folders: Vec<ErasedFolder>,
    #[n(2)]
    reason: Option<u8>,
    #[cbor(n(3), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    subjects: Vec<CaseRef>,
    #[cbor(n(4), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    members: Vec<MemberBytes>,
    #[cbor(n(5), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    entries: Vec<ErasedEntries>,
    #[cbor(n(6), with = "minicbor::bytes")]
    proposal: Option<[u8; 32]>,
    #[n(7)]
    case_ref: Option<CaseRef>,
    #[n(8)]
    programme: Option<ProgrammeBytes>,
}

#[derive(Clone, Copy, Encode, Decode)]
#[cbor(transparent)]
struct MemberBytes(#[cbor(n(0), with = "crate::id_bytes")] MemberId);

impl<C> Encode<C> for Erase {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, context: &mut C) -> Result<(), encode::Error<W::Error>> {
        let map = match self {
            Erase::Proposal(proposal) => EraseMap {
                form: PROPOSAL,
                folders: proposal.folders.clone(),
                entries: proposal.entries.clone(),
                reason: Some(proposal.reason),
                subjects: proposal.subjects.clone(),
                members: proposal.members.iter().copied().map(MemberBytes).collect(),
                case_ref: Some(proposal.case_ref),
                programme: Some(ProgrammeBytes(proposal.programme)),
                proposal: None,
            },
            Erase::Confirmation { proposal } => {
                EraseMap { form: CONFIRMATION, proposal: Some(proposal.0), ..EraseMap::default() }
            }
        };
        map.encode(e, context)
    }
}

impl<'b, C> Decode<'b, C> for Erase {
    fn decode(d: &mut Decoder<'b>, context: &mut C) -> Result<Self, Error> {
        let map = EraseMap::decode(d, context)?;
        let lacking = || Error::message("an erasure that lacks something");
        match map.form {
            PROPOSAL => Ok(Erase::Proposal(ErasureProposal {
                folders: map.folders,
                entries: map.entries,
                programme: map.programme.ok_or_else(lacking)?.0,
                reason: map.reason.ok_or_else(lacking)?,
                subjects: map.subjects,
                members: map.members.into_iter().map(|member| member.0).collect(),
                case_ref: map.case_ref.ok_or_else(lacking)?,
            })),
            CONFIRMATION => Ok(Erase::Confirmation { proposal: EnvelopeHash(map.proposal.ok_or_else(lacking)?) }),
            _ => Err(Error::message("an erasure of a form that is not known")),
        }
    }
}
