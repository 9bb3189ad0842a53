//! What a device may still bring that was shut out for ever: what nobody else has, and nothing that gives it anything.

use feltbog_domain::DeviceId;

use crate::envelope::{EnvelopeKind, Header};
use crate::records::KeyRecordForm;

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
/// be lost. `form` is that of a key record; `begun` is where the row's folder begins, if it is known.
#[must_use]
pub fn belongs_to_a_hand_in(
    header: &Header,
    shut_out_at: u64,
    form: Option<KeyRecordForm>,
    begun: Option<FolderBegun>,
) -> bool {
    match header.known_kind() {
        Some(EnvelopeKind::Deposit | EnvelopeKind::ReadLog) => true,
        Some(EnvelopeKind::KeyRecord) => form == Some(KeyRecordForm::NewEpoch) && begun.is_none(),
        Some(EnvelopeKind::Grant) => {
            begun.is_some_and(|begun| begun.device == header.device && begun.seq > shut_out_at)
        }
        _ => false,
    }
}
