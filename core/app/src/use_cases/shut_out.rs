//! Blocking a phone that is lost, shutting a device or a person out for ever, letting a device in again.

use feltbog_domain::{DeviceId, MemberId};
use feltbog_protocol::{CertificateBundle, DeviceState, Issuer, Statement};

use crate::device::Device;
use crate::error::AppError;
use crate::staff_names::StaffNames;

/// Whose access changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// All devices of the member of this name.
    Member(String),
    /// One device, by its id or the beginning of it.
    Device(String),
}

/// What is to become of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceChange {
    /// Locked until somebody entitled frees it.
    Block,
    /// Shut out for ever.
    Revoke,
    /// Let in again.
    Free,
}

impl DeviceChange {
    const fn state(self) -> DeviceState {
        match self {
            DeviceChange::Block => DeviceState::Blocked,
            DeviceChange::Revoke => DeviceState::Revoked,
            DeviceChange::Free => DeviceState::Free,
        }
    }

    const fn act(self) -> &'static str {
        match self {
            DeviceChange::Block => "spærre den enhed",
            DeviceChange::Revoke => "lukke den enhed ude",
            DeviceChange::Free => "åbne den enhed igen",
        }
    }
}

impl Device {
    /// Puts devices into a state; returns how many. It needs no network and takes effect with the next exchange.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] where it is not this member's to decide.
    pub fn change_devices(&mut self, whose: &Whose, change: DeviceChange) -> Result<u32, AppError> {
        self.must_know_the_roster()?;
        let (devices, state) = (self.devices_meant(whose)?, change.state());
        let (tenant, me) = (self.identity.tenant, self.identity.device);
        let mut statements = Vec::new();
        for device in devices {
            if self.roster.device(device).is_some_and(|entry| entry.state == state) {
                continue;
            }
            if !self.roster.may_set_state(me, device, state) {
                return Err(AppError::NotAllowed(change.act()));
            }
            let statement = Statement::DeviceState { device, state: state.code(), reason: 0 };
            statements.push(self.signing.certify(tenant, Issuer::Device(me), &statement));
        }
        let changed = u32::try_from(statements.len()).unwrap_or(u32::MAX);
        if changed > 0 {
            self.publish_certificates(&CertificateBundle { statements })?;
        }
        Ok(changed)
    }

    /// A member belongs no more: roles end, devices are shut out, folders get new keys.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] where it is not this member's to decide, or nobody would be left to let people in.
    pub fn remove_member(&mut self, name: &str) -> Result<(), AppError> {
        self.must_know_the_roster()?;
        let member = self.member_meant(name)?;
        if self.roster.member(member).is_some_and(|entry| entry.left) {
            return Ok(());
        }
        if !self.roster.may_remove(self.identity.device, member) {
            return Err(AppError::NotAllowed("tage den person ud"));
        }
        let statement = Statement::MemberLeft { member };
        let signed = self.signing.certify(self.identity.tenant, Issuer::Device(self.identity.device), &statement);
        self.publish_certificates(&CertificateBundle { statements: vec![signed] })
    }

    pub(crate) fn member_meant(&self, name: &str) -> Result<MemberId, AppError> {
        StaffNames::load(&self.store.reader(), &self.roster)?.only(name).ok_or(AppError::UnknownMember)
    }

    fn devices_meant(&self, whose: &Whose) -> Result<Vec<DeviceId>, AppError> {
        match whose {
            Whose::Member(name) => {
                let member = self.member_meant(name)?;
                Ok(self.roster.devices_of(member).map(|(device, _)| device).collect())
            }
            Whose::Device(text) => {
                let begins = text.trim().to_ascii_lowercase();
                let found: Vec<DeviceId> = self
                    .roster
                    .devices()
                    .map(|(device, _)| device)
                    .filter(|device| begins.len() >= 4 && device.to_string().starts_with(&begins))
                    .collect();
                match found.as_slice() {
                    [one] => Ok(vec![*one]),
                    _ => Err(AppError::Unclear(
                        "enheden findes ikke, eller flere begynder sådan: se feltbog devices".into(),
                    )),
                }
            }
        }
    }
}
