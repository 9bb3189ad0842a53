//! Lives that went wrong once.

use feltbog_simulation::failure_file;

use super::lived;

#[test]
fn what_went_wrong_once_does_not_again() {
    let mut wrong = Vec::new();
    for file in std::fs::read_dir(failure_file::kept_folder()).unwrap() {
        let path = file.unwrap().path();
        let life = lived(&failure_file::read(&path).unwrap());
        wrong.extend(life.findings.first().map(|first| format!("{}: {first}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
