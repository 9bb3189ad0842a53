//! Erasing folders and single entries for ever, and finishing what a crash or an old copy of the database left undone.

use feltbog_domain::{DeviceId, FolderId, TenantId};
use feltbog_protocol::{Envelope, EnvelopeHash, EnvelopeKind, Erase, ErasedEntries, ErasureProposal};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::columns::{bound, id};
use super::{ReadTx, StoreError, WriteTx};
use crate::access::Admitted;
use crate::log::mask::mask;
use crate::log::rows::ProposalRow;
use crate::log::shred::{ErasedEnvelope, ErasedRow, ShredStore};

/// Rows masked per transaction when a store of an older version is opened.
const BATCH: i64 = 500;

impl ReadTx<'_> {
    /// A proposed erasure.
    pub(crate) fn proposal(&self, tenant: TenantId, hash: EnvelopeHash) -> Result<Option<ProposalRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT device, recv_ms, body FROM log
             WHERE tenant = ?1 AND kind IN (6, 7) AND kind = 6 AND env_hash = ?2 AND body IS NOT NULL",
        )?;
        let found = statement
            .query_row(params![tenant.as_bytes(), hash.0], |row| {
                Ok((id::<DeviceId>(row, 0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?))
            })
            .optional()?;
        Ok(found.and_then(|(device, received_ms, body)| match read(body)? {
            Erase::Proposal(proposal) => Some(ProposalRow { device, received_ms, proposal }),
            Erase::Confirmation { .. } => None,
        }))
    }

    /// Whether a proposed erasure was confirmed.
    pub(crate) fn is_confirmed(&self, tenant: TenantId, proposed: EnvelopeHash) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body FROM log WHERE tenant = ?1 AND kind IN (6, 7) AND kind = 6 AND body IS NOT NULL",
        )?;
        let bodies = statement.query_map([tenant.as_bytes()], |row| row.get::<_, Vec<u8>>(0))?;
        for body in bodies {
            if read(body?) == Some(Erase::Confirmation { proposal: proposed }) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn read(body: Vec<u8>) -> Option<Erase> {
    feltbog_protocol::decode(Envelope::decode(body).ok()?.body()).ok()
}

impl WriteTx<'_> {
    /// Erases what a proposal names. Folders that go whole: their rows keep their places and lose their bodies, nobody is granted them any
    /// more, and they are never taken again.
    pub(super) fn erase(
        &self,
        tenant: TenantId,
        proposal: &ErasureProposal,
        seq: u64,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        for erased in &proposal.folders {
            let row = ErasedRow {
                tenant,
                folder: erased.folder,
                kind_code: erased.kind,
                programme: proposal.programme,
                seq,
                reason: proposal.reason,
                at_ms: now_ms,
            };
            self.shred.intend(row);
            erase_rows(self.connection, &row)?;
        }
        proposal
            .entries
            .iter()
            .try_for_each(|entries| self.erase_entries(tenant, proposal.reason, entries, seq, now_ms))
    }

    /// Takes single documents out of a folder: the envelopes that hold them lose their bodies, and so does every outline of
    /// the folder from before. Who has not heard of it by row `seq` is asked to seal anew what comes.
    fn erase_entries(
        &self,
        tenant: TenantId,
        reason: u8,
        entries: &ErasedEntries,
        seq: u64,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let folder = entries.folder;
        for part in &entries.parts {
            let hash = EnvelopeHash(part.hash);
            self.shred.intend_body(ErasedEnvelope { tenant, folder, hash, seq, reason, at_ms: now_ms });
            take_body(self.connection, tenant, folder, hash)?;
        }
        take_outlines(self.connection, tenant, folder)?;
        self.connection
            .prepare_cached("UPDATE folder SET cut_seq = max(cut_seq, ?3) WHERE tenant = ?1 AND id = ?2")?
            .execute(params![tenant.as_bytes(), folder.as_bytes(), bound(seq)])?;
        Ok(())
    }

    /// Whether an envelope is kept as a place in the log without what it says: it was erased, or it outlines a folder as it
    /// was before something of it was erased and comes back after a restore.
    pub(super) fn is_kept_without_body(&self, admitted: &Admitted<'_>) -> bool {
        let envelope = admitted.envelope();
        let header = envelope.header();
        match header.known_kind() {
            Some(EnvelopeKind::ColdBundle) if admitted.is_proven() => {
                self.shred.has_lost_bodies(header.tenant, header.folder)
            }
            Some(EnvelopeKind::ChangeSet | EnvelopeKind::FactBatch | EnvelopeKind::Deposit) => {
                self.shred.is_without_body(header.tenant, header.folder, envelope.hash())
            }
            _ => false,
        }
    }
}

/// Of what people wrote only: nothing that says who belongs where is ever taken by its identity.
fn take_body(
    connection: &Connection,
    tenant: TenantId,
    folder: FolderId,
    hash: EnvelopeHash,
) -> Result<usize, StoreError> {
    let mut statement = connection.prepare_cached(
        "UPDATE log SET body = NULL, masked = 0
         WHERE tenant = ?1 AND folder = ?2 AND env_hash = ?3 AND kind IN (1, 9, 11) AND body IS NOT NULL",
    )?;
    Ok(statement.execute(params![tenant.as_bytes(), folder.as_bytes(), hash.0])?)
}

fn take_outlines(connection: &Connection, tenant: TenantId, folder: FolderId) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE log SET body = NULL WHERE tenant = ?1 AND folder = ?2 AND kind = 2 AND body IS NOT NULL",
        )?
        .execute(params![tenant.as_bytes(), folder.as_bytes()])?;
    Ok(())
}

fn erase_rows(connection: &Connection, row: &ErasedRow) -> Result<(), StoreError> {
    for statement in [
        "UPDATE log SET body = NULL, masked = 0 WHERE tenant = ?1 AND folder = ?2 AND body IS NOT NULL",
        "DELETE FROM grant_now WHERE tenant = ?1 AND folder = ?2",
    ] {
        connection.prepare_cached(statement)?.execute(params![row.tenant.as_bytes(), row.folder.as_bytes()])?;
    }
    connection
        .prepare_cached(
            "INSERT INTO folder (tenant, id, kind_code, programme, key_epoch, erased_seq) VALUES (?1, ?2, ?3, ?4, 1, ?5)
             ON CONFLICT (tenant, id) DO UPDATE SET erased_seq = coalesce(erased_seq, excluded.erased_seq), rotation_due = 0",
        )?
        .execute(params![
            row.tenant.as_bytes(),
            row.folder.as_bytes(),
            row.kind_code,
            row.programme.as_bytes(),
            bound(row.seq)
        ])?;
    Ok(())
}

/// Everything a database needs before anybody is answered from it: what is listed as erased is erased, and what holds keys
/// is masked. Writes nothing where nothing is left to do.
pub(super) fn settle(connection: &mut Connection, shred: &ShredStore) -> Result<(), StoreError> {
    list_what_is_erased(connection, shred)?;
    let erased = erase_what_is_listed(connection, shred)?;
    let masked = mask_what_is_not(connection, shred)?;
    if masked {
        // Bytes of before may stand in pages that were freed before deleting meant overwriting.
        if let Err(error) = connection.execute_batch("VACUUM") {
            tracing::warn!(%error, "the store was not packed after its keys were masked");
        }
    }
    if erased || masked {
        empty_write_ahead_log(connection)?;
    }
    warn_of_lost_keys(connection, shred)
}

/// Writes the write-ahead log into the file and empties it; says whether nobody was in the way.
pub(super) fn empty_write_ahead_log(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok(row.get::<_, i64>(0)? == 0))?)
}

/// A key store put back from an older copy lacks erasures that the database knows of; without them an older copy of the
/// database would bring back what they erased.
fn list_what_is_erased(connection: &Connection, shred: &ShredStore) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT tenant, id, kind_code, programme, erased_seq, ?1, ?2 FROM folder WHERE erased_seq IS NOT NULL",
    )?;
    let rows = statement.query_map(params![REASON_NOT_KNOWN, crate::clock::now_ms()], ErasedRow::read)?;
    shred.list(&rows.collect::<Result<Vec<_>, _>>()?)
}

/// The reason stood in the list that was lost.
const REASON_NOT_KNOWN: u8 = 0;

fn erase_what_is_listed(connection: &mut Connection, shred: &ShredStore) -> Result<bool, StoreError> {
    let (listed, bodies) = (shred.erasure_log()?, shred.without_bodies());
    if listed.is_empty() && bodies.is_empty() {
        return Ok(false);
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut again = false;
    for row in &listed {
        if !is_erased(&transaction, row)? {
            erase_rows(&transaction, row)?;
            again = true;
        }
    }
    for ((tenant, folder), hashes) in &bodies {
        let mut back = 0;
        for hash in hashes {
            back += take_body(&transaction, *tenant, *folder, *hash)?;
        }
        if back > 0 {
            take_outlines(&transaction, *tenant, *folder)?;
            again = true;
        }
    }
    transaction.commit()?;
    if again {
        tracing::warn!("what was erased before is erased again");
    }
    shred.forget(&listed)?;
    Ok(again)
}

fn is_erased(connection: &Connection, row: &ErasedRow) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM folder WHERE tenant = ?1 AND id = ?2 AND erased_seq IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM log WHERE tenant = ?1 AND folder = ?2 AND body IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM grant_now WHERE tenant = ?1 AND folder = ?2)",
    )?;
    Ok(statement.query_row(params![row.tenant.as_bytes(), row.folder.as_bytes()], |found| found.get(0))?)
}

/// A store of before shred keys: its keys are made first, and are on disk before a row that needs them.
fn mask_what_is_not(connection: &mut Connection, shred: &ShredStore) -> Result<bool, StoreError> {
    let mut any = false;
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let rows = unmasked(&transaction)?;
        if rows.is_empty() {
            transaction.rollback()?;
            return Ok(any);
        }
        for mut row in rows {
            let key = shred.key_or_new(row.tenant, row.folder)?;
            mask(&mut row.body, &key, row.hash);
            transaction
                .prepare_cached("UPDATE log SET body = ?2, masked = 1 WHERE rowid = ?1")?
                .execute(params![row.rowid, row.body])?;
        }
        shred.before_commit()?;
        transaction.commit()?;
        any = true;
    }
}

struct Unmasked {
    rowid: i64,
    tenant: TenantId,
    folder: FolderId,
    hash: EnvelopeHash,
    body: Vec<u8>,
}

fn unmasked(connection: &Connection) -> Result<Vec<Unmasked>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT rowid, tenant, folder, env_hash, body FROM log WHERE masked = 0 AND kind IN (3, 11) AND body IS NOT NULL LIMIT ?1",
    )?;
    let rows = statement.query_map([BATCH], |row| {
        Ok(Unmasked {
            rowid: row.get(0)?,
            tenant: id(row, 1)?,
            folder: id(row, 2)?,
            hash: EnvelopeHash(row.get(3)?),
            body: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Folders whose keys were lost with an older shred store: their key records are not handed out, since nobody could read
/// them. Devices that hold the key have to bring their wraps again.
fn warn_of_lost_keys(connection: &Connection, shred: &ShredStore) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT tenant, folder FROM log WHERE masked = 1 GROUP BY tenant, folder")?;
    let folders = statement.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?)))?;
    for found in folders {
        let (tenant, folder) = found?;
        if shred.key(tenant, folder)?.is_none() {
            tracing::warn!(%tenant, %folder, "the shred store lacks the key of a folder: its key records are lost");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::shred::path_beside;
    use crate::log::sqlite::migrations;
    use crate::log::{ReadLog, sqlite};

    const TENANT: TenantId = TenantId::new([1; 16]);

    /// A database of the version before shred keys, with one key record and one change set in it.
    fn store_of_before(path: &std::path::Path, wrap: &[u8]) {
        let connection = Connection::open(path).unwrap();
        migrations::apply_up_to(&connection, 3);
        connection
            .execute(
                "INSERT INTO tenant (id, name, epoch, head) VALUES (?1, 'Gammel', zeroblob(16), 2)",
                [TENANT.as_bytes()],
            )
            .unwrap();
        for (seq, kind) in [(1, 3_u8), (2, 1)] {
            let body = [&[0x46; feltbog_protocol::HEADER_LEN][..], wrap].concat();
            connection
                .execute(
                    "INSERT INTO log (tenant, seq, kind, folder, lineage, key_epoch, device, dseq, env_hash, recv_ms, size, body)
                     VALUES (?1, ?2, ?3, ?4, 0, 1, ?5, ?2, ?6, 0, ?7, ?8)",
                    params![TENANT.as_bytes(), seq, kind, [2_u8; 16], [3_u8; 16], [kind; 32], 244, body],
                )
                .unwrap();
        }
    }

    fn count(path: &std::path::Path, bytes: &[u8]) -> usize {
        std::fs::read(path).unwrap().windows(bytes.len()).filter(|here| *here == bytes).count()
    }

    #[test]
    fn key_records_of_an_older_version_are_masked_at_the_first_start_and_read_as_before() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("feltbog.db");
        let wrap: Vec<u8> = (100..180).collect();
        store_of_before(&path, &wrap);
        assert_eq!(count(&path, &wrap), 2);
        for _ in 0..2 {
            drop(sqlite::open(&path).unwrap());
            assert_eq!(count(&path, &wrap), 1, "what is sealed already stays as it is");
            assert!(path_beside(&path).is_file());
        }
        let rows = sqlite::read_once(&path, |log: &dyn ReadLog| log.listing(TENANT, 0, 10, 1_000)).unwrap();
        assert!(rows.iter().all(|row| row.first_bytes.ends_with(&wrap)));
    }
}
