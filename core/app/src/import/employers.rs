//! `virksomheder.csv`.

use feltbog_domain::{CvrNumber, DocumentKind, EmployerFields};
use feltbog_notes::document_id;

use super::csv_lines::Table;
use super::fields::{FieldError, Fields};
use super::{EMPLOYERS, Importer};
use crate::error::AppError;
use crate::use_cases::write_employer;

impl Importer<'_> {
    pub(super) fn employers(&mut self, text: &str) -> Result<(), AppError> {
        let table = Table::parse(text);
        for line in &table.lines {
            match Fields::of(&table, line).and_then(|fields| read(&fields)) {
                Ok(employer) if self.knows_employer(employer.cvr)? => self.report.unchanged += 1,
                Ok(employer) => {
                    write_employer(self.w, self.editor, &self.employers, &employer)?;
                    self.report.employers += 1;
                }
                Err((field, reason)) => self.report.refuse(EMPLOYERS, line.number, field, reason),
            }
        }
        Ok(())
    }
}

impl Importer<'_> {
    /// Whether the programme's own register has the employer.
    pub(super) fn knows_employer(&self, cvr: CvrNumber) -> Result<bool, AppError> {
        Ok(self.w.has_document(document_id(self.employers.id, DocumentKind::Employer, &cvr.to_string()))?)
    }
}

fn read(fields: &Fields<'_>) -> Result<EmployerFields, FieldError> {
    let cvr: CvrNumber =
        fields.required("cvr")?.parse().map_err(|error: feltbog_domain::CvrError| ("cvr", error.to_string()))?;
    Ok(EmployerFields {
        trade: fields.owned("branche"),
        address: fields.owned("adresse"),
        postcode: fields.owned("postnr"),
        town: fields.owned("by"),
        contact_person: fields.owned("kontaktperson"),
        ..EmployerFields::new(cvr, fields.required("navn")?)
    })
}
