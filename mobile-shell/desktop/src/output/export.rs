//! What was taken out as a file.

use std::path::Path;

use feltbog_bridge::ExportedFile;
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
