//! Disposing of envelopes: into the log, or onto the list of refusals. Both consume the device's number.

use std::borrow::Cow;

use feltbog_domain::{DeviceId, FolderId, MemberId, Rights, TenantId};
use feltbog_protocol::{EnvelopeHash, Header, RefusalCode};
use rusqlite::{OptionalExtension, params};

use super::columns::{bound, number};
use super::folders::GrantRow;
use super::{Known, ReadTx, StoreError, WriteTx};
use crate::access::{Admitted, Certified, Effect};
use crate::log::mask::{is_masked, mask};

impl ReadTx<'_> {
    /// The disposition of a device's number, if it has one.
    pub(crate) fn known(&self, tenant: TenantId, device: DeviceId, dseq: u64) -> Result<Option<Known>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT env_hash, seq, code FROM log WHERE tenant = ?1 AND device = ?2 AND dseq = ?3
             UNION ALL
             SELECT env_hash, NULL, code FROM disposition WHERE tenant = ?1 AND device = ?2 AND dseq = ?3",
        )?;
        let found = statement.query_row(params![tenant.as_bytes(), device.as_bytes(), bound(dseq)], |row| {
            let seq = if row.get::<_, Option<i64>>(1)?.is_some() { Some(number(row, 1)?) } else { None };
            Ok(Known { hash: EnvelopeHash(row.get(0)?), code: RefusalCode::from_number(row.get(2)?), seq })
        });
        Ok(found.optional()?)
    }

    /// The certificates of a tenant after row `after`, in order: `(seq, envelope)`.
    pub(crate) fn certificates(&self, tenant: TenantId, after: u64) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, body FROM log WHERE tenant = ?1 AND seq > ?2 AND kind IN (6, 7) AND kind = 7 ORDER BY seq",
        )?;
        let rows =
            statement.query_map(params![tenant.as_bytes(), bound(after)], |row| Ok((number(row, 0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl WriteTx<'_> {
    /// Puts an envelope into the log and into effect; gives its row.
    pub(crate) fn append(&self, admitted: &Admitted<'_>, now_ms: i64) -> Result<u64, StoreError> {
        let header = admitted.envelope().header();
        let seq = self.next_seq(header.tenant)?;
        self.insert_row(admitted, seq, now_ms)?;
        self.put_into_effect(header, admitted.effect(), seq, now_ms)?;
        self.advance(header, size_of(admitted), admitted.effect() == &Effect::Deposited, now_ms)?;
        Ok(seq)
    }

    /// Remembers a refusal, so that asking again gives the same answer.
    pub(crate) fn remember_refusal(
        &self,
        tenant: TenantId,
        device: DeviceId,
        dseq: u64,
        hash: EnvelopeHash,
        code: RefusalCode,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO disposition (tenant, device, dseq, env_hash, code) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        statement.execute(params![tenant.as_bytes(), device.as_bytes(), bound(dseq), hash.0, code.number()])?;
        self.pass(tenant, device, dseq)
    }

    fn next_seq(&self, tenant: TenantId) -> Result<u64, StoreError> {
        let mut statement =
            self.connection.prepare_cached("UPDATE tenant SET head = head + 1 WHERE id = ?1 RETURNING head")?;
        Ok(statement.query_row([tenant.as_bytes()], |row| number(row, 0))?)
    }

    fn insert_row(&self, admitted: &Admitted<'_>, seq: u64, now_ms: i64) -> Result<(), StoreError> {
        let (header, bytes) = (admitted.envelope().header(), admitted.envelope().bytes());
        let before = self.chain_at(header.tenant, seq.saturating_sub(1))?.unwrap_or_default();
        let without_body = self.is_kept_without_body(admitted);
        let mut stored = Cow::Borrowed(bytes);
        if !without_body && is_masked(header.kind) {
            let key = self.shred.key_or_new(header.tenant, header.folder)?;
            mask(stored.to_mut(), &key, admitted.envelope().hash());
        }
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO log (tenant, seq, kind, folder, lineage, key_epoch, device, dseq, env_hash, about, recv_ms, size, body, code, proven, chain, masked, purge_cause, read_log)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        )?;
        statement.execute(params![
            header.tenant.as_bytes(),
            bound(seq),
            header.kind,
            header.folder.as_bytes(),
            header.lineage,
            header.key_epoch,
            header.device.as_bytes(),
            bound(header.dseq),
            admitted.envelope().hash().0,
            admitted.effect().about().map(|member: MemberId| *member.as_bytes()),
            now_ms,
            bound(size_of(admitted)),
            (!without_body).then_some(stored),
            admitted.code().number(),
            admitted.is_proven(),
            before.with(admitted.envelope().hash()).0,
            !without_body && is_masked(header.kind),
            admitted.effect().purge_cause().map(|cause| cause.0),
            admitted.effect().read_log().map(|folder| *folder.as_bytes())
        ])?;
        Ok(())
    }

    /// Brings the projections to what an accepted row says.
    pub(crate) fn put_into_effect(
        &self,
        header: &Header,
        effect: &Effect,
        seq: u64,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let (tenant, folder) = (header.tenant, header.folder);
        let grant = |member, rights, until_ms| GrantRow { tenant, member, folder, seq, rights, until_ms };
        match *effect {
            Effect::StoredOnly
            | Effect::Waiting { .. }
            | Effect::Deposited
            | Effect::ReadingsTold { .. }
            | Effect::Purged { .. } => Ok(()),
            Effect::Erased(ref proposal) => self.erase(tenant, proposal, seq, now_ms),
            Effect::Certified(ref certified) => self.certify(tenant, certified, seq),
            Effect::FolderMade { kind, programme, maker } => {
                self.add_folder(tenant, folder, kind, programme)?;
                self.set_grant(&grant(maker, Rights::MANAGE, None), now_ms)
            }
            Effect::FolderRotated => self.rotate(tenant, folder, header.key_epoch, now_ms),
            Effect::FolderRekeyed => self.rekey(tenant, folder, header.key_epoch),
            Effect::Granted { member, rights, until_ms } => self.set_grant(&grant(member, rights, until_ms), now_ms),
            Effect::Revoked { member } => self.end_grant(tenant, folder, member),
            Effect::Closed => self.close(tenant, folder, seq),
            Effect::Bundled => self.keep_newest_bundles(tenant, folder),
        }
    }

    fn certify(&self, tenant: TenantId, certified: &Certified, seq: u64) -> Result<(), StoreError> {
        for (device, member) in &certified.devices {
            self.add_device(tenant, *device, *member, seq)?;
        }
        for (member, until_ms) in &certified.stations {
            self.open_everything(tenant, *member, seq, *until_ms)?;
        }
        certified.exposed.iter().try_for_each(|member| self.owe_rotations(tenant, *member))?;
        certified.left.iter().try_for_each(|member| {
            // Whoever left may come again as somebody new.
            self.release_account(tenant, *member)?;
            self.end_all_grants(tenant, *member)
        })
    }

    /// A bundle is a hint that the next one replaces; the one before stays for whoever is fetching it now.
    fn keep_newest_bundles(&self, tenant: TenantId, folder: FolderId) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE log SET body = NULL
             WHERE tenant = ?1 AND folder = ?2 AND kind = 2 AND body IS NOT NULL AND seq <=
                 (SELECT seq FROM log WHERE tenant = ?1 AND folder = ?2 AND kind = 2 ORDER BY seq DESC LIMIT 1 OFFSET 2)",
        )?;
        statement.execute(params![tenant.as_bytes(), folder.as_bytes()])?;
        Ok(())
    }
}

fn size_of(admitted: &Admitted<'_>) -> u64 {
    u64::try_from(admitted.envelope().bytes().len()).unwrap_or(u64::MAX)
}
