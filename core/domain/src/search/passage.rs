//! The part of a text that shows why it was found.

use super::{Closeness, Wanted, words_of};

/// Characters shown before the first word that was found, and in all.
const BEFORE: usize = 40;
const SHOWN: usize = 160;

/// A part of a text, plain, with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// The part as it was written; `…` where the text goes on.
    pub text: String,
    /// What was found in it, in order, one after the other.
    pub marks: Vec<Mark>,
}

/// A stretch of a [`Passage`], counted in UTF-16 code units as JavaScript, Kotlin and Swift's ranges count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The first unit.
    pub start: u32,
    /// The unit after the last.
    pub end: u32,
}

impl Wanted {
    /// The text around the first word that comes as near as this, with every such word marked; `None` when there is none.
    #[must_use]
    pub fn passage(&self, text: &str, within: Closeness) -> Option<Passage> {
        let is_found = |word: &str| {
            self.words().iter().any(|wanted| wanted.closeness_to_word(word).is_some_and(|found| found <= within))
        };
        let (first, _) = words_of(text).find(|(_, word)| is_found(word))?;
        let (from, until) = window(text, first);
        let mut passage = Passage::default();
        passage.say(if from > 0 { "…" } else { "" });
        let mut said = from;
        for (at, word) in words_of(text).skip_while(|(at, _)| *at < first).take_while(|(at, _)| *at < until) {
            if !is_found(word) {
                continue;
            }
            let end = until.min(at + word.len());
            passage.say(text.get(said..at).unwrap_or_default());
            let start = passage.units();
            passage.say(text.get(at..end).unwrap_or_default());
            passage.marks.push(Mark { start, end: passage.units() });
            said = end;
        }
        passage.say(text.get(said..until).unwrap_or_default());
        passage.say(if until < text.len() { "…" } else { "" });
        Some(passage)
    }
}

impl Passage {
    /// The beginning of a text in which nothing is marked.
    #[must_use]
    pub fn beginning(text: &str) -> Self {
        let until = after(text, 0, SHOWN);
        let tail = if until < text.len() { "…" } else { "" };
        Self { text: format!("{}{tail}", text.get(..until).unwrap_or_default()), marks: Vec::new() }
    }

    /// The text with signs around what was found, for where nothing else can mark.
    #[must_use]
    pub fn with_signs(&self, before: &str, after: &str) -> String {
        let marks = self.marks.iter().flat_map(|mark| [(mark.start, before), (mark.end, after)]);
        let mut signs: Vec<(u32, &str)> = marks.rev().collect();
        let (mut said, mut unit) = (String::with_capacity(self.text.len()), 0);
        for c in self.text.chars() {
            while let Some((_, sign)) = signs.pop_if(|(at, _)| *at <= unit) {
                said.push_str(sign);
            }
            said.push(c);
            unit += if c.len_utf16() == 1 { 1 } else { 2 };
        }
        signs.into_iter().rev().for_each(|(_, sign)| said.push_str(sign));
        said
    }

    fn say(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn units(&self) -> u32 {
        u32::try_from(self.text.encode_utf16().count()).unwrap_or(u32::MAX)
    }
}

/// The bytes from and until which is shown, whole words before what was found.
fn window(text: &str, first: usize) -> (usize, usize) {
    let ahead = text.get(..first).unwrap_or_default();
    let from = ahead.char_indices().rev().take(BEFORE).last().map_or(first, |(at, _)| at);
    // A word that was cut is left out.
    let gap = text.get(from..first).unwrap_or_default().char_indices().find(|(_, c)| c.is_whitespace());
    let whole = gap.map_or(first, |(at, gap)| from + at + gap.len_utf8());
    let from = if from == 0 { 0 } else { whole };
    (from, after(text, from, SHOWN))
}

/// The byte so many characters after another.
fn after(text: &str, from: usize, characters: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.char_indices().nth(characters).map_or(text.len(), |(at, _)| from + at)
}
