//! Small files that are their owner's alone.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use data_encoding::HEXLOWER;

use crate::mark::sync_folder;

/// Writes a file in place of any before: whole, or the old one stays.
pub(super) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = [0; 8];
    getrandom::fill(&mut name).map_err(io::Error::other)?;
    let fresh = path.with_file_name(format!("new-{}", HEXLOWER.encode(&name)));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&fresh, path));
    if written.is_err() {
        fs::remove_file(&fresh)?;
    }
    written.and_then(|()| sync_folder(path))
}
