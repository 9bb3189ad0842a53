//! Cold bundles: what a folder looks like now, so that a new device can show it before it has fetched it all
//! (protocol, settled point 6 and section 1.8).

use crate::error::AppError;
use crate::hand_in::leads;
use crate::opening::open_with_any;
use crate::seal_pending::Sealer;
use crate::take_in::{APPLIED, Intake, Verdict};
use feltbog_domain::{DocumentId, DocumentKind, FolderId, FolderKind};
use feltbog_notes::document_id;
use feltbog_protocol::{EnvelopeKind, VerifiedEnvelope, limits};
use feltbog_sealing::{FolderKey, OpenError, Payload, SealedDocument, Secret, seal};
use feltbog_store::{FolderRow, HintRow, Reader, RowStatus, SealedRow};

const DAY_MS: i64 = 24 * 3_600_000;

/// Folders of which this member's device builds a bundle now. The leaders' devices do: they have every folder, and one bundle
/// is enough.
pub(crate) fn owed_bundles(r: &Reader<'_>, roles: &[feltbog_domain::RoleGrant]) -> Result<Vec<FolderRow>, AppError> {
    let mut owed = Vec::new();
    for id in r.folders_wanting_bundles()? {
        owed.extend(r.folder(id)?.filter(|folder| {
            let worth_it = !matches!(folder.kind, FolderKind::Staff | FolderKind::OwnWork | FolderKind::TreatmentWork);
            let settled = folder.announced && !folder.closed && !folder.rotation_due && folder.seen_seq > 0;
            worth_it && settled && leads(folder, roles)
        }));
    }
    Ok(owed)
}

impl Sealer<'_> {
    /// Builds bundles where they are due, once nothing else waits to be sent. Returns whether there was room for all of them.
    pub(crate) fn bundle(&mut self) -> Result<bool, AppError> {
        if self.w.has_outbox_besides_bundles()? {
            return Ok(true);
        }
        for folder in owed_bundles(self.w, self.roster.roles(self.identity.member))? {
            if self.room.is_used_up() {
                return Ok(false);
            }
            self.bundle_of(&folder)?;
            // Reading what goes into it is as much work as sealing it.
            self.room.take_envelope();
        }
        Ok(true)
    }

    fn bundle_of(&mut self, folder: &FolderRow) -> Result<(), AppError> {
        let Some(key) = self.w.folder_key(folder.id, folder.key_epoch)? else { return Ok(()) };
        let since_ms = self.now_ms - limits::BUNDLE_DAYS * DAY_MS;
        let rows = self.w.outline(folder.id, since_ms, limits::DOCUMENTS_PER_ENVELOPE)?;
        let documents = rows
            .into_iter()
            .map(|row| SealedDocument {
                document: row.document.unwrap_or_else(|| only_document(folder.id, row.kind)),
                kind: row.kind.code(),
                changes: vec![row.to_bytes()],
            })
            .collect();
        let payload = Payload { seen: folder.seen_digest, documents };
        let mut header = self.next_header(EnvelopeKind::ColdBundle, folder.id, folder.key_epoch)?;
        header.base_seq = folder.seen_seq;
        let envelope = seal(header, &payload, &FolderKey::from_secret(Secret::new(*key)), self.signing)?;
        self.enqueue(&SealedRow { envelope, documents: Vec::new() })?;
        Ok(self.w.set_bundled(folder.id, folder.seen_seq)?)
    }
}

/// The id of the one document of its kind in a folder.
fn only_document(folder: FolderId, kind: DocumentKind) -> DocumentId {
    let natural_key = if kind == DocumentKind::Head { "head" } else { "profile" };
    document_id(folder, kind, natural_key)
}

impl Intake<'_> {
    /// Lays the hints of a bundle. Whoever may write in the folder may make one; what it says counts until the originals
    /// are here.
    pub(crate) fn cold_bundle(&mut self, seq: u64, envelope: &VerifiedEnvelope) -> Result<Verdict, AppError> {
        let header = envelope.header();
        let opened = match open_with_any(self.w, envelope)? {
            None => return Ok((RowStatus::WaitingKey, Some("no_key"))),
            // In a restored log a second key of the epoch may still be on its way.
            Some(Err(OpenError::WrongKey)) if self.restored_at.is_some() => {
                return Ok((RowStatus::WaitingKey, Some("no_key")));
            }
            Some(Err(_)) => return Ok((RowStatus::Quarantined, Some("does_not_open"))),
            Some(Ok(opened)) => opened,
        };
        // One bundle is enough: this device builds the next one only when as much has come since as after its own.
        self.w.set_bundled(header.folder, header.base_seq.min(seq))?;
        for part in opened.documents() {
            if self.w.is_erased_document(part.document)? {
                continue;
            }
            let row = DocumentKind::from_code(part.kind)
                .and_then(|kind| HintRow::from_bytes(part.document, kind, part.changes.first()?));
            if let Some(row) = row {
                self.w.put_hint(header.folder, part.document, &row, (header.device, header.dseq))?;
            }
        }
        Ok(APPLIED)
    }
}
