//! The register of employers: companies, their units, who works there, and what they look for.

use feltbog_domain::{
    ContactBy, ContactPerson, CvrNumber, DocumentId, EmployerFields, EmployerUnit, FolderId, JobType, MemberId,
    Opening, OpeningState,
};
use rusqlite::{OptionalExtension, Row};

use super::rows::{ContactPersonRow, EmployerReadRow, OpeningRow};
use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt};

const EMPLOYER: &str = "r.document, r.folder, r.cvr, r.name, r.trade, r.address, r.postcode, r.town, r.contact_person, \
                        r.unverified, r.merged_into, r.units, r.apart_from";
const PERSON: &str = "document, folder, employer, name, function, phone, mail, prefers, in_charge, gone";
const OPENING: &str = "o.document, o.folder, o.employer, o.text, o.hours_per_week, o.job_type, o.from_day, o.until_day, \
                       o.state, o.noted_on, \
                       (SELECT a.member FROM author a WHERE a.document = o.document ORDER BY a.place LIMIT 1)";

impl Writer<'_> {
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
        let units = (!fields.units.is_empty()).then(|| serde_json::to_string(&fields.units).unwrap_or_default());
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO employer (document, folder, cvr, name, trade, address, postcode, town, contact_person,
                     unverified, merged_into, units, apart_from)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
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
                fields.unverified.then_some(true),
                fields.merged_into.map(|other| other.to_string()),
                units,
                numbers(&fields.apart_from),
            ))?;
        Ok(())
    }

    /// Stores somebody who works for an employer.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_contact_person(
        &self,
        document: DocumentId,
        folder: FolderId,
        person: &ContactPerson,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(&format!(
                "INSERT OR REPLACE INTO contact_person ({PERSON}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
            ))?
            .execute((
                document.sql(),
                folder.sql(),
                person.employer.to_string(),
                &person.name,
                &person.function,
                &person.phone,
                &person.mail,
                person.prefers.as_ref().map(ContactBy::code),
                person.in_charge,
                person.left,
            ))?;
        Ok(())
    }

    /// Stores what an employer looks for.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_opening(&self, document: DocumentId, folder: FolderId, opening: &Opening) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO opening (document, folder, employer, text, hours_per_week, job_type, from_day,
                     until_day, state, noted_on)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute((
                document.sql(),
                folder.sql(),
                opening.employer.to_string(),
                &opening.text,
                opening.hours_per_week,
                opening.job_type.as_ref().map(JobType::code),
                opening.from.map(|day| day.to_string()),
                opening.until.map(|day| day.to_string()),
                opening.state.code(),
                opening.noted_on.to_string(),
            ))?;
        Ok(())
    }
}

impl Reader<'_> {
    /// The register of employers, most recently visited first: a row for each document, so that a number which stands in
    /// the registers of two programmes comes twice.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn employers(&self) -> Result<Vec<EmployerReadRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT {EMPLOYER},
                    (SELECT e.at FROM counted e WHERE e.employer = r.cvr ORDER BY e.at_ms DESC LIMIT 1) AS last
             FROM employer r
             ORDER BY (SELECT max(e.at_ms) FROM counted e WHERE e.employer = r.cvr) DESC NULLS LAST, r.name, r.document"
        ))?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.extend(employer_row(row)?);
        }
        Ok(found)
    }

    /// Which employers said that they are another one.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn merged_employers(&self) -> Result<Vec<(CvrNumber, CvrNumber)>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT cvr, merged_into FROM employer WHERE merged_into IS NOT NULL")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut said = Vec::new();
        for row in rows {
            let (one, other) = row?;
            if let (Ok(one), Ok(other)) = (one.parse(), other.parse()) {
                said.push((one, other));
            }
        }
        Ok(said)
    }

    /// Name of an employer.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn employer_name(&self, cvr: CvrNumber) -> Result<Option<String>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT name FROM employer WHERE cvr = ?1 ORDER BY document LIMIT 1")?;
        Ok(statement.query_row([cvr.to_string()], |row| row.get(0)).optional()?)
    }

    /// Everybody who works or worked for the employers.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn contact_people(&self) -> Result<Vec<ContactPersonRow>, StoreError> {
        let mut statement =
            self.sql.prepare_cached(&format!("SELECT {PERSON} FROM contact_person ORDER BY document"))?;
        let rows = statement.query_map([], person_row)?;
        rows.filter_map(Result::transpose).map(|row| Ok(row?)).collect()
    }

    /// Everything the employers look for or looked for, latest noted first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn openings(&self) -> Result<Vec<OpeningRow>, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached(&format!("SELECT {OPENING} FROM opening o ORDER BY o.noted_on DESC, o.document"))?;
        let rows = statement.query_map([], opening_row)?;
        rows.filter_map(Result::transpose).map(|row| Ok(row?)).collect()
    }

    /// How often the team was in touch with an employer face to face, and how often in all, what was imported from older
    /// files not counted.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn employer_contact_counts(&self, employer: CvrNumber) -> Result<(u32, u32), StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT count(*) FILTER (WHERE face_to_face = 1), count(*) FROM employer_contact
             WHERE employer = ?1 AND mistaken = 0",
        )?;
        Ok(statement.query_row([employer.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}

/// A row that cannot be read is left out: one bad row hides no good one.
fn employer_row(row: &Row<'_>) -> Result<Option<EmployerReadRow>, rusqlite::Error> {
    let Ok(cvr) = row.get::<_, String>(2)?.parse() else { return Ok(None) };
    let units: Option<String> = row.get(11)?;
    let units: Vec<EmployerUnit> = units.and_then(|units| serde_json::from_str(&units).ok()).unwrap_or_default();
    let fields = EmployerFields {
        cvr,
        name: row.get(3)?,
        trade: row.get(4)?,
        address: row.get(5)?,
        postcode: row.get(6)?,
        town: row.get(7)?,
        contact_person: row.get(8)?,
        unverified: row.get::<_, Option<bool>>(9)? == Some(true),
        merged_into: row.get::<_, Option<String>>(10)?.and_then(|other| other.parse().ok()),
        units,
        apart_from: companies(row.get::<_, Option<String>>(12)?.as_deref()),
    };
    let last: Option<String> = row.get(13)?;
    Ok(Some(EmployerReadRow {
        document: row.id(0)?,
        folder: row.id(1)?,
        fields,
        last_visit: last.and_then(|at| at.parse().ok()),
    }))
}

/// Company numbers in one text, a space between.
fn numbers(companies: &[CvrNumber]) -> Option<String> {
    let numbers: Vec<String> = companies.iter().map(ToString::to_string).collect();
    (!numbers.is_empty()).then(|| numbers.join(" "))
}

fn companies(numbers: Option<&str>) -> Vec<CvrNumber> {
    numbers.into_iter().flat_map(|numbers| numbers.split(' ')).filter_map(|number| number.parse().ok()).collect()
}

fn person_row(row: &Row<'_>) -> Result<Option<ContactPersonRow>, rusqlite::Error> {
    let Ok(employer) = row.get::<_, String>(2)?.parse() else { return Ok(None) };
    let person = ContactPerson {
        employer,
        name: row.get(3)?,
        function: row.get(4)?,
        phone: row.get(5)?,
        mail: row.get(6)?,
        prefers: row.get::<_, Option<String>>(7)?.map(|code| ContactBy::from_code(&code)),
        in_charge: row.get(8)?,
        left: row.get(9)?,
    };
    Ok(Some(ContactPersonRow { document: row.id(0)?, folder: row.id(1)?, person }))
}

fn opening_row(row: &Row<'_>) -> Result<Option<OpeningRow>, rusqlite::Error> {
    let day = |column: usize| -> Result<Option<jiff::civil::Date>, rusqlite::Error> {
        Ok(row.get::<_, Option<String>>(column)?.and_then(|day| day.parse().ok()))
    };
    let (Ok(employer), Some(noted_on)) = (row.get::<_, String>(2)?.parse(), day(9)?) else { return Ok(None) };
    let by = row.get::<_, Option<Vec<u8>>>(10)?.and_then(|id| MemberId::try_from(id.as_slice()).ok());
    let opening = Opening {
        employer,
        text: row.get(3)?,
        hours_per_week: row.get(4)?,
        job_type: row.get::<_, Option<String>>(5)?.map(|code| JobType::from_code(&code)),
        from: day(6)?,
        until: day(7)?,
        state: OpeningState::from_code(&row.get::<_, String>(8)?),
        noted_on,
    };
    Ok(Some(OpeningRow { document: row.id(0)?, folder: row.id(1)?, opening, by }))
}
