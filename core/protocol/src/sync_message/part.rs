//! The part of a backfill, such that the record around it can still grow: absent and null are everything, as the first
//! builds asked, and so is a part of a newer version, which is in everything.

use minicbor::data::Type;
use minicbor::decode::{Decoder, Error};
use minicbor::encode::{self, Encoder, Write};

use super::BackfillPart;

pub(super) fn encode<Ctx, W: Write>(
    part: &BackfillPart,
    e: &mut Encoder<W>,
    context: &mut Ctx,
) -> Result<(), encode::Error<W::Error>> {
    minicbor::Encode::encode(part, e, context)
}

pub(super) fn decode<Ctx>(d: &mut Decoder<'_>, _: &mut Ctx) -> Result<BackfillPart, Error> {
    if d.datatype()? == Type::Null {
        d.null()?;
        return Ok(BackfillPart::All);
    }
    Ok(match d.u8()? {
        1 => BackfillPart::Access,
        2 => BackfillPart::Content,
        _ => BackfillPart::All,
    })
}

pub(super) fn nil() -> Option<BackfillPart> {
    Some(BackfillPart::All)
}

pub(super) fn is_nil(part: &BackfillPart) -> bool {
    *part == BackfillPart::All
}

#[cfg(test)]
mod tests {
    use feltbog_domain::FolderId;

    use crate::BackfillAsk;

    fn part_in(bytes: &[u8]) -> super::BackfillPart {
        crate::decode::<BackfillAsk>(bytes).unwrap().part
    }

    #[test]
    fn whatever_stands_after_a_part_it_is_read() {
        let whole = crate::encode(&BackfillAsk::whole(FolderId::new([1; 16]), 2, 3));
        let (head, places) = whole.split_first().unwrap();
        assert_eq!(*head, 0x83, "everything is written as the first builds wrote it");
        let with = |more: &[u8]| part_in(&[&[0x83 + u8::try_from(more.len()).unwrap()], places, more].concat());
        assert_eq!(part_in(&whole), super::BackfillPart::All);
        assert_eq!(with(&[0xf6, 9]), super::BackfillPart::All);
        assert_eq!(with(&[1]), super::BackfillPart::Access);
        assert_eq!(with(&[2, 9]), super::BackfillPart::Content);
        assert_eq!(with(&[7]), super::BackfillPart::All);
    }
}
