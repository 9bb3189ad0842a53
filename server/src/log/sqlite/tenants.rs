//! Tenants: the counter row, the log's epoch, the pinned root and the bootstrap code.

use feltbog_domain::TenantId;
use rusqlite::{OptionalExtension, params};

use super::columns::{id, number};
use super::{NewTenant, ReadTx, StoreError, TenantRow, WriteTx};

impl ReadTx<'_> {
    /// A tenant, if this server serves it.
    pub(crate) fn tenant(&self, tenant: TenantId) -> Result<Option<TenantRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT epoch, epoch_base_seq, head, root_pub, healing, disordered_from FROM tenant WHERE id = ?1",
        )?;
        let found = statement.query_row([tenant.as_bytes()], |row| {
            Ok(TenantRow {
                epoch: row.get(0)?,
                epoch_base_seq: number(row, 1)?,
                head: number(row, 2)?,
                root: row.get(3)?,
                healing: row.get(4)?,
                disordered_from: row.get::<_, Option<i64>>(5)?.map(|_| number(row, 5)).transpose()?,
            })
        });
        Ok(found.optional()?)
    }

    /// All tenants, for the command line.
    pub(crate) fn tenants(&self) -> Result<Vec<(TenantId, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id, name FROM tenant ORDER BY name")?;
        let rows = statement.query_map([], |row| Ok((id(row, 0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// SHA-256 of the tenant's bootstrap secret.
    pub(crate) fn bootstrap_hash(&self, tenant: TenantId) -> Result<Option<[u8; 32]>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT secret_hash FROM bootstrap WHERE tenant = ?1")?;
        Ok(statement.query_row([tenant.as_bytes()], |row| row.get(0)).optional()?)
    }
}

impl WriteTx<'_> {
    /// Adds a tenant; `false` when one of this name exists.
    pub(crate) fn add_tenant(&self, new: &NewTenant<'_>) -> Result<bool, StoreError> {
        let added = self.connection.execute(
            "INSERT INTO tenant (id, name, epoch) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO NOTHING",
            params![new.id.as_bytes(), new.name, new.epoch],
        )?;
        if added == 0 {
            return Ok(false);
        }
        self.connection.execute(
            "INSERT INTO bootstrap (tenant, secret_hash) VALUES (?1, ?2)",
            params![new.id.as_bytes(), new.secret_hash],
        )?;
        Ok(true)
    }

    /// Pins the root and uses up the bootstrap code.
    pub(crate) fn pin_root(&self, tenant: TenantId, root: &[u8; 32], now_ms: i64) -> Result<(), StoreError> {
        self.connection.execute("UPDATE tenant SET root_pub = ?2 WHERE id = ?1", params![tenant.as_bytes(), root])?;
        self.connection
            .execute("UPDATE bootstrap SET used_ms = ?2 WHERE tenant = ?1", params![tenant.as_bytes(), now_ms])?;
        Ok(())
    }
}
