//! The words that give away, by reason. They are data: a row is a word, its reason, and what makes it innocent.

mod diagnoses;
mod medicine;
mod programme;
mod substances;
mod treatment;

use super::term::Term;

/// Every list.
pub(super) const TERMS: [&[Term]; 5] =
    [programme::TERMS, diagnoses::TERMS, substances::TERMS, treatment::TERMS, medicine::TERMS];
