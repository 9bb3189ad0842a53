//! What held at which place of the log.
//!
//! A row is judged by what held where it stands: whoever left later was entitled when the row was written, and a device that
//! joins afterwards must come to the same verdict as one that was there.

use feltbog_domain::{DeviceId, MemberId, RoleGrant};

use super::Roster;
use crate::certificate::DeviceState;
use crate::envelope::EnvelopeKind;

/// Where own rows stand that are not in the log yet: behind everything.
const UNPLACED: u64 = u64::MAX;

/// Values and the places from which they held, in the order in which they were certified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct History<T> {
    steps: Vec<(u64, T)>,
}

impl<T> History<T> {
    pub(super) fn starting(place: u64, value: T) -> Self {
        Self { steps: vec![(place, value)] }
    }

    /// What was added before it had a place has one now.
    pub(super) fn add(&mut self, place: u64, value: T) {
        self.steps.retain(|(known, _)| *known != UNPLACED);
        let at = self.steps.partition_point(|(known, _)| *known <= place);
        self.steps.insert(at, (place, value));
    }

    /// Changes what held at every place.
    pub(super) fn change_all(&mut self, change: impl Fn(&mut T)) {
        self.steps.iter_mut().for_each(|(_, value)| change(value));
    }

    /// What held at a place. Before the first step the first one counts: own certificates learn their place late, and after a
    /// restore one may stand behind what it certifies.
    fn at(&self, place: u64) -> Option<&T> {
        let reached = self.steps.iter().take_while(|(from, _)| *from <= place).last();
        reached.or(self.steps.first()).map(|(_, value)| value)
    }

    /// The first place where a value was as wanted.
    fn since(&self, wanted: impl Fn(&T) -> bool) -> Option<u64> {
        self.steps.iter().find(|(_, value)| wanted(value)).map(|(place, _)| *place)
    }

    fn ever(&self) -> impl Iterator<Item = &T> {
        self.steps.iter().map(|(_, value)| value)
    }
}

/// Where a row stands, as far as places tell what was first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At this place of the log.
    At(u64),
    /// Beyond the place where a restored log began anew: rows may stand in another order than they were written in, so
    /// whoever once was entitled is believed.
    OutOfOrder,
}

impl Place {
    /// The place of a row in a log that began anew at `restored_at`, if it ever did.
    #[must_use]
    pub fn of(seq: u64, restored_at: Option<u64>) -> Self {
        if restored_at.is_some_and(|base| seq > base) { Place::OutOfOrder } else { Place::At(seq) }
    }
}

impl Roster {
    /// The roles a member held at a place; all that were ever held where order is not known.
    #[must_use]
    pub fn roles_at(&self, member: MemberId, place: Place) -> Vec<RoleGrant> {
        let Some(entry) = self.members.get(&member) else { return Vec::new() };
        match place {
            Place::At(seq) => entry.history.at(seq).cloned().unwrap_or_default(),
            Place::OutOfOrder => {
                let mut roles: Vec<RoleGrant> = Vec::new();
                for role in entry.history.ever().flatten() {
                    if !roles.contains(role) {
                        roles.push(*role);
                    }
                }
                roles
            }
        }
    }

    /// The roles a member held at a place for certain: where order is not known, those that were never given or taken.
    #[must_use]
    pub fn roles_for_certain(&self, member: MemberId, place: Place) -> Vec<RoleGrant> {
        let Some(entry) = self.members.get(&member) else { return Vec::new() };
        let mut roles = self.roles_at(member, place);
        if place == Place::OutOfOrder {
            roles.retain(|role| entry.history.ever().all(|held| held.contains(role)));
        }
        roles
    }

    /// Who of those that hold a role now held it first, so that of several who could make a thing one does.
    #[must_use]
    pub fn first_with(&self, role: RoleGrant) -> Option<MemberId> {
        let since = |entry: &super::MemberEntry| entry.history.since(|roles| roles.contains(&role));
        let holders = self.members.iter().filter(|(_, entry)| !entry.left && entry.roles.contains(&role));
        holders.min_by_key(|(member, entry)| (since(entry), **member)).map(|(member, _)| *member)
    }

    /// Whether a row of this kind may come from a device at this place. One that was shut out hands in its work and says
    /// that it forgot the rest, nothing else.
    #[must_use]
    pub fn may_sign(&self, device: DeviceId, kind: Option<EnvelopeKind>, place: Place) -> bool {
        if matches!(kind, Some(EnvelopeKind::Deposit | EnvelopeKind::ReadLog)) {
            return self.devices.contains_key(&device);
        }
        self.devices.get(&device).is_some_and(|entry| match place {
            Place::At(seq) => entry.history.at(seq).is_none_or(|state| *state != DeviceState::Revoked),
            Place::OutOfOrder => true,
        })
    }

    /// The roles that a row of a device is judged by: those its member held where it stands, or, where the device was shut out
    /// before, those of the time it was not. Who left holds none any more, and their work is handed in all the same.
    #[must_use]
    pub fn roles_behind(&self, device: DeviceId, member: MemberId, place: Place) -> Vec<RoleGrant> {
        match (place, self.revoked_at(device)) {
            (Place::At(seq), Some(shut_out_at)) if shut_out_at <= seq => {
                self.roles_at(member, Place::At(shut_out_at.saturating_sub(1)))
            }
            _ => self.roles_at(member, place),
        }
    }

    /// Where a device was shut out for ever.
    #[must_use]
    pub fn revoked_at(&self, device: DeviceId) -> Option<u64> {
        let entry = self.devices.get(&device)?;
        entry.history.steps.iter().find(|(_, state)| *state == DeviceState::Revoked).map(|(place, _)| *place)
    }
}
