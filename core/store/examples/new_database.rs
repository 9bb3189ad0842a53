//! Prints what a new database is made of: what all migrations make of an empty one. `cargo xtask check --fix` writes it to
//! `migrations/at_once.sql`.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;

const FIRST_LINE: &str =
    "-- What the migrations make of a new database. `cargo xtask check --fix` writes it, nobody by hand.";
/// A setting of the search index stands in no schema.
const SEARCH_FORGETS: &str = "INSERT INTO entry_text (entry_text, rank) VALUES ('secure-delete', 1)";

#[allow(clippy::print_stdout, reason = "this is what it is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let grown = Connection::open_in_memory()?;
    for path in migrations()? {
        grown.execute_batch(&fs::read_to_string(path)?)?;
    }
    println!("{FIRST_LINE}\n{};\n{SEARCH_FORGETS};", statements(&grown)?.join(";\n"));
    Ok(())
}

/// By their numbers, in the order they are applied.
fn migrations() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut paths = fs::read_dir(folder)?.map(|item| Ok(item?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.retain(|path| path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"0")));
    paths.sort();
    Ok(paths)
}

/// Tables first; what the search index keeps for itself it makes itself.
fn statements(grown: &Connection) -> Result<Vec<String>, rusqlite::Error> {
    let mut statement = grown.prepare(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'entry\\_text\\_%' ESCAPE '\\'
         ORDER BY type = 'table' DESC, name",
    )?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.collect()
}
