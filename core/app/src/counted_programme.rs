//! A programme with everything of it that is counted on this device.

use feltbog_domain::{ProgrammeId, Role, Side};
use feltbog_reports::Scope;

use crate::counted_facts::CountedFacts;
use crate::device::Device;
use crate::error::AppError;
use crate::programme_pseudonyms::{private_pseudonyms, pseudonyms_of};
use crate::staff_names::StaffNames;

/// A programme, and what this device may see of it.
pub(crate) struct CountedProgramme {
    /// Its name; empty while nobody has named it.
    pub(crate) name: String,
    /// What is counted.
    pub(crate) facts: CountedFacts,
    /// Whose it is.
    pub(crate) scope: Scope,
}

impl Device {
    /// The programme of this name, or the only one this member works in, with its facts.
    ///
    /// # Errors
    /// When there is none, or several and no name.
    pub(crate) fn counted(&self, programme: Option<&str>) -> Result<CountedProgramme, AppError> {
        self.counted_of(self.programme(programme)?)
    }

    /// A programme with its facts.
    pub(crate) fn counted_of(&self, id: ProgrammeId) -> Result<CountedProgramme, AppError> {
        let r = self.store.reader();
        let names = StaffNames::load(&r, &self.roster)?;
        let pseudonyms = pseudonyms_of(&r, self.identity.tenant, id)?.unwrap_or_else(private_pseudonyms);
        let facts = CountedFacts::of(&r, &names, &pseudonyms, id)?;
        let name = r.programmes()?.into_iter().find(|row| row.id == id).map(|row| row.name).unwrap_or_default();
        Ok(CountedProgramme { name, facts, scope: self.scope_of(id) })
    }

    fn scope_of(&self, programme: ProgrammeId) -> Scope {
        if self.sees_all_of(programme) { Scope::Programme } else { Scope::Own }
    }

    /// Leaders, deputies and records officers of the employment side see all of it.
    pub(crate) fn sees_all_of(&self, programme: ProgrammeId) -> bool {
        self.my_roles().iter().any(|grant| {
            grant.programme == programme
                && grant.side == Side::Employment
                && matches!(grant.role, Role::Leader | Role::Deputy | Role::Records)
        })
    }
}
