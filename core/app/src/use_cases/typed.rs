//! What was typed into a field: nothing, a new value, or an empty text that takes the value away.

use crate::error::AppError;
use crate::use_cases::entry_wish::non_empty;

/// Longest text that is not a note, in letters.
const TEXT: usize = 4_000;

/// Leaves the value as it was where nothing was typed.
pub(crate) fn set<T>(
    value: &mut Option<T>,
    typed: &Option<String>,
    read: impl Fn(Option<&str>) -> Result<Option<T>, AppError>,
) -> Result<(), AppError> {
    if let Some(typed) = typed {
        *value = read(non_empty(Some(typed)))?;
    }
    Ok(())
}

/// A text of several lines.
pub(crate) fn long(text: Option<&str>, what: &str) -> Result<Option<String>, AppError> {
    if text.is_some_and(|text| text.chars().count() > TEXT) {
        return Err(AppError::Unclear(format!("{what} er over {TEXT} tegn")));
    }
    Ok(text.map(str::to_owned))
}
