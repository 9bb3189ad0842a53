//! Tenants: the counter row, the log's epoch, the pinned root and the bootstrap code.

use feltbog_domain::TenantId;

use super::columns::{array, array_if_any, bytes, get, id, number, small_if_any};
use super::{NewTenant, StoreError, TenantRow, Tx};

impl Tx<'_> {
    /// A tenant, if this server serves it.
    pub(super) fn tenant(&self, tenant: TenantId) -> Result<Option<TenantRow>, StoreError> {
        let found = self.session.row(
            "SELECT epoch, epoch_base_seq, head, root_pub, healing, disordered_from FROM tenant WHERE id = $1",
            &[&bytes(tenant.as_bytes())],
        )?;
        found
            .map(|row| {
                Ok(TenantRow {
                    epoch: array(&row, 0)?,
                    epoch_base_seq: number(&row, 1)?,
                    head: number(&row, 2)?,
                    root: array_if_any(&row, 3)?,
                    healing: get(&row, 4)?,
                    disordered_from: small_if_any(&row, 5)?,
                })
            })
            .transpose()
    }

    /// All tenants, in the order of their names' bytes.
    pub(super) fn tenants(&self) -> Result<Vec<(TenantId, String)>, StoreError> {
        let rows = self.session.rows("SELECT id, name FROM tenant ORDER BY name COLLATE \"C\"", &[])?;
        rows.iter().map(|row| Ok((id(row, 0)?, get(row, 1)?))).collect()
    }

    /// SHA-256 of the tenant's bootstrap secret.
    pub(super) fn bootstrap_hash(&self, tenant: TenantId) -> Result<Option<[u8; 32]>, StoreError> {
        let sql = "SELECT secret_hash FROM bootstrap WHERE tenant = $1";
        self.session.row(sql, &[&bytes(tenant.as_bytes())])?.map(|row| array(&row, 0)).transpose()
    }

    /// Adds a tenant; `false` when one of this name exists.
    pub(super) fn add_tenant(&self, new: &NewTenant<'_>) -> Result<bool, StoreError> {
        let added = self.session.run(
            "INSERT INTO tenant (id, name, epoch) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
            &[&bytes(new.id.as_bytes()), &new.name, &bytes(&new.epoch)],
        )?;
        if added == 0 {
            return Ok(false);
        }
        self.session.run(
            "INSERT INTO bootstrap (tenant, secret_hash) VALUES ($1, $2)",
            &[&bytes(new.id.as_bytes()), &bytes(&new.secret_hash)],
        )?;
        Ok(true)
    }

    /// Pins the root and uses up the bootstrap code.
    pub(super) fn pin_root(&self, tenant: TenantId, root: &[u8; 32], now_ms: i64) -> Result<(), StoreError> {
        let tenant = bytes(tenant.as_bytes());
        self.session.run("UPDATE tenant SET root_pub = $2 WHERE id = $1", &[&tenant, &bytes(root)])?;
        self.session.run("UPDATE bootstrap SET used_ms = $2 WHERE tenant = $1", &[&tenant, &now_ms])?;
        Ok(())
    }
}
