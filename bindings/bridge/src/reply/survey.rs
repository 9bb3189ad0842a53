//! A survey among units.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{RefusedLine, SentenceRow};

/// A survey, counted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SurveyPage {
    /// Units that were asked.
    pub units: u32,
    /// Units that answered.
    pub answered: u32,
    /// The response rate in whole percent.
    pub response_percent: Option<u64>,
    /// By the answers alone.
    pub answers: AnswersRow,
    /// With what is known from elsewhere of those that did not answer: never added to the other.
    pub with_other_knowledge: WithOtherRow,
    /// From where.
    pub known_from: Vec<NamedCount>,
    /// Units whose answer is not what is known from elsewhere; the answer counts.
    pub disagreeing: Vec<String>,
    /// Why units do not work with the method.
    pub reasons: Vec<NamedCount>,
    /// What partners from outside help with.
    pub help: Vec<NamedCount>,
    /// Whether consultants are trained, of units that answered yes.
    pub training: Vec<NamedCount>,
    /// Units that answered yes and say nothing of it.
    pub training_not_said: u32,
    /// How many citizens are reached.
    pub coverage: CoverageRow,
    /// Where the source says other numbers.
    pub contradictions: Vec<SentenceRow>,
    /// All municipalities, from the north-west.
    pub tiles: Vec<TileRow>,
    /// What can be said of one, in the order it is shown in.
    pub tile_says: Vec<TileSaysRow>,
    /// Units that are no municipality's by their name: counted, and on no tile.
    pub nowhere: Vec<String>,
    /// The units for a spreadsheet, with what came of each; it can be read in again.
    pub sheet: String,
    /// Headings of columns of which nothing was read.
    pub unread: Vec<String>,
    /// Lines that were not taken.
    pub refused: Vec<RefusedLine>,
}

/// A municipality on the map.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TileRow {
    /// Its name.
    pub name: String,
    /// Three letters.
    pub short: String,
    /// From the west, 0 to 15.
    pub column: u8,
    /// From the north, 0 to 13.
    pub row: u8,
    /// The word of what is known of it.
    pub says: String,
    /// The units that work for it.
    pub units: Vec<String>,
}

/// What can be said of a municipality.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TileSaysRow {
    /// Its word.
    pub says: String,
    /// In Danish.
    pub title: String,
    /// In English.
    pub title_en: String,
    /// Of how many municipalities it is said.
    pub municipalities: u32,
}

/// What units said themselves.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[allow(missing_docs, reason = "each is its word")]
pub struct AnswersRow {
    pub yes: u32,
    pub no: u32,
    pub no_answer: u32,
}

/// The same with what is known from elsewhere.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[allow(missing_docs, reason = "each is its word")]
pub struct WithOtherRow {
    pub yes: u32,
    pub no: u32,
    pub unknown: u32,
}

/// How many units something holds for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NamedCount {
    /// The word of the file.
    pub name: String,
    /// In Danish.
    pub title: String,
    /// In English.
    pub title_en: String,
    /// How many.
    pub units: u32,
}

/// How many the method reaches of those it is for, over the units that say both.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct CoverageRow {
    /// Units that say both.
    pub units: u32,
    /// Whom it is for.
    pub in_target_group: u64,
    /// To whom it was offered, over `units_offered` of these units.
    pub offered: u64,
    /// Units that say to how many it was offered.
    pub units_offered: u32,
    /// Who is in it.
    pub enrolled: u64,
    /// Those who are in it, of those it is for.
    pub share: Option<f64>,
}
