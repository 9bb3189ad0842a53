//! What a device may still bring that was shut out for ever: what nobody else has, and nothing that gives it anything.

use feltbog_domain::{DeviceId, DocumentKind, FolderKind};

use crate::envelope::{EnvelopeKind, Header};
use crate::records::{KeyRecord, KeyRecordForm};

/// Where a folder begins: the row of its first key, and the device that signed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderBegun {
    /// The device.
    pub device: DeviceId,
    /// Its row of the log.
    pub seq: u64,
}

/// Whether a row belongs to what a device hands in that was shut out at row `shut_out_at`.
///
/// Work, readings, and its word that nothing is left, always. Work in a folder that was made without a network lies in a
/// folder that nobody knows: it may begin, and its maker's device may let the leaders into that one folder, or the work would
/// be lost. Only one that work is written in: a second list of the staff or a read log would be no hand-in but a trap. `record` is what
/// a key record says; `begun` is where the row's folder begins, if it is known.
#[must_use]
pub fn belongs_to_a_hand_in(
    header: &Header,
    shut_out_at: u64,
    record: Option<&KeyRecord>,
    begun: Option<FolderBegun>,
) -> bool {
    match header.known_kind() {
        Some(EnvelopeKind::Deposit | EnvelopeKind::ReadLog) => true,
        Some(EnvelopeKind::KeyRecord) => begun.is_none() && record.is_some_and(begins_a_folder_of_work),
        Some(EnvelopeKind::Grant) => {
            begun.is_some_and(|begun| begun.device == header.device && begun.seq > shut_out_at)
        }
        _ => false,
    }
}

fn begins_a_folder_of_work(record: &KeyRecord) -> bool {
    let kind = record.folder_kind.and_then(FolderKind::from_code);
    record.form == KeyRecordForm::NewEpoch && kind.is_some_and(|kind| DocumentKind::Entry.belongs_in(kind))
}
