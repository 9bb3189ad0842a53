//! The programme's employers.

use feltbog_domain::{EmployerFields, Moment, fold};

use crate::device::Device;
use crate::error::AppError;

/// One employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployerSummary {
    /// What the register says.
    pub fields: EmployerFields,
    /// When somebody was last there; no citizen is named.
    pub last_visit: Option<Moment>,
}

impl Device {
    /// Employers whose name, trade, town or number holds the words, most recently visited first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn employers(&self, words: &str) -> Result<Vec<EmployerSummary>, AppError> {
        let wanted = fold(words.trim());
        let holds = |fields: &EmployerFields| {
            let cvr = fields.cvr.to_string();
            let texts =
                [Some(fields.name.as_str()), fields.trade.as_deref(), fields.town.as_deref(), Some(cvr.as_str())];
            texts.into_iter().flatten().any(|text| fold(text).contains(&wanted))
        };
        let rows = self.store.reader().employers()?;
        Ok(rows
            .into_iter()
            .filter(|row| holds(&row.fields))
            .map(|row| EmployerSummary { fields: row.fields, last_visit: row.last_visit })
            .collect())
    }
}
