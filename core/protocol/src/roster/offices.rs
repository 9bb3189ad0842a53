//! Who may certify what.
//!
//! Offices that open the folders of one side (leader, deputy, records officer) are given by that side: else an administrator,
//! or the other side's leader, could make themselves or a second self the reader of what is not theirs, and every device
//! would hand over the keys by itself. Where a side has nobody yet, an administrator appoints the first.

use feltbog_domain::{DeviceId, MemberId, ProgrammeId, Role, RoleGrant, Side};

use super::{DeviceEntry, Roster};
use crate::certificate::{DeviceState, RoleCode};

/// An act on another's device, by the device that does it.
#[derive(Debug, Clone, Copy)]
struct Relation {
    is_own: bool,
    administers: bool,
    leads: bool,
    is_colleague: bool,
}

impl Roster {
    /// Whether the member of this device may give somebody these roles. Nobody gives none: an empty list would be entitled
    /// to by everybody.
    #[must_use]
    pub fn may_invite(&self, device: DeviceId, roles: &[RoleCode]) -> bool {
        let Some(entry) = self.active(device) else { return false };
        !roles.is_empty() && roles.iter().all(|wanted| self.may_give(entry.member, *wanted))
    }

    /// Whether the member of this device may replace somebody's roles: those that come are given, those that go are taken
    /// by whoever could give them. The last administrator stays one.
    #[must_use]
    pub fn may_change(&self, device: DeviceId, member: MemberId, roles: &[RoleCode]) -> bool {
        let (Some(entry), Some(changed)) = (self.active(device), self.members.get(&member)) else { return false };
        let administers = |role: &RoleCode| role.role == Role::Administrator.code();
        if changed.left || (!roles.iter().any(administers) && self.is_last_administrator(member)) {
            return false;
        }
        let before: Vec<RoleCode> = changed.roles.iter().map(|role| RoleCode::from(*role)).collect();
        let giver = entry.member;
        roles.iter().filter(|role| !before.contains(role)).all(|role| self.may_give(giver, *role))
            && before.iter().filter(|role| !roles.contains(role)).all(|role| self.may_take(giver, *role))
    }

    /// What a role opens is closed when it goes, so it is taken by an administrator or the side it is held on: one side's leader
    /// could close the other's cases to those who work on them.
    fn may_take(&self, taker: MemberId, role: RoleCode) -> bool {
        let leads_it =
            |grant: &RoleGrant| is_lead(*grant) && grant.programme == role.programme && grant.side.code() == role.side;
        self.may_give(taker, role) && (self.administers(taker) || self.roles(taker).iter().any(leads_it))
    }

    fn may_give(&self, giver: MemberId, wanted: RoleCode) -> bool {
        let own = self.roles(giver);
        let administers = own.iter().any(|grant| grant.role == Role::Administrator);
        let leads = |same_side: bool| {
            own.iter().any(|grant| {
                is_lead(*grant)
                    && grant.programme == wanted.programme
                    && (!same_side || grant.side.code() == wanted.side)
            })
        };
        match Role::from_code(wanted.role) {
            Some(Role::Administrator) => administers,
            Some(Role::Leader | Role::Deputy | Role::Records | Role::Reviewer) => {
                leads(true) || (administers && !self.is_led(wanted))
            }
            _ => administers || leads(false),
        }
    }

    /// Whether the side of a programme has a leader or deputy who could give its offices.
    fn is_led(&self, wanted: RoleCode) -> bool {
        let leads = |grant: &RoleGrant| {
            is_lead(*grant) && grant.programme == wanted.programme && grant.side.code() == wanted.side
        };
        self.members.values().any(|entry| entry.roles.iter().any(leads))
    }

    /// Whether a device may put another into this state. Any colleague may block, so that a lost phone is shut in two
    /// minutes; to let it in again, or to shut it out for ever, takes an office or another device of the same person.
    #[must_use]
    pub fn may_set_state(&self, by: DeviceId, device: DeviceId, state: DeviceState) -> bool {
        let Some(target) = self.devices.get(&device) else { return false };
        let Some(relation) = self.relation(by, target.member) else { return false };
        let entitled = relation.administers || relation.leads;
        match state {
            DeviceState::Blocked => {
                entitled || relation.is_own || (relation.is_colleague && self.may_be_freed_again(by, device))
            }
            DeviceState::Revoked => entitled || relation.is_own,
            // A lost phone shall not free itself by the hand of whoever found it.
            DeviceState::Free => entitled || (relation.is_own && by != device),
        }
    }

    /// Whether somebody else's device is left that could undo a block. Without it one colleague could lock everybody out
    /// of the municipality, the offices last, and only the recovery shares would help.
    fn may_be_freed_again(&self, by: DeviceId, device: DeviceId) -> bool {
        let mut others = self.devices.keys().copied().filter(|other| *other != by && *other != device);
        others.any(|other| self.may_set_state(other, device, DeviceState::Free))
    }

    /// Whether somebody is records officer of a side of a programme.
    #[must_use]
    pub fn keeps_records(&self, member: MemberId, programme: ProgrammeId, side: Side) -> bool {
        let office = RoleGrant { role: Role::Records, programme, side };
        self.roles(member).contains(&office)
    }

    /// Whether a device may say that a member left. The last administrator stays: nobody could let anybody in any more.
    #[must_use]
    pub fn may_remove(&self, by: DeviceId, member: MemberId) -> bool {
        let Some(entry) = self.active(by) else { return false };
        let Some(leaver) = self.members.get(&member) else { return false };
        !self.is_last_administrator(member)
            && (self.administers(entry.member) || self.leads_all(entry.member, &leaver.roles))
    }

    /// Without an administrator nobody could let the next one in.
    #[must_use]
    pub fn is_last_administrator(&self, member: MemberId) -> bool {
        self.administers(member) && !self.members.keys().any(|other| *other != member && self.administers(*other))
    }

    fn administers(&self, member: MemberId) -> bool {
        self.roles(member).iter().any(|grant| grant.role == Role::Administrator)
    }

    /// Whether a device may make an invitation for one more device of a member. An administrator may not: a device of hers
    /// would be handed a consultant's keys.
    #[must_use]
    pub fn may_invite_device(&self, by: DeviceId, member: MemberId) -> bool {
        let (Some(entry), Some(invited)) = (self.active(by), self.members.get(&member)) else { return false };
        if invited.left {
            return false;
        }
        entry.station_until_ms.is_some() || entry.member == member || self.leads_all(entry.member, &invited.roles) || {
            let opens_nothing = |grant: &RoleGrant| matches!(grant.role, Role::Administrator | Role::Evaluator);
            self.is_administrator(by) && invited.roles.iter().all(opens_nothing)
        }
    }

    /// Whether somebody leads every programme and side of these roles; of none, nobody does.
    fn leads_all(&self, leader: MemberId, roles: &[RoleGrant]) -> bool {
        let leads = |wanted: &RoleGrant| {
            self.roles(leader)
                .iter()
                .any(|own| is_lead(*own) && own.programme == wanted.programme && own.side == wanted.side)
        };
        !roles.is_empty() && roles.iter().all(leads)
    }

    fn relation(&self, by: DeviceId, target: MemberId) -> Option<Relation> {
        let entry = self.active(by)?;
        let (member, is_station) = (entry.member, entry.station_until_ms.is_some());
        let (own, theirs) = (self.roles(member), self.roles(target));
        let together = |grant: &RoleGrant| {
            !grant.programme.is_none() && theirs.iter().any(|other| other.programme == grant.programme)
        };
        Some(Relation {
            is_own: member == target,
            administers: is_station || own.iter().any(|grant| grant.role == Role::Administrator),
            leads: own.iter().any(|grant| is_lead(*grant) && together(grant)),
            is_colleague: own.iter().any(together),
        })
    }

    /// A device that is served; one that was blocked or shut out certifies nothing.
    pub(super) fn active(&self, device: DeviceId) -> Option<&DeviceEntry> {
        self.devices.get(&device).filter(|entry| entry.state == DeviceState::Free)
    }

    pub(super) fn is_administrator(&self, device: DeviceId) -> bool {
        self.active(device)
            .is_some_and(|entry| self.roles(entry.member).iter().any(|grant| grant.role == Role::Administrator))
    }
}

fn is_lead(grant: RoleGrant) -> bool {
    matches!(grant.role, Role::Leader | Role::Deputy)
}
