//! Asking the server for a figure: `POST /v1/report`, signed like an exchange.
//!
//! The server answers from the facts that devices told it, with the very functions a device counts with. Who is behind a
//! figure it does not say: it does not know.

use feltbog_domain::ProgrammeId;
use feltbog_reports::{Figure, ratio};
use minicbor::{Decode, Encode};

/// Which figures, of when. Days are written as `2026-11-23`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ReportRequest {
    /// The programme.
    #[cbor(n(1), with = "crate::id_bytes")]
    pub programme: ProgrammeId,
    /// Names of the measures; all of them where there is none.
    #[cbor(n(2), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// The day at whose end they hold.
    #[n(3)]
    pub as_of: String,
    /// First day of the period, where there is one.
    #[n(4)]
    pub from: Option<String>,
    /// Its last day.
    #[n(5)]
    pub to: Option<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ReportReply {
    /// The newest row of the log that was looked at.
    #[n(1)]
    pub head: u64,
    /// What there is to count.
    #[n(2)]
    pub facts: FactCount,
    /// Those of the measures that can be asked for these days, in their own order.
    #[cbor(n(3), decode_with = "crate::bounded::decode")]
    pub figures: Vec<ToldFigure>,
}

/// How many entries the server counts, and how many it counts no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct FactCount {
    /// Taken, and counted.
    #[n(1)]
    pub accepted: u64,
    /// Taken once, and taken back since: written by mistake, or something else by now.
    #[n(2)]
    pub taken_back: u64,
}

/// One figure as the server counts it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ToldFigure {
    /// Name of the measure.
    #[n(1)]
    pub measure: String,
    /// Above the line.
    #[n(2)]
    pub numerator: u64,
    /// Below it; nothing for a plain count.
    #[n(3)]
    pub denominator: Option<u64>,
    /// Persons of whom it cannot be said yet.
    #[n(4)]
    pub undecided: u32,
    /// Starts that count as ordinary because nobody said otherwise.
    #[n(5)]
    pub assumed_ordinary: u32,
    /// More to the same measure.
    #[cbor(n(6), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    pub details: Vec<ToldDetail>,
    /// The same by consultant and week, without saying who.
    #[cbor(n(7), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    pub rows: Vec<ToldRow>,
}

/// More to a measure.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ToldDetail {
    /// Which.
    #[n(1)]
    pub name: String,
    /// Above the line.
    #[n(2)]
    pub numerator: u64,
    /// Below it.
    #[n(3)]
    pub denominator: Option<u64>,
}

/// One line of a figure that is broken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ToldRow {
    /// Year of the ISO week, where the line is of one.
    #[n(1)]
    pub year: Option<i16>,
    /// Its number.
    #[n(2)]
    pub week: Option<i8>,
    /// How many.
    #[n(3)]
    pub count: u64,
}

impl ToldFigure {
    /// The number itself; nothing where there is nothing to divide by.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        ratio(self.numerator, self.denominator)
    }
}

impl From<&Figure> for ToldFigure {
    fn from(figure: &Figure) -> Self {
        let details = figure.details.iter().map(|detail| ToldDetail {
            name: detail.name.to_owned(),
            numerator: detail.numerator,
            denominator: detail.denominator,
        });
        let mut rows: Vec<ToldRow> = figure.rows.iter().map(row).collect();
        // In an order that says nothing of who it is.
        rows.sort_unstable_by_key(|row| (row.year, row.week, row.count));
        Self {
            measure: figure.question.measure().code().to_owned(),
            numerator: figure.numerator,
            denominator: figure.denominator,
            undecided: figure.undecided,
            assumed_ordinary: figure.assumed_ordinary,
            details: details.collect(),
            rows,
        }
    }
}

fn row(row: &feltbog_reports::Row) -> ToldRow {
    let (year, week) = row.week.unzip();
    ToldRow { year, week, count: row.count }
}
