//! Numbers with their words.

/// *1 sag*, *3 sager*.
pub(super) fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
