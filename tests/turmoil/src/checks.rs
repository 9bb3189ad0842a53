//! How every life must end.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_app::{App, DeviceStatus};
use feltbog_domain::{DocumentId, FolderKind, Role};

use crate::founded::role_of;
use crate::ledger::{Ledger, Written};

/// One device in the end.
pub(crate) struct Ended {
    pub(crate) number: usize,
    pub(crate) app: App,
}

/// Everything saved is with everybody it was for, word for word and once, and nowhere else.
pub(crate) fn nothing_is_lost(ended: &[Ended], ledger: &Ledger) {
    let mut notes: BTreeMap<DocumentId, String> = BTreeMap::new();
    for Ended { number, app } in ended {
        for case in ledger.cases.keys() {
            let Ok(view) = app.with(|device| device.show_case(case)) else {
                assert!(!ledger.cases[case].contains(number), "{case} is missing on device {number}");
                continue;
            };
            let mut seen = BTreeSet::new();
            for entry in view.entries {
                let written = &ledger.entries[&entry.entry];
                assert_eq!((&written.case, written.folder), (case, entry.folder), "device {number}");
                assert!(is_for(*number, written, ledger), "device {number} shows what is not for it: {written:?}");
                has_every_word_once(&entry.note, written);
                let elsewhere = notes.entry(entry.entry).or_insert_with(|| entry.note.clone());
                assert_eq!(*elsewhere, entry.note, "device {number} shows another text");
                assert!(seen.insert(entry.entry), "shown twice on device {number}: {written:?}");
            }
            let due = ledger.entries.iter().filter(|(_, w)| w.case == *case && is_for(*number, w, ledger));
            let missing: Vec<_> = due.filter(|(entry, _)| !seen.contains(entry)).collect();
            assert!(missing.is_empty(), "{case} on device {number} lacks {missing:?}");
        }
    }
    assert_eq!(notes.len(), ledger.entries.len(), "entries that nobody shows");
}

fn has_every_word_once(note: &str, written: &Written) {
    for word in &written.words {
        assert_eq!(note.matches(word.as_str()).count(), 1, "{word} in {note:?}");
    }
}

/// Members of the case have what is shared, and the employment side its folder. A treatment worker's own folder is made with
/// the first entry and is that worker's alone.
fn is_for(device: usize, written: &Written, ledger: &Ledger) -> bool {
    let may_open = match written.folder {
        FolderKind::Treatment => device == written.by,
        FolderKind::Employment => role_of(device) != Role::Treatment,
        _ => true,
    };
    may_open && ledger.cases[&written.case].contains(&device)
}

/// Nothing waits, nothing was put aside, nothing was refused.
pub(crate) fn is_quiet(status: &DeviceStatus) -> bool {
    status.unsent == 0 && status.quarantined == 0 && status.refused.is_empty() && status.waiting.is_empty()
}
