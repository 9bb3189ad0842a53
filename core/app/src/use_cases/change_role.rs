//! Giving a colleague one more role, or taking one away.

use feltbog_domain::{ProgrammeId, Rights, Role, RoleGrant, Side};
use feltbog_protocol::{CertificateBundle, Issuer, RoleCode, Statement};

use crate::device::Device;
use crate::error::AppError;
use crate::new_programme::staff_folder;
use crate::use_cases::members::write_staff;

/// Whose role, and which.
#[derive(Debug, Clone)]
pub struct RoleWish {
    /// The colleague's name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Name of the programme; may be absent while there is one.
    pub programme: Option<String>,
    /// Which administration; by role when absent.
    pub side: Option<Side>,
    /// Whether the role goes.
    pub remove: bool,
}

impl Device {
    /// Changes a colleague's roles. What a new role opens is wrapped, and what a lost one opened is closed, as devices
    /// exchange.
    ///
    /// # Errors
    /// Unknown names; a role that is held already, or not at all; the only role; the last administrator, or the last to lead a
    /// side; [`AppError::NotAllowed`] for a role that is not this member's to give.
    pub fn change_role(&mut self, wish: &RoleWish) -> Result<(), AppError> {
        self.must_know_the_roster()?;
        let person = self.person(&wish.name)?;
        let grant = self.role_grant(wish.role, wish.programme.as_deref(), wish.side)?;
        let before = self.roster.roles(person.member).to_vec();
        let after = changed(&before, grant, wish.remove)
            .map_err(|reason| AppError::Unclear(format!("{} {reason}", person.name)))?;
        if wish.remove && self.roster.is_last_administrator(person.member) && grant.role == Role::Administrator {
            return Err(AppError::Unclear("kommunen skal have en administrator: giv først rollen til en anden".into()));
        }
        if wish.remove && is_lead(grant) && !self.others_lead(&person.member, grant) {
            let hint = "nogen skal lede den side af programmet: giv først rollen til en anden";
            return Err(AppError::Unclear(hint.into()));
        }
        let roles: Vec<RoleCode> = after.iter().map(|role| RoleCode::from(*role)).collect();
        if !self.roster.may_change(self.identity.device, person.member, &roles) {
            return Err(AppError::NotAllowed("give eller tage den rolle"));
        }
        let statement = self.signing.certify(
            self.identity.tenant,
            Issuer::Device(self.identity.device),
            &Statement::Member { member: person.member, roles },
        );
        self.publish_certificates(&CertificateBundle { statements: vec![statement] })?;
        let editor = self.editor();
        self.store.write(|w| match staff_folder(w)? {
            Some(staff) if w.rights(staff.id, editor.member)?.is_some_and(|own| own.covers(Rights::WRITE)) => {
                write_staff(w, editor, &staff, person.member, &person.name, &after)
            }
            _ => Ok(()),
        })
    }

    /// The role meant by a word, a programme and a side, each as it was typed or left out.
    pub(crate) fn role_grant(
        &self,
        role: Role,
        programme: Option<&str>,
        side: Option<Side>,
    ) -> Result<RoleGrant, AppError> {
        let usual = if role == Role::Treatment { Side::Treatment } else { Side::Employment };
        let programme = if role == Role::Administrator { ProgrammeId::NONE } else { self.programme(programme)? };
        Ok(RoleGrant { role, programme, side: side.unwrap_or(usual) })
    }

    fn others_lead(&self, member: &feltbog_domain::MemberId, grant: RoleGrant) -> bool {
        let same_side = |other: &RoleGrant| {
            is_lead(*other) && other.programme == grant.programme && other.side == grant.side && *other != grant
        };
        self.roster.members().any(|(other, entry)| {
            !entry.left && entry.roles.iter().any(|role| same_side(role) || (other != *member && *role == grant))
        })
    }
}

fn is_lead(grant: RoleGrant) -> bool {
    matches!(grant.role, Role::Leader | Role::Deputy)
}

/// The roles afterwards, or what stands against it.
fn changed(before: &[RoleGrant], grant: RoleGrant, remove: bool) -> Result<Vec<RoleGrant>, &'static str> {
    match (remove, before.contains(&grant)) {
        (false, true) => Err("har allerede den rolle"),
        (true, false) => Err("har ikke den rolle"),
        (true, true) if before.len() == 1 => {
            Err("har kun den rolle; skal personen helt ud, så brug: feltbog revoke --member")
        }
        (true, true) => Ok(before.iter().copied().filter(|role| *role != grant).collect()),
        (false, false) => Ok([before, &[grant]].concat()),
    }
}
