//! Who holds which office changes: colleagues are given roles and lose them.

use feltbog_app::RoleWish;
use feltbog_domain::{Role, Side};

use super::{Done, Scene};

/// Roles people are given, and whether they are taken again. Whoever could begin cases keeps that: the server takes no case
/// that was begun on a device before it heard that its owner may not, and that stays with its writer as refused.
const ROLES: &[(Role, Side, bool)] = &[
    (Role::Consultant, Side::Employment, false),
    (Role::Treatment, Side::Treatment, false),
    (Role::Deputy, Side::Employment, true),
    (Role::Deputy, Side::Treatment, true),
    (Role::Leader, Side::Treatment, true),
    (Role::Records, Side::Employment, true),
    (Role::Administrator, Side::Employment, true),
];

impl Scene<'_> {
    pub(super) fn change_role(&mut self) -> Done {
        let (name, (role, side, goes)) = (self.chance.one(self.staff).0.clone(), *self.chance.one(ROLES));
        let remove = goes && self.chance.below(2) == 0;
        let verb = if remove { "take from" } else { "give" };
        let line = format!("{verb} {name} the role {} of {side:?}", role.word());
        let wish = RoleWish { name, role, programme: None, side: Some(side), remove };
        let (result, trouble) = self.phone.act(self.plan, |device| device.change_role(&wish));
        self.told(&line, result, trouble)
    }
}
