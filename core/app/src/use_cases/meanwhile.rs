//! What colleagues wrote while somebody was away, and what became a colleague's.

use feltbog_domain::{CaseId, DocumentId, EntryKind, Moment};

use crate::device::Device;
use crate::error::AppError;

/// How long it is told that a case went to a colleague.
const TOLD_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// An entry somebody wrote who stood in for this member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeanwhileEntry {
    /// The entry.
    pub entry: DocumentId,
    /// Its case.
    pub case: CaseId,
    /// The citizen's name.
    pub name: String,
    /// What was done.
    pub kind: EntryKind,
    /// When.
    pub at: Moment,
    /// Name of who wrote it.
    pub by: String,
}

/// A case that went to a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedAwayCase {
    /// Its number.
    pub case_number: String,
    /// Name of who has it now.
    pub to: String,
    /// When this device learnt of it.
    pub at: Moment,
}

impl Device {
    /// What was written in this member's stead and was not seen yet, newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn meanwhile(&self) -> Result<Vec<MeanwhileEntry>, AppError> {
        let r = self.store.reader();
        let mut entries = Vec::new();
        for row in r.meanwhile()? {
            let Some(entry) = r.entry(row.document)? else { continue };
            let Some(case) = r.case_of_folder(entry.folder)? else { continue };
            entries.push(MeanwhileEntry {
                entry: row.document,
                case: case.case,
                name: case.name,
                kind: entry.fields.kind,
                at: entry.fields.at,
                by: self.staff_name(row.by)?.unwrap_or_else(|| "en kollega".into()),
            });
        }
        Ok(entries)
    }

    /// The member has seen what was written meanwhile.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn saw_meanwhile(&mut self) -> Result<(), AppError> {
        self.store.write(|w| Ok(w.saw_meanwhile()?))
    }

    /// Cases that went to a colleague of late, newest first.
    pub(crate) fn handed_away(&self) -> Result<Vec<HandedAwayCase>, AppError> {
        let rows = self.store.reader().handed_away(self.now_ms().saturating_sub(TOLD_MS))?;
        let cases = rows.into_iter().map(|row| HandedAwayCase {
            case_number: row.case_number,
            to: row.receiver,
            at: Moment::from_unix_ms(row.at_ms),
        });
        Ok(cases.collect())
    }
}
