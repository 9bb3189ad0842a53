//! Times as a consultant writes them: dd-mm-åååå, 24-hour clock.

/// `02-03-2026 kl. 10:00` of an RFC 3339 time or a bare date. What is neither stands as it came.
pub(super) fn moment(written: &str) -> String {
    match (date(written), written.get(11..16)) {
        (Some(day), Some(clock)) => format!("{day} kl. {clock}"),
        (Some(day), None) => day,
        (None, _) => written.to_owned(),
    }
}

/// `02-03-2026`.
pub(super) fn day(written: &str) -> String {
    date(written).unwrap_or_else(|| written.to_owned())
}

fn date(written: &str) -> Option<String> {
    let mut parts = written.get(..10)?.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_date = year.len() == 4 && month.len() == 2 && day.len() == 2;
    is_date.then(|| format!("{day}-{month}-{year}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_dates_turn_danish() {
        assert_eq!(moment("2026-03-02T10:00:00+01:00"), "02-03-2026 kl. 10:00");
        assert_eq!(moment("2026-03-02"), "02-03-2026");
        assert_eq!(day("2026-03-02T10:00:00+01:00"), "02-03-2026");
    }

    #[test]
    fn what_is_no_time_stays() {
        for odd in ["", "i går", "ææææææææ", "02-03-2026 kl."] {
            assert_eq!(moment(odd), odd);
        }
    }
}
