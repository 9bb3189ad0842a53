//! Copies of a store, made while it serves.

use std::io;

use feltbog_domain::Moment;

use crate::data_dir::DataDir;

/// When the last backup was verified, milliseconds since 1970; nothing where none was made.
pub(crate) fn last_backup_ms(dir: &DataDir) -> io::Result<Option<i64>> {
    match std::fs::read_to_string(dir.last_backup()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        text => Ok(text?.trim().parse().ok().map(|at: Moment| at.unix_ms())),
    }
}
