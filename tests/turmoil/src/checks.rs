//! How every life must end.

use std::collections::BTreeMap;

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
            let mut seen = 0;
            for entry in view.entries {
                let written = &ledger.entries[&entry.entry];
                assert_eq!((&written.case, written.folder), (case, entry.folder), "device {number}");
                assert!(is_for(*number, written, ledger), "device {number} shows what is not for it: {written:?}");
                has_every_word_once(&entry.note, written);
                let elsewhere = notes.entry(entry.entry).or_insert_with(|| entry.note.clone());
                assert_eq!(*elsewhere, entry.note, "device {number} shows another text");
                seen += 1;
            }
            let due = ledger.entries.values().filter(|w| w.case == *case && is_for(*number, w, ledger)).count();
            assert_eq!(seen, due, "entries of {case} on device {number}");
        }
    }
    assert_eq!(notes.len(), ledger.entries.len(), "entries that nobody shows");
}

fn has_every_word_once(note: &str, written: &Written) {
    for word in &written.words {
        assert_eq!(note.matches(word.as_str()).count(), 1, "{word} in {note:?}");
    }
}

/// Members of the case, in the folders of their own side.
fn is_for(device: usize, written: &Written, ledger: &Ledger) -> bool {
    let own_side = match role_of(device) {
        Role::Treatment => FolderKind::Treatment,
        _ => FolderKind::Employment,
    };
    ledger.cases[&written.case].contains(&device) && [FolderKind::Shared, own_side].contains(&written.folder)
}

/// Nothing waits, nothing was put aside, nothing was refused.
pub(crate) fn is_quiet(status: &DeviceStatus) -> bool {
    status.unsent == 0 && status.quarantined == 0 && status.refused.is_empty() && status.waiting.is_empty()
}
