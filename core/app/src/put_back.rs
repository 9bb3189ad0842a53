//! Taking back what the server did not take: a document as everybody else has it.

use feltbog_domain::DocumentId;
use feltbog_notes::Document;
use feltbog_store::{DocumentRow, Writer};

use crate::error::AppError;
use crate::projection::project;

/// Takes changes that reached nobody out of a document, with everything that still waits to be sealed into it. A document
/// that never left this device goes whole. To be called when what they say is safe somewhere else.
pub(crate) fn put_back(w: &Writer<'_>, id: DocumentId, refused: &[Vec<u8>]) -> Result<(), AppError> {
    let Some(row) = w.document(id)? else { return Ok(()) };
    let waiting = w.pending(row.folder)?.into_iter().filter(|change| change.document == id);
    let unsent: Vec<Vec<u8>> = refused.iter().cloned().chain(waiting.map(|change| change.change)).collect();
    if w.forget_unplaced(id)? {
        return Ok(());
    }
    let document = Document::load(row.kind, &row.saved)?.without(&unsent)?;
    w.put_document(&DocumentRow { saved: document.save(), ..row })?;
    project(w, row.folder, id, &document)
}
