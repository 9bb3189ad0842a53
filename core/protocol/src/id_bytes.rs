//! Ids as CBOR byte strings, for `#[cbor(with = "crate::id_bytes")]`.

use minicbor::decode::{Decoder, Error};
use minicbor::encode::{self, Encoder, Write};

pub(crate) mod optional;

pub(crate) fn encode<Ctx, T: AsRef<[u8]>, W: Write>(
    id: &T,
    e: &mut Encoder<W>,
    _: &mut Ctx,
) -> Result<(), encode::Error<W::Error>> {
    e.bytes(id.as_ref())?.ok()
}

pub(crate) fn decode<'b, Ctx, T: From<[u8; 16]>>(d: &mut Decoder<'b>, _: &mut Ctx) -> Result<T, Error> {
    let bytes = d.bytes()?;
    <[u8; 16]>::try_from(bytes).map(T::from).map_err(|_| Error::message("an id has sixteen bytes"))
}
