//! Lives that went wrong once, and those that still do.

use std::path::{Path, PathBuf};

use feltbog_simulation::{Fate, failure_file};

use super::lived;

fn files(folder: &Path) -> Vec<PathBuf> {
    let found = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    found.filter(|path| path.is_file()).collect()
}

/// Lives whose bug is known and not fixed yet.
pub(crate) fn open() -> Vec<Fate> {
    files(&failure_file::kept_folder().join("open")).iter().map(|path| failure_file::read(path).unwrap()).collect()
}

#[test]
fn what_went_wrong_once_does_not_again() {
    let mut wrong = Vec::new();
    for path in files(&failure_file::kept_folder()) {
        let life = lived(&failure_file::read(&path).unwrap());
        wrong.extend(life.findings.first().map(|first| format!("{}: {first}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "known and not fixed yet: whoever fixes one moves its file out of `open`"]
fn what_is_known_to_go_wrong_goes_right() {
    let wrong: Vec<u64> = open().iter().filter(|fate| !lived(fate).findings.is_empty()).map(|fate| fate.seed).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
