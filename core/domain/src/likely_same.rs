//! Employers of the register that look like one company written twice.

use std::collections::BTreeMap;

use crate::cvr::CvrNumber;
use crate::employer::EmployerFields;
use crate::fold::fold;

/// Why two employers look like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LooksLike {
    /// Both have a production unit of the same number.
    SameUnit,
    /// The same name, however it is written, in the same postcode.
    SameNameAndPostcode,
}

impl LooksLike {
    /// The code that travels.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            LooksLike::SameUnit => "same_unit",
            LooksLike::SameNameAndPostcode => "same_name",
        }
    }

    /// The words shown to people.
    #[must_use]
    pub const fn danish(self) -> &'static str {
        match self {
            LooksLike::SameUnit => "samme P-nummer",
            LooksLike::SameNameAndPostcode => "samme navn og postnummer",
        }
    }
}

/// Endings that say what kind of company it is and not which.
const LEGAL_FORMS: [&str; 10] = ["a/s", "aps", "i/s", "k/s", "p/s", "ivs", "amba", "a.m.b.a.", "fmba", "smba"];

/// Pairs that look like one company, the lower number first, each pair once. Two documents of one number are one employer
/// without anybody's doing and are no pair.
#[must_use]
pub fn likely_same<'a>(
    employers: impl IntoIterator<Item = &'a EmployerFields>,
) -> BTreeMap<(CvrNumber, CvrNumber), LooksLike> {
    let mut alike: BTreeMap<(LooksLike, String), Vec<CvrNumber>> = BTreeMap::new();
    for employer in employers {
        for unit in &employer.units {
            alike.entry((LooksLike::SameUnit, unit.number.to_string())).or_default().push(employer.cvr);
        }
        let postcode: String =
            employer.postcode.iter().flat_map(|code| code.chars()).filter(char::is_ascii_digit).collect();
        let name = plain_name(&employer.name);
        if !postcode.is_empty() && !name.is_empty() {
            let key = (LooksLike::SameNameAndPostcode, format!("{postcode} {name}"));
            alike.entry(key).or_default().push(employer.cvr);
        }
    }
    let mut pairs = BTreeMap::new();
    for ((why, _), numbers) in &alike {
        for (at, one) in numbers.iter().enumerate() {
            for other in numbers.iter().skip(at + 1).filter(|other| *other != one) {
                pairs.entry((*one.min(other), *one.max(other))).or_insert(*why);
            }
        }
    }
    pairs
}

/// The name as it is heard: folded, one space between words, without the kind of company.
fn plain_name(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    words.filter(|word| !LEGAL_FORMS.contains(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn employer(cvr: &str, name: &str, postcode: &str, units: &[&str]) -> EmployerFields {
        EmployerFields {
            postcode: Some(postcode.into()).filter(|code: &String| !code.is_empty()),
            units: units
                .iter()
                .map(|number| crate::EmployerUnit {
                    number: number.parse().unwrap(),
                    name: None,
                    address: None,
                    postcode: None,
                    town: None,
                })
                .collect(),
            ..EmployerFields::new(cvr.parse().unwrap(), name)
        }
    }

    #[test]
    fn the_same_name_in_the_same_postcode_is_likely_one_company_however_it_is_written() {
        let found = likely_same(&[
            employer("24256790", "Køkkenet  på Ærø, ApS", "5970", &[]),
            employer("13585628", "kokkenet på aero A/S", "DK-5970", &[]),
            employer("64942212", "Køkkenet på Ærø", "5900", &[]),
            employer("13748136", "Køkkenet på Ærø", "", &[]),
        ]);
        let pair = ("13585628".parse().unwrap(), "24256790".parse().unwrap());
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [(pair, LooksLike::SameNameAndPostcode)]);
    }

    #[test]
    fn the_same_unit_tells_of_one_company_and_the_same_number_twice_is_no_pair() {
        let found = likely_same(&[
            employer("24256790", "Netto", "2450", &["1003456789"]),
            employer("24256790", "Netto", "2450", &["1003456789"]),
            employer("13585628", "Netto Sluseholmen", "2450", &["1003456789", "1003456788"]),
        ]);
        assert_eq!(found.values().copied().collect::<Vec<_>>(), [LooksLike::SameUnit]);
    }

    #[test]
    fn a_name_that_is_only_a_kind_of_company_is_like_no_other() {
        assert!(
            likely_same(&[employer("24256790", "ApS", "2450", &[]), employer("13585628", "A/S", "2450", &[])])
                .is_empty()
        );
    }
}
