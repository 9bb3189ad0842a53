//! What is agreed in words.

use super::finding::{Finder, Found};
use super::letters::{Token, plain_words, tokens};
use super::term::{Form, Pattern, is_inflected};
use super::{GivesAway, MaySay};

/// Words after which the rest of a sentence is not allowed but excepted: *alt undtagen misbrug*.
const EXCEPTING: [&str; 14] = [
    "ikke", "ej", "undtagen", "bortset", "uden", "ingen", "intet", "aldrig", "not", "except", "without", "no", "never",
    "nothing",
];
/// Words around what is meant, where something is named that is not said.
const AROUND: [&str; 36] = [
    "at",
    "om",
    "hendes",
    "hans",
    "sin",
    "sit",
    "sine",
    "den",
    "det",
    "de",
    "en",
    "et",
    "han",
    "hun",
    "har",
    "er",
    "var",
    "noget",
    "ikke",
    "maa",
    "naevnes",
    "siges",
    "fortaelles",
    "tidligere",
    "the",
    "a",
    "an",
    "his",
    "her",
    "has",
    "is",
    "was",
    "that",
    "about",
    "their",
    "any",
];
/// A longer phrase is a sentence about what is meant and stands in no text.
const LONGEST_PHRASE: usize = 4;
const SHORTEST_WORD: usize = 3;

/// The words somebody may use, and those somebody may not.
pub(super) struct Agreed {
    allowed: Vec<Vec<String>>,
    not: Vec<Pattern>,
}

impl Agreed {
    /// Nothing may be said.
    pub(super) fn nothing(may_not_say: &str) -> Self {
        Self { allowed: Vec::new(), not: not_said(may_not_say) }
    }

    /// What may be said are the very words that were agreed, with other endings: *misbrug* lets no *misbrugsbehandling*
    /// through. What may not be said goes before what may.
    pub(super) fn read(agreement: &MaySay<'_>, finder: &Finder) -> Self {
        let found = |text: &str| finder.find(&tokens(text)).into_iter().map(|found| found.letters);
        let forbidden: Vec<Vec<String>> = found(agreement.may_not_say).collect();
        let allowed =
            allowed_part(agreement.may_say).into_iter().flat_map(found).filter(|words| !forbidden.contains(words));
        Self { allowed: allowed.collect(), not: not_said(agreement.may_not_say) }
    }

    pub(super) fn judge(&self, finder: &Finder, text: &[Token]) -> Vec<Found> {
        let found = finder.find_also(text, &self.not);
        found.into_iter().filter(|found| found.why == GivesAway::AgreedNot || !self.allows(&found.letters)).collect()
    }

    fn allows(&self, words: &[String]) -> bool {
        self.allowed
            .iter()
            .any(|allowed| allowed.len() == words.len() && allowed.iter().zip(words).all(|(a, b)| is_same(a, b)))
    }
}

fn is_same(one: &str, other: &str) -> bool {
    is_inflected(one, other) || is_inflected(other, one)
}

/// Each sentence as far as something is excepted in it.
fn allowed_part(may_say: &str) -> Vec<&str> {
    may_say
        .split(['.', ';', '\n', '!'])
        .map(|sentence| {
            let excepted = tokens(sentence).into_iter().find(|token| EXCEPTING.contains(&token.letters.as_str()));
            excepted.and_then(|token| sentence.get(..token.at.start)).unwrap_or(sentence)
        })
        .collect()
}

/// The words and short phrases of a list of what is not said.
fn not_said(may_not_say: &str) -> Vec<Pattern> {
    may_not_say
        .split(['.', ',', ';', '\n', '!'])
        .flat_map(|part| part.split(" og "))
        .flat_map(|part| part.split(" eller "))
        .map(plain_words)
        .map(|words| words.into_iter().skip_while(|word| AROUND.contains(&word.as_str())).collect::<Vec<String>>())
        .filter(|words| (1..=LONGEST_PHRASE).contains(&words.len()))
        .filter(|words| words.iter().any(|word| word.len() >= SHORTEST_WORD && !AROUND.contains(&word.as_str())))
        .map(|words| Pattern::new(words, Form::Word, GivesAway::AgreedNot, true))
        .collect()
}
