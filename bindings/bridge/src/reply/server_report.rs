//! The programme's figures as the server counts them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the server counts of a programme, beside this device's own count.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ServerReportPage {
    /// The programme's name.
    pub programme: String,
    /// How many entries the server counts; nothing for whoever is shown groups only.
    #[ts(type = "number | null")]
    pub accepted: Option<u64>,
    /// How many it counts no longer, because they were written by mistake.
    #[ts(type = "number | null")]
    pub taken_back: Option<u64>,
    /// How many entries of this device the server does not have as they are here.
    #[ts(type = "number")]
    pub pending: u64,
    /// Whether the numbers are rounded down to whole fives, so that nobody can tell a single citizen from them.
    pub coarse: bool,
    /// The figures.
    pub figures: Vec<BothFiguresRow>,
}

/// One figure, counted twice.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BothFiguresRow {
    /// The measure's name.
    pub measure: String,
    /// What it is called.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// `share`, `persons`, `days`, `per_week` or `per_consultant`.
    pub unit: String,
    /// The day at whose end it holds.
    pub as_of: String,
    /// First day of the period, where it has one.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
    /// The server's.
    pub server: CountedFigure,
    /// This device's; nothing where it does not see the whole programme, or cannot know.
    pub here: Option<CountedFigure>,
    /// Whether both are the same to the digit; nothing where there is one only.
    pub agree: Option<bool>,
}

/// One count.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CountedFigure {
    /// The number with three decimals; nothing where there is nothing to divide by.
    pub value: Option<f64>,
    /// What is above the line.
    #[ts(type = "number")]
    pub numerator: u64,
    /// What is below it; nothing for a plain count.
    #[ts(type = "number | null")]
    pub denominator: Option<u64>,
}
