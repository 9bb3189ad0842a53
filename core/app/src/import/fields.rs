//! Reading one record by its headings.

use feltbog_domain::parse_danish_date;
use jiff::civil::Date;

use super::csv_lines::{Line, Table};
use crate::spreadsheet_cell::as_written;

/// Why a field cannot be read: its heading and the reason.
pub(super) type FieldError = (&'static str, String);

/// One record, by heading.
pub(super) struct Fields<'a> {
    headings: &'a [String],
    values: &'a [String],
}

impl<'a> Fields<'a> {
    pub(super) fn of(table: &'a Table, line: &'a Line) -> Result<Self, FieldError> {
        match &line.fields {
            Ok(values) => Ok(Self { headings: &table.headings, values }),
            Err(reason) => Err(("", reason.clone())),
        }
    }

    /// The value under a heading; `None` when it is empty or the file lacks the heading.
    pub(super) fn text(&self, heading: &str) -> Option<&'a str> {
        let at = self.headings.iter().position(|known| known == heading)?;
        self.values.get(at).map(|value| as_written(value.trim())).filter(|value| !value.is_empty())
    }

    pub(super) fn owned(&self, heading: &str) -> Option<String> {
        self.text(heading).map(str::to_owned)
    }

    pub(super) fn required(&self, heading: &'static str) -> Result<&'a str, FieldError> {
        self.text(heading).ok_or_else(|| (heading, "feltet mangler".to_owned()))
    }

    pub(super) fn date(&self, heading: &'static str) -> Result<Option<Date>, FieldError> {
        let Some(text) = self.text(heading) else { return Ok(None) };
        parse_danish_date(text)
            .map(Some)
            .ok_or_else(|| (heading, "datoen findes ikke eller er ikke skrevet dd-mm-åååå".to_owned()))
    }

    pub(super) fn number(&self, heading: &'static str, most: u32) -> Result<Option<u32>, FieldError> {
        let Some(text) = self.text(heading) else { return Ok(None) };
        match text.parse() {
            Ok(number) if number <= most => Ok(Some(number)),
            _ => Err((heading, format!("skal være et helt tal fra 0 til {most}"))),
        }
    }

    pub(super) fn flag(&self, heading: &'static str) -> Result<Option<bool>, FieldError> {
        match self.text(heading).map(str::to_lowercase).as_deref() {
            None => Ok(None),
            Some("ja") => Ok(Some(true)),
            Some("nej") => Ok(Some(false)),
            Some(_) => Err((heading, "skal være ja eller nej".to_owned())),
        }
    }
}
