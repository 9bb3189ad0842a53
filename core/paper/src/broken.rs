//! Where a line of a text is broken so that it fits.

use std::ops::Range;

use unicode_bidi::Level;

use crate::shaper::{Piece, Shaper};

/// The bytes of each line. Lines break after white and after a hyphen between letters; a word longer than a line breaks
/// where it is full, never between a letter and its marks.
pub(crate) fn broken(text: &str, levels: &[Level], shaper: &Shaper, most: f32) -> Vec<Range<usize>> {
    let mut filled = Filled { lines: Vec::new(), start: 0, used: 0.0, most };
    for word in words(text) {
        let pieces = pieces(text, word.clone(), levels, shaper);
        let read = word.start + text.get(word.clone()).unwrap_or_default().trim_end().len();
        let seen: f32 = pieces.iter().filter(|piece| piece.at < read).map(|piece| piece.width).sum();
        if filled.used > 0.0 && filled.used + seen > most {
            filled.end_line(word.start);
        }
        let splits = seen > most;
        for piece in pieces {
            if splits && piece.at < read && piece.at > filled.start && filled.used + piece.width > most {
                filled.end_line(piece.at);
            }
            filled.used += piece.width;
        }
    }
    filled.end_line(text.len());
    filled.lines
}

struct Filled {
    lines: Vec<Range<usize>>,
    start: usize,
    used: f32,
    most: f32,
}

impl Filled {
    fn end_line(&mut self, at: usize) {
        debug_assert!(self.most > 0.0, "a column has a width");
        self.lines.push(self.start..at);
        self.start = at;
        self.used = 0.0;
    }
}

fn words(text: &str) -> Vec<Range<usize>> {
    let (mut words, mut start) = (Vec::new(), 0);
    let mut signs = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((_, sign)) = signs.next() {
        if let Some((at, next)) = signs.peek() {
            let after_white = is_white(sign) && !is_white(*next);
            let after_hyphen = matches!(sign, '-' | '–') && before.is_alphabetic() && next.is_alphabetic();
            if after_white || after_hyphen {
                words.push(start..*at);
                start = *at;
            }
        }
        before = sign;
    }
    words.push(start..text.len());
    words
}

/// White that a line may end with; not the kinds that hold words together.
fn is_white(sign: char) -> bool {
    sign.is_whitespace() && !matches!(sign, '\u{a0}' | '\u{2007}' | '\u{202f}') || sign == '\u{200b}'
}

/// Measured in stretches of one direction.
fn pieces(text: &str, word: Range<usize>, levels: &[Level], shaper: &Shaper) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = word.start;
    while start < word.end {
        let level = levels.get(start).copied();
        let same = levels.get(start..word.end).unwrap_or_default().iter().take_while(|other| Some(**other) == level);
        let end = start + same.count().max(1);
        let rtl = level.is_some_and(|level| level.is_rtl());
        let measured = shaper.pieces(text.get(start..end).unwrap_or_default(), rtl);
        pieces.extend(measured.into_iter().map(|piece| Piece { at: piece.at + start, ..piece }));
        start = end;
    }
    pieces
}
