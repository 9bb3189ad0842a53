//! The guard of what a reviewer reads: it names no citizen and holds no personal number.

use crate::citizen_names::CitizenNames;
use crate::device::Device;
use crate::error::AppError;

/// Shortest part of a name that is looked for: shorter ones are ordinary words.
const SHORTEST_NAME: usize = 3;

impl Device {
    /// Refuses a text of evidence that names a citizen this device knows, or holds what looks like a personal number.
    pub(crate) fn check_evidence_text(&self, text: &str) -> Result<(), AppError> {
        if CitizenNames::known(&self.store.reader(), SHORTEST_NAME)?.any_in(text) {
            return Err(AppError::Unclear(
                "teksten læses af vurderere udefra og nævner en borger; skriv den uden navn og nummer".into(),
            ));
        }
        if holds_cpr(text) {
            return Err(AppError::Unclear(
                "teksten læses af vurderere udefra og ligner noget med et cpr-nummer; skriv den uden".into(),
            ));
        }
        Ok(())
    }
}

/// Whether ten digits in a row, parted after the sixth or not, begin with a day of a year.
fn holds_cpr(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (0..letters.len()).any(|start| {
        let begins = start.checked_sub(1).and_then(|before| letters.get(before)).is_none_or(|c| !c.is_ascii_digit());
        begins && letters.get(start..).is_some_and(begins_with_cpr)
    })
}

fn begins_with_cpr(letters: &[char]) -> bool {
    let mut digits = Vec::with_capacity(10);
    for letter in letters {
        match letter.to_digit(10) {
            Some(digit) => digits.push(digit),
            None if digits.len() == 6 && matches!(letter, '-' | '–' | ' ') => {}
            None => break,
        }
    }
    let [a, b, c, d, _, _, _, _, _, _] = digits.as_slice() else { return false };
    // Administrative numbers add sixty to the day.
    let (day, month) = ((a * 10 + b) % 60, c * 10 + d);
    (1..=31).contains(&day) && (1..=12).contains(&month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_number_is_found_as_people_write_it_and_other_numbers_are_none() {
        for text in ["cpr 311299-1234.", "3112991234", "311299 1234", "(711299–1234)"] {
            assert!(holds_cpr(text), "{text}");
        }
        for text in ["CVR 24256790", "tlf. 40 51 62 73", "2026-03-02", "321399-1234", "43112991234", "31129912345", "æ"]
        {
            assert!(!holds_cpr(text), "{text}");
        }
    }
}
