//! The names of this device's citizens, looked for in texts that somebody else reads.

use feltbog_domain::fold;
use feltbog_store::Reader;

use crate::error::AppError;

/// Every citizen's names and number, folded.
pub(crate) struct CitizenNames(Vec<String>);

impl CitizenNames {
    /// Of every citizen this device knows. Parts shorter than this many letters are left out: in a long text they are
    /// ordinary words.
    pub(crate) fn known(r: &Reader<'_>, shortest: usize) -> Result<Self, AppError> {
        let rows = r.case_folders()?;
        let parts = rows.iter().flat_map(|row| row.name.split_whitespace().chain([row.number.as_str()]));
        let long_enough = parts.filter(|part| part.chars().count() >= shortest);
        Ok(Self(long_enough.map(fold).collect()))
    }

    /// Whether a text names one of them, also as an owner: *Minas* is Mina.
    pub(crate) fn any_in(&self, text: &str) -> bool {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
        self.0.iter().any(|name| {
            let named =
                |word: &&str| word.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest == "s");
            words.iter().any(named) || (name.contains('-') && folded.contains(name.as_str()))
        })
    }
}
