//! What leaves on paper: pages with headings, paragraphs, lists and tables, as a PDF that can be read, searched, copied from
//! and listened to. Knows no word of the field and no clock: the same [`Paper`] gives the same bytes.

mod bidi_lines;
mod broken;
mod face;
mod pdf;
mod shaper;
mod sheet;
mod shown;
mod style;
mod table;
mod tagged;

use thiserror::Error;

/// A document to be put on pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is called in a list of files and at the top of a window.
    pub title: String,
    /// The language it is written in, as a tag like `da`.
    pub language: String,
    /// Who made it.
    pub author: String,
    /// When.
    pub made: Made,
    /// What stands at the foot of every page, left of its number.
    pub foot: String,
    /// How pages are counted: what stands before the number, and between it and how many there are.
    pub counting: (String, String),
    /// What it says, in the order of reading.
    pub blocks: Vec<Block>,
}

/// When a document was made, by the clock of where it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
    /// Hour.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
    /// Minutes that clock is ahead of UTC.
    pub ahead_of_utc: i16,
}

/// One piece of a document. Texts may hold any Unicode: what the font has no picture of stands as `[U+1F9FF]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; what follows it begins on the same page.
    Heading(Level, String),
    /// A text; its line breaks are kept.
    Text(String),
    /// A text that is not the point, smaller and paler.
    Quiet(String),
    /// A text that must not be overlooked, bold beside a bar.
    Notice(String),
    /// Items, each with a dot before it.
    List(Vec<String>),
    /// Names with their values, the names in bold.
    Facts(Vec<(String, String)>),
    /// Columns with headings, repeated on every page.
    Table(Table),
}

/// How deep a heading stands. None is left out on the way down: readers by ear count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The document's own.
    One,
    /// A part of it.
    Two,
    /// A part of a part.
    Three,
    /// The smallest there is.
    Four,
}

/// Columns and rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// From left to right.
    pub columns: Vec<Column>,
    /// Each as long as there are columns: cells that are missing stay empty, and what is beyond the last column is not set.
    pub rows: Vec<Vec<String>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub heading: String,
    /// How wide it is beside the others: 2 is twice as wide as 1.
    pub share: u16,
    /// Where its cells stand.
    pub align: Align,
}

/// Where a cell's text stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Where reading begins.
    Start,
    /// Where it ends, as numbers do.
    End,
}

/// Why there is no PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PaperError {
    /// The fonts this was built with cannot be read.
    #[error("the fonts cannot be read")]
    Fonts,
    /// What was written is more than a PDF can hold, or breaks its rules for readers by ear.
    #[error("the pages cannot be written as a PDF")]
    Unwritable,
}

impl Paper {
    /// The document as a PDF that follows PDF/UA: tagged, titled, with its language and an outline.
    ///
    /// # Errors
    /// [`PaperError`]; no text leads to one.
    pub fn pdf(&self) -> Result<Vec<u8>, PaperError> {
        let faces = face::Faces::built_in().ok_or(PaperError::Fonts)?;
        let sheets = sheet::laid_out(self, &faces);
        pdf::written(self, &faces, sheets)
    }
}
