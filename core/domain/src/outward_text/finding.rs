//! Looking for the words of the lists in a text.

use std::ops::Range;
use std::sync::LazyLock;

use super::GivesAway;
use super::letters::Token;
use super::term::{Form, Pattern, is_inflected};
use super::units::unit_patterns;
use super::words::TERMS;

static PATTERNS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| TERMS.iter().flat_map(|list| list.iter()).map(Pattern::of).collect());

/// Shortest word that is looked for across a space, and across a hyphen or a dot: shorter ones would be found where two
/// ordinary words meet.
const SHORTEST_APART: usize = 7;
const SHORTEST_HYPHENED: usize = 5;
/// Into how many pieces a word may be taken apart, and how few letters a piece has that lies inside another word.
const MOST_PIECES: usize = 4;
const SHORTEST_PIECE: usize = 3;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where, in bytes.
    pub(super) at: Range<usize>,
    /// Its words in plain letters.
    pub(super) letters: Vec<String>,
    /// GivesAway.
    pub(super) why: GivesAway,
    /// Whether it blocks.
    pub(super) sure: bool,
    /// Whether it stands there as a word, not put together from pieces.
    as_written: bool,
}

/// The lists, with the names of units.
pub(super) struct Finder {
    units: Vec<Pattern>,
}

impl Finder {
    pub(super) fn of(units: &[&str]) -> Self {
        Self { units: units.iter().flat_map(|name| unit_patterns(name)).collect() }
    }

    /// What gives away, in the order it stands; of what overlaps only one.
    pub(super) fn find(&self, text: &[Token]) -> Vec<Found> {
        self.find_also(text, &[])
    }

    /// The same, with patterns of the moment.
    pub(super) fn find_also(&self, text: &[Token], more: &[Pattern]) -> Vec<Found> {
        let mut found = Vec::new();
        let mut alone = Vec::new();
        for pattern in PATTERNS.iter().chain(&self.units).chain(more) {
            whole(pattern, text, &mut found);
            if let ([word], true) = (pattern.words.as_slice(), pattern.stands_alone()) {
                letter_by_letter(pattern, word, text, &mut found);
                alone.push((pattern, word.as_str()));
            }
        }
        in_pieces(&alone, text, &mut found);
        without_overlaps(found)
    }
}

fn made(pattern: &Pattern, tokens: &[Token], as_written: bool) -> Option<Found> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    let letters = tokens.iter().map(|token| token.letters.clone()).collect();
    Some(Found { at: first.at.start..last.at.end, letters, why: pattern.why, sure: pattern.sure, as_written })
}

/// As it is written in the list, with endings.
fn whole(pattern: &Pattern, text: &[Token], found: &mut Vec<Found>) {
    let Some((last, begin)) = pattern.words.split_last() else { return };
    for (start, window) in text.windows(pattern.words.len()).enumerate() {
        let Some((end, front)) = window.split_last() else { continue };
        let is_it = pattern.is(last, &end.letters, end.capitals)
            && front.iter().zip(begin).all(|(token, word)| is_inflected(word, &token.letters));
        let before = text.get(..start).unwrap_or_default();
        let after = text.get(start + window.len()..).unwrap_or_default();
        if is_it && pattern.fits(before, after) {
            found.extend(made(pattern, window, true));
        }
    }
}

/// Taken apart by spaces, hyphens or dots: *mis-brug*, *skizo freni*.
fn in_pieces(patterns: &[(&Pattern, &str)], text: &[Token], found: &mut Vec<Found>) {
    for count in 2..=MOST_PIECES {
        for window in text.windows(count) {
            let Some(pieces) = Pieces::of(window) else { continue };
            for (pattern, word) in patterns {
                if (word.len() >= pieces.shortest || pieces.are_letters(pattern, word)) && pieces.make(pattern, word) {
                    found.extend(made(pattern, window, false));
                }
            }
        }
    }
}

/// Words that stand beside each other, read as one.
struct Pieces {
    joined: String,
    /// How many of its letters stand in the first word, and how many before the last.
    first: usize,
    before_last: usize,
    count: usize,
    capitals: bool,
    /// The shortest word that is looked for across these gaps.
    shortest: usize,
}

impl Pieces {
    fn of(window: &[Token]) -> Option<Self> {
        let (first, last) = (window.first()?.letters.len(), window.last()?.letters.len());
        let joined: String = window.iter().map(|token| token.letters.as_str()).collect();
        let apart = window.iter().skip(1).any(|token| !token.tight);
        Some(Self {
            first,
            before_last: joined.len() - last,
            count: window.len(),
            capitals: window.iter().all(|token| token.capitals),
            shortest: if apart { SHORTEST_APART } else { SHORTEST_HYPHENED },
            joined,
        })
    }

    /// Whether they are letters that stand for words, with a gap in them: *AD HD*.
    fn are_letters(&self, pattern: &Pattern, word: &str) -> bool {
        pattern.form != Form::Word && self.capitals && word.len() < SHORTEST_HYPHENED && self.joined == word
    }

    /// Whether together they make the word, and none of them alone does.
    fn make(&self, pattern: &Pattern, word: &str) -> bool {
        let start = if pattern.form == Form::Part {
            self.joined.find(word)
        } else {
            self.joined.starts_with(word).then_some(0)
        };
        let Some(start) = start else { return false };
        let in_first = self.first.saturating_sub(start);
        let in_last = (start + word.len()).saturating_sub(self.before_last);
        let inside = self.count == 2 && in_first >= SHORTEST_PIECE && in_last >= SHORTEST_PIECE;
        in_first > 0 && in_last > 0 && (start == 0 || inside) && pattern.is(word, &self.joined, true)
    }
}

/// Spelled: *I P S*, *m.i.s.b.r.u.g*.
fn letter_by_letter(pattern: &Pattern, word: &str, text: &[Token], found: &mut Vec<Found>) {
    if !word.is_ascii() {
        return;
    }
    for window in text.windows(word.len().max(SHORTEST_PIECE)) {
        if window.iter().all(|token| token.letters.len() == 1)
            && window.iter().map(|token| token.letters.as_str()).eq(word.split("").filter(|letter| !letter.is_empty()))
        {
            found.extend(made(pattern, window, false));
        }
    }
}

/// What blocks goes before what asks, what is written before what is put together, and the longer before the shorter.
fn without_overlaps(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| (!found.sure, !found.as_written, found.at.start, std::cmp::Reverse(found.at.end)));
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        if !kept.iter().any(|other| one.at.start < other.at.end && other.at.start < one.at.end) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|found| found.at.start);
    kept
}
