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
    fn a_store_of_every_version_there_was_is_brought_to_this_version_with_its_rows() {
        for before in 1..u32::try_from(MIGRATIONS.len()).unwrap() {
            let mut connection = Connection::open_in_memory().unwrap();
            apply_up_to(&connection, before);
            connection
                .execute_batch(
                    "INSERT INTO tenant (id, name, epoch, head) VALUES (zeroblob(16), 'Gammel', zeroblob(16), 1);
                     INSERT INTO device (tenant, id, member, cert_seq) VALUES (zeroblob(16), zeroblob(16), zeroblob(16), 1);
                     INSERT INTO log (tenant, seq, kind, folder, lineage, key_epoch, device, dseq, env_hash, recv_ms, size, body)
                     VALUES (zeroblob(16), 1, 7, zeroblob(16), 0, 0, zeroblob(16), 1, zeroblob(32), 5, 1, x'07')",
                )
                .unwrap();
            apply(&mut connection).unwrap();
            let kept = "SELECT count(*) FROM tenant JOIN device ON device.tenant = tenant.id JOIN log ON log.tenant = tenant.id
                        WHERE head = 1 AND cert_seq = 1 AND build IS NULL AND body = x'07'";
            let kept: i64 = connection.query_row(kept, [], |row| row.get(0)).unwrap();
            assert_eq!(kept, 1, "from version {before}");
        }
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
