//! The names of those around this device's citizens, looked for in texts that somebody else reads: family, mentors, therapists
//! and the staff. Who reads that somebody meets a therapist by name learns what the appointment is about.

use feltbog_domain::{CaseProfile, fold};
use feltbog_store::Reader;

use crate::error::AppError;
use crate::folded_text::FoldedText;

/// Parts of their names, folded.
pub(crate) struct BystanderNames(Vec<String>);

impl BystanderNames {
    /// Of everybody in these profiles and in the staff list. Parts shorter than this many letters are left out.
    pub(crate) fn known(r: &Reader<'_>, profiles: &[CaseProfile], shortest: usize) -> Result<Self, AppError> {
        let staff = r.staff()?;
        let around = profiles.iter().flat_map(|profile| {
            let people = profile.people.iter().map(|person| &person.name);
            people.chain(&profile.consultant).chain(&profile.therapist)
        });
        let names = staff.iter().map(|staff| &staff.name).chain(around);
        Ok(Self(names.flat_map(|name| telling_parts(name, shortest)).collect()))
    }

    /// Whether a text names one of them by any part of a name.
    pub(crate) fn any_in(&self, text: &str) -> bool {
        let text = FoldedText::of(text);
        self.0.iter().any(|part| text.names(part))
    }
}

/// The capitalised words of a name, as it may be written *Else, mor til Amina*; all of them where none is.
fn telling_parts(name: &str, shortest: usize) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= shortest);
    let (capitalised, others): (Vec<&str>, Vec<&str>) = words.partition(|word| word.starts_with(char::is_uppercase));
    let telling = if capitalised.is_empty() { others } else { capitalised };
    telling.into_iter().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_by_its_capitalised_words_or_by_all_where_somebody_was_in_a_hurry() {
        assert_eq!(telling_parts("Else Berg-Holm, mor til Amina", 2), ["else", "berg", "holm", "amina"]);
        assert_eq!(telling_parts("bo krag", 2), ["bo", "krag"]);
        assert_eq!(telling_parts("B. Krag", 2), ["krag"]);
    }
}
