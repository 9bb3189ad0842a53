//! Opening an envelope with whichever key of its epoch fits.

use feltbog_protocol::VerifiedEnvelope;
use feltbog_sealing::{FolderKey, OpenError, OpenedChange, Secret, open};
use feltbog_store::{Reader, StoreError};

/// Opens with the folder's keys of the envelope's epoch; `None` while there is none here. There is one key to an epoch,
/// but after a restore of the server: then the commitment in the header tells which fits.
pub(crate) fn open_with_any(
    r: &Reader<'_>,
    envelope: &VerifiedEnvelope,
) -> Result<Option<Result<OpenedChange, OpenError>>, StoreError> {
    let header = envelope.header();
    let mut outcome = None;
    for key in r.folder_keys(header.folder, header.key_epoch)? {
        outcome = Some(open(envelope, &FolderKey::from_secret(Secret::new(*key))));
        if !matches!(outcome, Some(Err(OpenError::WrongKey))) {
            break;
        }
    }
    Ok(outcome)
}
