//! A device's database, read past its own code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use feltbog_domain::{DeviceId, DocumentId, FolderId};
use feltbog_sealing::LocalKey;
use rusqlite::{Connection, OpenFlags, Row};

/// A row of `env` that has its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeldRow {
    pub(crate) device: DeviceId,
    pub(crate) dseq: u64,
    pub(crate) folder: FolderId,
    pub(crate) hash: [u8; 32],
    pub(crate) status: String,
    pub(crate) reason: Option<String>,
}

/// A document as it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeldDocument {
    pub(crate) folder: FolderId,
    pub(crate) kind: u8,
    pub(crate) saved: Vec<u8>,
}

/// An own envelope and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnEnvelope {
    pub(crate) dseq: u64,
    pub(crate) hash: [u8; 32],
    pub(crate) code: Option<String>,
    pub(crate) has_receipt: bool,
    /// Whether it only says that what stood under this number is gone.
    pub(crate) stands_for_gone: bool,
}

/// The open database.
#[derive(Debug)]
pub(crate) struct Inspector(Connection);

impl Inspector {
    pub(crate) fn open(home: &Path, key: &LocalKey) -> anyhow::Result<Self> {
        let path = feltbog_app::Home::at(home).database();
        let sql = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let hex = data_encoding::HEXLOWER.encode(key.database().expose());
        sql.execute_batch("PRAGMA cipher_log_level = NONE")?;
        sql.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; PRAGMA query_only = ON"))?;
        Ok(Self(sql))
    }

    /// Lets a planted bug at the database while no device has it open.
    pub(crate) fn meddle(&self, with: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> anyhow::Result<()> {
        self.0.execute_batch("PRAGMA query_only = OFF")?;
        with(&self.0)?;
        Ok(self.0.execute_batch("PRAGMA query_only = ON")?)
    }

    fn all<T>(&self, sql: &str, read: impl Fn(&Row<'_>) -> Result<T, rusqlite::Error>) -> anyhow::Result<Vec<T>> {
        let mut statement = self.0.prepare(sql)?;
        let rows = statement.query_map([], |row| read(row))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn count(&self, sql: &str) -> anyhow::Result<u64> {
        Ok(self.0.query_row(sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    pub(crate) fn cursor(&self) -> anyhow::Result<u64> {
        let cursor: Option<[u8; 8]> = self.all("SELECT value FROM meta WHERE key = 'cursor'", |r| r.get(0))?.pop();
        Ok(u64::from_be_bytes(cursor.unwrap_or_default()))
    }

    /// Rows that have their place in the log, by place.
    pub(crate) fn rows(&self) -> anyhow::Result<BTreeMap<u64, HeldRow>> {
        let sql = "SELECT tenant_seq, device, dseq, folder, env_hash, status, reason FROM env
                   WHERE tenant_seq IS NOT NULL";
        let rows = self.all(sql, |r| {
            let row = HeldRow {
                device: r.get::<_, [u8; 16]>(1)?.into(),
                dseq: r.get::<_, i64>(2)?.unsigned_abs(),
                folder: r.get::<_, [u8; 16]>(3)?.into(),
                hash: r.get(4)?,
                status: r.get(5)?,
                reason: r.get(6)?,
            };
            Ok((r.get::<_, i64>(0)?.unsigned_abs(), row))
        })?;
        Ok(rows.into_iter().collect())
    }

    /// Own numbers that were accepted and have no place.
    pub(crate) fn unplaced(&self) -> anyhow::Result<Vec<(u64, FolderId)>> {
        let sql = "SELECT o.dseq, e.folder FROM outbox o JOIN env e ON e.dseq = o.dseq
                   WHERE e.device = (SELECT value FROM meta WHERE key = 'device')
                     AND o.code IN ('ok', 'rotation_due') AND e.tenant_seq IS NULL";
        self.all(sql, |r| Ok((r.get::<_, i64>(0)?.unsigned_abs(), r.get::<_, [u8; 16]>(1)?.into())))
    }

    /// Folders of rows that were under way when the process ended, three times over: they are put aside by nobody's fault.
    pub(crate) fn put_aside_by_crashes(&self) -> anyhow::Result<BTreeSet<FolderId>> {
        let sql = "SELECT DISTINCT folder FROM env WHERE status = 'quarantined' AND reason = 'crashed'";
        Ok(self.all(sql, |r| Ok(FolderId::from(r.get::<_, [u8; 16]>(0)?)))?.into_iter().collect())
    }

    /// The folders of rows that wait for a key, one for each row.
    pub(crate) fn waiting_for_a_key(&self) -> anyhow::Result<Vec<FolderId>> {
        self.all("SELECT folder FROM env WHERE status = 'waiting_key'", |r| Ok(r.get::<_, [u8; 16]>(0)?.into()))
    }

    /// Own envelopes of which the server has said nothing, and changes that are not sealed.
    pub(crate) fn unsettled(&self) -> anyhow::Result<u64> {
        self.count("SELECT (SELECT count(*) FROM outbox WHERE code IS NULL) + (SELECT count(*) FROM pending)")
    }

    /// Folders that were closed before something written here reached them.
    pub(crate) fn came_too_late_for(&self) -> anyhow::Result<BTreeSet<FolderId>> {
        let sql = "SELECT DISTINCT e.folder FROM outbox o JOIN env e ON e.dseq = o.dseq
                   WHERE e.device = (SELECT value FROM meta WHERE key = 'device') AND o.code = 'folder_closed'";
        Ok(self.all(sql, |r| Ok(FolderId::from(r.get::<_, [u8; 16]>(0)?)))?.into_iter().collect())
    }

    /// Why content was ignored that the server had accepted: place and reason.
    pub(crate) fn ignored_content(&self) -> anyhow::Result<Vec<(u64, Option<String>)>> {
        let sql = "SELECT tenant_seq, reason FROM env WHERE status = 'ignored' AND kind = 1 AND tenant_seq IS NOT NULL";
        self.all(sql, |r| Ok((r.get::<_, i64>(0)?.unsigned_abs(), r.get(1)?)))
    }

    /// How the rows of a folder stand: kind, status and reason, with their places. For a finding's words.
    pub(crate) fn standing(&self, folder: FolderId) -> anyhow::Result<String> {
        let sql = "SELECT kind || ' ' || status || ' ' || coalesce(reason, '') || ': ' ||
                   group_concat(coalesce(tenant_seq, 'none')) FROM env WHERE folder = ?1 GROUP BY kind, status, reason";
        let mut statement = self.0.prepare(sql)?;
        let rows = statement.query_map([folder.as_bytes()], |row| row.get::<_, String>(0))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?.join("; "))
    }

    /// Open backfills: folder, after, until.
    pub(crate) fn backfills(&self) -> anyhow::Result<Vec<(FolderId, u64, u64)>> {
        self.all("SELECT folder, after_seq, until_seq FROM backfill", |r| {
            Ok((
                r.get::<_, [u8; 16]>(0)?.into(),
                r.get::<_, i64>(1)?.unsigned_abs(),
                r.get::<_, i64>(2)?.unsigned_abs(),
            ))
        })
    }

    pub(crate) fn outbox(&self) -> anyhow::Result<Vec<OwnEnvelope>> {
        let sql = "SELECT o.dseq, o.env_hash, o.code, o.receipt IS NOT NULL, e.kind = 8 AND e.folder = zeroblob(16)
                   FROM outbox o JOIN env e ON e.dseq = o.dseq
                   WHERE e.device = (SELECT value FROM meta WHERE key = 'device') ORDER BY o.dseq";
        self.all(sql, |r| {
            Ok(OwnEnvelope {
                dseq: r.get::<_, i64>(0)?.unsigned_abs(),
                hash: r.get(1)?,
                code: r.get(2)?,
                has_receipt: r.get(3)?,
                stands_for_gone: r.get(4)?,
            })
        })
    }

    pub(crate) fn documents(&self) -> anyhow::Result<BTreeMap<DocumentId, HeldDocument>> {
        let rows = self.all("SELECT id, folder, kind, saved FROM document", |r| {
            let held = HeldDocument { folder: r.get::<_, [u8; 16]>(1)?.into(), kind: r.get(2)?, saved: r.get(3)? };
            Ok((DocumentId::from(r.get::<_, [u8; 16]>(0)?), held))
        })?;
        Ok(rows.into_iter().collect())
    }

    /// What the entries say: everything a screen shows, and the note by itself.
    pub(crate) fn entries(&self) -> anyhow::Result<BTreeMap<DocumentId, (String, String)>> {
        let sql = "SELECT document, note, kind || '|' || at || '|' || coalesce(minutes, '') || '|' ||
                   coalesce(place, '') || '|' || conflicts || '|' || hex(folder) FROM entry";
        let rows = self.all(sql, |r| {
            let note: String = r.get(1)?;
            let shown = format!("{}|{note}", r.get::<_, String>(2)?);
            Ok((DocumentId::from(r.get::<_, [u8; 16]>(0)?), (shown, note)))
        })?;
        Ok(rows.into_iter().collect())
    }

    pub(crate) fn folder_of(&self, document: DocumentId) -> anyhow::Result<Option<FolderId>> {
        let mut statement = self.0.prepare_cached("SELECT folder FROM document WHERE id = ?1")?;
        let mut rows = statement.query([document.as_bytes()])?;
        Ok(rows.next()?.map(|row| row.get::<_, [u8; 16]>(0)).transpose()?.map(FolderId::from))
    }
}
