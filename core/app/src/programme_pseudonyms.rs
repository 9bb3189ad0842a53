//! What stands for people and companies where a programme's work is counted (decision 0040).

use feltbog_domain::{FolderKind, ProgrammeId, TenantId};
use feltbog_sealing::{FolderKey, FolderKeyContext, Pseudonyms, Secret};
use feltbog_store::Reader;

use crate::error::AppError;

/// The first key of a programme's employer register: whoever can read what was written there first has it, on every device,
/// and nobody else.
const FIRST_KEY: u32 = 1;

/// The programme's pseudonyms; nothing where this member does not read its employer register, or its key is not here yet.
pub(crate) fn pseudonyms_of(
    r: &Reader<'_>,
    tenant: TenantId,
    programme: ProgrammeId,
) -> Result<Option<Pseudonyms>, AppError> {
    let mut all = Vec::new();
    for folder in r.folders_of(FolderKind::Employers, programme)? {
        let context = FolderKeyContext { tenant, folder: folder.id, epoch: FIRST_KEY };
        for key in r.folder_keys(folder.id, FIRST_KEY)? {
            all.push(FolderKey::from_secret(Secret::new(*key)).pseudonyms(&context));
        }
    }
    // Where there are several, everybody who knows them takes the same one.
    Ok(all.into_iter().min_by_key(|pseudonyms| pseudonyms.tag().0))
}

/// Pseudonyms that are told nobody, for whoever counts without the programme's own: the same each time, so that the same
/// question has the same answer.
pub(crate) fn private_pseudonyms() -> Pseudonyms {
    Pseudonyms::of(Secret::new([0; 32]))
}
