//! Folders that a restored log lacks.

use feltbog_domain::MemberId;
use feltbog_protocol::Grant;
use feltbog_store::{FolderRow, Reader};

use crate::error::AppError;

/// Whether a restored log lacks the folder, or this member's way into it, which somebody else will bring back; or nobody, where
/// whoever made it has left since. Whatever is sent for it meanwhile is refused.
pub(crate) fn waits_for_the_log(r: &Reader<'_>, folder: &FolderRow, me: MemberId) -> Result<bool, AppError> {
    if r.restored_at()?.is_none() {
        return Ok(false);
    }
    let names_me = |body: &[u8]| feltbog_protocol::decode::<Grant>(body).is_ok_and(|grant| grant.member == me);
    let is_let_in =
        folder.creator == me || r.grants_after(folder.id, 0)?.iter().any(|envelope| names_me(envelope.body()));
    Ok(!(is_let_in && r.has_founding_row(folder.id)?))
}
