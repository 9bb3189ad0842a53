//! Whether a municipality can lose somebody, or every device, and go on.

use feltbog_domain::{DocumentKind, MemberId, ProgrammeId, Rights, Role, RoleGrant, Side};
use feltbog_notes::{Document, document_id};
use feltbog_store::{FolderRow, Reader};

use crate::device::Device;
use crate::enrolment::person_name;
use crate::error::AppError;
use crate::new_programme::staff_folder;
use crate::use_cases::ProgrammeView;

/// How many keep a share of the recovery key.
const SHARES: usize = 3;

/// Who holds the offices, and what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// The sides of programmes that somebody leads.
    pub sides: Vec<LedSide>,
    /// The administrators by name.
    pub administrators: Vec<String>,
    /// Who keeps a share of the recovery key.
    pub share_holders: Vec<String>,
    /// What is missing; nothing when the team can lose anybody.
    pub gaps: Vec<TeamGap>,
    /// What is set for the programmes.
    pub programmes: Vec<ProgrammeView>,
    /// Whether this member holds an office that can do something about it.
    pub may_act: bool,
}

/// One administration's part of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedSide {
    /// Name of the programme.
    pub programme: String,
    /// The administration.
    pub side: Side,
    /// Leaders by name.
    pub leaders: Vec<String>,
    /// Deputies by name.
    pub deputies: Vec<String>,
    /// Records officers by name.
    pub records: Vec<String>,
}

/// What a municipality lacks to get over a loss (protocol, settled point 2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamGap {
    /// Nobody stands in for the leader: with the leader's phone the keys of the side would be gone.
    NoDeputy {
        /// Name of the programme.
        programme: String,
        /// The administration.
        side: Side,
    },
    /// Nobody leads the side any more.
    NoLeader {
        /// Name of the programme.
        programme: String,
        /// The administration.
        side: Side,
    },
    /// One administrator only.
    SecondAdministrator,
    /// Fewer than three are named who keep a share.
    ShareHolders,
}

impl Device {
    /// Who holds the offices, and what is missing.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn team(&self) -> Result<Team, AppError> {
        let sides = self.led_sides()?;
        let administrators = self.holders(|grant| grant.role == Role::Administrator)?;
        let share_holders = self.share_holders()?;
        let mut gaps = Vec::new();
        for led in &sides {
            let (programme, side) = (led.programme.clone(), led.side);
            if led.leaders.is_empty() {
                gaps.push(TeamGap::NoLeader { programme, side });
            } else if led.deputies.is_empty() {
                gaps.push(TeamGap::NoDeputy { programme, side });
            }
        }
        if administrators.len() < 2 {
            gaps.push(TeamGap::SecondAdministrator);
        }
        if share_holders.len() < SHARES {
            gaps.push(TeamGap::ShareHolders);
        }
        let acts = |grant: &RoleGrant| matches!(grant.role, Role::Administrator | Role::Leader | Role::Deputy);
        let may_act = self.my_roles().iter().any(acts);
        let programmes = self.programme_views()?;
        Ok(Team { sides, administrators, share_holders, gaps, programmes, may_act })
    }

    /// Names who keep the three shares, so that somebody can be asked when they are needed. A new list takes the place of
    /// the old one.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] unless the member administrates or leads; three different names are needed.
    pub fn name_share_holders(&mut self, holders: &[String]) -> Result<(), AppError> {
        let mut names = holders.iter().map(|name| person_name(name)).collect::<Result<Vec<_>, _>>()?;
        names.sort();
        names.dedup();
        if names.len() != SHARES {
            return Err(AppError::Unclear("nævn tre forskellige, der har hver sin del af nøglen".into()));
        }
        let editor = self.editor();
        self.store.write(|w| {
            let staff = staff_folder(w)?.ok_or(AppError::NothingFetchedYet)?;
            if !w.rights(staff.id, editor.member)?.is_some_and(|own| own.covers(Rights::WRITE)) {
                return Err(AppError::NotAllowed("skrive, hvem der har nøglens dele"));
            }
            let id = document_id(staff.id, DocumentKind::ShareHolders, "share_holders");
            editor.edit(w, &staff, id, DocumentKind::ShareHolders, |document, actor| {
                document.write_share_holders(actor, &names)
            })?;
            Ok(())
        })
    }

    fn share_holders(&self) -> Result<Vec<String>, AppError> {
        let r = self.store.reader();
        let Some(staff) = staff_folder(&r)? else { return Ok(Vec::new()) };
        let Some(document) = share_holders_document(&r, &staff)? else { return Ok(Vec::new()) };
        let mut holders = document.share_holders()?;
        holders.sort();
        Ok(holders)
    }

    /// Every side somebody works on, with who holds its offices.
    fn led_sides(&self) -> Result<Vec<LedSide>, AppError> {
        let mut worked: Vec<(ProgrammeId, Side)> = self
            .roster
            .members()
            .filter(|(_, entry)| !entry.left)
            .flat_map(|(_, entry)| entry.roles.iter())
            .filter(|grant| !matches!(grant.role, Role::Administrator | Role::Evaluator | Role::Reviewer))
            .map(|grant| (grant.programme, grant.side))
            .collect();
        worked.sort_unstable();
        worked.dedup();
        let named = self.store.reader().programmes()?;
        let mut sides = Vec::with_capacity(worked.len());
        for (programme, side) in worked {
            let of = |role: Role| {
                self.holders(|grant| grant.role == role && grant.programme == programme && grant.side == side)
            };
            let name = named.iter().find(|p| p.id == programme).map(|p| p.name.clone()).unwrap_or_default();
            let (leaders, deputies, records) = (of(Role::Leader)?, of(Role::Deputy)?, of(Role::Records)?);
            sides.push(LedSide { programme: name, side, leaders, deputies, records });
        }
        Ok(sides)
    }

    /// Names of those who hold a role of this kind.
    fn holders(&self, wanted: impl Fn(&RoleGrant) -> bool) -> Result<Vec<String>, AppError> {
        let holds: Vec<MemberId> = self
            .roster
            .members()
            .filter(|(_, entry)| !entry.left && entry.roles.iter().any(&wanted))
            .map(|(member, _)| member)
            .collect();
        let mut names = Vec::with_capacity(holds.len());
        for member in holds {
            names.push(self.staff_name(member)?.unwrap_or_else(|| member.to_string()));
        }
        names.sort();
        Ok(names)
    }
}

fn share_holders_document(r: &Reader<'_>, staff: &FolderRow) -> Result<Option<Document>, AppError> {
    let id = document_id(staff.id, DocumentKind::ShareHolders, "share_holders");
    let Some(row) = r.document(id)? else { return Ok(None) };
    Ok(Some(Document::load(DocumentKind::ShareHolders, &row.saved)?))
}
