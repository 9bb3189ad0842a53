//! Words that name others, marked in a text.

use super::ToReview;

/// The text with the words in question between brackets.
pub(super) fn marked(note: &str, named: &[&ToReview]) -> String {
    let mut text = String::with_capacity(note.len());
    let mut rest = note;
    while let Some(from) = rest.find(char::is_alphanumeric) {
        let (between, word_on) = rest.split_at(from);
        let end = word_on.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(word_on.len());
        let (word, after) = word_on.split_at(end);
        text.push_str(between);
        if named.iter().any(|mark| mark.name == word) {
            text.extend(["⟦", word, "⟧"]);
        } else {
            text.push_str(word);
        }
        rest = after;
    }
    text.push_str(rest);
    text
}
