//! Entries that could not be shared any more: *Læg i din egen mappe?*

use feltbog_bridge::RefusedEnvelope;

use super::number::count;

/// What happened, what is safe, what to do; nothing where nothing asks.
pub(super) fn lines(asks: &[String]) -> Vec<String> {
    if asks.is_empty() {
        return Vec::new();
    }
    let number = u32::try_from(asks.len()).unwrap_or(u32::MAX);
    let what = count(number, "registrering", "registreringer");
    let them = if number == 1 { "Den ligger her. Læg den" } else { "De ligger her. Læg dem" };
    let heading = format!("{what} kunne ikke deles, fordi samtykket er trukket tilbage. {them} i din egen mappe:");
    std::iter::once(heading).chain(asks.iter().map(|entry| format!("  feltbog keep {entry}"))).collect()
}

/// Whether a refusal is about an entry that asks, which says more.
pub(super) fn names(asks: &[String], refused: &RefusedEnvelope) -> bool {
    refused.entry.as_ref().is_some_and(|entry| asks.contains(entry))
}
