//! Which build this is, and what a home gains when a newer one opens it.

use feltbog_domain::DocumentKind;
use feltbog_notes::Document;
use feltbog_store::{Store, Writer};

use crate::error::AppError;
use crate::projection::project;

/// Goes up with every released build.
pub(crate) const BUILD: u32 = 5;
/// The build that opened the home last; the first did not say.
const OPENED_BY: &str = "opened_by_build";
/// Kinds whose table has got columns since the build before: it kept what it took in, and had nowhere to show all of it.
const SHOWN_WHOLE_NOW: [DocumentKind; 4] =
    [DocumentKind::Profile, DocumentKind::Employer, DocumentKind::EmployerContact, DocumentKind::Programme];

/// What an older build passed over because it knew no such kind, codec or certificate is looked at again, once, and what it could
/// show only in part is read again. The server will not send it a second time: the cursor has gone by.
pub(crate) fn look_again_after_an_update(store: &mut Store) -> Result<(), AppError> {
    let build = BUILD.to_be_bytes();
    if store.reader().meta(OPENED_BY)?.as_deref() == Some(build.as_slice()) {
        return Ok(());
    }
    store.write(|w| {
        w.retry_passed_over()?;
        show_whole(w)?;
        Ok(w.set_meta(OPENED_BY, &build)?)
    })
}

fn show_whole(w: &Writer<'_>) -> Result<(), AppError> {
    for kind in SHOWN_WHOLE_NOW {
        for id in w.documents_of(kind)? {
            let Some(row) = w.document(id)? else { continue };
            // One that cannot be read keeps the row it has, and does not keep the device from opening.
            if let Ok(document) = Document::load(row.kind, &row.saved) {
                project(w, row.folder, id, &document)?;
            }
        }
    }
    Ok(())
}
