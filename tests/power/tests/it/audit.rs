//! What must hold in a database whatever happened to it, read below the program that wrote it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

/// A device's database, looked at.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Books {
    /// Documents, each with a digest of what is saved.
    pub(crate) documents: BTreeMap<Vec<u8>, Vec<u8>>,
    /// Changes that wait, by document.
    pub(crate) pending: BTreeMap<Vec<u8>, i64>,
    /// Places of the rows that are stored.
    pub(crate) stored: BTreeSet<i64>,
    /// Every row up to here is stored, or was not for this device.
    pub(crate) cursor: i64,
    /// The last own number.
    pub(crate) last_dseq: i64,
    /// Own envelopes without an answer.
    pub(crate) unanswered: i64,
}

fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn meta(connection: &Connection, key: &str) -> i64 {
    let bytes: Option<Vec<u8>> =
        connection.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional().unwrap();
    bytes.map_or(0, |bytes| i64::from_be_bytes(bytes.try_into().unwrap()))
}

/// Opens a device's database with its key.
pub(crate) fn unlocked(home: &Path, key: &[u8; 32]) -> Connection {
    let connection = Connection::open(home.join("feltbog.db")).unwrap();
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    connection.execute_batch(&format!("PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{hex}'\"")).unwrap();
    connection
}

/// Looks at a device's database and at everything that always holds in one.
pub(crate) fn audit(home: &Path, key: &[u8; 32]) -> Books {
    let connection = unlocked(home, key);
    let books = Books {
        documents: connection
            .prepare("SELECT id, saved FROM document")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap(),
        pending: connection
            .prepare("SELECT document, count(*) FROM pending GROUP BY document")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap(),
        stored: connection
            .prepare("SELECT tenant_seq FROM env WHERE tenant_seq IS NOT NULL")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap(),
        cursor: meta(&connection, "cursor"),
        last_dseq: meta(&connection, "last_dseq"),
        unanswered: number(&connection, "SELECT count(*) FROM outbox WHERE code IS NULL"),
    };
    // A number that was taken has its envelope, and an envelope has its number.
    let own = "FROM env WHERE device = (SELECT value FROM meta WHERE key = 'device')";
    assert_eq!(number(&connection, &format!("SELECT count(*) {own}")), books.last_dseq);
    assert_eq!(number(&connection, &format!("SELECT coalesce(max(dseq), 0) {own}")), books.last_dseq);
    // Each document is shown, and nothing is shown that is no document.
    for table in ["entry", "employer", "staff", "programme", "register_row", "consent"] {
        let orphans = format!(
            "SELECT count(*) FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.id = t.document)"
        );
        assert_eq!(number(&connection, &orphans), 0, "{table}");
    }
    assert_eq!(
        number(&connection, "SELECT count(*) FROM document WHERE kind = 3"),
        number(&connection, "SELECT count(*) FROM entry")
    );
    assert_eq!(
        number(&connection, "SELECT count(*) FROM entry"),
        number(&connection, "SELECT count(*) FROM entry_text")
    );
    let lost = "SELECT count(*) FROM pending p WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.id = p.document)";
    assert_eq!(number(&connection, lost), 0);
    books
}

/// SQLite's and SQLCipher's own checks of a device's database, over every page.
pub(crate) fn is_sound(home: &Path, key: &[u8; 32]) {
    let connection = unlocked(home, key);
    is_whole(&connection);
    // This check reads the file beside the write-ahead log, which may hold the only good copy of a page.
    connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).unwrap();
    assert_eq!(texts(&connection, "PRAGMA cipher_integrity_check"), [""; 0]);
}

/// SQLite's own check.
pub(crate) fn is_whole(connection: &Connection) {
    assert_eq!(texts(connection, "PRAGMA integrity_check"), ["ok"]);
}

pub(crate) fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

impl Books {
    /// Every change that is saved here and not in `before` waits to be sealed, and nothing else does: each changed
    /// document by one change more.
    pub(crate) fn every_save_has_its_change(&self, before: &Books) {
        for (document, saved) in &self.documents {
            let more = i64::from(before.documents.get(document) != Some(saved));
            let waited = before.pending.get(document).copied().unwrap_or(0);
            let waits = self.pending.get(document).copied().unwrap_or(0);
            assert!(waits == waited + more, "{waits} changes wait for a document that has {waited} + {more}");
        }
    }

    /// The cursor passed no row that is not stored, of those a device has that came through undisturbed.
    pub(crate) fn the_cursor_passed_nothing(&self, undisturbed: &BTreeSet<i64>) {
        let missing: Vec<_> = undisturbed.range(..=self.cursor).filter(|seq| !self.stored.contains(seq)).collect();
        assert!(missing.is_empty(), "the cursor is at {} and passed {missing:?}", self.cursor);
    }
}

/// One row of a server's log, as far as it can be told apart.
pub(crate) type LogRow = (i64, Vec<u8>, i64, Vec<u8>);

/// Looks at a server's database: `(seq, device, dseq, hash)` in order, without a gap.
pub(crate) fn audit_server(data: &Path) -> Vec<LogRow> {
    let connection = Connection::open(data.join("feltbog.db")).unwrap();
    is_whole(&connection);
    let rows: Vec<LogRow> = connection
        .prepare("SELECT seq, device, dseq, env_hash FROM log ORDER BY seq")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut last: BTreeMap<&[u8], i64> = BTreeMap::new();
    for (expected, (seq, device, dseq, _)) in (1..).zip(&rows) {
        assert_eq!(*seq, expected, "a gap in the log");
        let last = last.entry(device).or_default();
        assert_eq!(*dseq, *last + 1, "a gap in a device's numbers");
        *last = *dseq;
    }
    assert_eq!(number(&connection, "SELECT head FROM tenant"), i64::try_from(rows.len()).unwrap());
    for (device, last) in last {
        let told: i64 =
            connection.query_row("SELECT last_dseq FROM device WHERE id = ?1", [device], |row| row.get(0)).unwrap();
        assert_eq!(told, last);
    }
    rows
}
