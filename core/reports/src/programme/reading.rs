//! Reading a programme's file.

use serde::Deserialize;

use super::Programme;
use super::names::known_names;
use crate::measure::{Measure, Unit};
use crate::unreadable::Unreadable;

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
pub enum NoProgramme {
    /// It cannot be read.
    #[error("{0}")]
    Unreadable(Unreadable),
    /// It names a measure that is none.
    #[error("line {line}: there is no measure {code}")]
    NoMeasure {
        /// Where, counted from one.
        line: usize,
        /// As written.
        code: String,
    },
    /// An amount stands under what is no year.
    #[error("line {line}: {year} is no year of four digits")]
    NoYear {
        /// Where, counted from one.
        line: usize,
        /// As written.
        year: String,
    },
    /// A target is of a measure that is no share of persons.
    #[error("a target is a share of persons, and {} is none", .0.code())]
    TargetIsNoShare(Measure),
    /// A target's last day lies before its first.
    #[error("the target for {} ends before it begins", .0.code())]
    TargetEndsBeforeItBegins(Measure),
    /// A target is of a measure of one quarter, and its days are none.
    #[error("the days of the target for {} are no quarter of a year", .0.code())]
    TargetIsNoQuarter(Measure),
    /// None that comes with Feltbog has this name.
    #[error("no programme of the name {0}")]
    NotShipped(String),
}

impl Programme {
    /// Reads a programme from the text of its file.
    ///
    /// # Errors
    /// [`NoProgramme`] with what is wrong, and where.
    pub fn read(text: &str) -> Result<Self, NoProgramme> {
        known_names(text)?;
        let read: Self = toml::from_str(text).map_err(|error| NoProgramme::Unreadable(Unreadable::of(text, &error)))?;
        for target in &read.targets {
            if target.measure.unit() != Unit::Share {
                return Err(NoProgramme::TargetIsNoShare(target.measure));
            }
            if target.to < target.from {
                return Err(NoProgramme::TargetEndsBeforeItBegins(target.measure));
            }
            if !target.days_go_with_its_measure() {
                return Err(NoProgramme::TargetIsNoQuarter(target.measure));
            }
        }
        Ok(read)
    }

    /// A programme that comes with Feltbog.
    ///
    /// # Errors
    /// [`NoProgramme::NotShipped`] when there is none of this name.
    pub fn shipped(name: &str) -> Result<Self, NoProgramme> {
        Self::read(Self::shipped_text(name)?)
    }

    /// The text of a file that comes with Feltbog.
    ///
    /// # Errors
    /// [`NoProgramme::NotShipped`] when there is none of this name.
    pub fn shipped_text(name: &str) -> Result<&'static str, NoProgramme> {
        let found = SHIPPED.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| *text).ok_or_else(|| NoProgramme::NotShipped(name.to_owned()))
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
