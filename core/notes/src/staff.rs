//! A member of the staff.

use feltbog_domain::{DocumentKind, MemberId, Role, RoleGrant, Side};

use crate::change::{ActorBytes, Change, debug_without_content};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::registers::Registers;

/// What the staff list says of one member. The roles here are for display; rights follow the signed certificates.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffFields {
    /// The member.
    pub member: MemberId,
    /// The name.
    pub name: String,
    /// Where the member is employed, where that is said: a region's people are members of the municipality they work for.
    pub organisation: Option<String>,
    /// The roles, each once.
    pub roles: Vec<RoleGrant>,
}
debug_without_content!(StaffFields);

impl Document {
    /// Writes what differs. Roles this version does not know stay.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn write_staff(&mut self, actor: ActorBytes, fields: &StaffFields) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Staff)?;
        let registers = Registers::default()
            .text("member", fields.member.to_string())
            .text("name", &fields.name)
            .optional_text("organisation", fields.organisation.as_deref())
            .list("roles", fields.roles.iter().map(role_text), |text| parse_role(text).is_some());
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads a member of the staff.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while member or name is not here.
    pub fn staff(&self) -> Result<StaffFields, NotesError> {
        self.require(DocumentKind::Staff)?;
        let read = self.reader();
        Ok(StaffFields {
            member: read.required("member")?,
            name: read.required_text("name")?,
            organisation: read.text("organisation"),
            roles: read.list("roles").iter().filter_map(|text| parse_role(text)).collect(),
        })
    }
}

/// `role code/programme/side code`
fn role_text(grant: &RoleGrant) -> String {
    format!("{}/{}/{}", grant.role.code(), grant.programme, grant.side.code())
}

fn parse_role(text: &str) -> Option<RoleGrant> {
    let mut parts = text.split('/');
    let grant = RoleGrant {
        role: Role::from_code(parts.next()?.parse().ok()?)?,
        programme: parts.next()?.parse().ok()?,
        side: Side::from_code(parts.next()?.parse().ok()?)?,
    };
    // One role, one spelling: else the same role could stand twice.
    (role_text(&grant) == text).then_some(grant)
}
