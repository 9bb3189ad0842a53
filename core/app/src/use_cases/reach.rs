//! How somebody is reached: a number that can be called, an address that can be written to, and what they want.

use feltbog_domain::ContactBy;

use crate::error::AppError;
use crate::use_cases::entry_wish::{line, non_empty};

/// Figures of a telephone number, from a service's three to the fifteen of ITU-T E.164.
const FIGURES: std::ops::RangeInclusive<usize> = 3..=15;

/// A telephone number, as it can be called.
pub(crate) fn phone(text: Option<&str>) -> Result<Option<String>, AppError> {
    let Some(text) = line(text, "telefonnummeret")? else { return Ok(None) };
    let figures = text.chars().filter(char::is_ascii_digit).count();
    if FIGURES.contains(&figures) && text.chars().all(|c| c.is_ascii_digit() || " +()-".contains(c)) {
        return Ok(Some(text));
    }
    Err(AppError::Unclear("telefonnummeret forstås ikke: skriv kun tal, mellemrum og +".into()))
}

/// An e-mail address, as it can be written to. It becomes a link, so nothing that says more than an address passes.
pub(crate) fn mail(text: Option<&str>) -> Result<Option<String>, AppError> {
    let Some(text) = line(text, "e-mailen")? else { return Ok(None) };
    let is_one = text.split_once('@').is_some_and(|(who, at)| {
        let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || ".-_+".contains(c));
        plain(who) && plain(at) && at.contains('.')
    });
    if is_one {
        Ok(Some(text))
    } else {
        Err(AppError::Unclear("e-mailen forstås ikke: skriv fx navn@eksempel.dk".into()))
    }
}

/// How somebody wants to be reached; nothing typed is nothing.
pub(crate) fn contact_by(word: Option<&str>) -> Result<Option<ContactBy>, AppError> {
    let Some(word) = non_empty(word) else { return Ok(None) };
    ContactBy::from_word(word).map(Some).ok_or_else(|| {
        let words: Vec<&str> = ContactBy::words().collect();
        AppError::Unclear(format!("kontaktmåden findes ikke; vælg mellem: {}", words.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_addresses_are_such_as_can_be_called_and_written_to() {
        for number in ["12 34 56 78", "+45 12345678", "112"] {
            assert_eq!(phone(Some(number)).unwrap().as_deref(), Some(number));
        }
        for number in ["ring til Bo", "12;tel:1", "1", "1234567890123456"] {
            assert!(phone(Some(number)).is_err(), "{number}");
        }
        assert_eq!(mail(Some(" bo@køkkenet.dk ")).unwrap().as_deref(), Some("bo@køkkenet.dk"));
        for address in ["bo", "bo@", "@example.dk", "bo@example.dk?bcc=a@b.dk", "bo lind@example.dk", "bo@dk"] {
            assert!(mail(Some(address)).is_err(), "{address}");
        }
        assert_eq!(
            (phone(Some(" ")).unwrap(), mail(None).unwrap(), contact_by(Some(" ")).unwrap()),
            (None, None, None)
        );
    }
}
