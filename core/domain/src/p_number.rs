//! The number of a production unit.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A production unit's number (P-number): ten digits.
///
/// There is no check digit to rely on: for a time numbers were handed out with wrong weights (Erhvervsstyrelsen), so a
/// weighted sum would refuse units that exist. Digits and length are the whole check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PNumber(u64);

/// A text that is no number of a production unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("et P-nummer har ti cifre og begynder ikke med 0")]
pub struct PNumberError;

impl FromStr for PNumber {
    type Err = PNumberError;

    /// Accepts spaces between the digits and a leading `P`, as signs and letterheads have them.
    fn from_str(text: &str) -> Result<Self, PNumberError> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let digits = compact.strip_prefix('P').unwrap_or(&compact);
        if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.starts_with('0') {
            return Err(PNumberError);
        }
        digits.parse().map(Self).map_err(|_| PNumberError)
    }
}

impl fmt::Display for PNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}

impl Serialize for PNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_digits_are_a_unit_however_they_are_spaced() {
        for text in ["1003456789", "P 1003 4567 89", " 1003456789 "] {
            assert_eq!(text.parse::<PNumber>().unwrap().to_string(), "1003456789", "{text}");
        }
        // No weighted sum is asked: both of two neighbours are taken.
        assert!("1003456780".parse::<PNumber>().is_ok() && "1003456781".parse::<PNumber>().is_ok());
    }

    #[test]
    fn letters_and_other_lengths_are_refused() {
        for text in ["", "100345678", "10034567890", "100345678x", "0003456789", "24256790"] {
            assert_eq!(text.parse::<PNumber>(), Err(PNumberError), "{text}");
        }
    }
}
