//! From names in files and commands to members.

use std::collections::HashMap;

use feltbog_domain::MemberId;
use feltbog_protocol::Roster;
use feltbog_store::Reader;

use crate::error::AppError;

/// Which joined members bear which name. A name becomes a grant only when exactly one member bears it.
#[derive(Debug, Default)]
pub(crate) struct StaffNames {
    by_name: HashMap<String, Vec<MemberId>>,
    names: HashMap<MemberId, String>,
    organisations: HashMap<MemberId, String>,
}

impl StaffNames {
    pub(crate) fn load(r: &Reader<'_>, roster: &Roster) -> Result<Self, AppError> {
        let mut by_name: HashMap<String, Vec<MemberId>> = HashMap::new();
        let (mut names, mut organisations) = (HashMap::new(), HashMap::new());
        for staff in r.staff()? {
            organisations.extend(staff.organisation.map(|organisation| (staff.member, organisation)));
            names.insert(staff.member, staff.name.clone());
            let bearers = by_name.entry(key(&staff.name)).or_default();
            if roster.member(staff.member).is_some() && !bearers.contains(&staff.member) {
                bearers.push(staff.member);
            }
        }
        Ok(Self { by_name, names, organisations })
    }

    /// A member's name, if the staff list has it here.
    pub(crate) fn of(&self, member: MemberId) -> Option<String> {
        self.names.get(&member).cloned()
    }

    /// Where a member is employed, if that is said.
    pub(crate) fn organisation(&self, member: MemberId) -> Option<&str> {
        self.organisations.get(&member).map(String::as_str)
    }

    /// The one member of this name.
    pub(crate) fn only(&self, name: &str) -> Option<MemberId> {
        match self.by_name.get(&key(name)).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }

    /// The one member of this name or id.
    pub(crate) fn find(&self, name_or_id: &str, roster: &Roster) -> Result<MemberId, AppError> {
        if let Ok(id) = name_or_id.parse::<MemberId>() {
            return roster.member(id).map(|_| id).ok_or(AppError::UnknownMember);
        }
        match self.by_name.get(&key(name_or_id)).map(Vec::as_slice) {
            Some([only]) => Ok(*only),
            Some([_, ..]) => Err(AppError::SeveralMembers),
            _ => Err(AppError::UnknownMember),
        }
    }
}

fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
