//! What somebody looks for, and how near a text comes to it. The index that finds entries by it is the store's.

mod closeness;
mod passage;

pub use self::closeness::Closeness;
pub use self::passage::{Mark, Passage};

use crate::fold::{fold, fold_letters, is_accent};

/// Words that are looked for at most; what is typed beyond them is not.
const WORDS: usize = 12;

/// The words somebody looks for.
#[derive(Debug, Clone, Default)]
pub struct Wanted(Vec<WantedWord>);

/// One of them.
#[derive(Debug, Clone)]
pub struct WantedWord {
    folded: String,
    letters: String,
}

impl Wanted {
    /// What was typed, whatever stands between the words.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        let mut words: Vec<WantedWord> = Vec::new();
        for word in words_of(text).map(|(_, word)| WantedWord { folded: fold(word), letters: fold_letters(word) }) {
            if words.len() < WORDS && !word.folded.is_empty() && !words.iter().any(|known| known.folded == word.folded)
            {
                words.push(word);
            }
        }
        Self(words)
    }

    /// Each word, in the order typed.
    #[must_use]
    pub fn words(&self) -> &[WantedWord] {
        &self.0
    }

    /// How near a text comes that has to hold all the words; `None` when it lacks one.
    #[must_use]
    pub fn closeness_to(&self, text: &str) -> Option<Closeness> {
        self.0
            .iter()
            .map(|word| word.closeness_to_text(text))
            .try_fold(Closeness::Exact, |worst, one| Some(worst.max(one?)))
    }
}

impl WantedWord {
    /// The word as the index has it: letters and digits only.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The nearest word of a text.
    #[must_use]
    pub fn closeness_to_text(&self, text: &str) -> Option<Closeness> {
        words_of(text).filter_map(|(_, word)| self.closeness_to_word(word)).min()
    }

    /// How near a word comes, as it was written.
    #[must_use]
    pub fn closeness_to_word(&self, word: &str) -> Option<Closeness> {
        let forms = [self.closeness_to_indexed(&fold(word)), self.closeness_to_indexed(&fold_letters(word))];
        forms.into_iter().flatten().min()
    }

    /// How near a word of [`search_text`] comes.
    #[must_use]
    pub fn closeness_to_indexed(&self, word: &str) -> Option<Closeness> {
        if word.starts_with(&self.folded) {
            return Some(Closeness::Exact);
        }
        let folded = closeness::near(&self.folded, word);
        // The same letters once more would say the same.
        let letters = if self.letters == self.folded { None } else { closeness::near(&self.letters, word) };
        folded.into_iter().chain(letters).min()
    }
}

/// The words of a text as an index of words takes them, a space between them: each folded, and where two letters stand for
/// one also letter by letter, so that a slip of the finger is one letter off.
#[must_use]
pub fn search_text(text: &str) -> String {
    let mut indexed = String::with_capacity(text.len());
    let mut add = |word: &str| {
        indexed.push_str(word);
        indexed.push(' ');
    };
    for (_, word) in words_of(text) {
        let (folded, letters) = (fold(word), fold_letters(word));
        add(&folded);
        if letters != folded {
            add(&letters);
        }
    }
    indexed
}

/// Each word of a text and the byte it begins at.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_inside = |c: char| c.is_alphanumeric() || is_accent(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let from = at + rest.find(is_inside)?;
        let rest = text.get(from..)?;
        let until = from + rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
        at = until;
        Some((from, text.get(from..until)?))
    })
}

#[cfg(test)]
mod tests;
