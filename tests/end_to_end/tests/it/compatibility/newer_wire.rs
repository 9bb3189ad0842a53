//! Messages as a newer version may write them: more keys in every map, more elements in every record.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

/// A CBOR item; what is no list and no map is kept as it is written.
enum Item {
    List(Vec<Item>),
    Map(Vec<(Item, Item)>),
    Other(Vec<u8>),
}

/// What a newer version may write where this one expects nothing.
const NEWER: &str = "nyt";
/// A place in a record no version has.
const NEWER_PLACE: usize = 12;
/// CBOR's null.
const NULL: u8 = 0xf6;
/// A key no version has.
const NEWER_KEY: u32 = 4_000;

/// The records of a request and of a reply, each found under these keys from the outside; `None` stands for every element
/// of a list. A list of records is no record itself.
pub const REQUEST: &[&[Option<u32>]] = &[&[Some(1)], &[Some(5), None], &[Some(10)]];
pub const REPLY: &[&[Option<u32>]] =
    &[&[Some(1)], &[Some(2), None], &[Some(4)], &[Some(5), None], &[Some(7), None], &[Some(8), None], &[Some(11)]];

/// The same message with something new in every map and in each of these records.
pub fn newer(message: &[u8], records: &[&[Option<u32>]]) -> Vec<u8> {
    let mut decoder = Decoder::new(message);
    let mut item = Item::read(&mut decoder, message);
    item.widen_maps();
    for path in records {
        item.widen_record(path);
    }
    let mut written = Vec::new();
    item.write(&mut written);
    written
}

impl Item {
    fn read(decoder: &mut Decoder<'_>, bytes: &[u8]) -> Self {
        match decoder.datatype().unwrap() {
            Type::Array => {
                let length = decoder.array().unwrap().unwrap();
                Item::List((0..length).map(|_| Self::read(decoder, bytes)).collect())
            }
            Type::Map => {
                let length = decoder.map().unwrap().unwrap();
                Item::Map((0..length).map(|_| (Self::read(decoder, bytes), Self::read(decoder, bytes))).collect())
            }
            _ => {
                let start = decoder.position();
                decoder.skip().unwrap();
                Item::Other(bytes[start..decoder.position()].to_vec())
            }
        }
    }

    fn of<T: minicbor::Encode<()>>(value: T) -> Self {
        Item::Other(minicbor::to_vec(value).unwrap())
    }

    fn widen_maps(&mut self) {
        match self {
            Item::Map(pairs) => {
                pairs.iter_mut().for_each(|(_, value)| value.widen_maps());
                pairs.push((Item::of(NEWER_KEY), Item::List(vec![Item::of(NEWER), Item::of(1)])));
            }
            Item::List(items) => items.iter_mut().for_each(Item::widen_maps),
            Item::Other(_) => {}
        }
    }

    fn widen_record(&mut self, path: &[Option<u32>]) {
        match (path, self) {
            // Records grow at their end. What is left out there is null as soon as something follows it.
            ([], Item::List(items)) => {
                items.resize_with(items.len().max(NEWER_PLACE), || Item::Other(vec![NULL]));
                items.push(Item::of(NEWER));
            }
            ([Some(key), rest @ ..], Item::Map(pairs)) => {
                let key = minicbor::to_vec(key).unwrap();
                for (_, value) in pairs.iter_mut().filter(|(name, _)| matches!(name, Item::Other(name) if *name == key))
                {
                    value.widen_record(rest);
                }
            }
            ([None, rest @ ..], Item::List(items)) => items.iter_mut().for_each(|item| item.widen_record(rest)),
            _ => {}
        }
    }

    fn write(&self, into: &mut Vec<u8>) {
        match self {
            Item::List(items) => {
                Encoder::new(&mut *into).array(items.len() as u64).unwrap();
                items.iter().for_each(|item| item.write(into));
            }
            Item::Map(pairs) => {
                Encoder::new(&mut *into).map(pairs.len() as u64).unwrap();
                for (key, value) in pairs {
                    key.write(into);
                    value.write(into);
                }
            }
            Item::Other(bytes) => into.extend_from_slice(bytes),
        }
    }
}
