//! A survey as a spreadsheet: the columns it is read from, so that it can be corrected and read in again, and what came of each unit.

use feltbog_reports::{KnownFrom, SurveyUnit, TileSays, Training, places_of};

use crate::error::AppError;
use crate::spreadsheet::spreadsheet;
use crate::survey_csv::{MADE, NEEDED, READ_TOO};

/// A line for each unit.
pub(crate) fn survey_sheet(units: &[SurveyUnit]) -> Result<String, AppError> {
    let headings: Vec<&str> = NEEDED.into_iter().chain(READ_TOO).chain(MADE).collect();
    spreadsheet(&headings, units.iter().map(line))
}

fn line(unit: &SurveyUnit) -> [String; 12] {
    let (known, from) = unit.known.unzip();
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let list = |words: Vec<&str>| words.join(", ");
    [
        unit.unit.clone(),
        yes_or_no(unit.answer),
        yes_or_no(known),
        from.map(KnownFrom::word).unwrap_or_default().to_owned(),
        list(unit.reasons.iter().map(|reason| reason.word()).collect()),
        list(unit.help.iter().map(|help| help.word()).collect()),
        unit.training.map(Training::word).unwrap_or_default().to_owned(),
        number(unit.demand.in_target_group),
        number(unit.demand.offered),
        number(unit.demand.enrolled),
        list(places_of(&unit.unit).iter().map(|place| place.name).collect()),
        TileSays::of(unit).title().da.to_owned(),
    ]
}

fn yes_or_no(said: Option<bool>) -> String {
    match said {
        Some(true) => "ja",
        Some(false) => "nej",
        None => "",
    }
    .to_owned()
}
