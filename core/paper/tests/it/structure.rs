//! What readers by ear are told.

use feltbog_paper::{Align, Block, Column, Level, Table};
use lopdf::{Dictionary, Document, Object};

use crate::paper;

/// The kinds of everything in the tree, in the order of reading.
fn kinds(document: &Document) -> Vec<String> {
    fn walk(document: &Document, of: &Object, kinds: &mut Vec<String>) {
        match document.dereference(of).unwrap().1 {
            Object::Array(children) => children.iter().for_each(|child| walk(document, child, kinds)),
            Object::Dictionary(group) => {
                kinds.extend(name(group, b"S"));
                if let Ok(children) = group.get(b"K") {
                    walk(document, children, kinds);
                }
            }
            _ => {}
        }
    }
    let mut kinds = Vec::new();
    walk(document, document.catalog().unwrap().get(b"StructTreeRoot").unwrap(), &mut kinds);
    kinds
}

fn name(of: &Dictionary, key: &[u8]) -> Option<String> {
    Some(String::from_utf8(of.get(key).ok()?.as_name().ok()?.to_vec()).unwrap())
}

#[test]
fn headings_lists_facts_and_tables_are_what_they_are() {
    let columns = ["A", "B"].map(|heading| Column { heading: heading.into(), share: 1, align: Align::Start }).to_vec();
    let rows = (0..120).map(|row| vec![format!("{row}"), String::new()]).collect();
    let blocks = vec![
        Block::Heading(Level::One, "En".into()),
        Block::Heading(Level::Two, "To".into()),
        Block::Text("tekst".into()),
        Block::List(vec!["punkt".into()]),
        Block::Facts(vec![("navn".into(), "værdi".into())]),
        Block::Table(Table { columns, rows }),
    ];
    let document = Document::load_mem(&paper(blocks).pdf().unwrap()).unwrap();
    let kinds = kinds(&document);
    let start = ["Document", "H1", "H2", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Table", "THead"];
    assert_eq!(kinds[..start.len()], start.map(str::to_owned));
    let count = |kind: &str| kinds.iter().filter(|other| *other == kind).count();
    assert_eq!((count("TR"), count("TH"), count("TD")), (122, 3, 241), "headings of later pages are not told again");
}

#[test]
fn it_says_its_language_its_title_and_that_it_is_tagged_and_has_an_outline() {
    let blocks = vec![
        Block::Heading(Level::One, "Først".into()),
        Block::Heading(Level::Two, "Under".into()),
        Block::Heading(Level::One, "Sidst".into()),
    ];
    let pdf = paper(blocks).pdf().unwrap();
    let document = Document::load_mem(&pdf).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(lopdf::decode_text_string(catalog.get(b"Lang").unwrap()).unwrap(), "da");
    let marked = catalog.get(b"MarkInfo").and_then(|info| document.dereference(info)).unwrap().1.as_dict().unwrap();
    assert_eq!(marked.get(b"Marked").unwrap(), &Object::Boolean(true));
    let outline = catalog.get(b"Outlines").and_then(|of| document.dereference(of)).unwrap().1.as_dict().unwrap();
    let first = outline.get(b"First").and_then(|of| document.dereference(of)).unwrap().1.as_dict().unwrap();
    assert_eq!(lopdf::decode_text_string(first.get(b"Title").unwrap()).unwrap(), "Først");
    assert!(first.has(b"First"), "below it stands the smaller heading");
    let metadata = catalog.get(b"Metadata").and_then(|of| document.dereference(of)).unwrap().1.as_stream().unwrap();
    let metadata = String::from_utf8(metadata.get_plain_content().unwrap()).unwrap();
    assert!(metadata.contains("pdfuaid:part") && metadata.contains("Et papir"), "{metadata}");
}
