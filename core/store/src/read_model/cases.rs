//! Reading cases: their folders, facts and consents, and the register they stand in.

use feltbog_domain::{CaseId, CaseProfile, Consent, ContactBy, Disclosure, FolderId};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row};
use serde::de::DeserializeOwned;

use super::rows::{CaseFolderRow, ConsentReadRow, ProfileReadRow, RegisterReadRow};
use crate::open::{Reader, StoreError};
use crate::rows::{AsSql, RowExt, parsed};

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
                    contact_by, aftercare_from, former_wishes, former_benefits, former_target_groups, people FROM profile",
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
                former_wishes: from_json(row.get(21)?),
                former_benefits: from_json(row.get(22)?),
                former_target_groups: from_json(row.get(23)?),
                people: from_json(row.get(24)?),
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

fn case_folder_row(row: &Row<'_>) -> Result<CaseFolderRow, rusqlite::Error> {
    Ok(CaseFolderRow {
        folder: row.id(0)?,
        case: row.id(1)?,
        number: row.get(2)?,
        name: row.get(3)?,
        programme: row.id(4)?,
    })
}

fn from_json<T: DeserializeOwned>(list: Option<String>) -> Vec<T> {
    list.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

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
}
