//! Saying that two companies are one, and taking it back.

use feltbog_domain::{CvrNumber, DocumentKind, EmployerFields};

use crate::device::Device;
use crate::error::AppError;
use crate::use_cases::change_employer::employer_id;

impl Device {
    /// Says that an employer is the same company as another. Everything recorded on either is shown together from then on;
    /// no entry is rewritten, and of what may be said the strictest counts.
    ///
    /// # Errors
    /// Numbers that cannot be one or are not in the register, and companies that are one already.
    pub fn merge_employers(&mut self, employer: &str, into: &str) -> Result<(), AppError> {
        let (employer, into) = self.two_companies(employer, into, "de to er allerede den samme virksomhed")?;
        self.rewrite_employers(&[employer], |fields| fields.merged_into = Some(into))
    }

    /// Takes back that an employer is the same company as another. What was said since of both stays said of both.
    ///
    /// # Errors
    /// A number that cannot be one, or an employer that was not merged into another.
    pub fn unmerge_employer(&mut self, employer: &str) -> Result<(), AppError> {
        let employer: CvrNumber = employer.trim().parse()?;
        let taken_back = self.employer_groups()?.undoing(employer);
        if taken_back.is_empty() {
            return Err(AppError::Unclear("virksomheden er ikke slået sammen med en anden".into()));
        }
        self.rewrite_employers(&taken_back, |fields| fields.merged_into = None)
    }

    /// Two typed numbers as the companies they stand for; `merged` is said where both are one. The second has to be known here,
    /// the first is found when it is written.
    pub(crate) fn two_companies(
        &self,
        one: &str,
        other: &str,
        merged: &str,
    ) -> Result<(CvrNumber, CvrNumber), AppError> {
        let (one, other): (CvrNumber, CvrNumber) = (one.trim().parse()?, other.trim().parse()?);
        let groups = self.employer_groups()?;
        if groups.together(one, other) {
            return Err(AppError::Unclear(merged.to_owned()));
        }
        self.employer(other)?.ok_or(AppError::UnknownEmployer)?;
        Ok((groups.head(one), groups.head(other)))
    }

    /// In every register that has them.
    pub(crate) fn rewrite_employers(
        &mut self,
        employers: &[CvrNumber],
        change: impl Fn(&mut EmployerFields),
    ) -> Result<(), AppError> {
        let registers = self.writable_registers()?;
        if registers.is_empty() {
            return Err(AppError::NotAllowed("skrive i virksomhedslisten"));
        }
        let editor = self.editor();
        self.store.write(|w| {
            let mut known = false;
            for (register, employer) in registers.iter().flat_map(|r| employers.iter().map(move |e| (r, *e))) {
                let id = employer_id(register, employer);
                if !w.has_document(id)? {
                    continue;
                }
                known = true;
                editor.edit(w, register, id, DocumentKind::Employer, |document, actor| {
                    let mut fields = document.employer()?;
                    change(&mut fields);
                    document.write_employer(actor, &fields)
                })?;
            }
            if known { Ok(()) } else { Err(AppError::UnknownEmployer) }
        })
    }
}
