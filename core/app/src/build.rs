//! Which build this is, and what a home gains when a newer one opens it.

use feltbog_store::Store;

use crate::error::AppError;

/// Goes up with every released build.
pub(crate) const BUILD: u32 = 5;
/// The build that opened the home last; the first did not say.
const OPENED_BY: &str = "opened_by_build";
/// What an older build passed over because it knew no such kind, codec or certificate is looked at again, once. The server will
/// not send it a second time: the cursor has gone by.
pub(crate) fn look_again_after_an_update(store: &mut Store) -> Result<(), AppError> {
    let build = BUILD.to_be_bytes();
    if store.reader().meta(OPENED_BY)?.as_deref() == Some(build.as_slice()) {
        return Ok(());
    }
    store.write(|w| {
        w.retry_passed_over()?;
        Ok(w.set_meta(OPENED_BY, &build)?)
    })
}
