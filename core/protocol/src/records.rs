//! Clear bodies: key records (kind 3) and grants (kind 4).

use feltbog_domain::{MemberId, ProgrammeId};
use minicbor::{Decode, Encode};

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
}
