//! What figures are made from.

use feltbog_domain::{CvrNumber, DocumentId, EntryKind, FolderId, JobType, MemberId, Moment, Outcome};
use jiff::civil::Date;
use rusqlite::Row;

use crate::open::{Reader, StoreError};
use crate::rows::{AsSql, RowExt};

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

/// What of a citizen's way through the programme is counted: the days of one case's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedCourse {
    /// Where it stands.
    pub folder: FolderId,
    /// The first day.
    pub enrolled_on: Option<Date>,
    /// The first day without the programme.
    pub exited_on: Option<Date>,
    /// The consultant's name.
    pub consultant: Option<String>,
}

const ENTRIES: &str = "
    SELECT e.document, e.folder, e.at_ms, e.employer, e.face_to_face, e.outcome, e.hours_per_week, e.job_title,
           e.permanent, e.client_specific, e.job_type, e.fits_wish, e.visit, e.recorded_by,
           (SELECT a.member FROM author a WHERE a.document = e.document ORDER BY a.place LIMIT 1)
    FROM counted e WHERE e.kind = ?1";

impl Reader<'_> {
    /// Entries of these kinds that are not mistakes, in no order.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn counted(&self, kinds: &[EntryKind]) -> Result<Vec<CountedRow>, StoreError> {
        self.counted_where(kinds, ENTRIES, None)
    }

    /// Those of one folder.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn counted_in(&self, folder: FolderId, kinds: &[EntryKind]) -> Result<Vec<CountedRow>, StoreError> {
        self.counted_where(kinds, &format!("{ENTRIES} AND e.folder = ?2"), Some(folder))
    }

    fn counted_where(
        &self,
        kinds: &[EntryKind],
        sql: &str,
        folder: Option<FolderId>,
    ) -> Result<Vec<CountedRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut counted = Vec::new();
        for kind in kinds {
            let mut rows = match folder {
                Some(folder) => statement.query((kind.code(), folder.sql()))?,
                None => statement.query([kind.code()])?,
            };
            while let Some(row) = rows.next()? {
                counted.push(counted_row(row, kind)?);
            }
        }
        Ok(counted)
    }

    /// Every course, or that of one folder.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn counted_courses(&self, folder: Option<FolderId>) -> Result<Vec<CountedCourse>, StoreError> {
        const ALL: &str = "SELECT folder, enrolled_on, exited_on, consultant FROM profile";
        let read = |row: &Row<'_>| {
            let text = |column: usize| row.get::<_, Option<String>>(column);
            let day = |column: usize| text(column).map(|day| day.and_then(|day| day.parse::<Date>().ok()));
            let (enrolled_on, exited_on) = (day(1)?, day(2)?);
            Ok(CountedCourse { folder: row.id(0)?, enrolled_on, exited_on, consultant: row.get(3)? })
        };
        let courses = match folder {
            Some(folder) => {
                let mut statement = self.sql.prepare_cached(&format!("{ALL} WHERE folder = ?1"))?;
                statement.query_map([folder.sql()], read)?.collect::<Result<_, rusqlite::Error>>()?
            }
            None => {
                let mut statement = self.sql.prepare_cached(ALL)?;
                statement.query_map([], read)?.collect::<Result<_, rusqlite::Error>>()?
            }
        };
        Ok(courses)
    }
}

fn counted_row(row: &Row<'_>, kind: &EntryKind) -> Result<CountedRow, rusqlite::Error> {
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
}
