//! Cases that were erased: the two steps, the words of the devices, and what is left to decide here.

use feltbog_domain::{DeviceId, DocumentId, FolderId, FolderKind, MemberId};
use feltbog_protocol::{
    Envelope, EnvelopeHash, Erase, ErasedFolder, ErasureProposal, FolderFacts, Purge, PurgeReceipt,
};
use rusqlite::{OptionalExtension, Row};

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, bytes_of, int, uint};

/// One erasure, as far as this device knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRow {
    /// The envelope that proposed it.
    pub proposal: EnvelopeHash,
    /// What it names.
    pub body: ErasureProposal,
    /// Who proposed.
    pub member: MemberId,
    /// When it came here, milliseconds since 1970.
    pub seen_ms: i64,
    /// What confirmed it.
    pub confirmed: Option<Confirmed>,
}

/// A first step that waits for the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The device that signed it.
    pub proposer: DeviceId,
    /// What it names.
    pub body: ErasureProposal,
}

/// The second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmed {
    /// The envelope.
    pub envelope: EnvelopeHash,
    /// Who confirmed.
    pub member: MemberId,
    /// Its place in the log.
    pub seq: u64,
    /// When it came here, milliseconds since 1970.
    pub seen_ms: i64,
}

/// An own entry of an erased case that the server never took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasedWork {
    /// The entry.
    pub document: DocumentId,
    /// Code of its kind.
    pub kind: String,
    /// When it happened, as stored.
    pub at: String,
    /// What was written.
    pub note: String,
}

const COLUMNS: &str = "proposal, body, member, seen_ms, confirmation, confirmed_by, confirmed_seq, confirmed_ms";

/// Everything about the folder that is not readable and would tell nevertheless. What its writer handed in goes with it.
const TRACES: &[&str] = &[
    "DELETE FROM reading_chain WHERE folder = ?1",
    "DELETE FROM reading_told WHERE folder = ?1",
    "DELETE FROM read_log WHERE folder = ?1",
    "DELETE FROM read_log_head WHERE folder = ?1",
    "DELETE FROM read_log_new WHERE folder = ?1",
    "DELETE FROM read_log_gap WHERE folder = ?1",
    "DELETE FROM hollow WHERE folder = ?1",
    "DELETE FROM remainder WHERE folder = ?1",
    "DELETE FROM handed_in WHERE dseq IN
         (SELECT dseq FROM env WHERE folder = ?1 AND device = (SELECT value FROM meta WHERE key = 'device'))",
    "DELETE FROM applying WHERE (device, dseq) IN (SELECT device, dseq FROM env WHERE folder = ?1)",
    "DELETE FROM outbox_document WHERE dseq IN
         (SELECT dseq FROM env WHERE folder = ?1 AND device = (SELECT value FROM meta WHERE key = 'device'))",
    "UPDATE outbox SET resolved = 1 WHERE dseq IN
         (SELECT dseq FROM env WHERE folder = ?1 AND device = (SELECT value FROM meta WHERE key = 'device'))",
];

/// Own entries with something the server has not taken.
const UNTAKEN: &str = "
    INSERT OR IGNORE INTO erased_work (document, folder, kind, at, note)
    SELECT e.document, e.folder, e.kind, e.at, e.note FROM entry e
    WHERE e.folder = ?1 AND e.document IN (
        SELECT document FROM pending WHERE folder = ?1
        UNION
        SELECT d.document FROM outbox_document d JOIN outbox o ON o.dseq = d.dseq
        WHERE o.resolved != 1 AND (o.receipt IS NULL OR o.code NOT IN ('ok', 'rotation_due')))";

fn ids_in<T: From<[u8; 16]>>(bytes: &[u8]) -> Result<Vec<T>, StoreError> {
    bytes.chunks(16).map(|id| Ok(bytes_of::<16>(id, "ids of what was erased")?.into())).collect()
}

fn erasure_row(row: &Row<'_>) -> Result<Option<ErasureRow>, rusqlite::Error> {
    let body: Vec<u8> = row.get(1)?;
    let Ok(Erase::Proposal(body)) = feltbog_protocol::decode(&body) else { return Ok(None) };
    let confirmed = match row.get::<_, Option<[u8; 32]>>(4)? {
        Some(envelope) => Some(Confirmed {
            envelope: EnvelopeHash(envelope),
            member: row.id(5)?,
            seq: uint(row.get(6)?),
            seen_ms: row.get(7)?,
        }),
        None => None,
    };
    Ok(Some(ErasureRow {
        proposal: EnvelopeHash(row.get(0)?),
        body,
        member: row.id(2)?,
        seen_ms: row.get(3)?,
        confirmed,
    }))
}

impl Reader<'_> {
    /// What is left to say of an erased folder: that nothing is taken any more.
    pub(crate) fn tombstone(&self, folder: FolderId) -> Result<Option<FolderFacts>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT kind, programme FROM erased_folder WHERE folder = ?1")?;
        let found = statement.query_row([folder.sql()], |row| Ok((row.get::<_, u8>(0)?, row.id(1)?))).optional()?;
        let Some((kind, programme)) = found else { return Ok(None) };
        let kind = FolderKind::from_code(kind).ok_or(StoreError::Unreadable("the kind of an erased folder"))?;
        Ok(Some(FolderFacts { kind, programme, key_epoch: 0, erased: true, closed: false, signer: None }))
    }

    /// Whether a folder was erased.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn is_erased(&self, folder: FolderId) -> Result<bool, StoreError> {
        Ok(self.tombstone(folder)?.is_some())
    }

    /// One erasure.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn erasure(&self, proposal: EnvelopeHash) -> Result<Option<ErasureRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!("SELECT {COLUMNS} FROM erasure WHERE proposal = ?1"))?;
        Ok(statement.query_row([proposal.0], erasure_row).optional()?.flatten())
    }

    /// The device that signed an envelope known by its identity, where it is here.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn signer_of(&self, proposal: EnvelopeHash) -> Result<Option<DeviceId>, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT device FROM env WHERE folder = zeroblob(16) AND kind = 6 AND env_hash = ?1")?;
        Ok(statement.query_row([proposal.0], |row| row.id(0)).optional()?)
    }

    /// Where in the log a step of an erasure stands, if it does.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn place_of_erasure(&self, step: EnvelopeHash) -> Result<Option<u64>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT tenant_seq FROM env
             WHERE folder = zeroblob(16) AND kind = 6 AND env_hash = ?1 AND tenant_seq IS NOT NULL",
        )?;
        Ok(statement.query_row([step.0], |row| row.get(0)).optional()?.map(uint))
    }

    /// Proposals nobody confirmed yet that take entries out of a folder.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn proposed_in(&self, folder: FolderId) -> Result<Vec<Proposed>, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached(&format!("SELECT {COLUMNS} FROM erasure WHERE confirmation IS NULL ORDER BY proposal"))?;
        let open = statement.query_map([], erasure_row)?.collect::<Result<Vec<_>, _>>()?;
        let mut found = Vec::new();
        for row in open.into_iter().flatten().filter(|row| row.body.entries.iter().any(|e| e.folder == folder)) {
            let proposer = self.signer_of(row.proposal)?;
            found.extend(proposer.map(|proposer| Proposed { proposer, body: row.body }));
        }
        Ok(found)
    }

    /// All erasures, newest first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn erasures(&self) -> Result<Vec<ErasureRow>, StoreError> {
        let mut statement =
            self.sql.prepare_cached(&format!("SELECT {COLUMNS} FROM erasure ORDER BY seen_ms DESC, proposal"))?;
        let rows = statement.query_map([], erasure_row)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// Erasures for which this device still owes its word.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn owed_purges(&self) -> Result<Vec<ErasureRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM erasure WHERE receipt = 1 AND confirmation IS NOT NULL ORDER BY confirmed_seq"
        ))?;
        let rows = statement.query_map([], erasure_row)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// The words of the devices about one erasure.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn purges(&self, cause: EnvelopeHash) -> Result<Vec<Purge>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT device, folders, documents FROM purge WHERE cause = ?1 ORDER BY device")?;
        let rows = statement.query_map([cause.0], |row| {
            Ok((row.id::<DeviceId>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Vec<u8>>(2)?))
        })?;
        rows.map(|row| {
            let (device, folders, documents) = row?;
            Ok(Purge { device, folders: ids_in(&folders)?, documents: ids_in(&documents)? })
        })
        .collect()
    }

    /// Whether anything of an erased folder is still here: a text to decide about, or an own sealed envelope.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn holds_of_erased(&self, folder: FolderId) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM erased_work WHERE folder = ?1) OR EXISTS (SELECT 1 FROM env WHERE folder = ?1)
                 OR EXISTS (SELECT 1 FROM document WHERE folder = ?1)",
        )?;
        Ok(statement.query_row([folder.sql()], |row| row.get(0))?)
    }

    /// Numbers of own envelopes of a folder that the server has spoken about.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn disposed_own(&self, folder: FolderId) -> Result<Vec<u64>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT e.dseq FROM env e JOIN outbox o ON o.dseq = e.dseq
             WHERE e.folder = ?1 AND e.device = (SELECT value FROM meta WHERE key = 'device') AND o.code IS NOT NULL
             ORDER BY e.dseq",
        )?;
        let rows = statement.query_map([folder.sql()], |row| Ok(uint(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Everybody who ever had a grant in a folder.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn ever_granted(&self, folder: FolderId) -> Result<Vec<MemberId>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT member FROM grant_span WHERE folder = ?1 UNION SELECT member FROM folder_grant WHERE folder = ?1
             ORDER BY 1",
        )?;
        let rows = statement.query_map([folder.sql()], |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Own entries of erased cases that wait for their writer's word.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn erased_work(&self) -> Result<Vec<ErasedWork>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT document, kind, at, note FROM erased_work ORDER BY at, document")?;
        let rows = statement.query_map([], |row| {
            Ok(ErasedWork { document: row.id(0)?, kind: row.get(1)?, at: row.get(2)?, note: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Certificates with their places in the log.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn placed_certificates(&self) -> Result<Vec<(u64, Envelope)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT tenant_seq, bytes FROM env
             WHERE folder = zeroblob(16) AND kind = 7 AND tenant_seq IS NOT NULL AND status = 'applied' ORDER BY tenant_seq",
        )?;
        let rows = statement.query_map([], |row| Ok((uint(row.get(0)?), row.get::<_, Vec<u8>>(1)?)))?;
        rows.map(|row| {
            let (seq, bytes) = row?;
            Ok((seq, Envelope::decode(bytes).map_err(|_| StoreError::Unreadable("a stored envelope"))?))
        })
        .collect()
    }
}

impl Writer<'_> {
    /// Remembers a proposal; a confirmation that came before it is looked at again.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_proposal(
        &self,
        proposal: EnvelopeHash,
        body: &[u8],
        member: MemberId,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR IGNORE INTO erasure (proposal, body, member, seen_ms) VALUES (?1, ?2, ?3, ?4)")?
            .execute((proposal.0, body, member.sql(), now_ms))?;
        self.sql
            .prepare_cached("UPDATE env SET status = 'stored' WHERE status = 'waiting_key' AND reason = 'no_proposal'")?
            .execute([])?;
        Ok(())
    }

    /// Remembers that an erasure was confirmed. The first confirmation counts; after a restore it may have another place.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_confirmation(&self, proposal: EnvelopeHash, confirmed: &Confirmed) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE erasure SET confirmation = ?2, confirmed_by = ?3, confirmed_seq = ?4, confirmed_ms = coalesce(confirmed_ms, ?5)
                 WHERE proposal = ?1 AND (confirmation IS NULL OR confirmation = ?2)",
            )?
            .execute((
                proposal.0,
                confirmed.envelope.0,
                confirmed.member.sql(),
                int(confirmed.seq),
                confirmed.seen_ms,
            ))?;
        Ok(())
    }

    /// This device owes its word that nothing is left.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn owe_purge(&self, proposal: EnvelopeHash) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE erasure SET receipt = 1 WHERE proposal = ?1 AND receipt = 0")?
            .execute([proposal.0])?;
        Ok(())
    }

    /// The word is signed.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn purge_said(&self, proposal: EnvelopeHash) -> Result<(), StoreError> {
        self.sql.prepare_cached("UPDATE erasure SET receipt = 2 WHERE proposal = ?1")?.execute([proposal.0])?;
        Ok(())
    }

    /// Remembers a device's word.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_purge(&self, device: DeviceId, receipt: &PurgeReceipt) -> Result<(), StoreError> {
        let folders: Vec<u8> = receipt.folders.iter().flat_map(|folder| *folder.as_bytes()).collect();
        let documents: Vec<u8> = receipt.documents.iter().flat_map(|document| *document.as_bytes()).collect();
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO purge (cause, device, folders, documents) VALUES (?1, ?2, ?3, ?4)")?
            .execute((receipt.cause.0, device.sql(), folders, documents))?;
        Ok(())
    }

    /// Takes an erased folder off this device. Own entries the server never took are kept apart, with their text, until
    /// their writer has decided; own sealed envelopes stay until [`Writer::replace_own`]. Returns whether there was anything.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn erase_folder(
        &self,
        erased: &ErasedFolder,
        programme: feltbog_domain::ProgrammeId,
    ) -> Result<bool, StoreError> {
        let folder = erased.folder;
        let held = self.folder(folder)?.is_some() || self.holds_of_erased(folder)?;
        self.sql.prepare_cached(UNTAKEN)?.execute([folder.sql()])?;
        for statement in TRACES {
            self.sql.prepare_cached(statement)?.execute([folder.sql()])?;
        }
        self.purge_folder(folder)?;
        self.sql
            .prepare_cached("INSERT OR IGNORE INTO erased_folder (folder, kind, programme) VALUES (?1, ?2, ?3)")?
            .execute((folder.sql(), erased.kind, programme.sql()))?;
        Ok(held)
    }

    /// Puts another envelope under an own number whose content is erased: the number is needed when a restored server has
    /// to be told everything again. The receipt for what stood there stays.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn replace_own(&self, envelope: &Envelope) -> Result<(), StoreError> {
        let header = envelope.header();
        self.sql
            .prepare_cached(
                "UPDATE env SET tenant_seq = NULL, lost_seq = NULL, digest = NULL, status = 'applied', reason = NULL,
                     folder = ?3, kind = ?4, key_epoch = 0, env_hash = ?5, bytes = ?6 WHERE device = ?1 AND dseq = ?2",
            )?
            .execute((
                header.device.sql(),
                int(header.dseq),
                header.folder.sql(),
                header.kind,
                envelope.hash().0,
                envelope.bytes(),
            ))?;
        Ok(())
    }

    /// Throws a foreign row away.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn drop_row(&self, device: DeviceId, dseq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("DELETE FROM env WHERE device = ?1 AND dseq = ?2")?
            .execute((device.sql(), int(dseq)))?;
        Ok(())
    }

    /// Throws away what others wrote in a folder before a place of the log and what waits for the folder itself.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn drop_waiting(&self, folder: FolderId, before: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "DELETE FROM env WHERE folder = ?1 AND status = 'waiting_key' AND coalesce(tenant_seq, 0) < ?2
                   AND device != (SELECT value FROM meta WHERE key = 'device')",
            )?
            .execute((folder.sql(), int(before)))?;
        Ok(())
    }

    /// Its writer lets an entry of an erased case go. Returns whether there was one.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn discard_erased_work(&self, document: DocumentId) -> Result<bool, StoreError> {
        let gone = self.sql.prepare_cached("DELETE FROM erased_work WHERE document = ?1")?.execute([document.sql()])?;
        Ok(gone > 0)
    }
}
