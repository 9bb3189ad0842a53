//! What certificates change in the projections.

use feltbog_domain::{DeviceId, MemberId};
use feltbog_protocol::{CertificateBundle, DeviceState, Roster, Statement};

/// Who came and who went with one row of certificates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Certified {
    /// New devices, and whose they are.
    pub(crate) devices: Vec<(DeviceId, MemberId)>,
    /// Members one of whose devices was shut out: the keys it held are in other hands, new ones are owed.
    pub(crate) exposed: Vec<MemberId>,
    /// Members who belong no more: their grants end.
    pub(crate) left: Vec<MemberId>,
}

impl Certified {
    /// Reads it from a bundle that was admitted.
    pub(super) fn by(bundle: &CertificateBundle, roster: &Roster) -> Self {
        let mut certified = Self::default();
        for statement in bundle.statements.iter().filter_map(feltbog_protocol::SignedStatement::statement) {
            match statement {
                Statement::Device { device, member, .. } => certified.devices.push((device, member)),
                Statement::MemberLeft { member } => certified.left.push(member),
                Statement::DeviceState { device, state, .. } if state == DeviceState::Revoked.code() => {
                    certified.exposed.extend(roster.device(device).map(|entry| entry.member));
                }
                _ => {}
            }
        }
        certified
    }
}
