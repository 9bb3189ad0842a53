//! The same for an id that may be absent.

use minicbor::decode::{Decoder, Error};
use minicbor::encode::{self, Encoder, Write};

pub(crate) fn encode<Ctx, T: AsRef<[u8]>, W: Write>(
    id: &Option<T>,
    e: &mut Encoder<W>,
    context: &mut Ctx,
) -> Result<(), encode::Error<W::Error>> {
    match id {
        Some(id) => super::encode(id, e, context),
        None => e.null()?.ok(),
    }
}

pub(crate) fn decode<'b, Ctx, T: From<[u8; 16]>>(d: &mut Decoder<'b>, context: &mut Ctx) -> Result<Option<T>, Error> {
    if d.datatype()? == minicbor::data::Type::Null {
        d.null()?;
        return Ok(None);
    }
    super::decode(d, context).map(Some)
}
