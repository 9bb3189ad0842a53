//! Arrays of messages. A member may be one byte on the wire and twenty-four in memory, and a message two million bytes long:
//! so an array ends where no honest one is longer, before anybody looks at what is in it.

use minicbor::Decode;
use minicbor::decode::{Decoder, Error};

use crate::limits;

/// Members of one array. The most that any message carries are the rows of a page.
const MEMBERS: u64 = limits::SCANNED_ROWS;

pub(crate) fn decode<'b, Ctx, T: Decode<'b, Ctx>>(d: &mut Decoder<'b>, context: &mut Ctx) -> Result<Vec<T>, Error> {
    let mut members = Vec::new();
    for member in d.array_iter_with(context)? {
        if members.len() as u64 == MEMBERS {
            return Err(Error::message("an array of too many members"));
        }
        members.push(member?);
    }
    Ok(members)
}
