//! Who belongs, on what.

use feltbog_bridge::{DeviceRow, MemberRow};

use super::table::Table;
use super::when;

/// One line for each member.
pub(super) fn members(members: &[MemberRow]) -> String {
    let mut table = Table::headed(["Navn", "Rolle", "Ansat i", "Tilstand"]);
    for member in members {
        let state = match member.state.as_str() {
            "invited" => "inviteret",
            "joined" => "er med",
            other => other,
        };
        let organisation = member.organisation.clone().unwrap_or_default();
        table.row([member.name.clone(), member.roles.join(", "), organisation, state.to_owned()]);
    }
    table.text()
}

/// One line for each device.
pub(super) fn devices(devices: &[DeviceRow]) -> String {
    let mut table = Table::headed(["Hvem", "Enhed", "Tilstand", "Sidst set her"]);
    for device in devices {
        let state = match device.state.as_str() {
            "this_device" => "denne computer",
            "active" => "i brug",
            "blocked" => "spærret",
            "revoked" => "lukket ude",
            "station" => "gendannelse: to andele blev lagt sammen",
            other => other,
        };
        let seen = device.last_seen.as_deref().map(when::moment).unwrap_or_default();
        table.row([device.member.clone(), device.device.clone(), state.to_owned(), seen]);
    }
    table.text()
}
