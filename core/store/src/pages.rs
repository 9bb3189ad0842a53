//! One page of an exchange, stored in one transaction.

use feltbog_domain::FolderId;
use feltbog_protocol::{BackfillAsk, BackfillPart, Envelope, LogPoint, PushResult, Row};

use crate::envelopes::RowStatus;
use crate::identity::Progress;
use crate::open::{Reader, Store, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

/// Everything one reply changes. Stored together, so that a crash never leaves a cursor ahead of its rows.
#[derive(Debug, Clone, Default)]
pub struct PageCommit {
    /// What became of pushed envelopes.
    pub results: Vec<PushResult>,
    /// Numbers of those that a healing server refused: they are tried again in another exchange.
    pub undecided: Vec<u64>,
    /// The signed receipt over them, as it came; its signature is checked by the caller.
    pub receipt: Option<Vec<u8>>,
    /// Rows of feed and backfills.
    pub rows: Vec<Row>,
    /// The server's clock, milliseconds since 1970.
    pub server_ms: i64,
    /// Backfills that a grant in this page opened.
    pub opened: Vec<BackfillAsk>,
    /// Backfills that went on: folder, stored up to, done.
    pub advanced: Vec<(FolderId, u64, bool)>,
    /// The log at the cursor.
    pub point: Option<LogPoint>,
    /// Epoch, cursor, head, clock, lease as they are now.
    pub progress: Progress,
}

impl Store {
    /// Stores a page.
    ///
    /// # Errors
    /// When SQLite refuses; then nothing of the page is stored.
    pub fn commit_page(&mut self, page: &PageCommit, now_ms: i64) -> Result<(), StoreError> {
        self.write(|w| {
            for result in &page.results {
                w.dispose(result.dseq, result.code, result.seq, page.receipt.as_deref(), &page.progress.epoch, now_ms)?;
            }
            for dseq in &page.undecided {
                w.try_again_later(*dseq)?;
            }
            for row in &page.rows {
                w.store_page_row(row)?;
            }
            for (folder, after, done) in &page.advanced {
                w.advance_backfill(*folder, *after, *done)?;
            }
            for ask in &page.opened {
                w.open_backfill(*ask)?;
            }
            w.note_server_time(page.server_ms, now_ms)?;
            if let Some(point) = page.point {
                w.keep_log_point(point)?;
            }
            // Sealing may have taken numbers since the request was built; they are not the page's to set back.
            let last_dseq = w.progress()?.last_dseq;
            w.set_progress(&Progress { last_dseq, ..page.progress.clone() })
        })
    }
}

const fn part_code(part: BackfillPart) -> u8 {
    match part {
        BackfillPart::All => 0,
        BackfillPart::Access => 1,
        BackfillPart::Content => 2,
    }
}

const fn part_of(code: u8) -> BackfillPart {
    match code {
        1 => BackfillPart::Access,
        2 => BackfillPart::Content,
        _ => BackfillPart::All,
    }
}

impl Writer<'_> {
    fn store_page_row(&self, row: &Row) -> Result<(), StoreError> {
        // A row whose frame cannot be read comes from a server that does not keep to the protocol. It is left out
        // rather than stopping the cursor for ever; verified rows are unaffected.
        match Envelope::decode(row.envelope.clone()) {
            Ok(envelope) if self.is_invented(&envelope)? => Ok(()),
            Ok(envelope) => self.store_row(row.seq, &envelope, RowStatus::Stored),
            Err(_) => Ok(()),
        }
    }

    /// Whether a row bears this device's name and was not made here. Every own envelope is stored before it is sent, so
    /// only somebody else can have made it; kept, it would stand where an own one has to stand.
    fn is_invented(&self, envelope: &Envelope) -> Result<bool, StoreError> {
        let header = envelope.header();
        let is_own = self.meta("device")?.is_some_and(|own| own == header.device.as_bytes());
        Ok(is_own && self.envelope_hash(header.device, header.dseq)? != Some(envelope.hash()))
    }

    /// Asks for a folder's rows up to a place. Where only content is still to come, access rows up to the new place are asked for
    /// once more: in a restored log they may stand behind those that were fetched.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn open_backfill(&self, ask: BackfillAsk) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT INTO backfill (folder, after_seq, until_seq, part) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (folder) DO UPDATE SET
                     part = iif(part = 2 AND excluded.until_seq > until_seq, 1, part),
                     after_seq = iif(part = 2 AND excluded.until_seq > until_seq, 0, after_seq),
                     until_seq = max(until_seq, excluded.until_seq)",
            )?
            .execute((ask.folder.sql(), int(ask.after), int(ask.until), part_code(ask.part)))?;
        Ok(())
    }

    fn advance_backfill(&self, folder: FolderId, after: u64, done: bool) -> Result<(), StoreError> {
        if done {
            self.sql.prepare_cached("DELETE FROM backfill WHERE folder = ?1 AND part != 1")?.execute([folder.sql()])?;
            self.sql
                .prepare_cached("UPDATE backfill SET part = 2, after_seq = 0 WHERE folder = ?1 AND part = 1")?
                .execute([folder.sql()])?;
        } else {
            self.sql
                .prepare_cached("UPDATE backfill SET after_seq = max(after_seq, ?2) WHERE folder = ?1")?
                .execute((folder.sql(), int(after)))?;
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// Backfills that are not done; certificates first, since everything else is checked with them.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn backfills(&self) -> Result<Vec<BackfillAsk>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT folder, after_seq, until_seq, part FROM backfill ORDER BY folder")?;
        let rows = statement.query_map([], |row| {
            Ok(BackfillAsk {
                folder: row.id(0)?,
                after: uint(row.get(1)?),
                until: uint(row.get(2)?),
                part: part_of(row.get(3)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
