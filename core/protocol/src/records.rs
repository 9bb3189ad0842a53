//! Clear bodies: key records (kind 3), grants (kind 4), revocations (kind 5) and deposits (kind 11).

use feltbog_domain::{MemberId, ProgrammeId, Rights};
use minicbor::{Decode, Encode};

use crate::codes::RefusalCode;

/// Which of the two forms of a key record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum KeyRecordForm {
    /// A new key of the folder; the folder's first also makes the folder.
    #[n(1)]
    NewEpoch,
    /// The same key, wrapped for more members.
    #[n(2)]
    AddedWraps,
}

/// Whom a key is wrapped for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
pub enum Principal {
    /// A member, by the member's own key.
    #[n(1)]
    Member(#[cbor(n(0), with = "crate::id_bytes")] MemberId),
    /// The municipality's recovery key.
    #[n(2)]
    Recovery,
}

/// One wrap of a folder's key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Recipient {
    /// Whom it is for.
    #[n(0)]
    pub principal: Principal,
    /// Which of the principal's keys, from 1.
    #[n(1)]
    pub epoch: u32,
    /// HPKE: 32 bytes of encapsulated key and 48 of ciphertext.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub wrap: Vec<u8>,
}

/// A folder's key, wrapped for its members. The key's epoch stands in the envelope's header.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct KeyRecord {
    /// New key or more wraps.
    #[n(0)]
    pub form: KeyRecordForm,
    /// Binds the record to one key, so that a member finds out a wrong wrap and a drill finds a garbage one.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub commitment: [u8; 32],
    /// The folder's previous key under this one, so that a later member needs one wrap only.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub predecessor: Option<Vec<u8>>,
    /// The wraps.
    #[n(3)]
    pub recipients: Vec<Recipient>,
    /// Code of the folder's kind; in the folder's first record only.
    #[n(4)]
    pub folder_kind: Option<u8>,
    /// The folder's programme; in the folder's first record only, absent for the staff folder.
    #[n(5)]
    pub programme: Option<ProgrammeBytes>,
}

/// A programme's id on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct ProgrammeBytes(#[cbor(n(0), with = "crate::id_bytes")] pub ProgrammeId);

/// A member may open a folder, from this row of the log on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Grant {
    /// Who.
    #[cbor(n(0), with = "crate::id_bytes")]
    pub member: MemberId,
    /// Bits of [`feltbog_domain::Rights`].
    #[n(1)]
    pub rights: u8,
    /// When it ends by itself, in milliseconds since 1970; absent: not by itself.
    #[n(2)]
    pub until_ms: Option<i64>,
    /// Whose folder it is, when the grant is for standing in for somebody.
    #[cbor(n(3), with = "crate::id_bytes::optional")]
    pub cover_for: Option<MemberId>,
}

impl Grant {
    /// A grant that lasts until it is revoked.
    #[must_use]
    pub const fn lasting(member: MemberId, rights: Rights) -> Self {
        Self { member, rights: rights.bits(), until_ms: None, cover_for: None }
    }
}

/// A member may no longer open a folder, or nobody may write in it any more. From this row of the log on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Revoke {
    /// Who; absent: the folder is closed for new content and stays readable to those who may read it.
    #[cbor(n(0), with = "crate::id_bytes::optional")]
    pub member: Option<MemberId>,
    /// Why, for the people concerned.
    #[n(1)]
    pub reason: RevokeReason,
    /// Who has it now, where it was handed over: whoever is shut out gets this row and nothing else of the folder.
    #[cbor(n(2), with = "crate::id_bytes::optional")]
    pub to: Option<MemberId>,
}

/// Why access ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum RevokeReason {
    /// Somebody else is responsible now.
    #[n(1)]
    HandedOver,
    /// The citizen withdrew the consent.
    #[n(2)]
    ConsentWithdrawn,
    /// The member left.
    #[n(3)]
    Left,
    /// The member stood in for somebody, and that was ended before its day.
    #[n(4)]
    CoverEnded,
}

/// Work that the server could not take where it was meant to go, handed in to the programme's leaders.
///
/// The refused envelope travels inside as it was sealed and signed, so its author and its moment stay provable. Its
/// folder's key is wrapped for the leaders once more: a leader who joined later can open it too.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Deposit {
    /// What the server said to the envelope, or would have.
    #[n(0)]
    pub reason: RefusalCode,
    /// The envelope, byte for byte; of the same device and folder as the deposit's own header.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub envelope: Vec<u8>,
    /// Commitment of the folder's key in the envelope's key epoch.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub commitment: [u8; 32],
    /// The key, wrapped for leaders and deputies.
    #[n(3)]
    pub recipients: Vec<Recipient>,
}
