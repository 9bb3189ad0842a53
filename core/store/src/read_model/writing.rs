//! Writing it, beside each document.

use std::sync::LazyLock;

use feltbog_domain::{CaseProfile, Consent, ContactBy, DocumentId, FolderId, JobType, Outcome, Purpose, StepOutcome};

use super::rows::{CaseFolderRow, EntryRowWrite, ProgrammeReadRow, RegisterReadRow, StaffReadRow};
use crate::open::{StoreError, Writer};
use crate::rows::AsSql;

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
        self.set_facts_due(row.folder)
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
                     district, benefit, target_group, track, consultant, therapist, treatment_site, job_wish, disclosure,
                     plan, strengths, support, phone, contact_by, aftercare_from, former_wishes, former_benefits, former_target_groups, people)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
                         ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)",
            )?
            .execute(rusqlite::params![
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
                profile.plan,
                profile.strengths,
                profile.support,
                profile.phone,
                profile.contact_by.as_ref().map(ContactBy::code),
                day(profile.aftercare_from),
                serde_json::to_string(&profile.former_wishes).unwrap_or_default(),
                serde_json::to_string(&profile.former_benefits).unwrap_or_default(),
                serde_json::to_string(&profile.former_target_groups).unwrap_or_default(),
                serde_json::to_string(&profile.people).unwrap_or_default(),
            ])?;
        self.set_facts_due(folder)
    }

    /// Stores an entry and what search finds it by.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_entry(&self, entry: &EntryRowWrite<'_>) -> Result<(), StoreError> {
        let (fields, step, marks) = (entry.fields, entry.fields.next_step.as_ref(), &entry.fields.marks);
        let row: i64 = self.sql.prepare_cached(&PUT_ENTRY)?.query_row(
            rusqlite::params![
                entry.document.sql(),
                entry.folder.sql(),
                fields.kind.code(),
                fields.at.unix_ms(),
                fields.at.to_string(),
                fields.minutes,
                fields.place,
                fields.employer.map(|cvr| cvr.to_string()),
                fields.contact_person,
                fields.face_to_face,
                fields.outcome.as_ref().map(Outcome::code),
                fields.hours_per_week,
                fields.job_title,
                fields.permanent,
                fields.recorded_by,
                entry.note,
                entry.conflicts,
                fields.client_specific,
                fields.purpose.as_ref().map(Purpose::code),
                fields.job_type.as_ref().map(JobType::code),
                fields.fits_wish,
                step.map(|step| &step.text),
                step.and_then(|step| step.on).map(|day| day.to_string()),
                step.and_then(|step| step.time).map(|time| time.to_string()),
                step.and_then(|step| step.settled.as_ref()).map(StepOutcome::code),
                fields.visit.map(|id| id.sql().to_vec()),
                fields.addendum_to.map(|id| id.sql().to_vec()),
                marks.mistaken,
                marks.journal_number,
                marks.journalised_at.map(|at| at.to_string()),
                marks.journal_not_needed,
                marks.read_together_at.map(|at| at.to_string()),
                fields.unit.map(|unit| unit.to_string()),
            ],
            |row| row.get(0),
        )?;
        self.set_facts_due(entry.folder)?;
        self.index_entry(row, entry)
    }

    /// Stores a member of the staff.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_staff(&self, document: DocumentId, row: &StaffReadRow) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO staff (document, member, name, organisation, roles) VALUES (?1, ?2, ?3, ?4, '')",
            )?
            .execute((document.sql(), row.member.sql(), &row.name, &row.organisation))?;
        // Whose work is whose is told by name where it was imported.
        self.set_all_facts_due()
    }

    /// Stores a programme.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_programme(&self, document: DocumentId, row: &ProgrammeReadRow) -> Result<(), StoreError> {
        let settings = &row.settings;
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO programme (document, id, name, authority, talk_interval) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((document.sql(), row.id.sql(), &row.name, settings.authority, &settings.talk_interval))?;
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

/// The columns of an entry after its document, in the order they are bound.
const COLUMNS: [&str; 32] = [
    "folder",
    "kind",
    "at_ms",
    "at",
    "minutes",
    "place",
    "employer",
    "contact_person",
    "face_to_face",
    "outcome",
    "hours_per_week",
    "job_title",
    "permanent",
    "recorded_by",
    "note",
    "conflicts",
    "client_specific",
    "purpose",
    "job_type",
    "fits_wish",
    "next_step",
    "next_step_on",
    "next_step_time",
    "next_step_settled",
    "visit",
    "addendum_to",
    "mistaken",
    "journal_number",
    "journalised_at",
    "journal_not_needed",
    "read_together_at",
    "unit",
];

/// An entry stays in the folder it was written in.
static PUT_ENTRY: LazyLock<String> = LazyLock::new(|| {
    let numbered = || (2..).zip(COLUMNS);
    let places: Vec<String> = numbered().map(|(place, _)| format!("?{place}")).collect();
    let updates: Vec<String> = numbered().skip(1).map(|(place, column)| format!("{column} = ?{place}")).collect();
    format!(
        "INSERT INTO entry (document, {}) VALUES (?1, {}) ON CONFLICT (document) DO UPDATE SET {} RETURNING row",
        COLUMNS.join(", "),
        places.join(", "),
        updates.join(", ")
    )
});
