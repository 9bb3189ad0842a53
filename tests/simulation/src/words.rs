//! Every word that was ever typed, and what its writer was told about it.

use std::collections::BTreeMap;

use feltbog_domain::{DocumentId, FolderId};

/// One word: a single character, so that no diff can take it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word(u32);

/// The first of twenty thousand characters that no other text of a simulated life holds.
const FIRST: u32 = 0x4e00;

impl Word {
    pub(crate) fn character(self) -> char {
        char::from_u32(FIRST + self.0).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

/// What the writer was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// It is saved.
    Saved,
    /// The app ended before it said anything.
    Nothing,
    /// It was not saved.
    NotSaved,
}

/// Where a word was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) phone: usize,
    pub(crate) document: DocumentId,
    pub(crate) folder: FolderId,
    pub(crate) told: Told,
}

/// All words.
#[derive(Debug, Default)]
pub(crate) struct Words {
    next: u32,
    typed: BTreeMap<Word, Typed>,
    /// Words whose writer never got to an entry to type them in.
    nowhere: Vec<Word>,
}

impl Words {
    pub(crate) fn new_word(&mut self) -> Word {
        self.next += 1;
        Word(self.next)
    }

    pub(crate) fn note(&mut self, word: Word, typed: Typed) {
        self.typed.insert(word, typed);
    }

    pub(crate) fn note_nowhere(&mut self, word: Word) {
        self.nowhere.push(word);
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (Word, Typed)> + '_ {
        self.typed.iter().map(|(word, typed)| (*word, *typed))
    }

    /// Words that must not be anywhere.
    pub(crate) fn nowhere(&self) -> impl Iterator<Item = Word> + '_ {
        let unsaved = self.typed.iter().filter(|(_, typed)| typed.told == Told::NotSaved).map(|(word, _)| *word);
        self.nowhere.iter().copied().chain(unsaved)
    }

    pub(crate) fn count(&self) -> usize {
        self.typed.len()
    }
}
