//! What could not be taken in, and whose it is.

use feltbog_domain::{DeviceId, DocumentId};

use crate::open::{Reader, StoreError};
use crate::rows::{RowExt, uint};

/// One document's changes of an envelope that were put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutAside {
    /// The device that signed them.
    pub device: DeviceId,
    /// The envelope's number.
    pub dseq: u64,
    /// The document.
    pub document: DocumentId,
    /// Why.
    pub code: String,
}

impl Reader<'_> {
    /// Everything that was put aside document by document, by signer.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_aside(&self) -> Result<Vec<PutAside>, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT device, dseq, document, code FROM quarantine ORDER BY device, dseq, document")?;
        let rows = statement.query_map([], |row| {
            Ok(PutAside { device: row.id(0)?, dseq: uint(row.get(1)?), document: row.id(2)?, code: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
