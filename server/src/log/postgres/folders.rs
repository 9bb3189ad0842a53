//! Folders and who may do what in them now.

use feltbog_domain::{FolderId, FolderKind, MemberId, ProgrammeId, Rights, TenantId};
use feltbog_protocol::FolderFacts;

use super::columns::{bound, bytes, get, id, number, small, small_if_any};
use super::{FolderNow, StoreError, Tx};

impl Tx<'_> {
    /// What is known of a folder when a member's row about it is judged. A grant for a time that is over owes a new key, but
    /// for reading alone, which only a recovery station has: a drill shall not renew every key of a municipality.
    pub(super) fn folder(
        &self,
        tenant: TenantId,
        folder: FolderId,
        signer: MemberId,
        now_ms: i64,
    ) -> Result<Option<FolderNow>, StoreError> {
        let found = self.session.row(
            "SELECT f.kind_code, f.programme, f.key_epoch, f.erased_seq IS NOT NULL, g.rights,
                    f.closed_seq IS NOT NULL, f.cut_seq,
                    f.rotation_due OR EXISTS (SELECT 1 FROM grant_now e
                                              WHERE e.tenant = f.tenant AND e.folder = f.id AND e.until_ms <= $4 AND e.rights <> 1)
             FROM folder f
             LEFT JOIN grant_now g ON g.tenant = f.tenant AND g.folder = f.id AND g.member = $3
                                  AND (g.until_ms IS NULL OR g.until_ms > $4)
             WHERE f.tenant = $1 AND f.id = $2",
            &[&bytes(tenant.as_bytes()), &bytes(folder.as_bytes()), &bytes(signer.as_bytes()), &now_ms],
        )?;
        let Some(row) = found else { return Ok(None) };
        let facts = FolderFacts {
            kind: FolderKind::from_code(small(&row, 0)?).ok_or(StoreError::Value { column: 0 })?,
            programme: id(&row, 1)?,
            key_epoch: small(&row, 2)?,
            erased: get(&row, 3)?,
            closed: get(&row, 5)?,
            signer: small_if_any(&row, 4)?.map(Rights::from_bits),
        };
        Ok(Some(FolderNow { facts, cut_seq: number(&row, 6)?, rotation_due: get(&row, 7)? }))
    }

    /// A folder begins with its first key; its maker may do everything in it from row `seq` on.
    pub(super) fn add_folder(
        &self,
        tenant: TenantId,
        folder: FolderId,
        kind: FolderKind,
        programme: ProgrammeId,
    ) -> Result<(), StoreError> {
        self.session.run(
            "INSERT INTO folder (tenant, id, kind_code, programme, key_epoch) VALUES ($1, $2, $3, $4, 1)",
            &[
                &bytes(tenant.as_bytes()),
                &bytes(folder.as_bytes()),
                &i64::from(kind.code()),
                &bytes(programme.as_bytes()),
            ],
        )?;
        Ok(())
    }

    /// A folder has a new key, so that none is owed: neither for those who were shut out nor for those whose time was over.
    pub(super) fn rotate(
        &self,
        tenant: TenantId,
        folder: FolderId,
        key_epoch: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let (tenant, folder) = (bytes(tenant.as_bytes()), bytes(folder.as_bytes()));
        self.session.run(
            "DELETE FROM grant_now WHERE tenant = $1 AND folder = $2 AND until_ms <= $3",
            &[&tenant, &folder, &now_ms],
        )?;
        self.session.run(
            "UPDATE folder SET key_epoch = $3, rotation_due = FALSE WHERE tenant = $1 AND id = $2",
            &[&tenant, &folder, &i64::from(key_epoch)],
        )?;
        Ok(())
    }

    /// A folder's newer key is back after a restore. Whether somebody was shut out after it was made nobody can tell, so
    /// where a key is owed it stays owed.
    pub(super) fn rekey(&self, tenant: TenantId, folder: FolderId, key_epoch: u32) -> Result<(), StoreError> {
        self.session.run(
            "UPDATE folder SET key_epoch = $3 WHERE tenant = $1 AND id = $2",
            &[&bytes(tenant.as_bytes()), &bytes(folder.as_bytes()), &i64::from(key_epoch)],
        )?;
        Ok(())
    }

    /// A member may do nothing more. Whoever was let in again later has a grant of a higher number, and everything older
    /// comes by backfill, own rows too.
    pub(super) fn end_grant(&self, tenant: TenantId, folder: FolderId, member: MemberId) -> Result<(), StoreError> {
        let (tenant, folder) = (bytes(tenant.as_bytes()), bytes(folder.as_bytes()));
        self.session.run(
            "DELETE FROM grant_now WHERE tenant = $1 AND member = $2 AND folder = $3",
            &[&tenant, &bytes(member.as_bytes()), &folder],
        )?;
        self.session.run("UPDATE folder SET rotation_due = TRUE WHERE tenant = $1 AND id = $2", &[&tenant, &folder])?;
        Ok(())
    }

    /// The keys a member could open are in other hands: every folder of the member owes a new one.
    pub(super) fn owe_rotations(&self, tenant: TenantId, member: MemberId) -> Result<(), StoreError> {
        self.session.run(
            "UPDATE folder SET rotation_due = TRUE
             WHERE tenant = $1 AND id IN (SELECT folder FROM grant_now WHERE tenant = $1 AND member = $2)",
            &[&bytes(tenant.as_bytes()), &bytes(member.as_bytes())],
        )?;
        Ok(())
    }

    /// A recovery station may read every folder there is, for a while.
    pub(super) fn open_everything(
        &self,
        tenant: TenantId,
        station: MemberId,
        seq: u64,
        until_ms: i64,
    ) -> Result<(), StoreError> {
        self.session.run(
            "INSERT INTO grant_now (tenant, member, folder, seq, rights, until_ms)
             SELECT tenant, $2::bytea, id, $3::bigint, $4::bigint, $5::bigint
             FROM folder WHERE tenant = $1 AND erased_seq IS NULL",
            &[
                &bytes(tenant.as_bytes()),
                &bytes(station.as_bytes()),
                &bound(seq),
                &i64::from(Rights::READ.bits()),
                &until_ms,
            ],
        )?;
        Ok(())
    }

    /// A member may do nothing more anywhere.
    pub(super) fn end_all_grants(&self, tenant: TenantId, member: MemberId) -> Result<(), StoreError> {
        self.owe_rotations(tenant, member)?;
        self.session.run(
            "DELETE FROM grant_now WHERE tenant = $1 AND member = $2",
            &[&bytes(tenant.as_bytes()), &bytes(member.as_bytes())],
        )?;
        Ok(())
    }

    /// The folder takes no new content; it stays closed from the first such row on.
    pub(super) fn close(&self, tenant: TenantId, folder: FolderId, seq: u64) -> Result<(), StoreError> {
        self.session.run(
            "UPDATE folder SET closed_seq = coalesce(closed_seq, $3) WHERE tenant = $1 AND id = $2",
            &[&bytes(tenant.as_bytes()), &bytes(folder.as_bytes()), &bound(seq)],
        )?;
        Ok(())
    }

    /// A member may do this from row `seq` on.
    ///
    /// Where an earlier grant is still in force its number stays: rows after it were this member's to have all along,
    /// and a device that has not fetched them yet would otherwise lose them from the main feed. A grant for a time takes
    /// nothing from one for good.
    pub(super) fn set_grant(&self, new: &GrantRow, now_ms: i64) -> Result<(), StoreError> {
        self.session.run(
            "INSERT INTO grant_now AS g (tenant, member, folder, seq, rights, until_ms) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (tenant, member, folder) DO UPDATE SET
                 seq = CASE WHEN g.until_ms IS NULL OR g.until_ms > $7 THEN g.seq ELSE excluded.seq END,
                 rights = excluded.rights,
                 until_ms = excluded.until_ms
             WHERE g.until_ms IS NOT NULL OR excluded.until_ms IS NULL",
            &[
                &bytes(new.tenant.as_bytes()),
                &bytes(new.member.as_bytes()),
                &bytes(new.folder.as_bytes()),
                &bound(new.seq),
                &i64::from(new.rights.bits()),
                &new.until_ms,
                &now_ms,
            ],
        )?;
        Ok(())
    }
}

/// One line of `grant_now`.
pub(super) struct GrantRow {
    pub(super) tenant: TenantId,
    pub(super) member: MemberId,
    pub(super) folder: FolderId,
    pub(super) seq: u64,
    pub(super) rights: Rights,
    pub(super) until_ms: Option<i64>,
}
