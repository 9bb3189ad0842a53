//! The store's versions, each a numbered file, applied from one list.

use super::StoreError;
use super::columns::small;
use super::session::Session;

/// Versions are those of the file of `SQLite` with the same shape; the first here is its ninth. Released files are never
/// changed.
const MIGRATIONS: &[(u32, &str)] =
    &[(9, include_str!("migrations/0009_first.sql")), (10, include_str!("migrations/0010_build.sql"))];

/// Brings a store to the newest version; a store of a newer program is left alone. The caller holds the writers' lock, so
/// that of two processes that start at once one finds the work done.
pub(super) fn apply(session: &Session) -> Result<(), StoreError> {
    session.batch("CREATE TABLE IF NOT EXISTS store_version (version BIGINT NOT NULL)")?;
    let found = version(session)?.unwrap_or(0);
    refuse_newer(found)?;
    for (version, migration) in MIGRATIONS.iter().filter(|(version, _)| *version > found) {
        session.batch(migration)?;
        session.run("DELETE FROM store_version", &[])?;
        session.run("INSERT INTO store_version (version) VALUES ($1)", &[&i64::from(*version)])?;
    }
    Ok(())
}

/// Whether a store was made here. Refuses one whose shape this program cannot know.
pub(super) fn is_made(session: &Session) -> Result<bool, StoreError> {
    if session.row("SELECT 1 WHERE to_regclass('store_version') IS NOT NULL", &[])?.is_none() {
        return Ok(false);
    }
    let found = version(session)?;
    refuse_newer(found.unwrap_or(0))?;
    Ok(found.is_some())
}

fn version(session: &Session) -> Result<Option<u32>, StoreError> {
    session.row("SELECT version FROM store_version", &[])?.map(|row| small(&row, 0)).transpose()
}

fn refuse_newer(found: u32) -> Result<(), StoreError> {
    let known = MIGRATIONS.last().map_or(0, |(version, _)| *version);
    if found > known { Err(StoreError::Newer { found, known }) } else { Ok(()) }
}
