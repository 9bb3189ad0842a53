//! After a restore of the server: what it once had and nobody has brought back.

use feltbog_domain::{CaseId, DocumentId, EntryKind, Moment};
use feltbog_protocol::Envelope;
use feltbog_sealing::SealedDocument;

use crate::device::Device;
use crate::error::AppError;
use crate::opening::open_with_any;
use crate::signers::verified;

/// An entry the server acknowledged before it was restored, and does not have now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissedEntry {
    /// The entry.
    pub entry: DocumentId,
    /// Its case.
    pub case: Option<CaseId>,
    /// Number of its case.
    pub case_number: Option<String>,
    /// What was done.
    pub kind: EntryKind,
    /// When.
    pub at: Moment,
    /// Whose device has to bring it back.
    pub author: String,
}

impl Device {
    /// Entries of others that stood in the log before the server was restored and have not come back, by date and
    /// author. Their text is still here; their writer's device is the one that can bring them back. Whose cases they are of
    /// stands in the read log before this returns.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn missed(&mut self) -> Result<Vec<MissedEntry>, AppError> {
        let missed = self.missed_entries()?;
        self.note_named(missed.iter().filter_map(|entry| entry.case))?;
        Ok(missed)
    }

    pub(crate) fn missed_entries(&self) -> Result<Vec<MissedEntry>, AppError> {
        let r = self.store.reader();
        let mut found = Vec::new();
        for row in r.missed(self.identity.device)? {
            let author = self.author_of(&row.envelope)?;
            for part in self.opened(&row.envelope)? {
                let Some(entry) = r.entry(part.document)? else { continue };
                let case = r.case_of_folder(entry.folder)?;
                found.push(MissedEntry {
                    entry: part.document,
                    case: case.as_ref().map(|case| case.case),
                    case_number: case.map(|case| case.number),
                    kind: entry.fields.kind,
                    at: entry.fields.at,
                    author: author.clone(),
                });
            }
        }
        found.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.author.cmp(&b.author)).then(a.entry.cmp(&b.entry)));
        found.dedup();
        Ok(found)
    }

    fn author_of(&self, envelope: &Envelope) -> Result<String, AppError> {
        let member = self.roster.device(envelope.header().device).map(|device| device.member);
        let name = member.map(|member| self.staff_name(member)).transpose()?.flatten();
        Ok(name.unwrap_or_else(|| "en kollega".into()))
    }

    /// What an envelope carries; nothing where it cannot be opened here.
    pub(crate) fn opened(&self, envelope: &Envelope) -> Result<Vec<SealedDocument>, AppError> {
        let Some(verified) = verified(&self.roster, envelope) else { return Ok(Vec::new()) };
        let opened = open_with_any(&self.store.reader(), &verified)?.and_then(Result::ok);
        Ok(opened.map(|opened| opened.documents().to_vec()).unwrap_or_default())
    }
}
