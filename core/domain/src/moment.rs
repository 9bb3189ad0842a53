//! A point in time as it was on the clock of the wall in Denmark, and Danish dates.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp, Zoned};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant with the offset that was in force, to the second: `2026-03-02T10:00:00+01:00`.
///
/// The offset is kept so that an entry still says "kl. 10" when it is read in another zone or after a change of rules.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    instant: Timestamp,
    offset: Offset,
}

/// The text is no time we understand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("tiden forstås ikke: skriv fx 12-03-2026 10:40, i dag 10:40 eller 2026-03-12T10:40")]
pub struct MomentError;

fn copenhagen() -> TimeZone {
    // The zone data is compiled in; UTC would only be met if that feature were switched off.
    TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC)
}

impl Moment {
    /// The moment of an instant, seen in Copenhagen.
    #[must_use]
    pub fn from_unix_ms(unix_ms: i64) -> Self {
        let instant = Timestamp::from_millisecond(unix_ms).unwrap_or(Timestamp::UNIX_EPOCH);
        Self { instant, offset: copenhagen().to_offset(instant) }
    }

    /// A wall clock reading in Copenhagen. A time the change to summer skips is moved forward, one it repeats is the first.
    #[must_use]
    pub fn from_civil(at: DateTime) -> Self {
        let instant = copenhagen().to_ambiguous_timestamp(at).compatible().unwrap_or(Timestamp::UNIX_EPOCH);
        Self { instant, offset: copenhagen().to_offset(instant) }
    }

    /// Milliseconds since 1970 in UTC.
    #[must_use]
    pub fn unix_ms(&self) -> i64 {
        self.instant.as_millisecond()
    }

    /// The date on the wall.
    #[must_use]
    pub fn date(&self) -> Date {
        self.offset.to_datetime(self.instant).date()
    }

    /// What the clock on the wall said.
    #[must_use]
    pub fn wall(&self) -> DateTime {
        self.offset.to_datetime(self.instant)
    }

    /// How far that clock was ahead of UTC, in minutes.
    #[must_use]
    pub fn minutes_ahead_of_utc(&self) -> i16 {
        i16::try_from(self.offset.seconds() / 60).unwrap_or(0)
    }

    /// Reads a time as people type it, relative to `now`.
    ///
    /// Understood: RFC 3339; `2026-03-12T10:40` and `2026-03-12 10:40`; `12-03-2026 10:40` and `12-03-2026 kl. 10.40`;
    /// `10:40` (today); `i dag 10:40`; `i går 10:40`; `nu`. A date alone means noon, because no hour was claimed.
    ///
    /// # Errors
    /// [`MomentError`] when none of these fits.
    pub fn parse(text: &str, now: Moment) -> Result<Self, MomentError> {
        let text = text.trim();
        if let Ok(moment) = text.parse::<Moment>() {
            // `Z` names an instant and no clock on a wall, so it is the clock of Copenhagen.
            return Ok(if text.ends_with(['Z', 'z']) { Self::from_unix_ms(moment.unix_ms()) } else { moment });
        }
        // `2026-03-12T10:40`: the T stands for a space; no month or day name is understood that could hold another.
        let lower = text.replace('T', " ").to_lowercase();
        if lower == "nu" || lower == "now" {
            return Ok(now);
        }
        let words: Vec<&str> =
            lower.split_whitespace().filter(|w| !w.is_empty() && *w != "kl." && *w != "kl").collect();
        let (date, rest) = match words.as_slice() {
            ["i", "dag", rest @ ..] => (now.date(), rest),
            ["i", "går", rest @ ..] => (now.date().yesterday().map_err(|_| MomentError)?, rest),
            [first, rest @ ..] => match parse_date(first) {
                Some(date) => (date, rest),
                None => (now.date(), words.as_slice()),
            },
            [] => return Err(MomentError),
        };
        let time = match rest {
            [] if words.len() > rest.len() => Time::constant(12, 0, 0, 0),
            [one] => parse_time(one).ok_or(MomentError)?,
            _ => return Err(MomentError),
        };
        Ok(Self::from_civil(date.to_datetime(time)))
    }

    /// The moment a day is over in Copenhagen: midnight before the next one.
    #[must_use]
    pub fn end_of_day(day: Date) -> Self {
        Self::from_civil(day.saturating_add(Span::new().days(1)).at(0, 0, 0, 0))
    }

    /// `12-03-2026 kl. 10.40`, for people.
    #[must_use]
    pub fn danish(&self) -> String {
        let at = self.offset.to_datetime(self.instant);
        format!("{} kl. {:02}.{:02}", danish_date(at.date()), at.hour(), at.minute())
    }
}

/// `dd-mm-åååå`.
#[must_use]
pub fn danish_date(date: Date) -> String {
    format!("{:02}-{:02}-{:04}", date.day(), date.month(), date.year())
}

/// Reads `dd-mm-åååå` (also with `.` or `/`); nothing else, so that a month is never taken for a day.
#[must_use]
pub fn parse_danish_date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['-', '.', '/']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    if year.len() != 4 || day.len() > 2 || month.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Reads a day to come as people type it: a date, `i dag`, `i morgen`, `i overmorgen`, `om 3 dage`, `om en uge`,
/// `om 2 uger`, `om en måned`, or a weekday, which is the next one of its name.
#[must_use]
pub fn parse_coming_day(text: &str, today: Date) -> Option<Date> {
    let typed = text.trim().to_lowercase();
    match typed.as_str() {
        "i dag" => return Some(today),
        "i morgen" => return today.tomorrow().ok(),
        "i overmorgen" => return today.checked_add(Span::new().days(2)).ok(),
        _ => {}
    }
    if let Some(rest) = typed.strip_prefix("om ") {
        return today.checked_add(span_of(rest)?).ok();
    }
    let named = WEEKDAYS.iter().find(|(name, _)| *name == typed);
    named.map_or_else(|| parse_date(&typed), |(_, weekday)| today.nth_weekday(1, *weekday).ok())
}

/// `3 dage`, `en uge`, `2 måneder`.
fn span_of(text: &str) -> Option<Span> {
    let (count, unit) = text.split_once(' ')?;
    let count: i64 = match count {
        "en" | "et" => 1,
        "to" => 2,
        "tre" => 3,
        "fire" => 4,
        digits => digits.parse().ok().filter(|count| (0..=366).contains(count))?,
    };
    match unit.trim() {
        "dag" | "dage" => Some(Span::new().days(count)),
        "uge" | "uger" => Some(Span::new().weeks(count)),
        "måned" | "måneder" => Some(Span::new().months(count)),
        _ => None,
    }
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mandag", Weekday::Monday),
    ("tirsdag", Weekday::Tuesday),
    ("onsdag", Weekday::Wednesday),
    ("torsdag", Weekday::Thursday),
    ("fredag", Weekday::Friday),
    ("lørdag", Weekday::Saturday),
    ("søndag", Weekday::Sunday),
];

fn parse_date(text: &str) -> Option<Date> {
    parse_danish_date(text).or_else(|| if text.len() == 10 { text.parse().ok() } else { None })
}

/// Reads a time of day as people type it: `10:40`, `10.40`, `kl. 9:05`.
#[must_use]
pub fn parse_time_of_day(text: &str) -> Option<Time> {
    let typed = text.trim().to_lowercase();
    parse_time(typed.trim_start_matches("kl").trim_start_matches('.').trim())
}

fn parse_time(text: &str) -> Option<Time> {
    let parts: Vec<&str> = text.split([':', '.']).collect();
    let (hour, minute, second) = match parts.as_slice() {
        [h, m] if m.len() == 2 => (h, m, &"0"),
        [h, m, s] if m.len() == 2 && s.len() == 2 => (h, m, s),
        _ => return None,
    };
    Time::new(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?, 0).ok()
}

impl FromStr for Moment {
    type Err = MomentError;

    /// RFC 3339 with an offset, nothing else.
    fn from_str(text: &str) -> Result<Self, MomentError> {
        let pieces = jiff::fmt::temporal::DateTimeParser::new().parse_timestamp(text).map_err(|_| MomentError)?;
        let offset = jiff::fmt::temporal::Pieces::parse(text)
            .ok()
            .and_then(|p| p.to_numeric_offset())
            .unwrap_or_else(|| copenhagen().to_offset(pieces));
        Ok(Self { instant: pieces, offset })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zoned: Zoned = self.instant.to_zoned(self.offset.to_time_zone());
        write!(f, "{}", zoned.strftime("%Y-%m-%dT%H:%M:%S%:z"))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Moment({self})")
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.instant, self.offset).cmp(&(other.instant, other.offset))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Moment {
        "2026-03-12T15:00:00+01:00".parse().unwrap()
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        for (typed, expected) in [
            ("12-03-2026 10:40", "2026-03-12T10:40:00+01:00"),
            ("12-03-2026 kl. 10.40", "2026-03-12T10:40:00+01:00"),
            ("2026-07-02T10:00", "2026-07-02T10:00:00+02:00"),
            ("2026-07-02 9:05", "2026-07-02T09:05:00+02:00"),
            ("10:40", "2026-03-12T10:40:00+01:00"),
            ("i går 8.15", "2026-03-11T08:15:00+01:00"),
            ("12-03-2026", "2026-03-12T12:00:00+01:00"),
            ("nu", "2026-03-12T15:00:00+01:00"),
            ("2026-03-02T10:00:00+01:00", "2026-03-02T10:00:00+01:00"),
            ("2026-03-02T09:00:00Z", "2026-03-02T10:00:00+01:00"),
        ] {
            assert_eq!(Moment::parse(typed, now()).map(|m| m.to_string()).as_deref(), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for typed in ["", "tirsdag", "31-02-2026 10:00", "25:00", "12-03-2026 10:40 ca.", "12-03-26 10:40"] {
            assert_eq!(Moment::parse(typed, now()), Err(MomentError), "{typed}");
        }
    }

    #[test]
    fn the_hour_that_summer_time_skips_moves_forward() {
        assert_eq!(Moment::parse("2026-03-29 02:30", now()).unwrap().to_string(), "2026-03-29T03:30:00+02:00");
    }

    #[test]
    fn a_day_to_come_may_be_a_weekday() {
        let thursday = now().date();
        for (typed, expected) in [
            ("søndag", Some(Date::constant(2026, 3, 15))),
            ("Torsdag", Some(Date::constant(2026, 3, 19))),
            ("i morgen", Some(Date::constant(2026, 3, 13))),
            ("15-03-2026", Some(Date::constant(2026, 3, 15))),
            ("2026-03-15", Some(Date::constant(2026, 3, 15))),
            ("snart", None),
        ] {
            assert_eq!(parse_coming_day(typed, thursday), expected, "{typed}");
        }
    }

    #[test]
    fn a_day_is_over_at_midnight_in_copenhagen_also_when_the_clocks_change() {
        for (day, over) in [("2026-03-28", "2026-03-29T00:00:00+01:00"), ("2026-03-29", "2026-03-30T00:00:00+02:00")] {
            assert_eq!(Moment::end_of_day(day.parse().unwrap()).to_string(), over);
        }
    }

    #[test]
    fn a_danish_date_never_takes_a_month_for_a_day() {
        assert_eq!(parse_danish_date("02-03-2026"), Some(Date::constant(2026, 3, 2)));
        assert_eq!(parse_danish_date("2026-03-02"), None);
        assert_eq!(parse_danish_date("31-04-2026"), None);
    }
}
