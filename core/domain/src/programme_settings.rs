//! What differs from programme to programme.

use std::fmt;
use std::str::FromStr;

use crate::signal::{Limit, Rule, statutory_talk};

/// What a programme's leader has set. Nothing is set where nobody said anything: then the consultants are not the authority.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProgrammeSettings {
    /// Whether the programme's consultants are the authority and hold the statutory talks.
    pub authority: Option<bool>,
    /// How long there may be from one statutory talk to the next, as [`TalkInterval`] writes it. A form that a newer
    /// version wrote is kept and starts no clock.
    pub talk_interval: Option<String>,
}

impl ProgrammeSettings {
    /// The clock that runs in this programme alone.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        if self.authority != Some(true) {
            return None;
        }
        let interval: TalkInterval = self.talk_interval.as_deref()?.parse().ok()?;
        Some(statutory_talk(interval.limit()))
    }
}

/// From one statutory talk to the next: so many days, weeks or months, written as ISO 8601 writes it (`P28D`, `P4W`, `P3M`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TalkInterval {
    number: u8,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days,
    Weeks,
    Months,
}

/// Nobody means less than a week, or more than a year, between two talks.
const SHORTEST_DAYS: u16 = 7;
const LONGEST_DAYS: u16 = 366;

impl TalkInterval {
    fn new(number: u8, unit: Unit) -> Option<Self> {
        let days = match unit {
            Unit::Days => u16::from(number),
            Unit::Weeks => u16::from(number) * 7,
            Unit::Months => u16::from(number) * 30,
        };
        (SHORTEST_DAYS..=LONGEST_DAYS).contains(&days).then_some(Self { number, unit })
    }

    /// What people type: *3 måneder*, *4 uger*, *28 dage*, or the stored form.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        if let Ok(stored) = text.to_uppercase().parse() {
            return Some(stored);
        }
        let (number, unit) = text.split_once(char::is_whitespace)?;
        let unit = match unit.trim() {
            "dag" | "dage" | "day" | "days" => Unit::Days,
            "uge" | "uger" | "week" | "weeks" => Unit::Weeks,
            "måned" | "måneder" | "month" | "months" => Unit::Months,
            _ => return None,
        };
        Self::new(number.parse().ok()?, unit)
    }

    /// *3 måneder*.
    #[must_use]
    pub fn danish(self) -> String {
        let one = self.number == 1;
        let unit = match self.unit {
            Unit::Days => ["dage", "dag"],
            Unit::Weeks => ["uger", "uge"],
            Unit::Months => ["måneder", "måned"],
        };
        let [many, single] = unit;
        format!("{} {}", self.number, if one { single } else { many })
    }

    fn limit(self) -> Limit {
        match self.unit {
            Unit::Days => Limit::Days(i32::from(self.number)),
            Unit::Weeks => Limit::Days(i32::from(self.number) * 7),
            Unit::Months => Limit::Months(i32::from(self.number)),
        }
    }
}

/// The text is no interval, or none that anybody means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an interval between talks")]
pub struct TalkIntervalError;

impl FromStr for TalkInterval {
    type Err = TalkIntervalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unit = match text.chars().next_back() {
            Some('D') => Unit::Days,
            Some('W') => Unit::Weeks,
            Some('M') => Unit::Months,
            _ => return Err(TalkIntervalError),
        };
        let number = text.strip_prefix('P').and_then(|rest| rest.get(..rest.len() - 1)).ok_or(TalkIntervalError)?;
        let is_plain = !number.is_empty() && number.chars().all(|figure| figure.is_ascii_digit());
        let number = number.parse().ok().filter(|_| is_plain).ok_or(TalkIntervalError)?;
        Self::new(number, unit).ok_or(TalkIntervalError)
    }
}

impl fmt::Display for TalkInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Days => 'D',
            Unit::Weeks => 'W',
            Unit::Months => 'M',
        };
        write!(f, "P{}{unit}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_stored_in_one_form_and_said_in_danish() {
        for (typed, stored, danish) in [
            ("3 måneder", "P3M", "3 måneder"),
            ("1 Måned", "P1M", "1 måned"),
            (" 4  uger ", "P4W", "4 uger"),
            ("28 days", "P28D", "28 dage"),
            ("p3m", "P3M", "3 måneder"),
        ] {
            let interval = TalkInterval::typed(typed).unwrap();
            assert_eq!((interval.to_string().as_str(), interval.danish().as_str()), (stored, danish), "{typed}");
            assert_eq!(stored.parse(), Ok(interval));
        }
        for wrong in
            ["", "3", "tre måneder", "0 uger", "6 dage", "13 måneder", "P", "PM", "P+3M", "P3Y", "300 dage", "-1 uge"]
        {
            assert_eq!(TalkInterval::typed(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn no_clock_runs_unless_the_consultants_are_the_authority_and_it_is_said_how_often() {
        let rule = |authority, interval: Option<&str>| {
            ProgrammeSettings { authority, talk_interval: interval.map(str::to_owned) }.rule()
        };
        assert_eq!(ProgrammeSettings::default().rule(), None);
        assert_eq!(rule(Some(true), None), None);
        assert_eq!(rule(Some(false), Some("P3M")), None);
        assert_eq!(rule(None, Some("P3M")), None);
        assert_eq!(rule(Some(true), Some("R5/P3M")), None, "a newer version's form");
        assert_eq!(rule(Some(true), Some("P3M")).map(|rule| rule.limit), Some(Limit::Months(3)));
        assert_eq!(rule(Some(true), Some("P4W")).map(|rule| rule.limit), Some(Limit::Days(28)));
    }
}
