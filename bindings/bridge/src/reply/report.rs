//! The programme's figures.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One figure.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportPage {
    /// The measure's name.
    pub measure: String,
    /// What it is called.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// The number with three decimals: a share from 0 to 1, days, or a count; nothing where there is nothing to divide by.
    pub value: Option<f64>,
    /// `share`, `persons`, `days`, `per_week` or `per_consultant`.
    pub unit: String,
    /// What is above the line.
    #[ts(type = "number")]
    pub numerator: u64,
    /// What is below it; nothing for a plain count.
    #[ts(type = "number | null")]
    pub denominator: Option<u64>,
    /// The day at whose end it holds.
    pub as_of: String,
    /// First day of the period, where it has one.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
    /// What it means.
    pub definition: String,
    /// The same in English.
    pub definition_en: String,
    /// Where the measure comes from.
    pub source: String,
    /// The programme's name.
    pub programme: String,
    /// `programme`, or `own` where this device sees its own citizens only.
    pub scope: String,
    /// Persons of whom it cannot be said yet; they are not below the line.
    pub undecided: u32,
    /// Starts that count as ordinary because nobody said on which terms.
    pub assumed_ordinary: u32,
    /// More to the same measure.
    pub details: Vec<ReportDetail>,
    /// The same by consultant and week, by name.
    pub rows: Vec<ReportStaffRow>,
    /// Who is in it, those above the line first.
    pub evidence: Vec<ReportEvidence>,
}

/// More to a measure.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportDetail {
    /// Which, e.g. `median`.
    pub name: String,
    /// The number; nothing where there is nothing to divide by.
    pub value: Option<f64>,
}

/// What one consultant has.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportStaffRow {
    /// The name.
    pub name: String,
    /// The ISO week, `2026-W48`.
    pub week: Option<String>,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
}

/// One citizen or piece of work behind a figure.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportEvidence {
    /// The case; nothing for work without one.
    pub case: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Whether it is above the line as well.
    pub counts: bool,
    /// The entries that say so.
    pub entries: Vec<String>,
}
