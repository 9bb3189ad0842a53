//! Numbers with their words.

/// *1 sag*, *3 sager*.
pub(super) fn count(number: u32, one: &str, many: &str) -> String {
    of(&number.to_string(), one, many)
}

/// The same of a number that is written already: *0,5 konsulenter*, *1 konsulent*.
pub(super) fn of(number: &str, one: &str, many: &str) -> String {
    format!("{number} {}", if number == "1" { one } else { many })
}
