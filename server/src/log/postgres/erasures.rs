//! Erasing folders and single entries for ever, and finishing what a crash or an old copy of the database left undone.
//!
//! PostgreSQL keeps what was updated away in pages, in its own log and in every copy of both; what makes an erasure true is
//! that the folder's key is gone from the key store (decision 42).

use feltbog_domain::{DeviceId, FolderId, TenantId};
use feltbog_protocol::{Envelope, EnvelopeHash, EnvelopeKind, Erase, ErasedEntries, ErasureProposal};

use super::columns::{bound, bytes, get, id, number, small};
use super::session::Session;
use super::{ProposalRow, StoreError, Tx};
use crate::access::Admitted;
use crate::log::shred::{ErasedEnvelope, ErasedRow, ShredStore};

impl Tx<'_> {
    /// A proposed erasure.
    pub(super) fn proposal(&self, tenant: TenantId, hash: EnvelopeHash) -> Result<Option<ProposalRow>, StoreError> {
        let found = self.session.row(
            "SELECT device, recv_ms, body FROM log
             WHERE tenant = $1 AND kind IN (6, 7) AND kind = 6 AND env_hash = $2 AND body IS NOT NULL",
            &[&bytes(tenant.as_bytes()), &bytes(&hash.0)],
        )?;
        let Some(row) = found else { return Ok(None) };
        let (device, received_ms): (DeviceId, i64) = (id(&row, 0)?, get(&row, 1)?);
        Ok(match read(get(&row, 2)?) {
            Some(Erase::Proposal(proposal)) => Some(ProposalRow { device, received_ms, proposal }),
            Some(Erase::Confirmation { .. }) | None => None,
        })
    }

    /// Whether a proposed erasure was confirmed.
    pub(super) fn is_confirmed(&self, tenant: TenantId, proposed: EnvelopeHash) -> Result<bool, StoreError> {
        let rows = self.session.rows(
            "SELECT body FROM log WHERE tenant = $1 AND kind IN (6, 7) AND kind = 6 AND body IS NOT NULL",
            &[&bytes(tenant.as_bytes())],
        )?;
        for row in &rows {
            if read(get(row, 0)?) == Some(Erase::Confirmation { proposal: proposed }) {
                return Ok(true);
            }
        }
        Ok(false)
    }

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
            erase_rows(self.session, &row)?;
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
            take_body(self.session, tenant, folder, hash)?;
        }
        take_outlines(self.session, tenant, folder)?;
        self.session.run(
            "UPDATE folder SET cut_seq = greatest(cut_seq, $3) WHERE tenant = $1 AND id = $2",
            &[&bytes(tenant.as_bytes()), &bytes(folder.as_bytes()), &bound(seq)],
        )?;
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

fn read(body: Vec<u8>) -> Option<Erase> {
    feltbog_protocol::decode(Envelope::decode(body).ok()?.body()).ok()
}

/// Of what people wrote only: nothing that says who belongs where is ever taken by its identity.
fn take_body(session: &Session, tenant: TenantId, folder: FolderId, hash: EnvelopeHash) -> Result<u64, StoreError> {
    session.run(
        "UPDATE log SET body = NULL, masked = FALSE
         WHERE tenant = $1 AND folder = $2 AND env_hash = $3 AND kind IN (1, 9, 11) AND body IS NOT NULL",
        &[&bytes(tenant.as_bytes()), &bytes(folder.as_bytes()), &bytes(&hash.0)],
    )
}

fn take_outlines(session: &Session, tenant: TenantId, folder: FolderId) -> Result<(), StoreError> {
    session.run(
        "UPDATE log SET body = NULL WHERE tenant = $1 AND folder = $2 AND kind = 2 AND body IS NOT NULL",
        &[&bytes(tenant.as_bytes()), &bytes(folder.as_bytes())],
    )?;
    Ok(())
}

fn erase_rows(session: &Session, row: &ErasedRow) -> Result<(), StoreError> {
    for statement in [
        "UPDATE log SET body = NULL, masked = FALSE WHERE tenant = $1 AND folder = $2 AND body IS NOT NULL",
        "DELETE FROM grant_now WHERE tenant = $1 AND folder = $2",
    ] {
        session.run(statement, &[&bytes(row.tenant.as_bytes()), &bytes(row.folder.as_bytes())])?;
    }
    session.run(
        "INSERT INTO folder AS f (tenant, id, kind_code, programme, key_epoch, erased_seq) VALUES ($1, $2, $3, $4, 1, $5)
         ON CONFLICT (tenant, id) DO UPDATE SET erased_seq = coalesce(f.erased_seq, excluded.erased_seq), rotation_due = FALSE",
        &[
            &bytes(row.tenant.as_bytes()),
            &bytes(row.folder.as_bytes()),
            &i64::from(row.kind_code),
            &bytes(row.programme.as_bytes()),
            &bound(row.seq),
        ],
    )?;
    Ok(())
}

/// Everything a database needs before anybody is answered from it: what is listed as erased is erased. The caller holds the
/// writers' lock and commits, and then calls [`ShredStore::forget`] with what this gives.
pub(super) fn settle(session: &Session, shred: &ShredStore) -> Result<Vec<ErasedRow>, StoreError> {
    list_what_is_erased(session, shred)?;
    let listed = shred.erasure_log()?;
    let mut again = false;
    for row in &listed {
        if !is_erased(session, row)? {
            erase_rows(session, row)?;
            again = true;
        }
    }
    for ((tenant, folder), hashes) in &shred.without_bodies() {
        let mut back = 0;
        for hash in hashes {
            back += take_body(session, *tenant, *folder, *hash)?;
        }
        if back > 0 {
            take_outlines(session, *tenant, *folder)?;
            again = true;
        }
    }
    if again {
        tracing::warn!("what was erased before is erased again");
    }
    Ok(listed)
}

/// A key store put back from an older copy lacks erasures that the database knows of; without them an older copy of the
/// database would bring back what they erased.
fn list_what_is_erased(session: &Session, shred: &ShredStore) -> Result<(), StoreError> {
    let rows = session
        .rows("SELECT tenant, id, kind_code, programme, erased_seq FROM folder WHERE erased_seq IS NOT NULL", &[])?;
    let at_ms = crate::clock::now_ms();
    let erased = |row| {
        Ok(ErasedRow {
            tenant: id(row, 0)?,
            folder: id(row, 1)?,
            kind_code: small(row, 2)?,
            programme: id(row, 3)?,
            seq: number(row, 4)?,
            reason: REASON_NOT_KNOWN,
            at_ms,
        })
    };
    shred.list(&rows.iter().map(erased).collect::<Result<Vec<_>, StoreError>>()?)
}

/// The reason stood in the list that was lost.
const REASON_NOT_KNOWN: u8 = 0;

fn is_erased(session: &Session, row: &ErasedRow) -> Result<bool, StoreError> {
    let found = session.row(
        "SELECT EXISTS (SELECT 1 FROM folder WHERE tenant = $1 AND id = $2 AND erased_seq IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM log WHERE tenant = $1 AND folder = $2 AND body IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM grant_now WHERE tenant = $1 AND folder = $2)",
        &[&bytes(row.tenant.as_bytes()), &bytes(row.folder.as_bytes())],
    )?;
    found.map_or(Ok(false), |row| get(&row, 0))
}
