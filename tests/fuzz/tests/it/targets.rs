//! The programs of libFuzzer are the targets, no more and no fewer.

use std::fs;
use std::path::Path;

use feltbog_fuzz::{TARGETS, specimens};

fn here(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn every_target_has_a_program_and_a_corpus_and_every_program_is_a_target() {
    let manifest = fs::read_to_string(here("Cargo.toml")).unwrap();
    for target in TARGETS {
        let program = fs::read_to_string(here(&format!("fuzz_targets/{}.rs", target.name))).unwrap();
        assert!(program.contains(&format!("feltbog_fuzz::{}(data)", target.name)), "{}", target.name);
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{}.rs\"", target.name)), "{}", target.name);
        assert!(!specimens::of(target.name).is_empty(), "{}", target.name);
    }
    assert_eq!(fs::read_dir(here("fuzz_targets")).unwrap().count(), TARGETS.len());
}
