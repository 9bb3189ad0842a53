//! The offices a member holds now, which some rows and some acts need beside a grant.

use feltbog_domain::{ProgrammeId, Role, RoleGrant};

use super::read_log::keeps_records;

/// Read from the roster at each request, so that an office lost is lost at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offices {
    /// The programmes whose leader or deputy the member is.
    pub(super) led: Vec<ProgrammeId>,
    /// Whether the member is administrator, leader or deputy of anything.
    pub(super) any: bool,
    /// Whether the member follows erasures to their end: one of those offices, or records.
    pub(super) hears_of_purges: bool,
    /// Whether the member keeps records of anything.
    pub(super) keeps_records: bool,
}

impl Offices {
    pub(super) fn of(roles: &[RoleGrant]) -> Self {
        let leads = |grant: &&RoleGrant| matches!(grant.role, Role::Leader | Role::Deputy);
        let led: Vec<ProgrammeId> =
            roles.iter().filter(leads).map(|grant| grant.programme).filter(|programme| !programme.is_none()).collect();
        let any = roles.iter().any(|grant| matches!(grant.role, Role::Administrator | Role::Leader | Role::Deputy));
        let hears_of_purges = any || roles.iter().any(|grant| grant.role == Role::Records);
        Self { led, any, hears_of_purges, keeps_records: keeps_records(roles) }
    }
}
