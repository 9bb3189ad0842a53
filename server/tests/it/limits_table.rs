//! What `core/docs/limits.md` says, held against settings and tests.

use std::path::Path;

const TABLE: &str = include_str!("../../../core/docs/limits.md");
const SHIPPED: &str = include_str!("../../packaging/server.toml");

/// The cells of each row but the first two, which are no rows.
fn rows() -> Vec<Vec<&'static str>> {
    let rows = TABLE.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Every Rust file of the server.
fn sources(folder: &Path, text: &mut String) {
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            text.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_test_that_the_table_of_limits_names_is_there() {
    let mut text = String::new();
    for folder in ["src", "tests"] {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut text);
    }
    let tests: Vec<&str> = rows().iter().flat_map(|row| quoted(row[3])).collect();
    assert!(tests.len() > 25);
    for test in tests {
        assert!(text.contains(&format!("fn {test}(")), "{test}");
    }
}

#[test]
fn every_limit_that_can_be_set_stands_in_the_table() {
    let named: Vec<&str> = rows().iter().flat_map(|row| quoted(row[0])).collect();
    let keys = SHIPPED.split_once("[limits]").unwrap().1.lines().filter_map(|line| line.split_once(" = "));
    let keys: Vec<&str> = keys.map(|(key, _)| key.trim_start_matches('#')).collect();
    assert!(keys.len() > 15);
    for key in keys {
        assert!(named.contains(&key), "{key}");
    }
}
