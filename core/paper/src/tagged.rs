//! What the pieces on the pages are, for readers by ear.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use crate::Level;

/// A piece of text; its lines on the pages carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot(pub(crate) usize);

/// A piece of the document with the texts in it.
pub(crate) enum Tagged {
    Heading(Level, String, Slot),
    Text(Slot),
    /// The dot and the item.
    List(Vec<(Slot, Slot)>),
    Facts(Vec<Vec<Slot>>),
    Table(Vec<Slot>, Vec<Vec<Slot>>),
}

/// The tree, with where each text was drawn.
pub(crate) fn tree(document: Vec<Tagged>, drawn: &[Vec<Identifier>], language: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    for tagged in document {
        tree.push(group(tagged, drawn));
    }
    tree
}

fn group(tagged: Tagged, drawn: &[Vec<Identifier>]) -> TagGroup {
    let leaf = |tag: TagKind, slot: Slot| {
        let places = drawn.get(slot.0).map(Vec::as_slice).unwrap_or_default();
        TagGroup::with_children(tag, places.iter().map(|place| Node::from(*place)).collect())
    };
    let within = |tag: TagKind, groups: Vec<TagGroup>| {
        TagGroup::with_children(tag, groups.into_iter().map(Node::from).collect())
    };
    let cells = |row: Vec<Slot>, head: usize| {
        let cell = |(at, slot)| match at {
            at if at < head => leaf(Tag::TH(TableHeaderScope::Row).into(), slot),
            _ => leaf(Tag::TD.into(), slot),
        };
        within(Tag::TR.into(), row.into_iter().enumerate().map(cell).collect())
    };
    match tagged {
        Tagged::Heading(level, text, slot) => leaf(Tag::Hn(depth(level), Some(text)).into(), slot),
        Tagged::Text(slot) => leaf(Tag::P.into(), slot),
        Tagged::List(items) => {
            let item =
                |(dot, body)| within(Tag::LI.into(), vec![leaf(Tag::Lbl.into(), dot), leaf(Tag::LBody.into(), body)]);
            within(Tag::L(ListNumbering::Disc).into(), items.into_iter().map(item).collect())
        }
        Tagged::Facts(rows) => within(Tag::Table.into(), rows.into_iter().map(|row| cells(row, 1)).collect()),
        Tagged::Table(heads, rows) => {
            let heads = heads.into_iter().map(|slot| leaf(Tag::TH(TableHeaderScope::Column).into(), slot)).collect();
            let head = within(Tag::THead.into(), vec![within(Tag::TR.into(), heads)]);
            let body = within(Tag::TBody.into(), rows.into_iter().map(|row| cells(row, 0)).collect());
            within(Tag::Table.into(), vec![head, body])
        }
    }
}

fn depth(level: Level) -> NonZeroU16 {
    let below = match level {
        Level::One => 0,
        Level::Two => 1,
        Level::Three => 2,
        Level::Four => 3,
    };
    NonZeroU16::MIN.saturating_add(below)
}
