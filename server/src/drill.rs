//! When the municipality's people last rehearsed opening with the recovery shares. The server takes no part in it and learns
//! of it only by being told; so one line for each drill, kept for whoever supervises.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use feltbog_domain::Moment;

use crate::clock;
use crate::data_dir::DataDir;

/// Notes that a drill was held now.
///
/// # Errors
/// When the file beside the database cannot be written.
pub fn drill_held(data: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(DataDir::at(data).drills())?;
    writeln!(file, "{}", Moment::from_unix_ms(clock::now_ms()))?;
    file.sync_all()
}

/// When the last one was, milliseconds since 1970.
pub(crate) fn last_drill_ms(dir: &DataDir) -> io::Result<Option<i64>> {
    match fs::read_to_string(dir.drills()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        text => Ok(text?.lines().rev().find_map(|line| line.parse().ok()).map(|at: Moment| at.unix_ms())),
    }
}
