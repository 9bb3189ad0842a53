//! Reading what `--json` gives.

use serde_json::{Map, Value};

/// The entries of `show --json`.
#[must_use]
pub fn entries(page: &Value) -> &[Value] {
    page["entries"].as_array().unwrap_or_else(|| panic!("no entries: {page}"))
}

/// The notes of `show --json`, in the order shown.
#[must_use]
pub fn notes(page: &Value) -> Vec<&str> {
    entries(page).iter().map(|entry| entry["note"].as_str().unwrap()).collect()
}

/// The one entry with this id.
#[must_use]
pub fn the_entry<'a>(page: &'a Value, id: &str) -> &'a Value {
    let mut found = entries(page).iter().filter(|entry| entry["entry"] == id);
    let entry = found.next().unwrap_or_else(|| panic!("no entry {id} in {page}"));
    assert!(found.next().is_none(), "twice: {page}");
    entry
}

/// The case numbers of `cases --json`, in order.
#[must_use]
pub fn numbers(cases: &[Value]) -> Vec<&str> {
    let mut numbers: Vec<&str> = cases.iter().map(|case| case["number"].as_str().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

/// The entries of some folders as everybody who may see them must see them: all that is said, without how far it has
/// come, and without the name of an employer, whose register is not everybody's.
#[must_use]
pub fn essence(page: &Value, folders: &[&str]) -> Vec<Map<String, Value>> {
    let seen = entries(page).iter().filter(|entry| folders.contains(&entry["folder"].as_str().unwrap()));
    seen.map(|entry| {
        let mut fields = entry.as_object().unwrap().clone();
        fields.remove("state");
        fields.remove("employer_name");
        // Whether somebody else wrote in it after oneself is each reader's own.
        fields.remove("both_wrote");
        fields
    })
    .collect()
}
