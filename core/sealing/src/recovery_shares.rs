//! Splitting the root seed between three officers, any two of whom can put it together.
//!
//! Replicated sharing: `seed = a ⊕ b ⊕ c` with `a` and `b` random. Officer 1 holds (b, c), officer 2 (a, c), officer 3
//! (a, b). Two officers have all three parts; one alone lacks a part, and without it the seed is equally likely to be
//! anything. Nothing but XOR is needed, so the whole scheme can be checked on paper.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::root_seed::RootSeed;
use crate::secret::Secret;

const SCHEME: &str = "feltbog-andel-";
const CHECK_LEN: usize = 4;

/// One officer's share.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryShare {
    /// 1, 2 or 3.
    number: u8,
    /// The two parts the officer holds, in order of their place.
    parts: [Secret; 2],
}

/// Why shares do not give a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// The text is no share, or not copied whole.
    #[error("andelen er ikke hel: skriv den af igen, linje for linje")]
    Unreadable,
    /// Twice the same share.
    #[error("det er den samme andel to gange; der skal to forskellige til")]
    SameShare,
    /// The part both hold is not the same.
    #[error("de to andele hører ikke sammen")]
    NotOfOneSeed,
}

impl RecoveryShare {
    /// Splits a seed into three shares.
    #[must_use]
    pub fn split(seed: &RootSeed) -> [RecoveryShare; 3] {
        let (a, b) = (Secret::random(), Secret::random());
        let c = xor(&xor(seed.secret(), &a), &b);
        [
            Self { number: 1, parts: [b.clone(), c.clone()] },
            Self { number: 2, parts: [a.clone(), c] },
            Self { number: 3, parts: [a, b] },
        ]
    }

    /// Puts the seed together from two different shares.
    ///
    /// # Errors
    /// [`ShareError`] when they are the same share or of different seeds.
    pub fn combine(one: &RecoveryShare, other: &RecoveryShare) -> Result<RootSeed, ShareError> {
        let (first, second) = if one.number < other.number { (one, other) } else { (other, one) };
        let ([f0, f1], [s0, s1]) = (&first.parts, &second.parts);
        let (parts, agree) = match (first.number, second.number) {
            (1, 2) => ([s0, f0, f1], f1 == s1),
            (1, 3) => ([s0, f0, f1], f0 == s1),
            (2, 3) => ([f0, s1, f1], f0 == s0),
            _ => return Err(ShareError::SameShare),
        };
        if !agree {
            return Err(ShareError::NotOfOneSeed);
        }
        let [a, b, c] = parts;
        Ok(RootSeed::from_secret(xor(&xor(a, b), c)))
    }

    /// The share as it is written down: groups of four letters and digits.
    #[must_use]
    pub fn to_text(&self) -> String {
        let encoded = Zeroizing::new(BASE32_NOPAD.encode(&self.bytes_with_check()).to_lowercase());
        let groups: Vec<String> =
            encoded.as_bytes().chunks(4).map(|g| String::from_utf8_lossy(g).into_owned()).collect();
        format!("{SCHEME}{}-{}", self.number, groups.join("-"))
    }

    fn bytes_with_check(&self) -> Zeroizing<Vec<u8>> {
        let [first, second] = &self.parts;
        let mut bytes = Zeroizing::new([first.expose().as_slice(), second.expose()].concat());
        let check = check(self.number, &bytes);
        bytes.extend_from_slice(&check);
        bytes
    }
}

impl fmt::Debug for RecoveryShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecoveryShare({}, ..)", self.number)
    }
}

impl FromStr for RecoveryShare {
    type Err = ShareError;

    fn from_str(text: &str) -> Result<Self, ShareError> {
        let compact: String = text.split_whitespace().collect::<String>().to_lowercase();
        let rest = compact.strip_prefix(SCHEME).ok_or(ShareError::Unreadable)?;
        let (number, encoded) = rest.split_once('-').ok_or(ShareError::Unreadable)?;
        let number: u8 = number.parse().map_err(|_| ShareError::Unreadable)?;
        let encoded = Zeroizing::new(encoded.replace('-', "").to_uppercase());
        let bytes = BASE32_NOPAD.decode(encoded.as_bytes()).map(Zeroizing::new).map_err(|_| ShareError::Unreadable)?;
        let (parts, given) = bytes.split_last_chunk::<CHECK_LEN>().ok_or(ShareError::Unreadable)?;
        if !(1..=3).contains(&number) || check(number, parts) != *given {
            return Err(ShareError::Unreadable);
        }
        let (first, second) = parts.split_at_checked(32).ok_or(ShareError::Unreadable)?;
        let first = Secret::from_slice(first).ok_or(ShareError::Unreadable)?;
        let second = Secret::from_slice(second).ok_or(ShareError::Unreadable)?;
        Ok(Self { number, parts: [first, second] })
    }
}

fn xor(one: &Secret, other: &Secret) -> Secret {
    let mut mixed = *one.expose();
    for (byte, mask) in mixed.iter_mut().zip(other.expose()) {
        *byte ^= mask;
    }
    Secret::new(mixed)
}

fn check(number: u8, parts: &[u8]) -> [u8; CHECK_LEN] {
    let hash: [u8; 32] = Sha256::new_with_prefix([number]).chain_update(parts).finalize().into();
    let mut first = [0; CHECK_LEN];
    first.copy_from_slice(hash.get(..CHECK_LEN).unwrap_or(&[0; CHECK_LEN]));
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_two_of_three_shares_give_the_seed() {
        let seed = RootSeed::random();
        let shares = RecoveryShare::split(&seed);
        for (one, other) in [(0, 1), (0, 2), (1, 2), (1, 0), (2, 0), (2, 1)] {
            assert!(RecoveryShare::combine(&shares[one], &shares[other]).is_ok_and(|s| s == seed), "{one} and {other}");
        }
    }

    #[test]
    fn one_share_twice_and_shares_of_two_seeds_are_refused() {
        let shares = RecoveryShare::split(&RootSeed::random());
        let others = RecoveryShare::split(&RootSeed::random());
        assert_eq!(RecoveryShare::combine(&shares[0], &shares[0]), Err(ShareError::SameShare));
        assert_eq!(RecoveryShare::combine(&shares[0], &others[1]), Err(ShareError::NotOfOneSeed));
    }

    #[test]
    fn a_share_written_down_and_typed_again_is_the_same() {
        let share = RecoveryShare::split(&RootSeed::random())[1].clone();
        let typed = share.to_text().to_uppercase().replace("-", " - ").replace("FELTBOG - ANDEL - ", "feltbog-andel-");
        assert!(typed.parse::<RecoveryShare>().is_ok_and(|read| read == share));
    }

    #[test]
    fn a_letter_typed_wrong_is_noticed() {
        let text = RecoveryShare::split(&RootSeed::random())[0].to_text();
        let wrong = text.replace(char::from(text.as_bytes()[30]), "7");
        if wrong != text {
            assert_eq!(wrong.parse::<RecoveryShare>(), Err(ShareError::Unreadable));
        }
    }
}
