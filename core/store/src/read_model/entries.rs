//! Reading entries.

use feltbog_domain::{
    CaseId, CvrNumber, DocumentId, EntryFields, EntryKind, EntryMarks, FolderId, JobType, MemberId, Moment, NextStep,
    Outcome, Purpose, StepOutcome,
};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row};

use super::rows::EntryReadRow;
use crate::open::{Reader, StoreError};
use crate::rows::{AsSql, RowExt, parsed};

const ENTRY: &str = "e.document, e.folder, e.kind, e.at, e.minutes, e.place, e.employer, e.contact_person, \
                     e.face_to_face, e.outcome, e.hours_per_week, e.job_title, e.permanent, e.recorded_by, e.note, e.conflicts, \
                     e.client_specific, e.purpose, e.job_type, e.fits_wish, e.next_step, e.next_step_on, e.next_step_time, \
                     e.next_step_settled, e.visit, e.addendum_to, e.mistaken, e.journal_number, e.journalised_at, \
                     e.journal_not_needed, e.read_together_at, e.unit";

const NOT_JOURNALISED: &str = "FROM entry e JOIN case_folder c ON c.folder = e.folder
     WHERE e.note <> '' AND e.journal_number IS NULL AND e.journal_not_needed IS NULL AND e.mistaken IS NULL
       AND e.recorded_by IS NULL
       AND ?1 = (SELECT a.member FROM author a WHERE a.document = e.document ORDER BY a.place LIMIT 1)";

impl Reader<'_> {
    /// An entry.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn entry(&self, document: DocumentId) -> Result<Option<EntryReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!("SELECT {ENTRY} FROM entry e WHERE e.document = ?1"))?;
        Ok(statement.query_row([document.sql()], entry_row).optional()?)
    }

    /// The entry in a row of the read model.
    pub(crate) fn entry_in_row(&self, row: i64) -> Result<Option<EntryReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!("SELECT {ENTRY} FROM entry e WHERE e.row = ?1"))?;
        Ok(statement.query_row([row], entry_row).optional()?)
    }

    /// The newest entry of a folder.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn newest_entry(&self, folder: FolderId) -> Result<Option<EntryReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT {ENTRY} FROM entry e WHERE e.folder = ?1 ORDER BY e.at_ms DESC, e.document LIMIT 1"
        ))?;
        Ok(statement.query_row([folder.sql()], entry_row).optional()?)
    }

    /// Entries of a folder, newest first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn entries(&self, folder: FolderId) -> Result<Vec<EntryReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT {ENTRY} FROM entry e WHERE e.folder = ?1 ORDER BY e.at_ms DESC, e.document"
        ))?;
        let rows = statement.query_map([folder.sql()], entry_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Entries with a next step that nobody has settled.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn open_steps(&self) -> Result<Vec<EntryReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT {ENTRY} FROM entry e WHERE e.next_step IS NOT NULL AND e.next_step_settled IS NULL AND e.mistaken IS NULL
             ORDER BY e.next_step_on, e.document"
        ))?;
        let rows = statement.query_map([], entry_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Entries whose next step has its day in a time, settled or not.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn steps_between(&self, first: Date, last: Date) -> Result<Vec<EntryReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT {ENTRY} FROM entry e WHERE e.next_step_on BETWEEN ?1 AND ?2 AND e.mistaken IS NULL
             ORDER BY e.next_step_on, e.document"
        ))?;
        let rows = statement.query_map((first.to_string(), last.to_string()), entry_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Entries with a note that a member wrote first and nobody has journalised, oldest first: document, folder, kind, time.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn not_journalised(
        &self,
        member: MemberId,
    ) -> Result<Vec<(DocumentId, FolderId, EntryKind, Moment)>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT e.document, e.folder, e.kind, e.at {NOT_JOURNALISED} ORDER BY e.at_ms, e.document"
        ))?;
        let rows = statement.query_map([member.sql()], |row| {
            let at: String = row.get(3)?;
            let at = at.parse().unwrap_or_else(|_| Moment::from_unix_ms(0));
            Ok((row.id(0)?, row.id(1)?, EntryKind::from_code(&row.get::<_, String>(2)?), at))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many of them are about a citizen.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn not_journalised_count(&self, member: MemberId) -> Result<u32, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!("SELECT count(*) {NOT_JOURNALISED}"))?;
        Ok(statement.query_row([member.sql()], |row| row.get(0))?)
    }

    /// Where each citizen was met and no employer, as it was written, each pair once.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn places_of_cases(&self) -> Result<Vec<(String, CaseId)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT DISTINCT e.place, c.case_id FROM entry e JOIN case_folder c ON c.folder = e.folder
             WHERE e.place IS NOT NULL AND e.place <> '' AND e.employer IS NULL ORDER BY e.place, c.case_id",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.id(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Places of entries, most used first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn places(&self, limit: u32) -> Result<Vec<String>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT place FROM entry WHERE place IS NOT NULL AND place <> '' AND employer IS NULL
             GROUP BY place ORDER BY count(*) DESC, place LIMIT ?1",
        )?;
        let rows = statement.query_map([limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn entry_row(row: &Row<'_>) -> Result<EntryReadRow, rusqlite::Error> {
    let at: String = row.get(3)?;
    let code = |column: usize| row.get::<_, Option<String>>(column);
    let id = |column: usize| -> Result<Option<DocumentId>, rusqlite::Error> {
        Ok(row.get::<_, Option<Vec<u8>>>(column)?.and_then(|id| DocumentId::try_from(id.as_slice()).ok()))
    };
    let fields = EntryFields {
        kind: EntryKind::from_code(&row.get::<_, String>(2)?),
        at: at.parse().unwrap_or_else(|_| Moment::from_unix_ms(0)),
        minutes: row.get(4)?,
        place: row.get(5)?,
        employer: parsed::<CvrNumber>(row.get(6)?),
        unit: parsed(row.get(31)?),
        contact_person: row.get(7)?,
        face_to_face: row.get(8)?,
        outcome: code(9)?.map(|code| Outcome::from_code(&code)),
        hours_per_week: row.get(10)?,
        job_title: row.get(11)?,
        permanent: row.get(12)?,
        recorded_by: row.get(13)?,
        client_specific: row.get(16)?,
        purpose: code(17)?.map(|code| Purpose::from_code(&code)),
        job_type: code(18)?.map(|code| JobType::from_code(&code)),
        fits_wish: row.get(19)?,
        next_step: next_step(row)?,
        visit: id(24)?,
        addendum_to: id(25)?,
        marks: EntryMarks {
            mistaken: row.get(26)?,
            journal_number: row.get(27)?,
            journalised_at: parsed(row.get(28)?),
            journal_not_needed: row.get(29)?,
            read_together_at: parsed(row.get(30)?),
        },
    };
    Ok(EntryReadRow { document: row.id(0)?, folder: row.id(1)?, fields, note: row.get(14)?, conflicts: row.get(15)? })
}

fn next_step(row: &Row<'_>) -> Result<Option<NextStep>, rusqlite::Error> {
    let Some(text) = row.get(20)? else { return Ok(None) };
    let settled = row.get::<_, Option<String>>(23)?.map(|code| StepOutcome::from_code(&code));
    Ok(Some(NextStep { text, on: parsed(row.get(21)?), time: parsed(row.get(22)?), settled }))
}
