//! Files for a spreadsheet.

use csv::{Terminator, WriterBuilder};

use crate::error::AppError;
use crate::spreadsheet_cell::harmless;

/// Without it a spreadsheet reads æ, ø and å as other letters.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A whole file in the form of the imported ones: UTF-8, `;` between fields, CRLF.
pub(crate) fn spreadsheet<const N: usize>(
    headings: [&str; N],
    records: impl IntoIterator<Item = [String; N]>,
) -> Result<String, AppError> {
    let mut writer = WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(Vec::new());
    let refused = |_| AppError::Unclear("listen kan ikke skrives som CSV".into());
    writer.write_record(headings).map_err(refused)?;
    for record in records {
        writer.write_record(record.iter().map(|cell| harmless(cell).into_owned())).map_err(refused)?;
    }
    let bytes = writer.into_inner().map_err(|_| AppError::Unclear("listen kan ikke skrives som CSV".into()))?;
    Ok(format!("{BYTE_ORDER_MARK}{}", String::from_utf8_lossy(&bytes)))
}
