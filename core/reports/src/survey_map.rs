//! A survey on the map: what is known of each municipality, and from whom.

use std::collections::BTreeMap;

use crate::measure::Text;
use crate::survey::SurveyUnit;
use crate::tile_map::{PLACES, Place, places_of};

/// How a municipality stands in a survey. An answer and what is known from elsewhere never look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileSays {
    /// Its unit answered that it works with the method.
    AnsweredYes,
    /// It did not answer; it is known from elsewhere that it does.
    KnownYes,
    /// Its unit answered that it does not.
    AnsweredNo,
    /// It did not answer; it is known from elsewhere that it does not.
    KnownNo,
    /// It was asked, and nobody knows.
    Unknown,
    /// It has several units, and not the same holds for all of them.
    Several,
    /// No unit of the survey is its own.
    NotAsked,
}

impl TileSays {
    /// All of them, in the order they are shown in.
    pub const ALL: [Self; 7] = [
        Self::AnsweredYes,
        Self::KnownYes,
        Self::AnsweredNo,
        Self::KnownNo,
        Self::Unknown,
        Self::Several,
        Self::NotAsked,
    ];

    /// The word of a file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AnsweredYes => "answered_yes",
            Self::KnownYes => "known_yes",
            Self::AnsweredNo => "answered_no",
            Self::KnownNo => "known_no",
            Self::Unknown => "unknown",
            Self::Several => "several",
            Self::NotAsked => "not_asked",
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn title(self) -> Text {
        let (da, en) = match self {
            Self::AnsweredYes => ("svarede ja", "answered yes"),
            Self::KnownYes => ("ja, kendt uden svar", "yes, known without an answer"),
            Self::AnsweredNo => ("svarede nej", "answered no"),
            Self::KnownNo => ("nej, kendt uden svar", "no, known without an answer"),
            Self::Unknown => ("spurgt, men ingen ved det", "asked, but nobody knows"),
            Self::Several => ("flere enheder, som ikke siger det samme", "several units that do not say the same"),
            Self::NotAsked => ("ikke med i undersøgelsen", "not in the survey"),
        };
        Text { da, en }
    }

    /// What a unit comes to.
    #[must_use]
    pub fn of(unit: &SurveyUnit) -> Self {
        match (unit.answer, unit.known.map(|(works, _)| works)) {
            (Some(true), _) => Self::AnsweredYes,
            (Some(false), _) => Self::AnsweredNo,
            (None, Some(true)) => Self::KnownYes,
            (None, Some(false)) => Self::KnownNo,
            (None, None) => Self::Unknown,
        }
    }
}

/// A municipality with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Which, and where.
    pub place: &'static Place,
    /// How it stands.
    pub says: TileSays,
    /// The units that work for it.
    pub units: Vec<String>,
}

/// A survey on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyMap {
    /// All municipalities, from the north-west.
    pub tiles: Vec<Tile>,
    /// Units whose name is no municipality's: they are counted, and stand on no tile.
    pub nowhere: Vec<String>,
}

impl SurveyMap {
    /// Puts the units where their names say.
    #[must_use]
    pub fn of(units: &[SurveyUnit]) -> Self {
        let mut here: BTreeMap<&Place, Vec<&SurveyUnit>> = BTreeMap::new();
        let mut nowhere = Vec::new();
        for unit in units {
            let places = places_of(&unit.unit);
            if places.is_empty() {
                nowhere.push(unit.unit.clone());
            }
            places.into_iter().for_each(|place| here.entry(place).or_default().push(unit));
        }
        let tile = |place| {
            let units = here.get(place).map(Vec::as_slice).unwrap_or_default();
            Tile { place, says: together(units), units: units.iter().map(|unit| unit.unit.clone()).collect() }
        };
        Self { tiles: PLACES.iter().map(tile).collect(), nowhere }
    }
}

/// What holds for all of them.
fn together(units: &[&SurveyUnit]) -> TileSays {
    let mut said = units.iter().map(|unit| TileSays::of(unit));
    let Some(first) = said.next() else { return TileSays::NotAsked };
    if said.all(|other| other == first) { first } else { TileSays::Several }
}

#[cfg(test)]
mod tests;
