//! Values between Rust and PostgreSQL, whose integers are signed.

use feltbog_protocol::EnvelopeHash;
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

use super::StoreError;

/// A number for a parameter. One beyond the signed range becomes the largest: as a bound it means the same.
pub(super) fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Bytes for a parameter.
pub(super) fn bytes(of: &[u8]) -> &[u8] {
    of
}

/// A column as its type.
pub(super) fn get<'r, T: FromSql<'r>>(row: &'r Row, column: usize) -> Result<T, StoreError> {
    Ok(row.try_get(column)?)
}

/// A column that is never negative.
pub(super) fn number(row: &Row, column: usize) -> Result<u64, StoreError> {
    small(row, column)
}

/// A column of a smaller range.
pub(super) fn small<T: TryFrom<i64>>(row: &Row, column: usize) -> Result<T, StoreError> {
    T::try_from(get(row, column)?).map_err(|_| StoreError::Value { column })
}

/// The same where there may be nothing.
pub(super) fn small_if_any<T: TryFrom<i64>>(row: &Row, column: usize) -> Result<Option<T>, StoreError> {
    let found: Option<i64> = get(row, column)?;
    found.map(|value| T::try_from(value).map_err(|_| StoreError::Value { column })).transpose()
}

/// A column with as many bytes.
pub(super) fn array<const N: usize>(row: &Row, column: usize) -> Result<[u8; N], StoreError> {
    get::<&[u8]>(row, column)?.try_into().map_err(|_| StoreError::Value { column })
}

/// The same where there may be nothing.
pub(super) fn array_if_any<const N: usize>(row: &Row, column: usize) -> Result<Option<[u8; N]>, StoreError> {
    let found: Option<&[u8]> = get(row, column)?;
    found.map(|value| value.try_into().map_err(|_| StoreError::Value { column })).transpose()
}

/// A column with the sixteen bytes of an id.
pub(super) fn id<T: From<[u8; 16]>>(row: &Row, column: usize) -> Result<T, StoreError> {
    Ok(T::from(array(row, column)?))
}

/// A column with an envelope's identity.
pub(super) fn hash(row: &Row, column: usize) -> Result<EnvelopeHash, StoreError> {
    Ok(EnvelopeHash(array(row, column)?))
}
