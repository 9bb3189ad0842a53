//! Reading typed values out of SQL rows.

use feltbog_domain::{DeviceId, DocumentId, FolderId, MemberId, ProgrammeId, Reading};
use rusqlite::Row;

use crate::open::StoreError;

pub(crate) trait RowExt {
    fn id<T: From<[u8; 16]>>(&self, column: usize) -> Result<T, rusqlite::Error>;

    /// `at_ms, action, document, words` from this column on.
    fn reading(&self, column: usize) -> Result<Reading, rusqlite::Error>;
}

impl RowExt for Row<'_> {
    fn id<T: From<[u8; 16]>>(&self, column: usize) -> Result<T, rusqlite::Error> {
        self.get::<_, [u8; 16]>(column).map(T::from)
    }

    fn reading(&self, column: usize) -> Result<Reading, rusqlite::Error> {
        let document: Option<[u8; 16]> = self.get(column + 2)?;
        Ok(Reading {
            at_ms: self.get(column)?,
            action: self.get(column + 1)?,
            document: document.map(DocumentId::from),
            words: self.get(column + 3)?,
        })
    }
}

macro_rules! as_sql {
    ($($name:ident),*) => {
        $(
            impl AsSql for $name {
                fn sql(&self) -> &[u8] { self.as_bytes() }
            }
        )*
    };
}

/// An id as a BLOB parameter.
pub(crate) trait AsSql {
    fn sql(&self) -> &[u8];
}

as_sql!(DeviceId, DocumentId, FolderId, MemberId, ProgrammeId);

impl AsSql for feltbog_domain::CaseId {
    fn sql(&self) -> &[u8] {
        self.as_bytes()
    }
}

/// Log places and counts are below 2^63; SQLite's integers are signed.
pub(crate) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(crate) fn uint(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

pub(crate) fn bytes_of<const N: usize>(bytes: &[u8], what: &'static str) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Unreadable(what))
}

/// What a text column says, if it can be read.
pub(crate) fn parsed<T: std::str::FromStr>(text: Option<String>) -> Option<T> {
    text.and_then(|text| text.parse().ok())
}
