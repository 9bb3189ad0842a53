//! The contract's types for the user interface, one file each.

use std::path::Path;

use ts_rs::{Config, ExportError, TS};

use crate::{Reply, Request, Told};

/// Writes the TypeScript types into a folder.
///
/// # Errors
/// When a file cannot be written.
pub fn write_typescript(folder: &Path) -> Result<(), ExportError> {
    let config = Config::new().with_out_dir(folder);
    Request::export_all(&config)?;
    Reply::export_all(&config)?;
    Told::export_all(&config)
}
