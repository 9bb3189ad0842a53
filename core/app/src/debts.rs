//! Key debt: who ought to open a folder and cannot yet (protocol, settled point 2).
//!
//! One mechanism serves import, joining, new devices and assignment. Whoever manages a folder grants it to those who
//! should open it; whoever holds its key wraps it for those who are granted.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use feltbog_domain::{FolderId, FolderKind, MemberId, Rights, Standing};
use feltbog_protocol::Roster;
use feltbog_store::{Cover, FolderRow, OwedGrant, Reader};

use crate::error::AppError;
use crate::staff_names::StaffNames;

/// What is owed in one folder.
#[derive(Debug, Clone)]
pub(crate) struct Debt {
    pub(crate) folder: FolderRow,
    /// Grants to be signed.
    pub(crate) grants: Vec<OwedGrant>,
    /// Members the newest key is to be wrapped for.
    pub(crate) wraps: Vec<MemberId>,
}

/// Everything this device owes, folder by folder; folders that were never announced come along even when nothing else
/// is owed in them.
pub(crate) fn debts(r: &Reader<'_>, roster: &Roster, me: MemberId) -> Result<Vec<Debt>, AppError> {
    if roster.recovery().is_none() {
        return Ok(Vec::new());
    }
    let book = Book::load(r, roster)?;
    let mut owed = Vec::new();
    for folder in r.folders()? {
        if r.folder_key(folder.id, folder.key_epoch)?.is_none() {
            continue;
        }
        let debt = book.debt_of(folder, me);
        if !debt.folder.announced || !debt.grants.is_empty() || !debt.wraps.is_empty() {
            owed.push(debt);
        }
    }
    Ok(owed)
}

struct Book<'a> {
    roster: &'a Roster,
    granted: HashMap<FolderId, BTreeMap<MemberId, Rights>>,
    wrapped: HashSet<(FolderId, u32, MemberId, u32)>,
    assigned: HashMap<FolderId, BTreeSet<MemberId>>,
    /// Who may open a folder for a time only, and how long.
    for_a_time: HashMap<(FolderId, MemberId), Cover>,
    covers: HashMap<FolderId, Vec<OwedGrant>>,
}

impl<'a> Book<'a> {
    fn load(r: &Reader<'_>, roster: &'a Roster) -> Result<Self, AppError> {
        let mut granted: HashMap<FolderId, BTreeMap<MemberId, Rights>> = HashMap::new();
        for (folder, member, rights) in r.grants()? {
            granted.entry(folder).or_default().insert(member, rights);
        }
        let mut assigned: HashMap<FolderId, BTreeSet<MemberId>> = HashMap::new();
        let mut covers: HashMap<FolderId, Vec<OwedGrant>> = HashMap::new();
        for owed in r.owed_grants()? {
            match owed.cover {
                Some(_) => covers.entry(owed.folder).or_default().push(owed),
                None => drop(assigned.entry(owed.folder).or_default().insert(owed.member)),
            }
        }
        let names = StaffNames::load(r, roster)?;
        for row in r.register_rows()? {
            let people: Vec<MemberId> =
                row.consultants.iter().chain(&row.therapists).filter_map(|name| names.only(name)).collect();
            for folder in row.folders {
                assigned.entry(folder).or_default().extend(&people);
            }
        }
        let for_a_time = r.covers()?.into_iter().map(|c| ((c.folder, c.member), c.cover)).collect();
        Ok(Self { roster, granted, wrapped: r.wraps()?.into_iter().collect(), assigned, for_a_time, covers })
    }

    fn debt_of(&self, folder: FolderRow, me: MemberId) -> Debt {
        let nobody = BTreeMap::new();
        let granted = self.granted.get(&folder.id).unwrap_or(&nobody);
        let manages = granted.get(&me).is_some_and(|rights| rights.covers(Rights::MANAGE));
        let lasts = |member| granted.contains_key(&member) && !self.for_a_time.contains_key(&(folder.id, member));
        let grants: Vec<OwedGrant> = if manages {
            let wanted: Vec<OwedGrant> = self
                .wanted(&folder)
                .filter(|(member, _)| !lasts(*member))
                .map(|(member, rights)| OwedGrant { folder: folder.id, member, rights, cover: None })
                .collect();
            let covers = self.covers.get(&folder.id).into_iter().flatten();
            let covers = covers.filter(|owed| !lasts(owed.member) && wanted.iter().all(|w| w.member != owed.member));
            covers.copied().chain(wanted.iter().copied()).collect()
        } else {
            Vec::new()
        };
        let wraps = granted
            .keys()
            .copied()
            .chain(grants.iter().map(|owed| owed.member).filter(|member| !granted.contains_key(member)))
            .filter(|member| {
                self.roster
                    .sound_user_key(*member)
                    .is_some_and(|key| !self.wrapped.contains(&(folder.id, folder.key_epoch, *member, key.epoch)))
            })
            .collect();
        Debt { folder, grants, wraps }
    }

    /// Who ought to open the folder: by office, or because they are assigned and their role is fit for it. A treatment
    /// worker named on a case is thus never granted its employment folder.
    fn wanted(&self, folder: &FolderRow) -> impl Iterator<Item = (MemberId, Rights)> {
        let (kind, programme) = (folder.kind, folder.programme);
        let assigned = self.assigned.get(&folder.id);
        self.roster.members().filter_map(move |(member, entry)| {
            let wanted = match kind.standing(programme, &entry.roles) {
                Standing::ByOffice => true,
                Standing::WhenAssigned => assigned.is_some_and(|people| people.contains(&member)),
                Standing::Never => false,
            };
            if wanted { kind.most_rights(programme, &entry.roles).map(|rights| (member, rights)) } else { None }
        })
    }
}

/// Kinds a member is assigned to by role: consultants and treatment workers work on their own side and in what is shared,
/// outreach workers in what is shared.
pub(crate) const fn assigned_kinds(role: feltbog_domain::Role) -> &'static [FolderKind] {
    match role {
        feltbog_domain::Role::Consultant => &[FolderKind::Employment, FolderKind::Shared],
        feltbog_domain::Role::Treatment => &[FolderKind::Treatment, FolderKind::Shared],
        _ => &[FolderKind::Shared],
    }
}
