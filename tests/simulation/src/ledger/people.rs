//! Who may still come to the server: phones that are blocked or shut out, and members who left.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{DeviceId, FolderKind, MemberId, Role, RoleGrant, Standing};
use feltbog_protocol::{DeviceState, Statement};

/// What the certificates of the log say, each read after those before it.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    members: BTreeMap<DeviceId, MemberId>,
    roles: BTreeMap<MemberId, Vec<RoleGrant>>,
    states: BTreeMap<DeviceId, DeviceState>,
    left: BTreeSet<MemberId>,
}

impl People {
    pub(super) fn read(&mut self, statement: Statement) {
        match statement {
            Statement::Device { device, member, .. } => {
                self.members.insert(device, member);
            }
            Statement::Member { member, roles } => {
                let roles = roles.iter().filter_map(|role| role.known()).collect();
                self.roles.insert(member, roles);
            }
            Statement::DeviceState { device, state, .. } => {
                // Shut out is for ever, whatever is said afterwards.
                let now = self.states.entry(device).or_insert(DeviceState::Free);
                if *now != DeviceState::Revoked {
                    *now = DeviceState::from_code(state).unwrap_or(*now);
                }
            }
            Statement::MemberLeft { member } => {
                self.left.insert(member);
            }
            _ => {}
        }
    }

    pub(crate) fn member(&self, device: DeviceId) -> Option<MemberId> {
        self.members.get(&device).copied()
    }

    /// Whether a device is locked until somebody frees it.
    pub(crate) fn is_blocked(&self, device: DeviceId) -> bool {
        self.states.get(&device) == Some(&DeviceState::Blocked)
    }

    /// Whether a device is shut out for ever.
    pub(crate) fn is_gone(&self, device: DeviceId) -> bool {
        self.states.get(&device) == Some(&DeviceState::Revoked)
            || self.member(device).is_some_and(|member| self.left.contains(&member))
    }

    pub(crate) fn leads(&self, member: MemberId) -> bool {
        self.holds(member, |grant| is_lead(grant.role))
    }

    /// Whether a member leads the side a kind of folder is on.
    pub(crate) fn leads_a(&self, kind: FolderKind, member: MemberId) -> bool {
        let answers = |grant: RoleGrant| kind.standing(grant.programme, &[grant]) == Standing::ByOffice;
        self.holds(member, |grant| is_lead(grant.role) && answers(grant))
    }

    pub(crate) fn keeps_records(&self, member: MemberId) -> bool {
        self.holds(member, |grant| grant.role == Role::Records)
    }

    fn holds(&self, member: MemberId, is_it: impl Fn(RoleGrant) -> bool) -> bool {
        self.roles.get(&member).is_some_and(|roles| roles.iter().any(|role| is_it(*role)))
    }
}

const fn is_lead(role: Role) -> bool {
    matches!(role, Role::Leader | Role::Deputy)
}
