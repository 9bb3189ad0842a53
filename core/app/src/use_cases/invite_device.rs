//! One more device for somebody who is in: a second one, or a new phone for a lost one.

use feltbog_protocol::{Invitation, Issuer, OtherDevice, Statement, limits};
use feltbog_sealing::{Secret, SigningPair, random_bytes};

use crate::device::Device;
use crate::error::AppError;

impl Device {
    /// Makes an invitation for one more device, of this member or of a colleague one leads.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] for somebody one does not lead.
    pub fn invite_device(&mut self, name: Option<&str>, valid_minutes: Option<u32>) -> Result<Invitation, AppError> {
        self.must_know_the_roster()?;
        let member = name.map_or(Ok(self.me()), |name| self.member_meant(name))?;
        if !self.roster.may_invite_device(self.identity.device, member) {
            return Err(AppError::NotAllowed("give den person en ny enhed"));
        }
        let minutes = i64::from(valid_minutes.unwrap_or(limits::INVITATION_MINUTES));
        let seed: [u8; 32] = random_bytes();
        let statement = Statement::DeviceInvitation {
            public: SigningPair::from_seed(&Secret::new(seed)).public(),
            member,
            expires_ms: self.now_ms() + self.store.reader().progress()?.clock_offset_ms + minutes * 60_000,
            user_key_epoch: self.roster.user_key(member).map_or(0, |key| key.epoch),
            others: self
                .roster
                .devices_of(member)
                .map(|(device, entry)| OtherDevice { device, wrap_public: entry.wrap_public })
                .collect(),
        };
        Ok(Invitation {
            url: self.identity.url.clone(),
            tenant: self.identity.tenant,
            root: self.identity.root,
            seed,
            statement: self.signing.certify(self.identity.tenant, Issuer::Device(self.identity.device), &statement),
            name: self.staff_name(member)?.unwrap_or_default(),
            recovery: self.roster.recovery_statement().cloned().ok_or(AppError::NothingFetchedYet)?,
        })
    }
}
