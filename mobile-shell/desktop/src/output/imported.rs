//! What an import did or would do.

use std::path::Path;

use feltbog_bridge::{ErrorFile, Imported, RefusedLine};

use super::Output;
use super::number::count;

/// What came in, and what somebody should look at.
pub(super) fn text(imported: &Imported, dry_run: bool) -> String {
    let added = &imported.added;
    let mut text = format!(
        "{}: {}, {}, {}. Uændret: {}.\n",
        if dry_run { "Ville læse ind" } else { "Læst ind" },
        count(added.cases, "sag", "sager"),
        count(added.entries, "registrering", "registreringer"),
        count(added.employers, "virksomhed", "virksomheder"),
        imported.unchanged,
    );
    if !imported.refused.is_empty() {
        let lines = u32::try_from(imported.refused.len()).unwrap_or(u32::MAX);
        text.push_str(&format!("Ikke læst ind: {}.\n", count(lines, "linje", "linjer")));
    }
    text.push_str(&list("Uden samtykke, så intet deles mellem de to sider", &imported.without_consent));
    text.push_str(&list("Navne, som ingen eller flere medarbejdere bærer", &imported.unmatched_staff));
    text
}

/// Where the lines that were not taken lie, and what to do with them.
pub(crate) fn errors(files: &[ErrorFile], folder: &Path, output: &mut Output) {
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    output.warn(&format!(
        "Linjerne står i {} ({}) med grunden i kolonnen fejl. Ret dem, og læs den mappe ind.",
        folder.display(),
        names.join(", ")
    ));
}

/// One line that was not taken.
pub(super) fn refusal(line: &RefusedLine) -> String {
    let field = if line.field.is_empty() { String::new() } else { format!(", {}", line.field) };
    format!("Ikke læst ind: {}, linje {}{field}: {}", line.file, line.line, line.reason)
}

fn list(heading: &str, names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("{heading}: {}\n", names.join(", ")) }
}
