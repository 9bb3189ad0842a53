//! What others changed of how a member stands.

use feltbog_app::{Standing, StandingChange};

use crate::reply::StandingRow;

pub(super) fn row(change: StandingChange) -> StandingRow {
    let (what, device) = match change.standing {
        Standing::Device(device) => ("device", Some(device.to_string())),
        Standing::Station(device) => ("station", Some(device.to_string())),
        Standing::Role(_) => ("role", None),
    };
    let id = change.to_string();
    let role = (!change.role.is_empty()).then_some(change.role);
    StandingRow { id, what: what.to_owned(), gone: change.gone, device, role }
}
