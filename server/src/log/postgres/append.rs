//! Disposing of envelopes: into the log, or onto the list of refusals. Both consume the device's number.

use std::borrow::Cow;

use feltbog_domain::{DeviceId, FolderId, Rights, TenantId};
use feltbog_protocol::{EnvelopeHash, Header, RefusalCode};

use super::columns::{bound, bytes, get, hash, number, small, small_if_any};
use super::folders::GrantRow;
use super::{Known, StoreError, Tx};
use crate::access::{Admitted, Certified, Effect};
use crate::log::mask::{is_masked, mask};

impl Tx<'_> {
    /// The disposition of a device's number, if it has one.
    pub(super) fn known(&self, tenant: TenantId, device: DeviceId, dseq: u64) -> Result<Option<Known>, StoreError> {
        let found = self.session.row(
            "SELECT env_hash, seq, code FROM log WHERE tenant = $1 AND device = $2 AND dseq = $3
             UNION ALL
             SELECT env_hash, NULL, code FROM disposition WHERE tenant = $1 AND device = $2 AND dseq = $3",
            &[&bytes(tenant.as_bytes()), &bytes(device.as_bytes()), &bound(dseq)],
        )?;
        let known = |row| {
            let code = RefusalCode::from_number(small(&row, 2)?);
            Ok(Known { hash: hash(&row, 0)?, code, seq: small_if_any(&row, 1)? })
        };
        found.map(known).transpose()
    }

    /// The certificates of a tenant after row `after`, in order: `(seq, envelope)`.
    pub(super) fn certificates(&self, tenant: TenantId, after: u64) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let rows = self.session.rows(
            "SELECT seq, body FROM log WHERE tenant = $1 AND seq > $2 AND kind IN (6, 7) AND kind = 7 ORDER BY seq",
            &[&bytes(tenant.as_bytes()), &bound(after)],
        )?;
        rows.iter().map(|row| Ok((number(row, 0)?, get(row, 1)?))).collect()
    }

    /// Puts an envelope into the log and into effect; gives its row.
    pub(super) fn append(&self, admitted: &Admitted<'_>, now_ms: i64) -> Result<u64, StoreError> {
        let header = admitted.envelope().header();
        let seq = self.next_seq(header.tenant)?;
        self.insert_row(admitted, seq, now_ms)?;
        self.put_into_effect(header, admitted.effect(), seq, now_ms)?;
        self.advance(header, size_of(admitted), admitted.effect() == &Effect::Deposited, now_ms)?;
        Ok(seq)
    }

    /// Remembers a refusal, so that asking again gives the same answer.
    pub(super) fn remember_refusal(
        &self,
        tenant: TenantId,
        device: DeviceId,
        dseq: u64,
        hash: EnvelopeHash,
        code: RefusalCode,
    ) -> Result<(), StoreError> {
        self.session.run(
            "INSERT INTO disposition (tenant, device, dseq, env_hash, code) VALUES ($1, $2, $3, $4, $5)",
            &[
                &bytes(tenant.as_bytes()),
                &bytes(device.as_bytes()),
                &bound(dseq),
                &bytes(&hash.0),
                &i64::from(code.number()),
            ],
        )?;
        self.pass(tenant, device, dseq)
    }

    fn next_seq(&self, tenant: TenantId) -> Result<u64, StoreError> {
        let sql = "UPDATE tenant SET head = head + 1 WHERE id = $1 RETURNING head";
        let counted = self.session.row(sql, &[&bytes(tenant.as_bytes())])?;
        number(&counted.ok_or(StoreError::Value { column: 0 })?, 0)
    }

    fn insert_row(&self, admitted: &Admitted<'_>, seq: u64, now_ms: i64) -> Result<(), StoreError> {
        let (header, envelope) = (admitted.envelope().header(), admitted.envelope());
        let before = self.chain_at(header.tenant, seq.saturating_sub(1))?.unwrap_or_default();
        let without_body = self.is_kept_without_body(admitted);
        let masked = !without_body && is_masked(header.kind);
        let mut stored = Cow::Borrowed(envelope.bytes());
        if masked {
            let key = self.shred.key_or_new(header.tenant, header.folder)?;
            mask(stored.to_mut(), &key, envelope.hash());
        }
        let about = admitted.effect().about();
        let purge_cause = admitted.effect().purge_cause();
        let read_log = admitted.effect().read_log();
        self.session.run(
            "INSERT INTO log (tenant, seq, kind, folder, lineage, key_epoch, device, dseq, env_hash, about, recv_ms, size, body, code, proven, chain, masked, purge_cause, read_log)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
            &[
                &bytes(header.tenant.as_bytes()),
                &bound(seq),
                &i64::from(header.kind),
                &bytes(header.folder.as_bytes()),
                &i64::from(header.lineage),
                &i64::from(header.key_epoch),
                &bytes(header.device.as_bytes()),
                &bound(header.dseq),
                &bytes(&envelope.hash().0),
                &about.as_ref().map(|member| bytes(member.as_bytes())),
                &now_ms,
                &bound(size_of(admitted)),
                &(!without_body).then_some(stored.as_ref()),
                &i64::from(admitted.code().number()),
                &admitted.is_proven(),
                &bytes(&before.with(envelope.hash()).0),
                &masked,
                &purge_cause.as_ref().map(|cause| bytes(&cause.0)),
                &read_log.as_ref().map(|folder| bytes(folder.as_bytes())),
            ],
        )?;
        Ok(())
    }

    /// Brings the projections to what an accepted row says.
    pub(super) fn put_into_effect(
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
        self.session.run(
            "UPDATE log SET body = NULL
             WHERE tenant = $1 AND folder = $2 AND kind = 2 AND body IS NOT NULL AND seq <=
                 (SELECT seq FROM log WHERE tenant = $1 AND folder = $2 AND kind = 2 ORDER BY seq DESC LIMIT 1 OFFSET 2)",
            &[&bytes(tenant.as_bytes()), &bytes(folder.as_bytes())],
        )?;
        Ok(())
    }
}

fn size_of(admitted: &Admitted<'_>) -> u64 {
    u64::try_from(admitted.envelope().bytes().len()).unwrap_or(u64::MAX)
}
