//! Numbers between Rust and `SQLite`, whose integers are signed.

use rusqlite::Row;

/// A number for a parameter. One beyond the signed range becomes the largest: as a bound it means the same.
pub(in crate::log) fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A column that is never negative.
pub(in crate::log) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

/// A column with the sixteen bytes of an id.
pub(in crate::log) fn id<T: From<[u8; 16]>>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    row.get::<_, [u8; 16]>(column).map(T::from)
}
