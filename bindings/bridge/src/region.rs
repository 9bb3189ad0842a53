//! The figures of a region's municipalities, from files; without a device.

use feltbog_app::GivenFile;
use feltbog_reports::{RegionRow, Told};
use serde::Serialize;

use crate::reply::{CountedFigure, Refused, SentenceRow};
use crate::views::{rounded, sentence, unit};

/// The figures of a region at the end of one quarter.
#[derive(Debug, Clone, Serialize)]
pub struct RegionPage {
    /// What the list calls it.
    pub name: String,
    /// The quarter's last day; nothing where no file was taken.
    pub as_of: Option<String>,
    /// Who is in it.
    pub municipalities: Vec<RegionMunicipality>,
    /// Municipalities of the list without a file.
    pub missing: Vec<String>,
    /// Files that were not taken.
    pub refused: Vec<RefusedFile>,
    /// One row for each measure.
    pub figures: Vec<RegionFigure>,
}

/// A municipality in the table.
#[derive(Debug, Clone, Serialize)]
pub struct RegionMunicipality {
    /// As the list has it.
    pub name: String,
    /// What it calls its programme.
    pub programme: String,
}

/// A file that was not taken, and why.
#[derive(Debug, Clone, Serialize)]
pub struct RefusedFile {
    /// The file.
    pub file: String,
    /// Why.
    pub why: SentenceRow,
}

/// One measure over the municipalities.
#[derive(Debug, Clone, Serialize)]
pub struct RegionFigure {
    /// The measure's name.
    pub measure: String,
    /// In Danish.
    pub title: String,
    /// In English.
    pub title_en: String,
    /// What the value is counted in.
    pub unit: String,
    /// The municipalities' numbers, in their order.
    pub each: Vec<CountedFigure>,
    /// All of them together.
    pub sum: CountedFigure,
    /// There may be so many more above the line than the sum says; nothing of a mean.
    pub above_may_lack: Option<u64>,
    /// So many more below it.
    pub below_may_lack: u64,
    /// So many fewer below it.
    pub below_may_exceed: u64,
}

/// Adds up files of municipalities, each by its name and text, which are on the region's list. Days are written `2026-09-30`.
///
/// # Errors
/// When the list or the day cannot be read.
pub fn region(files: Vec<(String, Option<String>)>, list: &str, at: Option<&str>) -> Result<RegionPage, Refused> {
    let files: Vec<GivenFile> = files.into_iter().map(|(name, text)| GivenFile { name, text }).collect();
    let read = feltbog_app::region(&files, list, at).map_err(crate::session::refused)?;
    Ok(RegionPage {
        name: read.name,
        as_of: read.table.as_ref().map(|table| table.as_of.to_string()),
        municipalities: read
            .municipalities
            .into_iter()
            .map(|(name, programme)| RegionMunicipality { name, programme })
            .collect(),
        missing: read.missing,
        refused: read.refused.into_iter().map(|(file, why)| RefusedFile { file, why: sentence(why) }).collect(),
        figures: read.table.iter().flat_map(|table| &table.rows).map(figure).collect(),
    })
}

fn figure(row: &RegionRow) -> RegionFigure {
    let RegionRow { measure, each, sum } = row;
    RegionFigure {
        measure: measure.code().to_owned(),
        title: measure.title().da.to_owned(),
        title_en: measure.title().en.to_owned(),
        unit: unit(measure.unit()).to_owned(),
        each: each.iter().map(counted).collect(),
        sum: counted(&sum.told),
        above_may_lack: sum.above_may_lack,
        below_may_lack: sum.below_may_lack,
        below_may_exceed: sum.below_may_exceed,
    }
}

fn counted(told: &Told) -> CountedFigure {
    CountedFigure { value: told.value().map(rounded), numerator: told.above, denominator: told.below }
}
