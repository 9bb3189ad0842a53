//! Files for a spreadsheet.

use csv::{Terminator, WriterBuilder};

use crate::error::AppError;
use crate::spreadsheet_cell::harmless;

/// Without it a spreadsheet reads æ, ø and å as other letters.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A whole file in the form of the imported ones: UTF-8, `;` between fields, CRLF, and no cell that is run as a formula.
pub(crate) fn spreadsheet<R>(headings: &[&str], records: impl IntoIterator<Item = R>) -> Result<String, AppError>
where
    R: IntoIterator<Item = String>,
{
    let mut writer = WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(headings).map_err(|_| refused())?;
    for record in records {
        writer.write_record(record.into_iter().map(|cell| harmless(&cell).into_owned())).map_err(|_| refused())?;
    }
    let bytes = writer.into_inner().map_err(|_| refused())?;
    Ok(format!("{BYTE_ORDER_MARK}{}", String::from_utf8(bytes).map_err(|_| refused())?))
}

fn refused() -> AppError {
    AppError::Unclear("listen kan ikke skrives som CSV".into())
}
