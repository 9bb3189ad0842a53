//! What figures are made from.

use feltbog_domain::{CvrNumber, DocumentId, EntryKind, FolderId, JobType, MemberId, Moment, Outcome};

use crate::open::{Reader, StoreError};
use crate::rows::RowExt;

/// What of an entry is counted; no note and no name of a citizen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedRow {
    /// The entry.
    pub document: DocumentId,
    /// Where it lies.
    pub folder: FolderId,
    /// What was done.
    pub kind: EntryKind,
    /// When.
    pub at: Moment,
    /// At which employer.
    pub employer: Option<CvrNumber>,
    /// Whether people met, if that was said.
    pub face_to_face: Option<bool>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Hours a week of the job that starts.
    pub hours_per_week: Option<u32>,
    /// Title of the job that starts.
    pub job_title: Option<String>,
    /// Whether the job is permanent.
    pub permanent: Option<bool>,
    /// Whether it was about one citizen, if that was said.
    pub client_specific: Option<bool>,
    /// The terms of the job or education that starts.
    pub job_type: Option<JobType>,
    /// Whether it fits the wish.
    pub fits_wish: Option<bool>,
    /// The visit about several citizens that it is part of.
    pub visit: Option<DocumentId>,
    /// Who did it by name, where it was imported.
    pub recorded_by: Option<String>,
    /// Who signed it first.
    pub author: Option<MemberId>,
}

impl Reader<'_> {
    /// Entries of these kinds that are not mistakes, in no order.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn counted(&self, kinds: &[EntryKind]) -> Result<Vec<CountedRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT e.document, e.folder, e.at_ms, e.employer, e.face_to_face, e.outcome, e.hours_per_week, e.job_title,
                    e.permanent, e.client_specific, e.job_type, e.fits_wish, e.visit, e.recorded_by,
                    (SELECT a.member FROM author a WHERE a.document = e.document ORDER BY a.place LIMIT 1)
             FROM counted e WHERE e.kind = ?1",
        )?;
        let mut counted = Vec::new();
        for kind in kinds {
            let rows = statement.query_map([kind.code()], |row| {
                let text = |column: usize| row.get::<_, Option<String>>(column);
                let id = |column: usize| row.get::<_, Option<Vec<u8>>>(column);
                Ok(CountedRow {
                    document: row.id(0)?,
                    folder: row.id(1)?,
                    kind: kind.clone(),
                    at: Moment::from_unix_ms(row.get(2)?),
                    employer: text(3)?.and_then(|cvr| cvr.parse().ok()),
                    face_to_face: row.get(4)?,
                    outcome: text(5)?.map(|code| Outcome::from_code(&code)),
                    hours_per_week: row.get(6)?,
                    job_title: row.get(7)?,
                    permanent: row.get(8)?,
                    client_specific: row.get(9)?,
                    job_type: text(10)?.map(|code| JobType::from_code(&code)),
                    fits_wish: row.get(11)?,
                    visit: id(12)?.and_then(|id| DocumentId::try_from(id.as_slice()).ok()),
                    recorded_by: row.get(13)?,
                    author: id(14)?.and_then(|id| MemberId::try_from(id.as_slice()).ok()),
                })
            })?;
            for row in rows {
                counted.push(row?);
            }
        }
        Ok(counted)
    }
}
