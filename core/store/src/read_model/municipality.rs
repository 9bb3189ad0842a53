//! Reading what everybody in the municipality may know: its staff and its programmes.

use feltbog_domain::ProgrammeSettings;

use super::rows::{ProgrammeReadRow, StaffReadRow};
use crate::open::{Reader, StoreError};
use crate::rows::RowExt;

impl Reader<'_> {
    /// The staff, by name.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn staff(&self) -> Result<Vec<StaffReadRow>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT member, name, organisation FROM staff ORDER BY name, member")?;
        let rows = statement.query_map([], |row| {
            Ok(StaffReadRow { member: row.id(0)?, name: row.get(1)?, organisation: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The programmes, by name.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn programmes(&self) -> Result<Vec<ProgrammeReadRow>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT id, name, authority, talk_interval FROM programme ORDER BY name, id")?;
        let rows = statement.query_map([], |row| {
            let settings = ProgrammeSettings { authority: row.get(2)?, talk_interval: row.get(3)? };
            Ok(ProgrammeReadRow { id: row.id(0)?, name: row.get(1)?, settings })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
