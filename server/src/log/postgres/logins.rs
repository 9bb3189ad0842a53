//! Who logged in when, and whose account it is.

use feltbog_domain::{DeviceId, MemberId, TenantId};

use super::columns::{array, bytes, get};
use super::{LoginRow, StoreError, Tx};

impl Tx<'_> {
    /// The last login of a device.
    pub(super) fn login(&self, tenant: TenantId, device: DeviceId) -> Result<Option<LoginRow>, StoreError> {
        let found = self.session.row(
            "SELECT at_ms, is_login FROM login WHERE tenant = $1 AND device = $2",
            &[&bytes(tenant.as_bytes()), &bytes(device.as_bytes())],
        )?;
        found.map(|row| Ok(LoginRow { at_ms: get(&row, 0)?, is_login: get(&row, 1)? })).transpose()
    }

    /// The account a member is bound to.
    pub(super) fn login_account(
        &self,
        tenant: TenantId,
        member: MemberId,
        issuer: &str,
    ) -> Result<Option<[u8; 32]>, StoreError> {
        let found = self.session.row(
            "SELECT account FROM login_account WHERE tenant = $1 AND member = $2 AND issuer = $3",
            &[&bytes(tenant.as_bytes()), &bytes(member.as_bytes()), &issuer],
        )?;
        found.map(|row| array(&row, 0)).transpose()
    }

    /// Remembers the last login of a device.
    pub(super) fn note_login(&self, tenant: TenantId, device: DeviceId, login: LoginRow) -> Result<(), StoreError> {
        self.session.run(
            "INSERT INTO login (tenant, device, at_ms, is_login) VALUES ($1, $2, $3, $4)
             ON CONFLICT (tenant, device) DO UPDATE SET at_ms = excluded.at_ms, is_login = excluded.is_login",
            &[&bytes(tenant.as_bytes()), &bytes(device.as_bytes()), &login.at_ms, &login.is_login],
        )?;
        Ok(())
    }

    /// Binds a member to an account; `false` when it is another member's.
    pub(super) fn bind_account(
        &self,
        tenant: TenantId,
        member: MemberId,
        issuer: &str,
        account: &[u8; 32],
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let bound = self.session.run(
            "INSERT INTO login_account (tenant, member, issuer, account, bound_ms) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING",
            &[&bytes(tenant.as_bytes()), &bytes(member.as_bytes()), &issuer, &bytes(account), &now_ms],
        )?;
        Ok(bound == 1)
    }

    /// Lets a member come with another account; `false` when there was none.
    pub(super) fn release_account(&self, tenant: TenantId, member: MemberId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM login_account WHERE tenant = $1 AND member = $2";
        Ok(self.session.run(sql, &[&bytes(tenant.as_bytes()), &bytes(member.as_bytes())])? > 0)
    }
}
