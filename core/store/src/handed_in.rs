//! Handed-in work: what its writer is told, and what its receiver can take over.

use feltbog_domain::{DeviceId, DocumentId, FolderId, MemberId};
use feltbog_protocol::{Envelope, Header};

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

/// An own entry that was handed in to the leaders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// The entry.
    pub document: DocumentId,
    /// The number of the deposit it went with.
    pub dseq: u64,
    /// Code of the entry's kind.
    pub kind: String,
    /// When it happened, as stored.
    pub at: String,
    /// Number of its case.
    pub case_number: Option<String>,
    /// The stable word for why.
    pub reason: String,
    /// Names of those who can take it over.
    pub receivers: Vec<String>,
    /// When it was handed in, milliseconds since 1970.
    pub handed_ms: i64,
}

/// A deposit of somebody else's.
#[derive(Debug, Clone)]
pub struct TrayRow {
    /// The depositing device.
    pub device: DeviceId,
    /// The deposit's number.
    pub dseq: u64,
    /// The folder the work was meant for.
    pub folder: FolderId,
    /// Who wrote it.
    pub member: MemberId,
    /// The stable word for why it could not go there.
    pub reason: String,
    /// When it came here, milliseconds since 1970.
    pub received_ms: i64,
    /// The deposit's envelope.
    pub envelope: Envelope,
}

impl Writer<'_> {
    /// Remembers what was handed in.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_handed_in(&self, row: &HandedIn) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO handed_in (document, dseq, kind, at, case_number, reason, receivers, handed_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute((
                row.document.sql(),
                int(row.dseq),
                &row.kind,
                &row.at,
                &row.case_number,
                &row.reason,
                row.receivers.join("\n"),
                row.handed_ms,
            ))?;
        Ok(())
    }

    /// Puts a deposit into the tray; one that is there stays as it is.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn lay_in_tray(&self, header: &Header, member: MemberId, reason: &str, now_ms: i64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR IGNORE INTO tray (device, dseq, folder, member, reason, received_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((header.device.sql(), int(header.dseq), header.folder.sql(), member.sql(), reason, now_ms))?;
        Ok(())
    }

    /// A deposit was taken over.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn take_from_tray(&self, device: DeviceId, dseq: u64, now_ms: i64) -> Result<(), StoreError> {
        self.sql.prepare_cached("UPDATE tray SET taken_ms = ?3 WHERE device = ?1 AND dseq = ?2")?.execute((
            device.sql(),
            int(dseq),
            now_ms,
        ))?;
        Ok(())
    }
}

impl Reader<'_> {
    /// What was handed in from here, newest first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn handed_in(&self) -> Result<Vec<HandedIn>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT document, dseq, kind, at, case_number, reason, receivers, handed_ms FROM handed_in
             ORDER BY handed_ms DESC, at DESC, document",
        )?;
        let rows = statement.query_map([], |row| {
            let receivers: String = row.get(6)?;
            Ok(HandedIn {
                document: row.id(0)?,
                dseq: uint(row.get(1)?),
                kind: row.get(2)?,
                at: row.get(3)?,
                case_number: row.get(4)?,
                reason: row.get(5)?,
                receivers: receivers.lines().map(str::to_owned).collect(),
                handed_ms: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Deposits that nobody on this device has taken over yet, oldest first.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn tray(&self) -> Result<Vec<TrayRow>, StoreError> {
        self.tray_rows("t.taken_ms IS NULL")
    }

    /// Deposits that were taken over on this device, oldest first.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn taken_from_tray(&self) -> Result<Vec<TrayRow>, StoreError> {
        self.tray_rows("t.taken_ms IS NOT NULL")
    }

    fn tray_rows(&self, which: &str) -> Result<Vec<TrayRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT t.device, t.dseq, t.folder, t.member, t.reason, t.received_ms, e.bytes FROM tray t
             JOIN env e ON e.device = t.device AND e.dseq = t.dseq WHERE {which} ORDER BY t.received_ms, t.dseq"
        ))?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(TrayRow {
                device: row.id(0)?,
                dseq: uint(row.get(1)?),
                folder: row.id(2)?,
                member: row.id(3)?,
                reason: row.get(4)?,
                received_ms: row.get(5)?,
                envelope: Envelope::decode(row.get(6)?).map_err(|_| StoreError::Unreadable("a stored envelope"))?,
            });
        }
        Ok(found)
    }
}
