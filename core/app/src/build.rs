//! Which build this is, and what a home gains when a newer one opens it.

use feltbog_store::Store;

use crate::error::AppError;
use crate::take_in::{CRASHED, CRASHES};

/// Goes up with every released build.
pub(crate) const BUILD: u32 = 7;
/// The build that opened the home last; the first did not say.
const OPENED_BY: &str = "opened_by_build";

/// What an older build passed over because it knew no such kind, codec or certificate is looked at again, once, and so is what it
/// could not take in. The server will not send it a second time: the cursor has gone by. What ended the older build is given one
/// more try, not as many as before.
pub(crate) fn look_again_after_an_update(store: &mut Store) -> Result<(), AppError> {
    let build = BUILD.to_be_bytes();
    if store.reader().meta(OPENED_BY)?.as_deref() == Some(build.as_slice()) {
        return Ok(());
    }
    store.write(|w| {
        w.retry_passed_over()?;
        w.retry_put_aside(CRASHED, CRASHES - 1)?;
        Ok(w.set_meta(OPENED_BY, &build)?)
    })
}
