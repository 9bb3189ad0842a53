//! What devices tell the server of the work in one folder (kind 9): coded facts under pseudonyms, by the day, and no text.
//!
//! A batch says what is new, and which facts it takes back. The folder in the header says whose rights it needs, and with
//! whom it is erased.

use feltbog_domain::FactRef;
use feltbog_reports::Fact;
use minicbor::decode::{Decoder, Error};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};

use crate::fact_code::FactMap;

/// Facts of one folder, as one device reads its documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FactBatch {
    /// How facts were read: grows with what a build makes of the same document.
    pub reading: u32,
    /// Under which key the pseudonyms stand; says nothing of the key.
    pub pseudonyms: PseudonymsTag,
    /// Whether everything told of the folder before is void.
    pub anew: bool,
    /// What is counted.
    pub told: Vec<Fact>,
    /// What is counted no longer: it was written by mistake, or has become something else.
    pub taken_back: Vec<FactRef>,
}

/// Which key made the pseudonyms of a batch: those of two keys never meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct PseudonymsTag(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 8]);

const FORM: u8 = 1;

#[derive(Encode, Decode)]
#[cbor(map)]
struct BatchMap {
    #[n(0)]
    form: u8,
    #[n(1)]
    reading: u32,
    #[n(2)]
    pseudonyms: PseudonymsTag,
    #[n(3)]
    anew: bool,
    #[cbor(n(4), decode_with = "crate::bounded::decode")]
    told: Vec<FactMap>,
    #[cbor(n(5), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    taken_back: Vec<FactBytes>,
}

#[derive(Clone, Copy, Encode, Decode)]
#[cbor(transparent)]
struct FactBytes(#[cbor(n(0), with = "crate::id_bytes")] FactRef);

impl<C> Encode<C> for FactBatch {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, context: &mut C) -> Result<(), encode::Error<W::Error>> {
        let Self { reading, pseudonyms, anew, ref told, ref taken_back } = *self;
        let told = told.iter().map(FactMap::of).collect();
        let taken_back = taken_back.iter().copied().map(FactBytes).collect();
        BatchMap { form: FORM, reading, pseudonyms, anew, told, taken_back }.encode(e, context)
    }
}

impl<'b, C> Decode<'b, C> for FactBatch {
    fn decode(d: &mut Decoder<'b>, context: &mut C) -> Result<Self, Error> {
        let BatchMap { form, reading, pseudonyms, anew, told, taken_back } = BatchMap::decode(d, context)?;
        if form != FORM {
            return Err(Error::message("facts of a form that is not known"));
        }
        let told = told.iter().map(FactMap::fact).collect::<Option<_>>();
        let told = told.ok_or_else(|| Error::message("a fact that is on no list"))?;
        let taken_back = taken_back.into_iter().map(|fact| fact.0).collect();
        Ok(Self { reading, pseudonyms, anew, told, taken_back })
    }
}
