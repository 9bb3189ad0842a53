//! Codes that laws and programmes change: each with its words, the days it can be chosen, and its source.
//!
//! They are data and no enums: a law that names something anew is a line in `codes/dated.csv`. A code is never used for another
//! thing, and its line is never taken away: what was written with it keeps its name.

use std::sync::LazyLock;

use jiff::civil::Date;

const FILE: &str = include_str!("../codes/dated.csv");

/// Which list a code stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeList {
    /// *Ydelser*: what a citizen lives on.
    Benefit,
    /// *Målgrupper*: how the authority classes a citizen.
    TargetGroup,
    /// What the authorities are called.
    Authority,
    /// The principles of IPS as the municipality counts them.
    PrincipleOf7,
    /// The same as the method's own organisation counts them.
    PrincipleOf8,
}

impl CodeList {
    /// Every list.
    pub const ALL: [CodeList; 5] =
        [CodeList::Benefit, CodeList::TargetGroup, CodeList::Authority, CodeList::PrincipleOf7, CodeList::PrincipleOf8];

    /// Its word in the file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            CodeList::Benefit => "benefit",
            CodeList::TargetGroup => "target_group",
            CodeList::Authority => "authority",
            CodeList::PrincipleOf7 => "principle_of_7",
            CodeList::PrincipleOf8 => "principle_of_8",
        }
    }

    /// Every code there ever was, in the order of the file.
    pub fn codes(self) -> impl Iterator<Item = &'static DatedCode> {
        CODES.iter().filter(move |code| code.list == self)
    }

    /// Those that can be chosen on a day.
    pub fn valid_on(self, day: Date) -> impl Iterator<Item = &'static DatedCode> {
        self.codes().filter(move |code| code.is_valid_on(day))
    }

    /// The code itself, or what people and the old files call it in Danish or English.
    #[must_use]
    pub fn find(self, word: &str) -> Option<&'static DatedCode> {
        let word = word.trim().to_lowercase();
        self.codes()
            .find(|code| code.code == word || code.danish.to_lowercase() == word || code.english.to_lowercase() == word)
    }

    /// What a stored code is called in Danish; one this version does not know as it came.
    #[must_use]
    pub fn danish(self, code: &str) -> &str {
        self.find(code).map_or(code, |known| known.danish)
    }

    /// The same in English.
    #[must_use]
    pub fn english(self, code: &str) -> &str {
        self.find(code).map_or(code, |known| known.english)
    }
}

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedCode {
    /// The list.
    pub list: CodeList,
    /// What is stored.
    pub code: &'static str,
    /// What it is called in Danish.
    pub danish: &'static str,
    /// What it is called in English.
    pub english: &'static str,
    /// The first day it can be chosen; always before where nothing stands.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// Where it comes from.
    pub source: &'static str,
}

impl DatedCode {
    /// Whether it can be chosen on a day.
    #[must_use]
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A line that cannot be read is left out here, and found by the test beside the file.
static CODES: LazyLock<Vec<DatedCode>> = LazyLock::new(|| lines().filter_map(read).collect());

fn lines() -> impl Iterator<Item = &'static str> {
    FILE.lines().skip(1)
}

fn read(line: &'static str) -> Option<DatedCode> {
    let fields: Vec<&str> = line.split(';').collect();
    let [list, code, danish, english, from, until, source] = *fields.as_slice() else { return None };
    let list = CodeList::ALL.into_iter().find(|known| known.word() == list)?;
    Some(DatedCode { list, code, danish, english, from: day(from)?, until: day(until)?, source })
}

/// An empty field is no day; anything else that is no day makes the line unreadable.
fn day(text: &str) -> Option<Option<Date>> {
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn on(day: &str) -> Date {
        day.parse().unwrap()
    }

    fn codes_on(list: CodeList, day: &str) -> Vec<&'static str> {
        list.valid_on(on(day)).map(|code| code.code).collect()
    }

    #[test]
    fn every_line_of_the_file_is_read_and_says_everything() {
        assert_eq!(FILE.lines().next(), Some("list;code;danish;english;from;until;source"));
        let mut known = HashSet::new();
        for line in lines() {
            let code = read(line).unwrap_or_else(|| panic!("{line}"));
            let texts = [code.code, code.danish, code.english, code.source];
            assert!(texts.iter().all(|text| !text.is_empty() && text.trim() == *text), "{line}");
            assert!(code.code.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{line}");
            assert!(code.from.zip(code.until).is_none_or(|(from, until)| from <= until), "{line}");
            assert!(known.insert((code.list, code.code)), "{line} is there twice");
        }
        assert_eq!(CODES.len(), known.len());
        assert!(CodeList::ALL.into_iter().all(|list| list.codes().next().is_some()));
        for wrong in ["benefit;x;y", "nothing;a;b;c;;;d", "benefit;a;b;c;2025-13-01;;d"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_last_day_of_a_code_still_offers_it_and_the_next_does_not() {
        let has = |code: &str, day: &str| codes_on(CodeList::Benefit, day).contains(&code);
        assert!(has("education_benefit", "2025-06-30") && !has("education_benefit", "2025-07-01"));
        assert!(!has("cash_benefit_basic", "2025-06-30") && has("cash_benefit_basic", "2025-07-01"));
        assert!(has("cash_benefit", "2020-01-01") && has("cash_benefit", "2026-12-31"));
        assert!(has("transition_benefit", "2025-06-30") && !has("transition_benefit", "2025-07-01"));
        assert!(!has("education_benefit", "2013-12-31") && has("education_benefit", "2014-01-01"));
        assert_eq!(codes_on(CodeList::Authority, "2026-01-31")[0], "jobcentre");
        assert!(!codes_on(CodeList::Authority, "2026-07-01").contains(&"jobcentre"));
    }

    #[test]
    fn an_old_code_keeps_its_name_and_an_unknown_one_is_shown_as_it_came() {
        let list = CodeList::Benefit;
        assert_eq!(
            (list.danish("education_benefit"), list.english("education_benefit")),
            ("uddannelseshjælp", "education benefit")
        );
        assert_eq!(list.danish("Kontanthjælp"), "kontanthjælp", "what the old files say");
        assert_eq!((list.danish("citizen_wage"), list.english("citizen_wage")), ("citizen_wage", "citizen_wage"));
        assert_eq!(list.find("uddannelseshjælp").map(|code| code.code), Some("education_benefit"));
    }

    #[test]
    fn young_people_are_classed_as_ready_for_education_after_their_benefit_is_gone() {
        assert_eq!(codes_on(CodeList::TargetGroup, "2026-11-22"), ["job_ready", "activity_ready", "education_ready"]);
    }

    #[test]
    fn one_source_counts_seven_principles_and_another_eight() {
        assert_eq!((CodeList::PrincipleOf7.codes().count(), CodeList::PrincipleOf8.codes().count()), (7, 8));
    }
}
