//! Whatever somebody wrote.

use feltbog_paper::{Block, Level};

use crate::paper;
use crate::read_again::letters;

fn read(text: &str) -> String {
    letters(&paper(vec![Block::Text(text.into())]).pdf().unwrap(), "Et papir, 02-03-2026")
}

#[test]
fn what_the_fonts_have_no_picture_of_stands_as_its_code_point() {
    assert_eq!(read("ny 🧠 og 漢字"), "ny[U+1F9E0]og[U+6F22][U+5B57]");
    assert_eq!(read("klokke\u{7}, privat \u{e000}, \u{fffe}"), "klokke[U+0007],privat[U+E000],[U+FFFE]");
}

#[test]
fn nothing_hidden_in_a_text_turns_its_order_around() {
    assert_eq!(read("betal \u{202e}001\u{202c} kr."), "betal[U+202E]001[U+202C]kr.");
    assert_eq!(read("\u{feff}\u{2067}x\u{2069}"), "[U+FEFF][U+2067]x[U+2069]");
}

#[test]
fn letters_of_other_scripts_are_there_whichever_way_they_run() {
    assert_eq!(read("Ελλάδα Россия Tiếng Việt"), "ΕλλάδαРоссияTiếngViệt");
    let mixed = read("Hun sagde מים אחד og مرحبا ved IPS");
    let turned = |word: &str| word.chars().rev().collect::<String>();
    for word in [turned("מים"), turned("אחד"), turned("مرحبا"), "Hunsagde".into(), "vedIPS".into()] {
        assert!(mixed.contains(&word), "{word}: {mixed}");
    }
    assert!(mixed.find(&turned("אחד")) < mixed.find(&turned("מים")), "drawn from the right: {mixed}");
}

#[test]
fn two_hundred_thousand_letters_are_all_there_with_and_without_a_space() {
    let without = "abcdefghij".repeat(20_000);
    assert_eq!(read(&without), without);
    let with = "Talte med køkkenchefen. ".repeat(200_000 / 24);
    assert_eq!(read(&with), with.replace(' ', ""));
}

#[test]
fn every_letter_of_the_fonts_may_stand_in_every_kind_of_text() {
    let all = (1..0x3000_u32).chain(0xa640..0xa800).chain(0xfb00..0x1_0000).chain(0x1f600..0x1f650);
    let signs: Vec<char> = all.filter_map(char::from_u32).collect();
    let text: String = signs.iter().flat_map(|sign| ['a', *sign, ' ']).collect();
    let blocks = vec![
        Block::Heading(Level::One, text.clone()),
        Block::Notice(text.clone()),
        Block::Facts(vec![(text.clone(), text.clone())]),
        Block::Quiet(text.clone()),
    ];
    let mut paper = paper(blocks);
    (paper.title, paper.author) = (text.clone(), text);
    assert!(paper.pdf().unwrap().starts_with(b"%PDF-1.7"));
}

#[test]
fn marks_without_end_are_one_letter_and_white_without_end_is_none() {
    let marks = format!("a{} b", "\u{301}".repeat(10_000));
    assert!(read(&marks).ends_with('b'));
    let white = format!("a{}b", " ".repeat(50_000));
    assert_eq!(read(&white), "ab");
    assert_eq!(read(&format!("a{}b", "\n".repeat(3_000))), "ab");
}

#[test]
fn a_paper_of_nothing_is_a_page() {
    let mut nothing = paper(Vec::new());
    nothing.title = String::new();
    assert_eq!(crate::read_again::pages(&nothing.pdf().unwrap()).len(), 1);
}
