//! Names of units and sites, as they come from the programme.

use super::GivesAway;
use super::letters::plain_words;
use super::term::{Form, Pattern};

/// Words that many places are called by.
const COMMON: [&str; 12] = [
    "afdelingen",
    "center",
    "centeret",
    "centret",
    "kommune",
    "kommunens",
    "kontoret",
    "koebenhavns",
    "hovedstadens",
    "jobcenter",
    "jobcenteret",
    "parkeringspladsen",
];
/// A word of a name that is shorter may be anything.
const SHORTEST_TELLING: usize = 8;

/// The whole name blocks. Its first word alone, as in *vi ses i Kvartershuset*, is asked about if it is no common one; the
/// words after it are mostly the district, which may be said.
pub(super) fn unit_patterns(name: &str) -> Vec<Pattern> {
    let mut words = plain_words(name);
    // An address gives away without the number too.
    while words.len() > 1 && words.last().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
        words.pop();
    }
    let telling = words
        .first()
        .filter(|first| words.len() > 1 && first.len() >= SHORTEST_TELLING && !COMMON.contains(&first.as_str()))
        .map(|first| Pattern::new(vec![first.clone()], Form::Word, GivesAway::Unit, false));
    // Of a name of one or two letters every text would be full.
    let whole = (words.iter().map(String::len).sum::<usize>() >= 3)
        .then(|| Pattern::new(words, Form::Word, GivesAway::Unit, true));
    whole.into_iter().chain(telling).collect()
}
