//! Who read what (kind 8, form 1): sealed for the records officers of the reader's side. In clear stand only the folder, in
//! the header, and how many readings of it this device has told of, so that a missing one is missed.

use feltbog_domain::{FolderId, FolderKind};
use minicbor::decode::{Decoder, Error};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};

use crate::access::FolderFacts;
use crate::codes::RefusalCode;
use crate::envelope::Header;
use crate::limits;

/// Readings of one folder on one device, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLogRow {
    /// The number of the first, counted by the device in the folder from 1.
    pub first: u64,
    /// How many.
    pub count: u32,
    /// How many right before the first were told to others: the device's person was on the other side, or the side had no
    /// records officer. Whoever opens these misses none of those.
    pub elsewhere: u64,
    /// Whose key opens them.
    pub key: ReadLogKeyName,
    /// HPKE: the key they are sealed with.
    pub wrap: Vec<u8>,
    /// The readings.
    pub sealed: Vec<u8>,
}

/// A key that opens readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct ReadLogKeyName {
    /// The folder whose key it is made of; [`FolderId::NONE`] for the recovery key, while a side has no records officer.
    #[cbor(n(0), with = "crate::id_bytes")]
    pub folder: FolderId,
    /// Which of its keys.
    #[n(1)]
    pub epoch: u32,
}

/// Form 2 of the kind is a device's word about what it holds no longer.
const FORM: u8 = 1;

#[derive(Encode, Decode)]
#[cbor(map)]
struct RowMap {
    #[n(0)]
    form: u8,
    #[n(1)]
    count: u32,
    #[n(2)]
    first: u64,
    #[n(3)]
    key: ReadLogKeyName,
    #[cbor(n(4), with = "minicbor::bytes")]
    wrap: Vec<u8>,
    #[cbor(n(5), with = "minicbor::bytes")]
    sealed: Vec<u8>,
    #[n(6)]
    elsewhere: Option<u64>,
}

impl<C> Encode<C> for ReadLogRow {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, context: &mut C) -> Result<(), encode::Error<W::Error>> {
        let Self { first, count, elsewhere, key, wrap, sealed } = self.clone();
        let elsewhere = (elsewhere > 0).then_some(elsewhere);
        RowMap { form: FORM, count, first, key, wrap, sealed, elsewhere }.encode(e, context)
    }
}

impl<'b, C> Decode<'b, C> for ReadLogRow {
    fn decode(d: &mut Decoder<'b>, context: &mut C) -> Result<Self, Error> {
        let RowMap { form, count, first, key, wrap, sealed, elsewhere } = RowMap::decode(d, context)?;
        if form != FORM {
            return Err(Error::message("another form of the kind"));
        }
        Ok(Self { first, count, elsewhere: elsewhere.unwrap_or_default(), key, wrap, sealed })
    }
}

/// Judges readings: whoever may open the folder, or could once, tells of what was read in it, to the records officers who
/// answer for the reader. `key_kind` is the kind of the folder whose key was named, where that folder is known.
///
/// # Errors
/// The disposition to remember.
pub fn judge_read_log(
    header: &Header,
    row: &ReadLogRow,
    folder: Option<&FolderFacts>,
    may_have_read: bool,
    key_kind: Option<FolderKind>,
) -> Result<(), RefusalCode> {
    let facts = folder.ok_or(RefusalCode::NoGrant)?;
    if facts.erased {
        return Err(RefusalCode::Erased);
    }
    let size = row.sealed.len().saturating_add(row.wrap.len());
    let counts = (1..=limits::READS_PER_ENVELOPE).contains(&u64::from(row.count)) && row.elsewhere < row.first;
    if header.key_epoch != 0 || size > limits::READ_LOG_BODY || !counts {
        return Err(RefusalCode::BadFrame);
    }
    let answers = |key: FolderKind| match facts.kind.side() {
        Some(side) => key == FolderKind::read_log_of(side),
        None => key.is_read_log(),
    };
    let fits = facts.kind.is_read_with_record() && key_kind.is_none_or(answers);
    if may_have_read && fits { Ok(()) } else { Err(RefusalCode::NoGrant) }
}
