//! What was taken out as a file.

use std::path::Path;

use feltbog_bridge::{EmployersFile, ExportedFile};
use serde_json::json;

use super::Output;
use super::number::count;

/// Where it lies, and what to do before it is handed out.
pub(crate) fn kept(exported: &ExportedFile, file: &Path, output: &mut Output) {
    let path = file.display().to_string();
    output.say(
        || {
            json!({
                "file": path, "cases": exported.cases, "review": exported.review, "own_unsent": exported.own_unsent,
            })
        },
        || format!("{} er skrevet i {path}. Det står i læseloggen.\n", count(exported.cases, "borger", "borgere")),
    );
    if exported.review > 0 {
        let places = count(exported.review, "sted", "steder");
        output.warn(&format!("{places} nævner andre. Gennemse dem før udlevering; listen står først i filen."));
    }
    if exported.own_unsent > 0 {
        let entries = count(exported.own_unsent, "registrering", "registreringer");
        output.warn(&format!("{entries} i filen er kun på denne enhed."));
    }
}

/// Where the register lies, and who may have it.
pub(crate) fn register_kept(exported: &EmployersFile, file: &Path, output: &mut Output) {
    let path = file.display().to_string();
    output.say(
        || json!({ "file": path, "employers": exported.employers, "left_out": exported.left_out }),
        || {
            let employers = count(exported.employers, "virksomhed", "virksomheder");
            format!(
                "{employers} er skrevet i {path}. Kontaktpersonernes navne og numre står i den, og ingen borgeres.\n"
            )
        },
    );
    if exported.left_out > 0 {
        let texts = count(exported.left_out, "tekst", "tekster");
        output
            .warn(&format!("{texts} er ikke med, fordi de kan sige noget om en borger. Ret dem i virksomhedslisten."));
    }
}
