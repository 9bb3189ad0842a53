//! Clear bodies of erasures (kind 6): one person proposes, another confirms.
//!
//! The folders stand in the body and the header names none, so that an erasure is never a link in the chain of a folder
//! that is gone. Nothing here names a citizen: a case has a random reference of its own for each proposal.

use std::fmt;

use feltbog_domain::{FolderId, FolderKind, MemberId, ProgrammeId};
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
    /// The folders.
    pub folders: Vec<ErasedFolder>,
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

/// The map of both steps. Key 5 is kept for single entries.
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
