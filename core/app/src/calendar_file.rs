//! A calendar as a file (iCalendar, RFC 5545). Written by hand: a dozen properties, and the crates for it bring a second
//! library for dates.

use feltbog_domain::{DocumentId, Moment};
use jiff::Timestamp;
use jiff::civil::{Date, Time};

/// Longest line, in bytes, without its end.
const LINE: usize = 75;
/// How long an appointment is shown, as nobody says when it ends.
const SHOWN_MS: i64 = 30 * 60 * 1000;

/// One appointment.
pub(crate) struct Event {
    /// The same each time the calendar is written, so that a moved appointment moves.
    pub(crate) id: DocumentId,
    /// Its day.
    pub(crate) on: Date,
    /// Its time on the clock of the wall, or the day as a whole.
    pub(crate) time: Option<Time>,
    /// What stands there.
    pub(crate) summary: String,
}

/// The file. It says nothing of who made it or what for. Times are in UTC, which every calendar shows as the local time
/// without being told about time zones.
pub(crate) fn calendar_file(events: &[Event], now: Moment) -> String {
    let mut file = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Aftaler//DA", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] {
        put(&mut file, line);
    }
    for event in events {
        put_event(&mut file, event, now);
    }
    put(&mut file, "END:VCALENDAR");
    file
}

fn put_event(file: &mut String, event: &Event, now: Moment) {
    put(file, "BEGIN:VEVENT");
    put(file, &format!("UID:{}", event.id));
    put(file, &format!("DTSTAMP:{}", utc(now.unix_ms())));
    // A calendar keeps what it has unless the number grew; minutes since 1970 do, and fit.
    put(file, &format!("SEQUENCE:{}", now.unix_ms() / 60_000));
    match event.time {
        Some(time) => {
            let from_ms = Moment::from_civil(event.on.to_datetime(time)).unix_ms();
            put(file, &format!("DTSTART:{}", utc(from_ms)));
            put(file, &format!("DTEND:{}", utc(from_ms + SHOWN_MS)));
        }
        None => {
            put(file, &format!("DTSTART;VALUE=DATE:{}", day(event.on)));
            put(file, &format!("DTEND;VALUE=DATE:{}", day(event.on.tomorrow().unwrap_or(event.on))));
            put(file, "TRANSP:TRANSPARENT");
        }
    }
    put(file, &format!("SUMMARY:{}", escaped(&event.summary)));
    put(file, "CLASS:PRIVATE");
    put(file, "END:VEVENT");
}

fn utc(unix_ms: i64) -> String {
    Timestamp::from_millisecond(unix_ms).unwrap_or_default().strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A text as a value: what has a meaning is escaped, and what nobody can see is a space.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for sign in text.trim().replace("\r\n", "\n").chars() {
        match sign {
            '\\' | ';' | ',' => value.extend(['\\', sign]),
            '\n' => value.push_str("\\n"),
            sign if sign.is_control() => value.push(' '),
            sign => value.push(sign),
        }
    }
    value
}

/// One line, folded between letters.
fn put(file: &mut String, line: &str) {
    let mut length = 0;
    for sign in line.chars() {
        if length + sign.len_utf8() > LINE {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(sign);
        length += sign.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-03-12T10:40:00+01:00";

    fn event(on: &str, time: Option<&str>, summary: &str) -> Event {
        Event {
            id: DocumentId::new([7; 16]),
            on: on.parse().unwrap(),
            time: time.map(|time| time.parse().unwrap()),
            summary: summary.into(),
        }
    }

    fn written(event: Event) -> String {
        calendar_file(&[event], NOW.parse().unwrap())
    }

    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn an_appointment_has_its_time_in_winter_and_in_summer() {
        let winter = unfolded(&written(event("2026-03-12", Some("10:30"), "Aftale")));
        assert!(winter.contains(&"DTSTART:20260312T093000Z".into()), "{winter:?}");
        assert!(winter.contains(&"DTEND:20260312T100000Z".into()), "{winter:?}");
        let summer = unfolded(&written(event("2026-03-29", Some("10:30"), "Aftale")));
        assert!(summer.contains(&"DTSTART:20260329T083000Z".into()), "{summer:?}");
        assert!(summer.contains(&"DTSTAMP:20260312T094000Z".into()), "{summer:?}");
    }

    #[test]
    fn a_step_without_a_time_is_the_whole_day_and_ends_the_next() {
        let lines = unfolded(&written(event("2026-12-31", None, "Aftale")));
        assert!(lines.contains(&"DTSTART;VALUE=DATE:20261231".into()), "{lines:?}");
        assert!(lines.contains(&"DTEND;VALUE=DATE:20270101".into()), "{lines:?}");
    }

    #[test]
    fn every_line_ends_as_the_rule_says_and_none_is_longer_or_cut_inside_a_letter() {
        for padding in 0..4 {
            let summary = format!("{}{}", "a".repeat(padding), "æøå😀".repeat(60));
            let file = written(event("2026-03-12", None, &summary));
            assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
            for line in file.split_terminator("\r\n") {
                assert!(line.len() <= LINE, "{line}");
            }
            assert!(unfolded(&file).contains(&format!("SUMMARY:{summary}")));
        }
    }

    #[test]
    fn what_is_typed_never_becomes_a_property() {
        let file = written(event("2026-03-12", None, "a, b; c\\ d\r\nLOCATION:hjemme\rX\u{85}Y"));
        assert!(unfolded(&file).contains(&"SUMMARY:a\\, b\\; c\\\\ d\\nLOCATION:hjemme X Y".into()), "{file}");
        assert!(!unfolded(&file).iter().any(|line| line.starts_with("LOCATION")));
    }
}
