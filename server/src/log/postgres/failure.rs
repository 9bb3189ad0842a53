//! What PostgreSQL says when something does not work, without a value of any row.

use std::error::Error as _;

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::log::StoreError;

/// A failure, in words that may stand in a log.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub(crate) struct PostgresFailure {
    text: String,
    /// Whether there is nothing left to ask: the connection is gone, or leads to a database that takes nothing.
    pub(super) is_gone: bool,
    /// Whether the same may work later.
    pub(in crate::log) is_passing: bool,
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let Some(said) = error.as_db_error() else {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            let is_gone =
                error.is_closed() || error.source().is_some_and(<dyn std::error::Error>::is::<std::io::Error>);
            return StoreError::Postgres(PostgresFailure {
                text: format!("{error}{cause}"),
                is_gone,
                is_passing: is_gone,
            });
        };
        let code = said.code();
        // The detail names values of rows; the message names tables and columns.
        let text = format!("{} ({})", said.message(), code.code());
        let is_gone = code == &SqlState::READ_ONLY_SQL_TRANSACTION
            || ["08", "57P"].iter().any(|class| code.code().starts_with(class));
        let is_passing = is_gone || ["40", "53", "55", "57"].iter().any(|class| code.code().starts_with(class));
        StoreError::Postgres(PostgresFailure { text, is_gone, is_passing })
    }
}
