//! One row of the word lists.

use super::GivesAway;
use super::letters::{Token, plain_words};

/// How a word is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The word with its endings.
    Word,
    /// Also as the first part of a longer word.
    Start,
    /// Anywhere in a longer word.
    Part,
    /// Letters that stand for words: as a word of their own, in any case.
    Letters,
    /// As those, but only in capitals: in small letters it is another word.
    Capitals,
}

/// One word or phrase that gives away, with its reason and what makes it innocent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    phrase: &'static str,
    form: Form,
    why: GivesAway,
    sure: bool,
    but: &'static [&'static str],
    not_before: &'static [&'static str],
    not_after: &'static [&'static str],
    only_after: &'static [&'static str],
}

impl Term {
    const fn of(phrase: &'static str, form: Form, why: GivesAway) -> Self {
        Self { phrase, form, why, sure: true, but: &[], not_before: &[], not_after: &[], only_after: &[] }
    }

    /// The word or phrase with its endings.
    pub(super) const fn word(phrase: &'static str, why: GivesAway) -> Self {
        Self::of(phrase, Form::Word, why)
    }

    /// Also as the first part of a longer word.
    pub(super) const fn start(phrase: &'static str, why: GivesAway) -> Self {
        Self::of(phrase, Form::Start, why)
    }

    /// Anywhere in a longer word.
    pub(super) const fn part(phrase: &'static str, why: GivesAway) -> Self {
        Self::of(phrase, Form::Part, why)
    }

    /// Letters that stand for words.
    pub(super) const fn letters(phrase: &'static str, why: GivesAway) -> Self {
        Self::of(phrase, Form::Letters, why)
    }

    /// The same, only in capitals.
    pub(super) const fn capitals(phrase: &'static str, why: GivesAway) -> Self {
        Self::of(phrase, Form::Capitals, why)
    }

    /// It has an innocent meaning as well: the writer is asked.
    pub(super) const fn perhaps(self) -> Self {
        Self { sure: false, ..self }
    }

    /// These longer words are innocent; with a star all that begin so.
    pub(super) const fn but(self, but: &'static [&'static str]) -> Self {
        Self { but, ..self }
    }

    /// Innocent where one of these words or phrases follows.
    pub(super) const fn not_before(self, not_before: &'static [&'static str]) -> Self {
        Self { not_before, ..self }
    }

    /// Innocent where one of these words or phrases goes before.
    pub(super) const fn not_after(self, not_after: &'static [&'static str]) -> Self {
        Self { not_after, ..self }
    }

    /// Innocent unless one of these goes before.
    pub(super) const fn only_after(self, only_after: &'static [&'static str]) -> Self {
        Self { only_after, ..self }
    }
}

/// A term in the letters a text is compared in.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) words: Vec<String>,
    pub(super) form: Form,
    pub(super) why: GivesAway,
    pub(super) sure: bool,
    but: Vec<Innocent>,
    not_before: Vec<Vec<String>>,
    not_after: Vec<Vec<String>>,
    only_after: Vec<Vec<String>>,
}

/// A word that is innocent though it looks like one that is not.
#[derive(Debug, Clone)]
enum Innocent {
    Word(String),
    Start(String),
}

impl Innocent {
    fn of(word: &str) -> Self {
        let letters = plain_words(word).concat();
        if word.ends_with('*') { Innocent::Start(letters) } else { Innocent::Word(letters) }
    }

    fn is(&self, letters: &str) -> bool {
        match self {
            Innocent::Word(word) => letters == word,
            Innocent::Start(start) => letters.starts_with(start.as_str()),
        }
    }
}

/// Endings of Danish and English words. A word without one is a word too.
const ENDINGS: [&str; 26] = [
    "", "s", "e", "n", "t", "r", "en", "et", "er", "es", "ed", "ns", "ts", "rs", "ens", "ets", "ers", "ene", "rne",
    "rnes", "erne", "enes", "ernes", "ing", "ede", "ende",
];

impl Pattern {
    pub(super) fn new(words: Vec<String>, form: Form, why: GivesAway, sure: bool) -> Self {
        let (but, not_before, not_after, only_after) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { words, form, why, sure, but, not_before, not_after, only_after }
    }

    pub(super) fn of(term: &Term) -> Self {
        let plain = |phrases: &[&str]| phrases.iter().map(|phrase| plain_words(phrase)).collect();
        Self {
            but: term.but.iter().map(|word| Innocent::of(word)).collect(),
            not_before: plain(term.not_before),
            not_after: plain(term.not_after),
            only_after: plain(term.only_after),
            ..Self::new(plain_words(term.phrase), term.form, term.why, term.sure)
        }
    }

    /// Whether one word of a text is this word, or the last of this phrase.
    pub(super) fn is(&self, word: &str, letters: &str, capitals: bool) -> bool {
        let found = match self.form {
            Form::Word => is_inflected(word, letters),
            Form::Start => letters.starts_with(word),
            Form::Part => letters.contains(word),
            Form::Letters => without_number(letters) == word,
            Form::Capitals => without_number(letters) == word && capitals,
        };
        found && !self.but.iter().any(|innocent| innocent.is(letters))
    }

    /// Whether what stands around it leaves it its meaning.
    pub(super) fn fits(&self, before: &[Token], after: &[Token]) -> bool {
        let ends = |phrase: &Vec<String>| {
            before.len() >= phrase.len()
                && before.iter().rev().map(|token| &token.letters).zip(phrase.iter().rev()).all(|(a, b)| a == b)
        };
        let begins = |phrase: &Vec<String>| {
            after.len() >= phrase.len() && after.iter().map(|token| &token.letters).zip(phrase).all(|(a, b)| a == b)
        };
        !self.not_after.iter().any(ends)
            && !self.not_before.iter().any(begins)
            && (self.only_after.is_empty() || self.only_after.iter().any(ends))
    }

    /// Whether it means the same wherever it stands.
    pub(super) fn stands_alone(&self) -> bool {
        self.only_after.is_empty()
    }
}

/// *IPS2020* is a name of IPS.
fn without_number(letters: &str) -> &str {
    letters.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Whether letters are a word with one of its endings.
pub(super) fn is_inflected(word: &str, letters: &str) -> bool {
    letters.strip_prefix(word).is_some_and(|ending| ENDINGS.contains(&ending))
}
