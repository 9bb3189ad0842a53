//! The store's versions, each a numbered file, applied from one list.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// Version n is reached by the n-th file. Released files are never changed.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_revocations_bundles_restores.sql"),
    include_str!("migrations/0003_chain.sql"),
    include_str!("migrations/0004_erasure.sql"),
    include_str!("migrations/0005_cover.sql"),
    include_str!("migrations/0006_login.sql"),
    include_str!("migrations/0007_read_log.sql"),
    include_str!("migrations/0008_entries.sql"),
    include_str!("migrations/0009_facts.sql"),
    include_str!("migrations/0010_build.sql"),
];

/// Brings a store to the newest version, in one transaction; a store of a newer program is left alone.
pub(super) fn apply(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    refuse_newer(found)?;
    for (migration, version) in MIGRATIONS.iter().zip(1_u32..).filter(|(_, version)| *version > found) {
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    Ok(transaction.commit()?)
}

/// Refuses a store whose shape this program cannot know.
pub(super) fn check(connection: &Connection) -> Result<(), StoreError> {
    refuse_newer(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn refuse_newer(found: u32) -> Result<(), StoreError> {
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if found > known { Err(StoreError::Newer { found, known }) } else { Ok(()) }
}

/// A store as a version of before made it.
#[cfg(test)]
pub(super) fn apply_up_to(connection: &Connection, version: u32) {
    for migration in MIGRATIONS.iter().take(version as usize) {
        connection.execute_batch(migration).unwrap();
    }
    connection.pragma_update(None, "user_version", version).unwrap();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_of_a_newer_program_is_refused_and_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        let error = apply(&mut connection).unwrap_err();
        assert!(error.to_string().contains("version 99"), "{error}");
        let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
        assert_eq!(tables, 0);
    }

    #[test]
    fn a_store_of_version_1_is_brought_to_this_version_with_its_rows() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(MIGRATIONS[0]).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        connection
            .execute_batch(
                "INSERT INTO tenant (id, name, epoch, head) VALUES (zeroblob(16), 'Gammel', zeroblob(16), 7)",
            )
            .unwrap();
        apply(&mut connection).unwrap();
        let (head, healing): (i64, bool) =
            connection.query_row("SELECT head, healing FROM tenant", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!((head, healing), (7, false));
    }

    #[test]
    fn applying_twice_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        apply(&mut connection).unwrap();
        apply(&mut connection).unwrap();
        let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version as usize, MIGRATIONS.len());
    }
}
