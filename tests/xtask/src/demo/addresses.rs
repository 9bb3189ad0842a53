//! What the browser test needs to know of a running demo.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::page::Page;
use super::workplace::Workplace;
use crate::binaries::Binaries;

/// Writes it in one go, so that the file is whole as soon as it is there.
pub(super) fn write(file: &Path, page: &Page<'_>, binaries: &Binaries, workplace: &Workplace) -> Result<()> {
    let phones: serde_json::Map<String, Value> = page
        .phones
        .iter()
        .map(|phone| {
            (phone.person.key.to_owned(), json!({ "address": phone.address(), "home": phone.member.device.home }))
        })
        .collect();
    let told = json!({
        "page": page.address(),
        "phones": phones,
        "server_data": page.server.data,
        "device_binary": binaries.device(),
        "server_binary": binaries.server(),
        "passphrase_file": workplace.passphrase_file(),
    });
    let unfinished = file.with_extension("unfinished");
    fs::write(&unfinished, told.to_string())?;
    fs::rename(&unfinished, file).with_context(|| format!("{} cannot be written", file.display()))
}
