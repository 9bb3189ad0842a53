//! A text in which names are looked for.

use feltbog_domain::fold;

/// A folded text.
pub(crate) struct FoldedText(String);

impl FoldedText {
    pub(crate) fn of(text: &str) -> Self {
        Self(fold(text))
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
    }

    /// Whether a folded part of a name stands in it, also as an owner: *Minas* is Mina.
    pub(crate) fn names(&self, part: &str) -> bool {
        let named = |word: &str| word.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest == "s");
        self.words().any(named) || (part.contains('-') && self.0.contains(part))
    }
}
