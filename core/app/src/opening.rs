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
    let mut outcome = None;
    for key in keys_of(r, envelope)? {
        outcome = Some(open(envelope, &key));
        if !matches!(outcome, Some(Err(OpenError::WrongKey))) {
            break;
        }
    }
    Ok(outcome)
}

/// The key this device sealed the envelope with. Only where there are several is one tried: opening costs as much as sealing.
pub(crate) fn fitting_key(r: &Reader<'_>, envelope: &VerifiedEnvelope) -> Result<Option<FolderKey>, StoreError> {
    let mut keys = keys_of(r, envelope)?;
    if keys.len() > 1 {
        keys.retain(|key| !matches!(open(envelope, key), Err(OpenError::WrongKey)));
    }
    Ok(keys.into_iter().next())
}

fn keys_of(r: &Reader<'_>, envelope: &VerifiedEnvelope) -> Result<Vec<FolderKey>, StoreError> {
    let header = envelope.header();
    let keys = r.folder_keys(header.folder, header.key_epoch)?;
    Ok(keys.into_iter().map(|key| FolderKey::from_secret(Secret::new(*key))).collect())
}
