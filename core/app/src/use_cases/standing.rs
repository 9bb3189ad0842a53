//! How this member stands, and what others changed of it: a device in their name, a role given or taken, a recovery station.
//!
//! Who may read is certified by people, and everybody can see it; but nobody looks. So a change is told until it was seen: whoever
//! lets a phone in under another's name is found out by that other (T1 and T13 of the threat model).

use std::collections::BTreeSet;
use std::fmt;

use feltbog_domain::{DeviceId, RoleGrant};
use feltbog_protocol::DeviceState;
use serde::{Deserialize, Serialize};

use crate::device::Device;
use crate::error::AppError;

/// What this member knows of; nothing is told before there is something to compare with.
const KNOWN: &str = "standing_known";

/// One thing that decides who reads as this member, or beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Standing {
    /// A further device of this member.
    Device(DeviceId),
    /// A recovery station: two shares were put together.
    Station(DeviceId),
    /// A role of this member.
    Role(RoleGrant),
}

/// Something of it that is new, or is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingChange {
    /// What.
    pub standing: Standing,
    /// Whether it is no more; devices and stations that go are told to nobody.
    pub gone: bool,
    /// A role in Danish, with its programme; empty for a device.
    pub role: String,
}

impl fmt::Display for StandingChange {
    /// Names the change, so that what is seen is what was shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.gone { "-" } else { "+" })?;
        match self.standing {
            Standing::Device(device) => write!(f, "device:{device}"),
            Standing::Station(device) => write!(f, "station:{device}"),
            Standing::Role(RoleGrant { role, programme, side }) => {
                write!(f, "role:{}:{programme}:{}", role.code(), side.code())
            }
        }
    }
}

impl Device {
    /// What others changed and this member has not seen yet.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn standing_changes(&self) -> Result<Vec<StandingChange>, AppError> {
        let Some(known) = self.known_standing()? else { return Ok(Vec::new()) };
        let now = self.standing();
        let new = now.difference(&known).map(|standing| (*standing, false));
        let gone = known.difference(&now).filter(|known| matches!(known, Standing::Role(_))).map(|role| (*role, true));
        let changes = new.chain(gone).map(|(standing, gone)| {
            let role = if let Standing::Role(grant) = &standing { self.role_word(grant)? } else { String::new() };
            Ok(StandingChange { standing, gone, role })
        });
        changes.collect()
    }

    /// The member has seen these, by the names they were shown under; what came meanwhile is told still.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn saw_standing(&mut self, seen: &[String]) -> Result<(), AppError> {
        let mut known = self.known_standing()?.unwrap_or_default();
        for change in self.standing_changes()?.iter().filter(|change| seen.contains(&change.to_string())) {
            if change.gone {
                known.remove(&change.standing);
            } else {
                known.insert(change.standing);
            }
        }
        self.know_standing(&known)
    }

    /// From the first exchange on there is something to compare with.
    pub(crate) fn begin_to_mind_standing(&mut self) -> Result<(), AppError> {
        if self.known_standing()?.is_some() {
            return Ok(());
        }
        self.know_standing(&self.standing())
    }

    /// What this device changes itself is no news to whoever holds it.
    pub(crate) fn know_own_act(&mut self, before: &BTreeSet<Standing>) -> Result<(), AppError> {
        let Some(mut known) = self.known_standing()? else { return Ok(()) };
        let now = self.standing();
        known.retain(|one| now.contains(one) || !before.contains(one));
        known.extend(now.difference(before));
        self.know_standing(&known)
    }

    /// How this member stands now, beside this device.
    pub(crate) fn standing(&self) -> BTreeSet<Standing> {
        let others = self.roster.devices().filter(|(device, _)| *device != self.identity.device);
        let devices = others.filter_map(|(device, entry)| match entry.station_until_ms {
            Some(_) => Some(Standing::Station(device)),
            None => {
                (entry.member == self.me() && entry.state != DeviceState::Revoked).then_some(Standing::Device(device))
            }
        });
        devices.chain(self.roster.roles(self.me()).iter().copied().map(Standing::Role)).collect()
    }

    fn known_standing(&self) -> Result<Option<BTreeSet<Standing>>, AppError> {
        let known = self.store.reader().meta(KNOWN)?;
        Ok(known.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn know_standing(&mut self, known: &BTreeSet<Standing>) -> Result<(), AppError> {
        // A set of ids and codes: nothing of it can fail to be written as JSON.
        let bytes = serde_json::to_vec(known).unwrap_or_default();
        self.store.write(|w| Ok(w.set_meta(KNOWN, &bytes)?))
    }
}
