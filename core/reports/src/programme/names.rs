//! The names in a programme's file that must be known: measures and years, each with its line. They are looked at before the rest,
//! so that what is wrong with them is said in words of our own.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

use super::NoProgramme;
use crate::measure::Measure;
use crate::unreadable::line_of;

#[derive(Deserialize)]
struct Names {
    #[serde(default)]
    published: Vec<Measured>,
    #[serde(default)]
    targets: Vec<Measured>,
    baseline: Option<Measured>,
    #[serde(default)]
    costs: Vec<Yearly>,
    granted: Option<Yearly>,
}

#[derive(Deserialize)]
struct Measured {
    measure: Option<Spanned<String>>,
}

#[derive(Deserialize)]
struct Yearly {
    #[serde(default)]
    thousands: BTreeMap<Spanned<String>, IgnoredAny>,
}

/// Whether every measure and year of a file is one. What has another form than a programme has is nothing to be said here.
pub(super) fn known_names(text: &str) -> Result<(), NoProgramme> {
    let Ok(names) = toml::from_str::<Names>(text) else { return Ok(()) };
    let measured = names.published.iter().chain(&names.targets).chain(&names.baseline);
    if let Some(code) =
        measured.filter_map(|it| it.measure.as_ref()).find(|it| Measure::from_code(it.as_ref()).is_none())
    {
        return Err(NoProgramme::NoMeasure { line: line_of(text, code.span().start), code: code.as_ref().clone() });
    }
    let years = names.costs.iter().chain(&names.granted).flat_map(|it| it.thousands.keys());
    if let Some(year) = years.into_iter().find(|it| !is_year(it.as_ref())) {
        return Err(NoProgramme::NoYear { line: line_of(text, year.span().start), year: year.as_ref().clone() });
    }
    Ok(())
}

fn is_year(written: &str) -> bool {
    written.len() == 4 && written.bytes().all(|byte| byte.is_ascii_digit())
}
