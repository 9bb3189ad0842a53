//! What a figure does not say for certain.

use super::number::count;

/// A sentence for those who are not counted yet, and one for what is taken for ordinary.
pub(super) fn unsaid(undecided: u32, assumed_ordinary: u32) -> Vec<String> {
    let mut sentences = Vec::new();
    if undecided > 0 {
        sentences.push(format!("{} kan ikke afgøres endnu og er ikke med.", count(undecided, "person", "personer")));
    }
    if assumed_ordinary > 0 {
        sentences.push(taken_for_ordinary(assumed_ordinary));
    }
    sentences
}

/// Nobody said how they are paid.
pub(super) fn taken_for_ordinary(starts: u32) -> String {
    let starts = count(starts, "start", "starter");
    format!("{starts} uden oplyst ansættelsesform regnes for ordinære.")
}
