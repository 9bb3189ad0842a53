//! A log in memory, which can be copied and put back.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params_from_iter};

use super::{ReadTx, StoreError, WriteTx, migrations};

/// One connection to a database without a file.
pub(crate) struct MemoryLog {
    connection: Mutex<Connection>,
}

/// Every row of every table.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    tables: Vec<(&'static str, Vec<Vec<Value>>)>,
}

/// Parents before children.
const TABLES: &[&str] = &["tenant", "bootstrap", "log", "disposition", "device", "grant_now", "folder", "past_epoch"];

impl MemoryLog {
    /// An empty log.
    pub(crate) fn new() -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        migrations::apply(&mut connection)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// A log with these rows.
    pub(crate) fn from_snapshot(snapshot: &Snapshot) -> Result<Self, StoreError> {
        let log = Self::new()?;
        {
            let mut connection = log.lock();
            let transaction = connection.transaction()?;
            for (table, rows) in &snapshot.tables {
                for row in rows {
                    let places = vec!["?"; row.len()].join(", ");
                    transaction
                        .prepare_cached(&format!("INSERT INTO {table} VALUES ({places})"))?
                        .execute(params_from_iter(row))?;
                }
            }
            transaction.commit()?;
        }
        Ok(log)
    }

    /// Every row there is.
    pub(crate) fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let connection = self.lock();
        let tables = TABLES.iter().map(|table| Ok((*table, rows_of(&connection, table)?)));
        Ok(Snapshot { tables: tables.collect::<Result<_, StoreError>>()? })
    }

    pub(crate) fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        let connection = self.lock();
        let snapshot = connection.unchecked_transaction().map_err(StoreError::from)?;
        work(&ReadTx::on(&snapshot))
    }

    pub(crate) fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.lock();
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let done = work(&WriteTx::on(&transaction))?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(done)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn rows_of(connection: &Connection, table: &str) -> Result<Vec<Vec<Value>>, StoreError> {
    let mut statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect())?;
    Ok(rows.collect::<Result<_, _>>()?)
}
