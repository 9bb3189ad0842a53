//! The names of this device's citizens, looked for in texts that somebody else reads.

use feltbog_domain::fold;
use feltbog_store::Reader;

use crate::error::AppError;
use crate::folded_text::FoldedText;

/// Every citizen's names and number, folded.
pub(crate) struct CitizenNames(Vec<Citizen>);

/// One citizen: every part of the name, those that are no ordinary words, and the number.
struct Citizen {
    name: Vec<String>,
    telling: Vec<String>,
    number: Option<String>,
}

impl CitizenNames {
    /// Of every citizen this device knows. Parts shorter than this many letters are left out: in a long text they are
    /// ordinary words.
    pub(crate) fn known(r: &Reader<'_>, shortest: usize) -> Result<Self, AppError> {
        let long_enough = |part: &&str| part.chars().count() >= shortest;
        let citizens = r.case_folders()?.into_iter().map(|row| Citizen {
            name: row.name.split_whitespace().map(fold).collect(),
            telling: row.name.split_whitespace().filter(long_enough).map(fold).collect(),
            number: Some(row.number.as_str()).filter(long_enough).map(fold),
        });
        Ok(Self(citizens.collect()))
    }

    /// Whether a text names one of them by any part of a name, also as an owner: *Minas* is Mina.
    pub(crate) fn any_in(&self, text: &str) -> bool {
        let text = FoldedText::of(text);
        self.0.iter().flat_map(|citizen| citizen.telling.iter().chain(&citizen.number)).any(|part| text.names(part))
    }

    /// Whether a name is the whole name of one of them, or holds a number. A citizen of one name is only meant where it
    /// stands alone: half of the town has that name too.
    pub(crate) fn whole_in(&self, text: &str) -> bool {
        let text = FoldedText::of(text);
        self.0.iter().any(|citizen| {
            let whole = citizen.name.len() > 1 || text.words().count() == 1;
            let named = !citizen.name.is_empty() && whole && citizen.name.iter().all(|part| text.names(part));
            named || citizen.number.iter().any(|number| text.names(number))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> CitizenNames {
        let citizen = |name: &[&str], number: &str| Citizen {
            name: name.iter().map(|part| fold(part)).collect(),
            telling: name.iter().map(|part| fold(part)).filter(|part| part.len() > 2).collect(),
            number: Some(fold(number)),
        };
        CitizenNames(vec![
            citizen(&["Amina", "Berg-Holm"], "SYD-1"),
            citizen(&["Bodil"], "SYD-2"),
            citizen(&["Bo", "Lind"], "SYD-3"),
        ])
    }

    #[test]
    fn any_part_names_a_citizen_in_a_text_and_only_the_whole_does_in_a_name() {
        for text in ["Aminas chef", "hos berg-holm", "se syd-2", "Bodil begynder"] {
            assert!(names().any_in(text), "{text}");
        }
        for name in ["Amina Berg-Holm", "Berg-Holm, Amina", "amina.berg-holm@example.dk", "Bodil", "Bo Lind", "SYD-1"] {
            assert!(names().whole_in(name), "{name}");
        }
        for name in ["Amina Krag", "Bodil Skov", "Bo Krag", "Lindevej 2", "Holm & Søn", "Bodilsvej 4"] {
            assert!(!names().whole_in(name), "{name}");
        }
    }
}
