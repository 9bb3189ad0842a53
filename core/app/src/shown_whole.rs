//! After an update that gave the tables new columns, what the documents say is written into them anew: an older build kept what
//! it took in, and had nowhere to show all of it.
//!
//! Whatever is no entry at once; entries, of which there may be tens of thousands, a few at a time.

use feltbog_domain::{DocumentId, DocumentKind};
use feltbog_notes::Document;
use feltbog_store::{SCHEMA, Store, Writer};

use crate::error::AppError;
use crate::projection::project;

/// The schema into whose columns everything was written.
const SHOWN_IN: &str = "shown_in_schema";
/// While entries are left: the schema, and the last entry that was written.
const SHOWN_TO: &str = "shown_to";
/// Entries in one turn.
const IN_ONE_TURN: u32 = 200;

/// Begins where the tables have changed since everything was written into them, and goes on where it was broken off.
pub(crate) fn show_whole_after_an_update(store: &mut Store) -> Result<(), AppError> {
    let r = store.reader();
    let schema = SCHEMA.to_be_bytes();
    let is_under_way = r.meta(SHOWN_TO)?.is_some_and(|to| to.starts_with(&schema));
    if r.meta(SHOWN_IN)?.as_deref() == Some(schema.as_slice()) {
        return Ok(());
    }
    if !is_under_way {
        store.write(|w| {
            for kind in DocumentKind::ALL.into_iter().filter(|kind| *kind != DocumentKind::Entry) {
                w.documents_of(kind)?.into_iter().try_for_each(|id| show(w, id))?;
            }
            Ok::<_, AppError>(w.set_meta(SHOWN_TO, &[schema.as_slice(), DocumentId::NONE.as_bytes()].concat())?)
        })?;
    }
    show_some_entries_whole(store).map(drop)
}

/// Returns whether there are more; call again until there are not.
pub(crate) fn show_some_entries_whole(store: &mut Store) -> Result<bool, AppError> {
    let Some(to) = store.reader().meta(SHOWN_TO)? else { return Ok(false) };
    let after = to.get(SCHEMA.to_be_bytes().len()..).and_then(|id| DocumentId::try_from(id).ok());
    store.write(|w| {
        let entries = w.entry_documents_after(after.unwrap_or(DocumentId::NONE), IN_ONE_TURN)?;
        entries.iter().try_for_each(|id| show(w, *id))?;
        let schema = SCHEMA.to_be_bytes();
        match entries.last() {
            Some(last) => w.set_meta(SHOWN_TO, &[schema.as_slice(), last.as_bytes()].concat())?,
            None => {
                w.set_meta(SHOWN_IN, &schema)?;
                w.remove_meta(SHOWN_TO)?;
            }
        }
        Ok(!entries.is_empty())
    })
}

fn show(w: &Writer<'_>, id: DocumentId) -> Result<(), AppError> {
    let Some(row) = w.document(id)? else { return Ok(()) };
    // One that cannot be read keeps the row it has, and does not keep the device from opening.
    Document::load(row.kind, &row.saved).map_or(Ok(()), |document| project(w, row.folder, id, &document))
}
