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
    /// The colleague who was last in touch with them.
    pub last_by: Option<String>,
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
        rows.into_iter()
            .filter(|row| holds(&row.fields))
            .map(|row| {
                let last = self.contacts_with(row.fields.cvr, 1)?.into_iter().next();
                let last_at = last.as_ref().map(|last| last.contact.at);
                Ok(EmployerSummary {
                    last_visit: row.last_visit.max(last_at),
                    // Who it was is known of the team's own contacts only.
                    last_by: last.filter(|_| last_at >= row.last_visit).map(|last| last.by),
                    fields: row.fields,
                })
            })
            .collect()
    }
}
