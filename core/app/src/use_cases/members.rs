//! Who belongs.

use feltbog_domain::{DocumentKind, MemberId, Role, RoleGrant, Side};
use feltbog_notes::{StaffFields, document_id};
use feltbog_store::{FolderRow, Writer};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;

/// One member of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberSummary {
    /// The member.
    pub member: MemberId,
    /// The name.
    pub name: String,
    /// Where they are employed, where that is said.
    pub organisation: Option<String>,
    /// Roles in Danish, with the programme where there are several.
    pub roles: Vec<String>,
    /// Whether the member has joined, or is only invited.
    pub joined: bool,
}

impl Device {
    /// The staff, by name.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn members(&self) -> Result<Vec<MemberSummary>, AppError> {
        let staff = self.store.reader().staff()?;
        staff
            .into_iter()
            .map(|row| {
                let joined = self.roster.member(row.member).is_some();
                let roles = self.role_words(row.member)?;
                Ok(MemberSummary { member: row.member, name: row.name, organisation: row.organisation, roles, joined })
            })
            .collect()
    }

    /// A member's roles in Danish.
    pub(crate) fn role_words(&self, member: MemberId) -> Result<Vec<String>, AppError> {
        self.roster.roles(member).iter().map(|grant| self.role_word(grant)).collect()
    }

    /// One role in Danish, with its programme.
    pub(crate) fn role_word(&self, grant: &RoleGrant) -> Result<String, AppError> {
        let programmes = self.store.reader().programmes()?;
        let programme = programmes.iter().find(|p| p.id == grant.programme).map(|p| p.name.as_str());
        let office = matches!(grant.role, Role::Leader | Role::Deputy | Role::Records);
        // The employment side is what most offices are of; only the other one is named.
        let side = if office && grant.side == Side::Treatment { " på behandlingssiden" } else { "" };
        let role = format!("{}{side}", grant.role.danish());
        Ok(programme.map_or_else(|| role.clone(), |name| format!("{role}, {name}")))
    }
}

/// Writes a member into the staff list.
pub(crate) fn write_staff(
    w: &Writer<'_>,
    editor: Editor,
    staff: &FolderRow,
    member: MemberId,
    name: &str,
    roles: &[RoleGrant],
) -> Result<(), AppError> {
    let id = document_id(staff.id, DocumentKind::Staff, &member.to_string());
    editor.edit(w, staff, id, DocumentKind::Staff, |document, actor| {
        // Where somebody is employed is said by itself, and stays.
        let organisation = document.staff().ok().and_then(|known| known.organisation);
        let fields = StaffFields { member, name: name.to_owned(), organisation, roles: roles.to_vec() };
        document.write_staff(actor, &fields)
    })?;
    Ok(())
}
