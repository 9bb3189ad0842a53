//! Files that only the person at the computer may read.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Makes a new file, mode 0600 where the system knows modes.
///
/// # Errors
/// `AlreadyExists` when there is one: nothing is ever overwritten.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Makes a new private file with this in it, on disk when it returns. Nobody ever sees half of it.
///
/// # Errors
/// `AlreadyExists` when there is one: nothing is ever overwritten.
pub(crate) fn write_new(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    if path.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let half = half_of(path);
    remove(&half)?;
    let mut file = create(&half)?;
    let written = file.write_all(content.as_ref()).and_then(|()| file.sync_all()).and_then(|()| place(&half, path));
    // A disk that is full, or a name that was taken meanwhile, leaves nothing behind to be found.
    remove(&half)?;
    written
}

/// Makes a new folder that only the person at the computer may look into.
///
/// # Errors
/// `AlreadyExists` when there is one.
pub(crate) fn new_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Beside it, so that it is the same disk.
fn half_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".half");
    path.with_file_name(name)
}

/// A second name is refused where there is a file; a disk that knows no second names only moves.
fn place(half: &Path, path: &Path) -> io::Result<()> {
    match std::fs::hard_link(half, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => std::fs::rename(half, path),
        placed => placed,
    }
}

/// Puts a private file in the place of whatever lies there; nobody ever sees half of it.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let beside = path.with_extension("new");
    remove(&beside)?;
    write_new(&beside, text)?;
    std::fs::rename(&beside, path)
}

/// Removes a file; one that is gone already is as good.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("private.json");
        replace(&path, "one").unwrap();
        replace(&path, "two").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("share.txt");
        write_new(&path, "first").unwrap();
        assert_eq!(write_new(&path, "second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "first");
        let there: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|item| item.unwrap().file_name()).collect();
        assert_eq!(there, ["share.txt"], "and nothing is left beside it");
    }

    #[test]
    fn what_a_pulled_plug_left_half_written_is_in_nobodys_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.pdf");
        std::fs::write(folder.path().join("case.pdf.half"), "ha").unwrap();
        write_new(&path, b"whole").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "whole");
        assert!(!folder.path().join("case.pdf.half").exists());
    }
}
