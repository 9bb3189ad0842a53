//! The list a region keeps of its municipalities, and the root by which each is known.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use crate::unreadable::Unreadable;

/// The municipalities of a region.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Municipalities {
    /// What the region or the programme is called.
    pub name: String,
    /// Those that take part.
    #[serde(default, rename = "municipality")]
    pub municipalities: Vec<ListedMunicipality>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedMunicipality {
    /// Its name.
    pub name: String,
    /// The fingerprint of its root, as the municipality gave it by hand.
    pub root: Fingerprint,
}

/// Stands for the root of a municipality's Feltbog: 64 hexadecimal digits, with or without spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 32]);

/// In groups of eight, as they are read out.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            let space = if at > 0 && at % 4 == 0 { " " } else { "" };
            write!(f, "{space}{byte:02x}")?;
        }
        Ok(())
    }
}

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let digits: Option<Vec<u8>> = text
            .chars()
            .filter(|sign| !sign.is_whitespace())
            .map(|sign| sign.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        let digits = digits.ok_or(NoFingerprint)?;
        let bytes: Vec<u8> =
            digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
        let whole = digits.len() == 64;
        bytes.try_into().map(Self).ok().filter(|_| whole).ok_or(NoFingerprint)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The text is no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint is 64 hexadecimal digits")]
pub struct NoFingerprint;

/// Why a list is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoMunicipalities {
    /// It cannot be read.
    #[error("{0}")]
    Unreadable(Unreadable),
    /// A name stands in it twice.
    #[error("{0} stands in the list twice")]
    NameTwice(String),
    /// One root stands in it for two municipalities.
    #[error("the root of {0} stands in the list twice")]
    RootTwice(String),
}

impl Municipalities {
    /// Reads a list from the text of its file.
    ///
    /// # Errors
    /// [`NoMunicipalities`] with what is wrong.
    pub fn read(text: &str) -> Result<Self, NoMunicipalities> {
        let read: Self =
            toml::from_str(text).map_err(|error| NoMunicipalities::Unreadable(Unreadable::of(text, &error)))?;
        let (mut names, mut roots) = (BTreeSet::new(), BTreeSet::new());
        for one in &read.municipalities {
            if !names.insert(&one.name) {
                return Err(NoMunicipalities::NameTwice(one.name.clone()));
            }
            if !roots.insert(one.root) {
                return Err(NoMunicipalities::RootTwice(one.name.clone()));
            }
        }
        Ok(read)
    }

    /// The municipality of a root.
    #[must_use]
    pub fn of_root(&self, root: Fingerprint) -> Option<&ListedMunicipality> {
        self.municipalities.iter().find(|one| one.root == root)
    }
}
