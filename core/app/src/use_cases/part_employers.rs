//! Saying that two companies which look like one are two, and taking it back.

use feltbog_domain::CvrNumber;

use crate::device::Device;
use crate::error::AppError;

impl Device {
    /// Says that an employer is another company than one it looks like: nobody is asked again whether they are one.
    ///
    /// # Errors
    /// Numbers that cannot be one or are not in the register, and companies that were merged.
    pub fn part_employers(&mut self, employer: &str, from: &str) -> Result<(), AppError> {
        let (employer, from) = self.two_companies(employer, from, "de to er slået sammen: skil dem ad først")?;
        self.rewrite_employers(&[employer], |fields| {
            if !fields.apart_from.contains(&from) {
                fields.apart_from.push(from);
            }
        })
    }

    /// Takes that back, whichever of the two it was said of: they may be asked about again.
    ///
    /// # Errors
    /// Numbers that cannot be one, or companies of which nobody said it.
    pub fn compare_employers_again(&mut self, employer: &str, with: &str) -> Result<(), AppError> {
        let (employer, with): (CvrNumber, CvrNumber) = (employer.trim().parse()?, with.trim().parse()?);
        if !self.employer(employer)?.ok_or(AppError::UnknownEmployer)?.is_apart_from(with) {
            return Err(AppError::Unclear("ingen har sagt, at de to er forskellige".into()));
        }
        let groups = self.employer_groups()?;
        for (one, other) in [(employer, with), (with, employer)] {
            let others = groups.members(other);
            self.rewrite_employers(&groups.members(one), |fields| {
                fields.apart_from.retain(|cvr| !others.contains(cvr));
            })?;
        }
        Ok(())
    }
}
