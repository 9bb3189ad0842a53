//! Reading it: lists and pages come from here, no document is loaded.

use feltbog_domain::{
    CaseId, CaseProfile, Consent, CvrNumber, Disclosure, DocumentId, EmployerFields, EntryFields, EntryKind,
    EntryMarks, FolderId, JobType, MemberId, Moment, NextStep, Outcome, Purpose, StepOutcome,
};
use rusqlite::{OptionalExtension, Row};

use super::rows::{
    CaseFolderRow, ConsentReadRow, EmployerReadRow, EntryReadRow, KindOutline, ProfileReadRow, ProgrammeReadRow,
    RegisterReadRow, StaffReadRow,
};
use crate::open::{Reader, StoreError};
use crate::rows::{AsSql, RowExt};

const ENTRY: &str = "e.document, e.folder, e.kind, e.at, e.minutes, e.place, e.employer, e.contact_person, \
                     e.face_to_face, e.outcome, e.hours_per_week, e.job_title, e.permanent, e.recorded_by, e.note, e.conflicts, \
                     e.client_specific, e.purpose, e.job_type, e.fits_wish, e.next_step, e.next_step_on, e.next_step_time, \
                     e.next_step_settled, e.visit, e.addendum_to, e.mistaken, e.journal_number, e.journalised_at, \
                     e.journal_not_needed, e.read_together_at";

const NOT_JOURNALISED: &str = "FROM entry e JOIN case_folder c ON c.folder = e.folder
     WHERE e.note <> '' AND e.journal_number IS NULL AND e.journal_not_needed IS NULL AND e.mistaken IS NULL
       AND e.recorded_by IS NULL
       AND ?1 = (SELECT a.member FROM author a WHERE a.document = e.document ORDER BY a.place LIMIT 1)";

fn parsed<T: std::str::FromStr>(text: Option<String>) -> Option<T> {
    text.and_then(|text| text.parse().ok())
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

fn case_folder_row(row: &Row<'_>) -> Result<CaseFolderRow, rusqlite::Error> {
    Ok(CaseFolderRow {
        folder: row.id(0)?,
        case: row.id(1)?,
        number: row.get(2)?,
        name: row.get(3)?,
        programme: row.id(4)?,
    })
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl Reader<'_> {
    /// Every folder of every case that is readable here.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn case_folders(&self) -> Result<Vec<CaseFolderRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, case_id, number, name, programme FROM case_folder ORDER BY number, case_id, folder",
        )?;
        let rows = statement.query_map([], case_folder_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Folders of the case with this id or number.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folders_of_case(&self, id_or_number: &str) -> Result<Vec<CaseFolderRow>, StoreError> {
        let id = id_or_number.parse::<CaseId>().unwrap_or(CaseId::NONE);
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, case_id, number, name, programme FROM case_folder
             WHERE case_id = ?1 OR number = ?2 COLLATE NOCASE ORDER BY case_id, folder",
        )?;
        let rows = statement.query_map((id.sql(), id_or_number.trim()), case_folder_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The case a folder belongs to.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn case_of_folder(&self, folder: FolderId) -> Result<Option<CaseFolderRow>, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT folder, case_id, number, name, programme FROM case_folder WHERE folder = ?1")?;
        Ok(statement.query_row([folder.sql()], case_folder_row).optional()?)
    }

    /// Every profile.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn profiles(&self) -> Result<Vec<ProfileReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, enrolled_on, exited_on, exit_reason, born_on, municipality, district, benefit, target_group,
                    track, consultant, therapist, treatment_site, job_wish, disclosure FROM profile",
        )?;
        let rows = statement.query_map([], |row| {
            let profile = CaseProfile {
                enrolled_on: parsed(row.get(1)?),
                exited_on: parsed(row.get(2)?),
                exit_reason: row.get(3)?,
                born_on: parsed(row.get(4)?),
                municipality: row.get(5)?,
                district: row.get(6)?,
                benefit: row.get(7)?,
                target_group: row.get(8)?,
                track: row.get(9)?,
                consultant: row.get(10)?,
                therapist: row.get(11)?,
                treatment_site: row.get(12)?,
                job_wish: row.get(13)?,
                disclosure: Disclosure::from_code(&row.get::<_, String>(14)?),
            };
            Ok(ProfileReadRow { folder: row.id(0)?, profile })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// An entry.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn entry(&self, document: DocumentId) -> Result<Option<EntryReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!("SELECT {ENTRY} FROM entry e WHERE e.document = ?1"))?;
        Ok(statement.query_row([document.sql()], entry_row).optional()?)
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

    /// Entries by folder and kind. Each pair is found by one step in an index, so that the list of citizens does not grow
    /// with what was written about them.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn kind_outlines(&self) -> Result<Vec<KindOutline>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "WITH RECURSIVE newest (row) AS (
                 SELECT (SELECT row FROM counted ORDER BY folder, kind, met, at_ms DESC LIMIT 1)
                 UNION ALL
                 SELECT (SELECT n.row FROM counted n WHERE (n.folder, n.kind, n.met) > (e.folder, e.kind, e.met)
                         ORDER BY n.folder, n.kind, n.met, n.at_ms DESC LIMIT 1)
                 FROM newest JOIN entry e ON e.row = newest.row)
             SELECT e.folder, e.kind, max(e.at_ms), max(e.met) = 1, min(e.met) = -1
             FROM newest JOIN entry e ON e.row = newest.row GROUP BY e.folder, e.kind",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(KindOutline {
                folder: row.id(0)?,
                kind: EntryKind::from_code(&row.get::<_, String>(1)?),
                latest: Moment::from_unix_ms(row.get(2)?),
                in_person: row.get(3)?,
                unknown: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Starts and ends of jobs and educations, oldest first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn milestones(&self) -> Result<Vec<(FolderId, EntryKind)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, kind FROM counted
             WHERE kind IN ('job_start', 'job_end', 'education_start', 'education_end') ORDER BY at_ms, document",
        )?;
        let rows = statement.query_map([], |row| Ok((row.id(0)?, EntryKind::from_code(&row.get::<_, String>(1)?))))?;
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

    /// The register of employers, most recently visited first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn employers(&self) -> Result<Vec<EmployerReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT r.document, r.cvr, r.name, r.trade, r.address, r.postcode, r.town, r.contact_person,
                    (SELECT e.at FROM counted e WHERE e.employer = r.cvr ORDER BY e.at_ms DESC LIMIT 1) AS last
             FROM employer r
             ORDER BY (SELECT max(e.at_ms) FROM counted e WHERE e.employer = r.cvr) DESC NULLS LAST, r.name",
        )?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let cvr: String = row.get(1)?;
            let fields = EmployerFields {
                cvr: cvr.parse().map_err(|_| StoreError::Unreadable("a company number"))?,
                name: row.get(2)?,
                trade: row.get(3)?,
                address: row.get(4)?,
                postcode: row.get(5)?,
                town: row.get(6)?,
                contact_person: row.get(7)?,
            };
            found.push(EmployerReadRow { document: row.id(0)?, fields, last_visit: parsed(row.get(8)?) });
        }
        Ok(found)
    }

    /// Name of an employer.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn employer_name(&self, cvr: CvrNumber) -> Result<Option<String>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT name FROM employer WHERE cvr = ?1 LIMIT 1")?;
        Ok(statement.query_row([cvr.to_string()], |row| row.get(0)).optional()?)
    }

    /// The staff, by name.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn staff(&self) -> Result<Vec<StaffReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT member, name FROM staff ORDER BY name, member")?;
        let rows = statement.query_map([], |row| Ok(StaffReadRow { member: row.id(0)?, name: row.get(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The programmes, by name.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn programmes(&self) -> Result<Vec<ProgrammeReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT id, name FROM programme ORDER BY name, id")?;
        let rows = statement.query_map([], |row| Ok(ProgrammeReadRow { id: row.id(0)?, name: row.get(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The case register.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn register_rows(&self) -> Result<Vec<RegisterReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT document, folder, case_id, number, name, folders, consultants, therapists FROM register_row ORDER BY number",
        )?;
        let rows = statement.query_map([], |row| {
            let folders: Vec<u8> = row.get(5)?;
            Ok(RegisterReadRow {
                document: row.id(0)?,
                folder: row.id(1)?,
                case: row.id(2)?,
                number: row.get(3)?,
                name: row.get(4)?,
                folders: folders.chunks_exact(16).filter_map(|id| FolderId::try_from(id).ok()).collect(),
                consultants: lines(&row.get::<_, String>(6)?),
                therapists: lines(&row.get::<_, String>(7)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every consent, newest first within its folder.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn consents(&self) -> Result<Vec<ConsentReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, types, from_day, until_day, giver, receiver FROM consent ORDER BY folder, until_day DESC, document",
        )?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let day = |column: usize| -> Result<_, StoreError> {
                row.get::<_, String>(column)?.parse().map_err(|_| StoreError::Unreadable("a consent's day"))
            };
            let consent = Consent {
                types: lines(&row.get::<_, String>(1)?),
                from: day(2)?,
                until: day(3)?,
                giver: row.get(4)?,
                receiver: row.get(5)?,
            };
            found.push(ConsentReadRow { folder: row.id(0)?, consent });
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EntryRowWrite, Store};

    /// An entry by folder, kind, moment and whether people met.
    type Entry = (u8, EntryKind, i64, Option<bool>);

    fn store_with(entries: &[Entry]) -> Store {
        let mut store = Store::in_memory(&[1; 32]).unwrap();
        let write = |w: &crate::Writer<'_>| {
            for (n, (folder, kind, at, met)) in (0_u8..).zip(entries) {
                let mut fields = EntryFields::new(kind.clone(), Moment::from_unix_ms(*at));
                fields.face_to_face = *met;
                let (document, folder) = (DocumentId::new([n; 16]), FolderId::new([*folder; 16]));
                w.put_entry(&EntryRowWrite { document, folder, fields: &fields, note: "", conflicts: "{}" })?;
            }
            Ok::<_, StoreError>(())
        };
        store.write(write).unwrap();
        store
    }

    #[test]
    fn each_kind_in_each_folder_tells_its_newest_and_whether_people_met() {
        let entries = [
            (1, EntryKind::Contact, 5_000, None),
            (1, EntryKind::Contact, 9_000, Some(false)),
            (1, EntryKind::Contact, 7_000, None),
            (1, EntryKind::Note, 1_000, Some(true)),
            (1, EntryKind::Note, 2_000, Some(false)),
            (2, EntryKind::Contact, 3_000, Some(false)),
        ];
        let mut found: Vec<_> = store_with(&entries)
            .reader()
            .kind_outlines()
            .unwrap()
            .into_iter()
            .map(|o| (o.folder, o.kind.code().to_owned(), o.latest.unix_ms(), o.in_person, o.unknown))
            .collect();
        found.sort();
        let (one, two) = (FolderId::new([1; 16]), FolderId::new([2; 16]));
        assert_eq!(
            found,
            [
                (one, "contact".into(), 9_000, false, true),
                (one, "note".into(), 2_000, true, false),
                (two, "contact".into(), 3_000, false, false),
            ]
        );
        assert!(store_with(&[]).reader().kind_outlines().unwrap().is_empty());
    }

    #[test]
    fn the_list_of_citizens_steps_through_an_index_and_reads_no_table_through() {
        let store = store_with(&[]);
        let sql = "EXPLAIN QUERY PLAN SELECT n.row FROM counted n WHERE (n.folder, n.kind, n.met) > (x'00', 'a', 0)
                   ORDER BY n.folder, n.kind, n.met, n.at_ms DESC LIMIT 1";
        let plan: String = store.reader().sql.query_row(sql, [], |row| row.get(3)).unwrap();
        assert!(plan.starts_with("SEARCH") && plan.contains("entry_by_kind"), "{plan}");
    }
}
