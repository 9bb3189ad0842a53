//! A PDF as a reader of it finds it: what stands on each page, by the letters its fonts say their glyphs are.

use std::collections::HashMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

type Letters = HashMap<u16, String>;

/// What stands on each page, one line for each stretch that was drawn.
pub(crate) fn pages(pdf: &[u8]) -> Vec<Vec<String>> {
    let document = Document::load_mem(pdf).unwrap();
    document.get_pages().into_values().map(|page| page_lines(&document, page)).collect()
}

/// What stands on all pages but at their feet, without white.
pub(crate) fn letters(pdf: &[u8], foot: &str) -> String {
    let lines = pages(pdf).into_iter().flatten();
    let body = lines.filter(|line| !line.starts_with("Side ") && line.trim() != foot);
    body.flat_map(|line| line.chars().filter(|sign| !sign.is_whitespace()).collect::<Vec<_>>()).collect()
}

fn page_lines(document: &Document, page: ObjectId) -> Vec<String> {
    let fonts = document.get_page_fonts(page).unwrap();
    let fonts: HashMap<Vec<u8>, Letters> =
        fonts.into_iter().map(|(name, font)| (name, letters_of(document, font))).collect();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let (mut lines, mut font, mut stood_for) = (vec![String::new()], None, Vec::new());
    for Operation { operator, operands } in content.operations {
        match operator.as_str() {
            "Tf" => font = fonts.get(operands[0].as_name().unwrap()),
            "BDC" | "BMC" => {
                let actual = operands.get(1).and_then(|of| of.as_dict().ok()).and_then(|of| of.get(b"ActualText").ok());
                if let Some(text) = actual {
                    lines.last_mut().unwrap().push_str(&lopdf::decode_text_string(text).unwrap());
                }
                stood_for.push(actual.is_some());
            }
            "EMC" => {
                stood_for.pop();
            }
            "BT" => lines.push(String::new()),
            "Tj" | "TJ" if !stood_for.contains(&true) => {
                let line = lines.last_mut().unwrap();
                operands.iter().for_each(|shown| read(shown, font.unwrap(), line));
            }
            _ => {}
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn read(shown: &Object, font: &Letters, line: &mut String) {
    match shown {
        Object::Array(parts) => parts.iter().for_each(|part| read(part, font, line)),
        Object::String(bytes, _) => {
            for glyph in bytes.chunks(2) {
                let glyph = u16::from_be_bytes([glyph[0], glyph[1]]);
                line.push_str(font.get(&glyph).unwrap_or_else(|| panic!("glyph {glyph} stands for no letter")));
            }
        }
        _ => {}
    }
}

/// What the font says its glyphs stand for.
fn letters_of(document: &Document, font: &Dictionary) -> Letters {
    let map = font.get(b"ToUnicode").and_then(|map| document.dereference(map)).unwrap().1.as_stream().unwrap();
    let map = String::from_utf8(map.decompressed_content().unwrap()).unwrap();
    let lines = map.lines().filter_map(|line| line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"));
    let four = |hex: &str| u16::from_str_radix(hex, 16).unwrap();
    lines
        .filter(|(glyph, _)| glyph.len() == 4)
        .filter(|(_, letters)| !letters.contains('<'))
        .map(|(glyph, letters)| {
            let units: Vec<u16> = (0..letters.len() / 4).map(|at| four(&letters[at * 4..at * 4 + 4])).collect();
            (four(glyph), String::from_utf16(&units).unwrap())
        })
        .collect()
}
