//! A device's word that it holds nothing of some folders any more (kind 8, form 2).

use feltbog_domain::{DocumentId, FolderId};
use minicbor::decode::{Decoder, Error};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};

use crate::envelope::EnvelopeHash;
use crate::erase::DocumentBytes;

/// What was taken off the signing device, and which row of the log asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurgeReceipt {
    /// The confirmation of an erasure. Its identity and not its place, which changes when the log is restored.
    pub cause: EnvelopeHash,
    /// The folders that went whole.
    pub folders: Vec<FolderId>,
    /// The single documents.
    pub documents: Vec<DocumentId>,
}

/// Form 1 of the kind are read-log rows.
const FORM: u8 = 2;

#[derive(Encode, Decode)]
#[cbor(map)]
struct ReceiptMap {
    #[n(0)]
    form: u8,
    #[cbor(n(1), with = "minicbor::bytes")]
    cause: [u8; 32],
    #[cbor(n(2), decode_with = "crate::bounded::decode")]
    folders: Vec<FolderBytes>,
    #[cbor(n(3), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    documents: Vec<DocumentBytes>,
}

#[derive(Clone, Copy, Encode, Decode)]
#[cbor(transparent)]
struct FolderBytes(#[cbor(n(0), with = "crate::id_bytes")] FolderId);

impl<C> Encode<C> for PurgeReceipt {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, context: &mut C) -> Result<(), encode::Error<W::Error>> {
        let folders = self.folders.iter().copied().map(FolderBytes).collect();
        let documents = self.documents.iter().copied().map(DocumentBytes).collect();
        ReceiptMap { form: FORM, cause: self.cause.0, folders, documents }.encode(e, context)
    }
}

impl<'b, C> Decode<'b, C> for PurgeReceipt {
    fn decode(d: &mut Decoder<'b>, context: &mut C) -> Result<Self, Error> {
        let map = ReceiptMap::decode(d, context)?;
        if map.form != FORM {
            return Err(Error::message("another form of the kind"));
        }
        let folders = map.folders.into_iter().map(|folder| folder.0).collect();
        let documents = map.documents.into_iter().map(|document| document.0).collect();
        Ok(Self { cause: EnvelopeHash(map.cause), folders, documents })
    }
}
