//! Taking in who was shut out, and keys that were renewed because of it.

use feltbog_protocol::{CertificateBundle, DeviceState, Statement};

use crate::error::AppError;
use crate::take_in::Intake;

impl Intake<'_> {
    /// Puts into effect what certificates say beyond the roster.
    pub(crate) fn obey(&mut self, bundle: &CertificateBundle, seq: u64) -> Result<(), AppError> {
        for statement in bundle.statements.iter().filter_map(feltbog_protocol::SignedStatement::statement) {
            match statement {
                Statement::MemberLeft { member } => {
                    for folder in self.w.folders_granted_to(member)? {
                        self.w.end_grant(folder, member, seq)?;
                    }
                }
                // What the device could open is in other hands, so whoever writes next makes a new key.
                Statement::DeviceState { device, state, .. } if state == DeviceState::Revoked.code() => {
                    let Some(member) = self.roster.device(device).map(|entry| entry.member) else { continue };
                    for folder in self.w.folders_granted_to(member)? {
                        self.w.owe_rotation(folder)?;
                    }
                }
                Statement::UserKey { member, .. } if member == self.identity.member => {
                    self.take_user_key(&statement)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}
