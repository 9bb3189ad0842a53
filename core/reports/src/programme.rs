//! A programme as a file: what it is, what it costs, what it aims at, and what was published of it.
//!
//! A file holds what its source says, also where that does not fit together; [`crate::contradictions`] says where. Its numbers are
//! no larger than what is counted from them can hold: a file is somebody's own, and no file ends the program.

mod amounts;
mod names;
mod reading;

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use jiff::civil::Date;
use serde::Deserialize;

pub(crate) use self::amounts::per;
pub use self::reading::NoProgramme;
use self::reading::{by_code, by_code_if_any};
use crate::measure::Measure;

/// A programme.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Its name.
    pub name: String,
    /// The text it was read from.
    pub source: String,
    /// Psychiatry or drugs.
    pub track: Track,
    /// Which variant of the method.
    pub form: Form,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// How many years the source says it lasts.
    pub years_said: Option<i16>,
    /// Whom it is for.
    pub target_group: String,
    /// Age that somebody must have.
    pub least_age: Option<u8>,
    /// The municipalities.
    #[serde(default)]
    pub municipalities: Vec<String>,
    /// How many the source says there are.
    pub municipalities_said: Option<usize>,
    /// Consultants.
    pub consultants: Option<NonZeroU32>,
    /// Citizens it is meant to reach at least.
    pub citizens_at_least: Option<u32>,
    /// Citizens per consultant.
    pub caseload_limit: Option<u32>,
    /// Whether its consultants hold the statutory talks.
    #[serde(default)]
    pub consultant_is_authority: bool,
    /// Months within which a citizen is placed at a company.
    pub placement_within_months: Option<u8>,
    /// Who works together.
    #[serde(default)]
    pub partners: Vec<Partner>,
    /// Where.
    #[serde(default)]
    pub sites: Vec<Site>,
    /// Who pays, over the whole period.
    #[serde(default)]
    pub funders: Vec<Funder>,
    /// What it costs by year.
    #[serde(default)]
    pub costs: Vec<Costs>,
    /// What the source says that adds up to.
    pub costs_said: Option<CostsSaid>,
    /// What was granted before.
    pub granted: Option<Granted>,
    /// Its principles.
    #[serde(default)]
    pub principles: Vec<String>,
    /// How many the source says there are.
    pub principles_said: Option<usize>,
    /// What was published of its results.
    #[serde(default)]
    pub published: Vec<Published>,
    /// What a headline says of them.
    pub headline: Option<Headline>,
    /// What it aims at.
    #[serde(default)]
    pub targets: Vec<Target>,
    /// What it is compared with.
    pub baseline: Option<Baseline>,
    /// The answers of a survey.
    pub survey: Option<Survey>,
}

/// Psychiatry or drugs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is its word")]
pub enum Track {
    Psychiatry,
    Drugs,
}

/// The variant of the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// As the scale describes it.
    Ips,
    /// For people with drug problems.
    IpsDrugs,
    /// Inspired by it.
    IpsInspired,
    /// No programme but a survey of them.
    Survey,
}

/// An organisation that takes part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Its name.
    pub name: String,
    /// Whose work it does.
    pub side: PartnerSide,
}

/// Whose work a partner does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerSide {
    /// Employment.
    Employment,
    /// Treatment, in the municipality.
    Treatment,
    /// Another authority with a journal of its own.
    Outside,
}

/// Where people work.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// How many of its kind.
    pub count: u32,
    /// People who sit there.
    pub staff: u32,
    /// Where they come from.
    pub staff_from: PartnerSide,
}

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Funder {
    /// Who.
    pub name: String,
    /// How much.
    pub kroner: u64,
}

/// One line of a budget, in thousands of kroner.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// For what.
    pub what: String,
    /// By year, of four digits.
    pub thousands: BTreeMap<String, u32>,
    /// What the source says it adds up to.
    pub total_said: u64,
}

/// What a source says its budget adds up to, in thousands of kroner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostsSaid {
    /// Each year, in the table.
    pub each_year: u64,
    /// All years.
    pub total: u64,
    /// Each year, in the text.
    pub in_the_text: u64,
}

/// What was granted before, in thousands of kroner.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Granted {
    /// The source's words.
    pub says: String,
    /// Each year, in the text.
    pub in_the_text: u64,
    /// By year of four digits, in the table.
    pub thousands: BTreeMap<String, u32>,
}

/// A result that was published.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Which measure it is.
    #[serde(deserialize_with = "by_code")]
    pub measure: Measure,
    /// Persons above the line.
    pub numerator: Option<u32>,
    /// Persons below it.
    pub denominator: Option<u32>,
    /// The percentage as published.
    pub percent: u8,
    /// Whether the source says it is more.
    #[serde(default)]
    pub at_least: bool,
    /// The day, of a status.
    pub as_of: Option<Date>,
    /// Which of several groups.
    pub group: Option<String>,
    /// The source's words.
    pub says: String,
}

/// What a headline says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headline {
    /// The percentage.
    pub percent: u8,
    /// Of whom.
    pub group: String,
    /// The source's words.
    pub says: String,
}

/// What a programme aims at: a measure and a period.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Which measure.
    #[serde(deserialize_with = "by_code")]
    pub measure: Measure,
    /// At least so many percent.
    pub at_least_percent: u8,
    /// First day of the period.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// The source's words.
    pub says: String,
}

/// What a programme is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The measure, of a comparison of results.
    #[serde(default, deserialize_with = "by_code_if_any")]
    pub measure: Option<Measure>,
    /// With what.
    pub what: String,
    /// How much better.
    pub improvement_percent: Option<u16>,
    /// What the improvement is counted in.
    pub unit: Option<ImprovementUnit>,
    /// Kroner that one course costs less.
    pub saving_per_course: Option<u64>,
    /// The source's words.
    pub says: String,
}

/// What an improvement is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImprovementUnit {
    /// Of the baseline.
    Percent,
    /// Added to it.
    PercentagePoints,
    /// The source does not say: the two give different baselines.
    NotSaid,
}

/// The answers of a survey among units.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Units that were asked.
    pub units: u32,
    /// Units that answered.
    pub answered: u32,
    /// The response rate as published.
    pub response_percent: u8,
    /// Answered yes.
    pub yes: u32,
    /// Answered no.
    pub no: u32,
    /// Did not answer.
    pub no_answer: u32,
    /// The source's words.
    pub says: String,
    /// The same when what is known from elsewhere is added; never mixed with the answers.
    pub with_other_knowledge: Option<OtherKnowledge>,
}

/// Answers and what is known from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherKnowledge {
    /// Yes.
    pub yes: u32,
    /// No.
    pub no: u32,
    /// Nobody knows.
    pub unknown: u32,
    /// The source's words.
    pub says: String,
}
