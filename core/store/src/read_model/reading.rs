//! Reading it: lists and pages come from here, no document is loaded.

use feltbog_domain::{
    CaseId, CaseProfile, Consent, ContactBy, CvrNumber, Disclosure, DocumentId, EntryFields, EntryKind, EntryMarks,
    FolderId, JobType, MemberId, Milestone, Moment, NextStep, Outcome, Purpose, StepOutcome,
};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row};

use super::rows::{
    CaseFolderRow, ConsentReadRow, EntryReadRow, KindOutline, ProfileReadRow, ProgrammeReadRow, RegisterReadRow,
    StaffReadRow,
};
use crate::open::{Reader, StoreError};
use crate::rows::{AsSql, RowExt};

const ENTRY: &str = "e.document, e.folder, e.kind, e.at, e.minutes, e.place, e.employer, e.contact_person, \
                     e.face_to_face, e.outcome, e.hours_per_week, e.job_title, e.permanent, e.recorded_by, e.note, e.conflicts, \
                     e.client_specific, e.purpose, e.job_type, e.fits_wish, e.next_step, e.next_step_on, e.next_step_time, \
                     e.next_step_settled, e.visit, e.addendum_to, e.mistaken, e.journal_number, e.journalised_at, \
                     e.journal_not_needed, e.read_together_at, e.unit";

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
                    track, consultant, therapist, treatment_site, job_wish, disclosure, plan, strengths, support, phone,
                    contact_by, aftercare_from, former_wishes FROM profile",
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
                plan: row.get(15)?,
                strengths: row.get(16)?,
                support: row.get(17)?,
                phone: row.get(18)?,
                contact_by: row.get::<_, Option<String>>(19)?.map(|code| ContactBy::from_code(&code)),
                aftercare_from: parsed(row.get(20)?),
                former_wishes: row
                    .get::<_, Option<String>>(21)?
                    .and_then(|wishes| serde_json::from_str(&wishes).ok())
                    .unwrap_or_default(),
            };
            Ok(ProfileReadRow { folder: row.id(0)?, profile })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many cases a consultant is responsible for that are not closed on a day.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn active_cases_of(&self, consultant: &str, today: Date) -> Result<u32, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT count(*) FROM profile WHERE consultant = ?1 AND (exited_on IS NULL OR exited_on > ?2)",
        )?;
        Ok(statement.query_row((consultant, today.to_string()), |row| row.get(0))?)
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

    /// The newest entries before a moment, by folder, kind and "face to face". Each is found by one step in an index, so
    /// that the list of citizens does not grow with what was written about them; what is planned takes one step more.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn kind_outlines(&self, before: Moment) -> Result<Vec<KindOutline>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "WITH RECURSIVE newest (row) AS (
                 SELECT (SELECT row FROM counted ORDER BY folder, kind, met, at_ms DESC LIMIT 1)
                 UNION ALL
                 SELECT (SELECT n.row FROM counted n WHERE (n.folder, n.kind, n.met) > (e.folder, e.kind, e.met)
                         ORDER BY n.folder, n.kind, n.met, n.at_ms DESC LIMIT 1)
                 FROM newest JOIN entry e ON e.row = newest.row)
             SELECT folder, kind, face_to_face, latest FROM (
                 SELECT e.folder, e.kind, e.face_to_face, iif(e.at_ms < ?1, e.at_ms,
                     (SELECT n.at_ms FROM counted n
                      WHERE n.folder = e.folder AND n.kind = e.kind AND n.met = e.met AND n.at_ms < ?1
                      ORDER BY n.at_ms DESC LIMIT 1)) AS latest
                 FROM newest JOIN entry e ON e.row = newest.row)
             WHERE latest IS NOT NULL",
        )?;
        let rows = statement.query_map([before.unix_ms()], |row| {
            Ok(KindOutline {
                folder: row.id(0)?,
                kind: EntryKind::from_code(&row.get::<_, String>(1)?),
                face_to_face: row.get(2)?,
                latest: Moment::from_unix_ms(row.get(3)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Starts and ends of jobs and educations, oldest first, planned ones included. What starts and ends at the same
    /// moment, as where only the day was written, started before it ended.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn milestones(&self) -> Result<Vec<(FolderId, Milestone)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, kind, at_ms, employer FROM counted
             WHERE kind IN ('job_start', 'job_end', 'education_start', 'education_end')
             ORDER BY at_ms, kind DESC, document",
        )?;
        let rows = statement.query_map([], |row| {
            let milestone = Milestone {
                kind: EntryKind::from_code(&row.get::<_, String>(1)?),
                on: Moment::from_unix_ms(row.get(2)?).date(),
                employer: parsed(row.get(3)?),
            };
            Ok((row.id(0)?, milestone))
        })?;
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

    /// Folder, code of the kind, whether people met, and the moment of each newest entry.
    fn outlines(store: &Store, before_ms: i64) -> Vec<(FolderId, String, Option<bool>, i64)> {
        let found = store.reader().kind_outlines(Moment::from_unix_ms(before_ms)).unwrap().into_iter();
        let mut found: Vec<_> =
            found.map(|o| (o.folder, o.kind.code().to_owned(), o.face_to_face, o.latest.unix_ms())).collect();
        found.sort();
        found
    }

    #[test]
    fn each_kind_in_each_folder_tells_its_newest_with_and_without_a_meeting() {
        let store = store_with(&[
            (1, EntryKind::Contact, 5_000, None),
            (1, EntryKind::Contact, 9_000, Some(false)),
            (1, EntryKind::Contact, 7_000, None),
            (1, EntryKind::Note, 1_000, Some(true)),
            (1, EntryKind::Note, 2_000, Some(false)),
            (2, EntryKind::Contact, 3_000, Some(false)),
        ]);
        let (one, two) = (FolderId::new([1; 16]), FolderId::new([2; 16]));
        let everything = [
            (one, "contact".to_owned(), None, 7_000),
            (one, "contact".into(), Some(false), 9_000),
            (one, "note".into(), Some(false), 2_000),
            (one, "note".into(), Some(true), 1_000),
            (two, "contact".into(), Some(false), 3_000),
        ];
        assert_eq!(outlines(&store, 10_000), everything);
        assert!(outlines(&store_with(&[]), 10_000).is_empty());
    }

    #[test]
    fn what_is_planned_does_not_hide_what_was_done() {
        let store = store_with(&[
            (1, EntryKind::Contact, 5_000, None),
            (1, EntryKind::Contact, 7_000, None),
            (1, EntryKind::Contact, 9_000, None),
            (1, EntryKind::Note, 9_000, None),
        ]);
        let one = FolderId::new([1; 16]);
        assert_eq!(outlines(&store, 9_000), [(one, "contact".into(), None, 7_000)]);
        assert_eq!(outlines(&store, 9_001), [(one, "contact".into(), None, 9_000), (one, "note".into(), None, 9_000)]);
    }

    #[test]
    fn milestones_come_in_order_and_a_start_before_the_end_of_the_same_moment() {
        let store = store_with(&[
            (1, EntryKind::JobEnd, 90_000_000, None),
            (1, EntryKind::JobStart, 90_000_000, None),
            (1, EntryKind::EducationStart, 5_000, None),
            (1, EntryKind::Contact, 6_000, None),
        ]);
        let found: Vec<_> =
            store.reader().milestones().unwrap().into_iter().map(|(_, m)| (m.kind, m.on.to_string())).collect();
        let days = [
            (EntryKind::EducationStart, "1970-01-01"),
            (EntryKind::JobStart, "1970-01-02"),
            (EntryKind::JobEnd, "1970-01-02"),
        ];
        assert_eq!(found, days.map(|(kind, on)| (kind, on.to_owned())));
    }

    #[test]
    fn a_consultant_has_the_cases_that_are_not_closed_today() {
        let mut store = Store::in_memory(&[1; 32]).unwrap();
        let write = |w: &crate::Writer<'_>| {
            for (n, consultant, exited) in [
                (1, Some("Åse"), None),
                (2, Some("Åse"), Some("2026-03-12")),
                (3, Some("Åse"), Some("2026-03-13")),
                (4, Some("Bo"), None),
                (5, None, None),
            ] {
                let profile = CaseProfile {
                    consultant: consultant.map(str::to_owned),
                    exited_on: exited.map(|day: &str| day.parse().unwrap()),
                    ..CaseProfile::default()
                };
                w.put_profile(FolderId::new([n; 16]), &profile)?;
            }
            Ok::<_, StoreError>(())
        };
        store.write(write).unwrap();
        let active = |name| store.reader().active_cases_of(name, "2026-03-12".parse().unwrap()).unwrap();
        assert_eq!((active("Åse"), active("Bo"), active("Ingen")), (2, 1, 0));
    }

    /// The plan of a part of what the list asks.
    fn plan(store: &Store, sql: &str) -> String {
        store.reader().sql.query_row(&format!("EXPLAIN QUERY PLAN {sql}"), [], |row| row.get(3)).unwrap()
    }

    #[test]
    fn the_list_of_citizens_steps_through_an_index_and_reads_no_table_through() {
        let store = store_with(&[]);
        for sql in [
            "SELECT n.row FROM counted n WHERE (n.folder, n.kind, n.met) > (x'00', 'a', 0)
             ORDER BY n.folder, n.kind, n.met, n.at_ms DESC LIMIT 1",
            "SELECT n.at_ms FROM counted n WHERE n.folder = x'00' AND n.kind = 'a' AND n.met = 0 AND n.at_ms < 1
             ORDER BY n.at_ms DESC LIMIT 1",
        ] {
            let plan = plan(&store, sql);
            assert!(plan.starts_with("SEARCH") && plan.contains("entry_by_kind"), "{plan}");
        }
        let milestones = plan(
            &store,
            "SELECT folder, kind, at_ms, employer FROM counted
             WHERE kind IN ('job_start', 'job_end', 'education_start', 'education_end') ORDER BY at_ms, kind DESC, document",
        );
        assert!(milestones.contains("INDEX entry_milestones"), "{milestones}");
    }
}
