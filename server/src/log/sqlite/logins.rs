//! Who logged in when, and whose account it is.

use feltbog_domain::{DeviceId, MemberId, TenantId};
use rusqlite::{OptionalExtension, params};

use super::{LoginRow, ReadTx, StoreError, WriteTx};

impl ReadTx<'_> {
    /// The last login of a device.
    pub(crate) fn login(&self, tenant: TenantId, device: DeviceId) -> Result<Option<LoginRow>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT at_ms, is_login FROM login WHERE tenant = ?1 AND device = ?2")?;
        let found = statement.query_row(params![tenant.as_bytes(), device.as_bytes()], |row| {
            Ok(LoginRow { at_ms: row.get(0)?, is_login: row.get(1)? })
        });
        Ok(found.optional()?)
    }

    /// The account a member is bound to.
    pub(crate) fn login_account(
        &self,
        tenant: TenantId,
        member: MemberId,
        issuer: &str,
    ) -> Result<Option<[u8; 32]>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT account FROM login_account WHERE tenant = ?1 AND member = ?2 AND issuer = ?3")?;
        let found = statement.query_row(params![tenant.as_bytes(), member.as_bytes(), issuer], |row| row.get(0));
        Ok(found.optional()?)
    }
}

impl WriteTx<'_> {
    /// Remembers the last login of a device.
    pub(crate) fn note_login(&self, tenant: TenantId, device: DeviceId, login: LoginRow) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("INSERT OR REPLACE INTO login (tenant, device, at_ms, is_login) VALUES (?1, ?2, ?3, ?4)")?;
        statement.execute(params![tenant.as_bytes(), device.as_bytes(), login.at_ms, login.is_login])?;
        Ok(())
    }

    /// Binds a member to an account; `false` when it is another member's.
    pub(crate) fn bind_account(
        &self,
        tenant: TenantId,
        member: MemberId,
        issuer: &str,
        account: &[u8; 32],
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO login_account (tenant, member, issuer, account, bound_ms) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?;
        Ok(statement.execute(params![tenant.as_bytes(), member.as_bytes(), issuer, account, now_ms])? == 1)
    }

    /// Lets a member come with another account; `false` when there was none.
    pub(crate) fn release_account(&self, tenant: TenantId, member: MemberId) -> Result<bool, StoreError> {
        let mut statement =
            self.connection.prepare_cached("DELETE FROM login_account WHERE tenant = ?1 AND member = ?2")?;
        Ok(statement.execute(params![tenant.as_bytes(), member.as_bytes()])? > 0)
    }
}
