//! Which of the citizens somebody sees are theirs to look after.

use std::collections::{HashMap, HashSet};

use feltbog_domain::{CaseId, FolderId, Role};

use crate::device::Device;
use crate::error::AppError;

/// Who looks after whom. Whoever leads nobody sees only what is theirs.
pub(super) struct OwnCases {
    leads: bool,
    me: String,
    responsible: HashMap<CaseId, Vec<String>>,
    stood_in: HashSet<CaseId>,
}

impl OwnCases {
    pub(super) fn load(device: &Device) -> Result<Self, AppError> {
        let r = device.store.reader();
        let cases: HashMap<FolderId, CaseId> =
            r.case_folders()?.into_iter().map(|row| (row.folder, row.case)).collect();
        // The citizen's own document knows better than the register who the consultant is.
        let mut consultants: HashMap<CaseId, String> = HashMap::new();
        for row in r.profiles()? {
            consultants.extend(cases.get(&row.folder).copied().zip(row.profile.consultant));
        }
        let mut responsible: HashMap<CaseId, Vec<String>> =
            consultants.into_iter().map(|(case, name)| (case, vec![name])).collect();
        for row in r.register_rows()? {
            let names = responsible.entry(row.case).or_default();
            if names.is_empty() {
                names.extend(row.consultants);
            }
            names.extend(row.therapists);
        }
        let mine = r.covers()?.into_iter().filter(|granted| granted.member == device.me());
        Ok(Self {
            leads: device.my_roles().iter().any(|grant| sees_others(grant.role)),
            me: device.my_name()?,
            responsible,
            stood_in: mine.filter_map(|granted| cases.get(&granted.folder).copied()).collect(),
        })
    }

    pub(super) fn has(&self, case: CaseId) -> bool {
        let named = self.responsible.get(&case).is_some_and(|names| names.contains(&self.me));
        !self.leads || named || self.stood_in.contains(&case)
    }

    /// The colleague who is responsible.
    pub(super) fn colleague(&self, case: CaseId) -> Option<String> {
        let names = self.responsible.get(&case)?;
        if names.contains(&self.me) { None } else { names.first().cloned() }
    }
}

/// Roles under which a device holds what colleagues look after.
const fn sees_others(role: Role) -> bool {
    matches!(role, Role::Administrator | Role::Leader | Role::Deputy | Role::Records)
}
