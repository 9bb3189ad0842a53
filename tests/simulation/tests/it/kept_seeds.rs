//! Lives that went wrong once.

use std::path::{Path, PathBuf};

use feltbog_simulation::failure_file;

use super::lived;

fn files(folder: &Path) -> Vec<PathBuf> {
    let found = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    found.filter(|path| path.is_file()).collect()
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
