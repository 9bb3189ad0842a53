//! What stands for people, companies and entries where work is counted.

use std::fmt;

use feltbog_protocol::PseudonymsTag;
use hkdf::Hkdf;
use sha2::Sha256;

use crate::secret::Secret;

/// Makes pseudonyms: the same one for the same thing on every device of a programme's employment side, and for whoever lacks
/// the key sixteen bytes like any others, also when the thing itself is known or can be guessed.
#[derive(Clone)]
pub struct Pseudonyms(Secret);

/// What a pseudonym stands for. The same bytes in two places make two pseudonyms that nobody can put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// For an entry.
    Entry,
    /// For the first day in the programme that a folder tells of.
    FirstDay,
    /// For the first day outside of it.
    LastDay,
    /// For a citizen's enrolment.
    Citizen,
    /// For a consultant.
    Consultant,
    /// For an employer.
    Employer,
    /// For a kind of job.
    Job,
    /// For a visit about several citizens.
    Visit,
}

impl Pseudonyms {
    /// Those of a key.
    #[must_use]
    pub const fn of(key: Secret) -> Self {
        Self(key)
    }

    /// What stands for something.
    #[must_use]
    pub fn pseudonym(&self, stands: Stands, of: &[u8]) -> [u8; 16] {
        let mut made = [0; 16];
        self.expand(&[stands.label(), of], &mut made);
        made
    }

    /// Which key it is, without giving it away.
    #[must_use]
    pub fn tag(&self) -> PseudonymsTag {
        let mut tag = PseudonymsTag::default();
        self.expand(&[b"feltbog/pseudonyms-tag/1"], &mut tag.0);
        tag
    }

    fn expand(&self, info: &[&[u8]], made: &mut [u8]) {
        // Sixteen bytes are far below HKDF's limit of 255 blocks.
        let expanded = Hkdf::<Sha256>::new(None, self.0.expose()).expand_multi_info(info, made);
        debug_assert!(expanded.is_ok(), "HKDF refused sixteen bytes");
    }
}

impl Stands {
    const fn label(self) -> &'static [u8] {
        match self {
            Stands::Entry => b"feltbog/pseudonym/entry/1\0",
            Stands::FirstDay => b"feltbog/pseudonym/first-day/1\0",
            Stands::LastDay => b"feltbog/pseudonym/last-day/1\0",
            Stands::Citizen => b"feltbog/pseudonym/citizen/1\0",
            Stands::Consultant => b"feltbog/pseudonym/consultant/1\0",
            Stands::Employer => b"feltbog/pseudonym/employer/1\0",
            Stands::Job => b"feltbog/pseudonym/job/1\0",
            Stands::Visit => b"feltbog/pseudonym/visit/1\0",
        }
    }
}

impl fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pseudonyms(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(seed: u8) -> Pseudonyms {
        Pseudonyms::of(Secret::new([seed; 32]))
    }

    #[test]
    fn the_same_thing_has_one_pseudonym_and_another_under_another_key_or_in_another_place() {
        let here = of(1).pseudonym(Stands::Employer, b"12345678");
        assert_eq!(here, of(1).pseudonym(Stands::Employer, b"12345678"));
        assert_ne!(here, of(2).pseudonym(Stands::Employer, b"12345678"));
        assert_ne!(here, of(1).pseudonym(Stands::Job, b"12345678"));
        assert_ne!(of(1).tag(), of(2).tag());
    }

    #[test]
    fn the_key_does_not_print() {
        assert_eq!(format!("{:?}", of(1)), "Pseudonyms(..)");
    }
}
