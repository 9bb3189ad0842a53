//! The Danish company number.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A company number (CVR): eight digits whose weighted sum is divisible by 11.
///
/// Weights 2 7 6 5 4 3 2 1 (Erhvervsstyrelsen). Every number that was ever handed out passes, so the check is hard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CvrNumber(u32);

/// Why a text is no company number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CvrError {
    /// Not eight digits, or a leading zero.
    #[error("et CVR-nummer har otte cifre og begynder ikke med 0")]
    NotEightDigits,
    /// The check digit does not fit.
    #[error("CVR-nummeret findes ikke (kontrolcifferet passer ikke)")]
    WrongCheckDigit,
}

const WEIGHTS: [u32; 8] = [2, 7, 6, 5, 4, 3, 2, 1];

impl FromStr for CvrNumber {
    type Err = CvrError;

    /// Accepts spaces between the digits and a leading `DK`, as people copy them from invoices.
    fn from_str(text: &str) -> Result<Self, CvrError> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let digits = compact.strip_prefix("DK").unwrap_or(&compact);
        if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.starts_with('0') {
            return Err(CvrError::NotEightDigits);
        }
        let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        if !sum.is_multiple_of(11) {
            return Err(CvrError::WrongCheckDigit);
        }
        digits.parse().map(Self).map_err(|_| CvrError::NotEightDigits)
    }
}

impl fmt::Display for CvrNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

impl Serialize for CvrNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CvrNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_were_handed_out_pass_the_check() {
        for text in ["13748136", "24256790", "13585628", "64942212", "DK 13 74 81 36"] {
            assert!(text.parse::<CvrNumber>().is_ok(), "{text}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_refused() {
        for text in ["24256791", "13585627", "10000000", "35254119"] {
            assert_eq!(text.parse::<CvrNumber>(), Err(CvrError::WrongCheckDigit), "{text}");
        }
    }

    #[test]
    fn letters_and_other_lengths_are_refused() {
        for text in ["", "1374813", "137481360", "1374813x", "03748136"] {
            assert_eq!(text.parse::<CvrNumber>(), Err(CvrError::NotEightDigits), "{text}");
        }
    }
}
