//! Reading a programme's file.

use serde::Deserialize;

use super::{Programme, Target};
use crate::measure::{Measure, Unit};

/// The programmes that come with Feltbog, by file.
const SHIPPED: [(&str, &str); 6] = [
    ("ips-rusmiddel-koebenhavn", include_str!("../../programmes/ips-rusmiddel-koebenhavn.toml")),
    ("ips-vestsjaelland", include_str!("../../programmes/ips-vestsjaelland.toml")),
    ("ips-region-sjaelland", include_str!("../../programmes/ips-region-sjaelland.toml")),
    ("ips-sydhavnen", include_str!("../../programmes/ips-sydhavnen.toml")),
    ("ips-koebenhavn", include_str!("../../programmes/ips-koebenhavn.toml")),
    ("star-survey", include_str!("../../programmes/star-survey.toml")),
];

/// Why a file is no programme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoProgramme(String);

impl Programme {
    /// Reads a programme from the text of its file.
    ///
    /// # Errors
    /// [`NoProgramme`] with the place and what is wrong there.
    pub fn read(text: &str) -> Result<Self, NoProgramme> {
        let read: Self = toml::from_str(text).map_err(|error| NoProgramme(placed(text, &error)))?;
        match read.targets.iter().find(|target| target.measure.unit() != Unit::Share || target.to < target.from) {
            None => Ok(read),
            Some(Target { measure, .. }) => Err(NoProgramme(format!(
                "a target is a share of persons over days that end after they begin; {} is aimed at otherwise",
                measure.code()
            ))),
        }
    }

    /// A programme that comes with Feltbog.
    ///
    /// # Errors
    /// [`NoProgramme`] when there is none of this name.
    pub fn shipped(name: &str) -> Result<Self, NoProgramme> {
        let found = SHIPPED.iter().find(|(known, _)| *known == name);
        found.map_or_else(|| Err(NoProgramme(format!("no programme of the name {name}"))), |(_, text)| Self::read(text))
    }

    /// The names of those that come with Feltbog.
    pub fn shipped_names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }
}

pub(super) fn by_code<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Measure, D::Error> {
    let code = String::deserialize(from)?;
    Measure::from_code(&code).ok_or_else(|| serde::de::Error::custom(format!("there is no measure {code}")))
}

pub(super) fn by_code_if_any<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Measure>, D::Error> {
    by_code(from).map(Some)
}

/// What is wrong, on one line, and on which line of the file.
pub(crate) fn placed(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    format!("line {}: {}", before.matches('\n').count() + 1, error.message().trim().replace('\n', " "))
}
