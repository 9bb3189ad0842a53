//! How long something may be used, as people write it.

/// Minutes of `30m`, `24h` or `7d`.
///
/// # Errors
/// A sentence, when it is none of them, nothing at all or too long.
pub(super) fn minutes(written: &str) -> Result<u32, String> {
    let wrong = || "skriv et tal og m, h eller d, fx 30m, 24h eller 7d (a number and m, h or d)".to_owned();
    let unit = written.chars().next_back().ok_or_else(wrong)?;
    let per_unit = match unit {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        _ => return Err(wrong()),
    };
    let digits = written.trim_end_matches(unit);
    if digits.is_empty() || digits.len() + 1 != written.len() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let number: u32 = digits.parse().map_err(|_| wrong())?;
    number.checked_mul(per_unit).filter(|minutes| *minutes > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_hours_and_days() {
        assert_eq!(minutes("30m"), Ok(30));
        assert_eq!(minutes("24h"), Ok(1_440));
        assert_eq!(minutes("7d"), Ok(10_080));
    }

    #[test]
    fn everything_else_is_explained() {
        for wrong in ["", "h", "24", "0h", "-1h", "+1h", "1.5h", "24hh", "1h30m", "4294967295d", "7 d", "én time"] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }
}
