//! What lists and pages are answered from. Written beside each document, rebuilt from documents when in doubt.

use feltbog_domain::{
    CaseId, CaseProfile, Consent, CvrNumber, Disclosure, DocumentId, EmployerFields, EntryFields, EntryKind, FolderId,
    MemberId, Moment, Outcome, ProgrammeId, fold,
};
use rusqlite::{OptionalExtension, Row};

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt};

/// Which case a folder belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFolderRow {
    /// The folder.
    pub folder: FolderId,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The citizen's name.
    pub name: String,
    /// Its programme.
    pub programme: ProgrammeId,
}

/// A case's own facts, by employment folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileReadRow {
    /// The employment folder.
    pub folder: FolderId,
    /// The facts.
    pub profile: CaseProfile,
}

/// An entry to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRowWrite<'a> {
    /// The document.
    pub document: DocumentId,
    /// Where it lies.
    pub folder: FolderId,
    /// Its fields.
    pub fields: &'a EntryFields,
    /// Its note.
    pub note: &'a str,
    /// Fields with several values, as JSON.
    pub conflicts: &'a str,
}

/// An entry as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryReadRow {
    /// The document.
    pub document: DocumentId,
    /// Where it lies.
    pub folder: FolderId,
    /// Its fields.
    pub fields: EntryFields,
    /// Its note.
    pub note: String,
    /// Fields with several values, as JSON.
    pub conflicts: String,
}

/// An employer as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployerReadRow {
    /// The document.
    pub document: DocumentId,
    /// What the register says.
    pub fields: EmployerFields,
    /// When somebody was last there.
    pub last_visit: Option<Moment>,
}

/// A member of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffReadRow {
    /// The member.
    pub member: MemberId,
    /// The name.
    pub name: String,
}

/// A programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeReadRow {
    /// The programme.
    pub id: ProgrammeId,
    /// Its name.
    pub name: String,
}

/// One row of the case register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterReadRow {
    /// The document.
    pub document: DocumentId,
    /// The register it stands in.
    pub folder: FolderId,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The citizen's name.
    pub name: String,
    /// The case's folders, as far as this side knows them.
    pub folders: Vec<FolderId>,
    /// Consultants by name.
    pub consultants: Vec<String>,
    /// Treatment workers by name.
    pub therapists: Vec<String>,
}

/// One consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentReadRow {
    /// The shared folder it opens.
    pub folder: FolderId,
    /// What was agreed.
    pub consent: Consent,
}

/// The little of an entry that phases and signals need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryOutline {
    /// Where it lies.
    pub folder: FolderId,
    /// What was done.
    pub kind: EntryKind,
    /// When.
    pub at: Moment,
    /// Met in person.
    pub face_to_face: Option<bool>,
}

const ENTRY: &str = "e.document, e.folder, e.kind, e.at, e.minutes, e.place, e.employer, e.contact_person, \
                     e.face_to_face, e.outcome, e.hours_per_week, e.job_title, e.permanent, e.recorded_by, e.note, e.conflicts";

fn parsed<T: std::str::FromStr>(text: Option<String>) -> Option<T> {
    text.and_then(|text| text.parse().ok())
}

fn entry_row(row: &Row<'_>) -> Result<EntryReadRow, rusqlite::Error> {
    let at: String = row.get(3)?;
    let fields = EntryFields {
        kind: EntryKind::from_code(&row.get::<_, String>(2)?),
        at: at.parse().unwrap_or_else(|_| Moment::from_unix_ms(0)),
        minutes: row.get(4)?,
        place: row.get(5)?,
        employer: parsed::<CvrNumber>(row.get(6)?),
        contact_person: row.get(7)?,
        face_to_face: row.get(8)?,
        outcome: row.get::<_, Option<String>>(9)?.map(|code| Outcome::from_code(&code)),
        hours_per_week: row.get(10)?,
        job_title: row.get(11)?,
        permanent: row.get(12)?,
        recorded_by: row.get(13)?,
    };
    Ok(EntryReadRow { document: row.id(0)?, folder: row.id(1)?, fields, note: row.get(14)?, conflicts: row.get(15)? })
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

    /// Every entry in outline, oldest first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn entry_outlines(&self) -> Result<Vec<EntryOutline>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT folder, kind, at, face_to_face FROM entry ORDER BY at_ms, document")?;
        let rows = statement.query_map([], |row| {
            let at: String = row.get(2)?;
            let at = at.parse().unwrap_or_else(|_| Moment::from_unix_ms(0));
            let kind = EntryKind::from_code(&row.get::<_, String>(1)?);
            Ok(EntryOutline { folder: row.id(0)?, kind, at, face_to_face: row.get(3)? })
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

    /// The register of employers, most recently visited first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn employers(&self) -> Result<Vec<EmployerReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT r.document, r.cvr, r.name, r.trade, r.address, r.postcode, r.town, r.contact_person,
                    (SELECT e.at FROM entry e WHERE e.employer = r.cvr ORDER BY e.at_ms DESC LIMIT 1) AS last
             FROM employer r
             ORDER BY (SELECT max(e.at_ms) FROM entry e WHERE e.employer = r.cvr) DESC NULLS LAST, r.name",
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

impl Writer<'_> {
    /// Ties a folder to its case.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_case_folder(&self, row: &CaseFolderRow) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO case_folder (folder, case_id, number, name, programme) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((row.folder.sql(), row.case.sql(), &row.number, &row.name, row.programme.sql()))?;
        Ok(())
    }

    /// Stores a case's own facts.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_profile(&self, folder: FolderId, profile: &CaseProfile) -> Result<(), StoreError> {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO profile (folder, enrolled_on, exited_on, exit_reason, born_on, municipality,
                     district, benefit, target_group, track, consultant, therapist, treatment_site, job_wish, disclosure)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute((
                folder.sql(),
                day(profile.enrolled_on),
                day(profile.exited_on),
                &profile.exit_reason,
                day(profile.born_on),
                &profile.municipality,
                &profile.district,
                &profile.benefit,
                &profile.target_group,
                &profile.track,
                &profile.consultant,
                &profile.therapist,
                &profile.treatment_site,
                &profile.job_wish,
                profile.disclosure.code(),
            ))?;
        Ok(())
    }

    /// Stores an entry and what search finds it by.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_entry(&self, entry: &EntryRowWrite<'_>) -> Result<(), StoreError> {
        let fields = entry.fields;
        let employer = fields.employer.map(|cvr| cvr.to_string());
        let outcome = fields.outcome.as_ref().map(Outcome::code);
        let row: i64 = self
            .sql
            .prepare_cached(
                "INSERT INTO entry (document, folder, kind, at_ms, at, minutes, place, employer, contact_person, face_to_face,
                     outcome, hours_per_week, job_title, permanent, recorded_by, note, conflicts)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
                 ON CONFLICT (document) DO UPDATE SET kind = ?3, at_ms = ?4, at = ?5, minutes = ?6, place = ?7, employer = ?8,
                     contact_person = ?9, face_to_face = ?10, outcome = ?11, hours_per_week = ?12, job_title = ?13,
                     permanent = ?14, recorded_by = ?15, note = ?16, conflicts = ?17
                 RETURNING row",
            )?
            .query_row(
                rusqlite::params![
                    entry.document.sql(),
                    entry.folder.sql(),
                    fields.kind.code(),
                    fields.at.unix_ms(),
                    fields.at.to_string(),
                    fields.minutes,
                    fields.place,
                    employer,
                    fields.contact_person,
                    fields.face_to_face,
                    outcome,
                    fields.hours_per_week,
                    fields.job_title,
                    fields.permanent,
                    fields.recorded_by,
                    entry.note,
                    entry.conflicts,
                ],
                |row| row.get(0),
            )?;
        self.sql.prepare_cached("DELETE FROM entry_text WHERE rowid = ?1")?.execute([row])?;
        self.sql
            .prepare_cached("INSERT INTO entry_text (rowid, text) VALUES (?1, ?2)")?
            .execute((row, searchable(entry)))?;
        Ok(())
    }

    /// Stores an employer.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_employer(
        &self,
        document: DocumentId,
        folder: FolderId,
        fields: &EmployerFields,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO employer (document, folder, cvr, name, trade, address, postcode, town, contact_person)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute((
                document.sql(),
                folder.sql(),
                fields.cvr.to_string(),
                &fields.name,
                &fields.trade,
                &fields.address,
                &fields.postcode,
                &fields.town,
                &fields.contact_person,
            ))?;
        Ok(())
    }

    /// Stores a member of the staff.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_staff(&self, document: DocumentId, member: MemberId, name: &str) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO staff (document, member, name, roles) VALUES (?1, ?2, ?3, '')")?
            .execute((document.sql(), member.sql(), name))?;
        Ok(())
    }

    /// Stores a programme.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_programme(&self, document: DocumentId, id: ProgrammeId, name: &str) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO programme (document, id, name) VALUES (?1, ?2, ?3)")?
            .execute((document.sql(), id.sql(), name))?;
        Ok(())
    }

    /// Stores a row of the case register.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_register_row(&self, row: &RegisterReadRow) -> Result<(), StoreError> {
        let folders: Vec<u8> = row.folders.iter().flat_map(|id| *id.as_bytes()).collect();
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO register_row (document, folder, case_id, number, name, folders, consultants, therapists)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute((
                row.document.sql(),
                row.folder.sql(),
                row.case.sql(),
                &row.number,
                &row.name,
                folders,
                row.consultants.join("\n"),
                row.therapists.join("\n"),
            ))?;
        Ok(())
    }

    /// Stores a consent.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_consent(&self, document: DocumentId, folder: FolderId, consent: &Consent) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO consent (document, folder, types, from_day, until_day, giver, receiver)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                document.sql(),
                folder.sql(),
                consent.types.join("\n"),
                consent.from.to_string(),
                consent.until.to_string(),
                &consent.giver,
                &consent.receiver,
            ))?;
        Ok(())
    }
}

/// Everything of an entry that people remember it by, folded.
fn searchable(entry: &EntryRowWrite<'_>) -> String {
    let fields = entry.fields;
    let words = [
        Some(entry.note),
        Some(fields.kind.danish()),
        fields.place.as_deref(),
        fields.contact_person.as_deref(),
        fields.job_title.as_deref(),
        fields.outcome.as_ref().map(Outcome::danish),
    ];
    fold(&words.into_iter().flatten().collect::<Vec<_>>().join("\n"))
}
