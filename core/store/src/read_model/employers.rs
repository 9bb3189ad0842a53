//! The register of employers, the team's contacts with them, and what may be said to each.

use feltbog_domain::{
    Agreement, CvrNumber, Disclosure, DocumentId, EmployerContact, EntryKind, FolderId, MemberId, Moment, Outcome,
    Purpose,
};
use rusqlite::Row;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::AsSql;

const CONTACT: &str = "c.employer, c.at, c.kind, c.face_to_face, c.contact_person, c.purpose, c.outcome, c.about, c.unit, \
                       (SELECT a.member FROM author a WHERE a.document = c.document ORDER BY a.place LIMIT 1)";

impl Writer<'_> {
    /// Stores a contact of the team with an employer.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_employer_contact(
        &self,
        document: DocumentId,
        folder: FolderId,
        contact: &EmployerContact,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO employer_contact (document, folder, employer, at_ms, at, kind, face_to_face,
                     contact_person, purpose, outcome, about, mistaken, unit)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(rusqlite::params![
                document.sql(),
                folder.sql(),
                contact.employer.to_string(),
                contact.at.unix_ms(),
                contact.at.to_string(),
                contact.kind.code(),
                contact.face_to_face,
                contact.contact_person,
                contact.purpose.as_ref().map(Purpose::code),
                contact.outcome.as_ref().map(Outcome::code),
                contact.about,
                contact.mistaken,
                contact.unit.map(|unit| unit.to_string()),
            ])?;
        Ok(())
    }

    /// Stores what a citizen agreed may be said to an employer.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_agreement(
        &self,
        document: DocumentId,
        folder: FolderId,
        agreement: &Agreement,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO agreement (document, folder, employer, disclosure, may_say, may_not_say, decided_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                document.sql(),
                folder.sql(),
                agreement.employer.to_string(),
                agreement.disclosure.code(),
                &agreement.may_say,
                &agreement.may_not_say,
                agreement.decided_at.to_string(),
            ))?;
        Ok(())
    }
}

impl Reader<'_> {
    /// The team's contacts with an employer, newest first, each with who signed it first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn employer_contacts(
        &self,
        employer: CvrNumber,
        limit: u32,
    ) -> Result<Vec<(EmployerContact, Option<MemberId>)>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT {CONTACT} FROM employer_contact c WHERE c.employer = ?1 AND c.mistaken = 0
             ORDER BY c.at_ms DESC, c.document LIMIT ?2"
        ))?;
        let rows = statement.query_map((employer.to_string(), limit), contact_row)?;
        rows.filter_map(Result::transpose).map(|row| Ok(row?)).collect()
    }

    /// Whether the team knows of a contact.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_employer_contact(&self, document: DocumentId) -> Result<bool, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM employer_contact WHERE document = ?1)")?;
        Ok(statement.query_row([document.sql()], |row| row.get(0))?)
    }

    /// Entries of one visit that were not written by mistake.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn counts_in_visit(&self, visit: DocumentId) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM counted WHERE visit = ?1)")?;
        Ok(statement.query_row([visit.sql()], |row| row.get(0))?)
    }

    /// What a citizen agreed may be said to employers, newest first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn agreements(&self, folder: FolderId) -> Result<Vec<Agreement>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT employer, disclosure, may_say, may_not_say, decided_at FROM agreement
             WHERE folder = ?1 ORDER BY decided_at DESC, document",
        )?;
        let rows = statement.query_map([folder.sql()], agreement_row)?;
        rows.filter_map(Result::transpose).map(|row| Ok(row?)).collect()
    }
}

/// A row that cannot be read is left out: one bad row hides no good one.
fn contact_row(row: &Row<'_>) -> Result<Option<(EmployerContact, Option<MemberId>)>, rusqlite::Error> {
    let (employer, at): (String, String) = (row.get(0)?, row.get(1)?);
    let (Ok(employer), Ok(at)) = (employer.parse::<CvrNumber>(), at.parse::<Moment>()) else { return Ok(None) };
    let by = row.get::<_, Option<Vec<u8>>>(9)?.and_then(|id| MemberId::try_from(id.as_slice()).ok());
    let contact = EmployerContact {
        employer,
        unit: row.get::<_, Option<String>>(8)?.and_then(|unit| unit.parse().ok()),
        at,
        kind: EntryKind::from_code(&row.get::<_, String>(2)?),
        face_to_face: row.get(3)?,
        contact_person: row.get(4)?,
        purpose: row.get::<_, Option<String>>(5)?.map(|code| Purpose::from_code(&code)),
        outcome: row.get::<_, Option<String>>(6)?.map(|code| Outcome::from_code(&code)),
        about: row.get(7)?,
        mistaken: false,
    };
    Ok(Some((contact, by)))
}

fn agreement_row(row: &Row<'_>) -> Result<Option<Agreement>, rusqlite::Error> {
    let (employer, decided_at): (String, String) = (row.get(0)?, row.get(4)?);
    let (Ok(employer), Ok(decided_at)) = (employer.parse::<CvrNumber>(), decided_at.parse::<Moment>()) else {
        return Ok(None);
    };
    Ok(Some(Agreement {
        employer,
        disclosure: Disclosure::from_code(&row.get::<_, String>(1)?),
        may_say: row.get(2)?,
        may_not_say: row.get(3)?,
        decided_at,
    }))
}
