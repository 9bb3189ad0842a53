//! A member's own key: held by all of the member's devices, and renewed when one of them is lost or a new one comes.

use feltbog_domain::{DeviceId, MemberId, TenantId};
use feltbog_protocol::{CertificateBundle, DeviceWrap, Issuer, KeyRecord, SignedStatement, Statement};
use feltbog_sealing::{Secret, SigningPair, WrapPair};

use crate::device::Device;
use crate::error::AppError;
use crate::take_in::Intake;

const PURPOSE: &[u8] = b"feltbog/user-key/1";

/// Whether a bundle is a new key of a member's and nothing else: what makes a device brings one along.
pub(crate) fn announces_user_key(bundle: &CertificateBundle) -> bool {
    matches!(bundle.statements.as_slice(), [one] if matches!(one.statement(), Some(Statement::UserKey { .. })))
}

/// What a member's key is bound to, so that nobody passes off one as another.
fn bound_to(tenant: TenantId, member: MemberId, epoch: u32) -> Vec<u8> {
    [tenant.as_bytes().as_slice(), member.as_bytes(), &epoch.to_be_bytes()].concat()
}

/// A new key for a member, certified by one of the member's devices.
pub(crate) struct NewUserKey<'a> {
    pub(crate) tenant: TenantId,
    pub(crate) member: MemberId,
    pub(crate) epoch: u32,
    pub(crate) seed: &'a Secret,
    /// All of the member's devices, with what wraps for them.
    pub(crate) devices: Vec<(DeviceId, [u8; 32])>,
    pub(crate) recovery: [u8; 32],
}

impl NewUserKey<'_> {
    pub(crate) fn certified_by(&self, device: DeviceId, signing: &SigningPair) -> Result<SignedStatement, AppError> {
        let bound_to = bound_to(self.tenant, self.member, self.epoch);
        let mut device_wraps = Vec::with_capacity(self.devices.len());
        for (device, public) in &self.devices {
            let wrap = WrapPair::wrap_for(public, self.seed, PURPOSE, &bound_to)?;
            device_wraps.push(DeviceWrap { device: *device, wrap });
        }
        let statement = Statement::UserKey {
            member: self.member,
            epoch: self.epoch,
            public: WrapPair::from_seed(self.seed).public(),
            device_wraps,
            recovery_wrap: WrapPair::wrap_for(&self.recovery, self.seed, PURPOSE, &bound_to)?,
        };
        Ok(signing.certify(self.tenant, Issuer::Device(device), &statement))
    }
}

impl Intake<'_> {
    /// Another device of this member renewed the key: this one finds it wrapped for itself.
    pub(crate) fn take_user_key(&mut self, statement: &Statement) -> Result<(), AppError> {
        let Statement::UserKey { member, epoch, public, device_wraps, .. } = statement else { return Ok(()) };
        let Some(mine) = device_wraps.iter().find(|wrap| wrap.device == self.identity.device) else { return Ok(()) };
        let pair = WrapPair::from_seed(&Secret::new(*self.identity.wrap_seed));
        let bound_to = bound_to(self.identity.tenant, *member, *epoch);
        let Ok(seed) = pair.open(&mine.wrap, PURPOSE, &bound_to) else { return Ok(()) };
        // A wrap of something else would leave this device with a key nobody wraps for.
        if WrapPair::from_seed(&seed).public() == *public {
            self.w.set_user_key(*epoch, seed.expose())?;
            self.open_what_was_wrapped_meanwhile()?;
        }
        Ok(())
    }

    /// Key records that were taken in before this device held the key they are wrapped for.
    fn open_what_was_wrapped_meanwhile(&mut self) -> Result<(), AppError> {
        for folder in self.w.folders()? {
            if self.w.folder_key(folder.id, folder.key_epoch)?.is_some() {
                continue;
            }
            for envelope in self.w.key_records(folder.id, folder.key_epoch)? {
                if let Ok(record) = feltbog_protocol::decode::<KeyRecord>(envelope.body()) {
                    self.take_key(envelope.header().device, folder.id, folder.key_epoch, &record)?;
                }
            }
        }
        Ok(())
    }
}

impl Device {
    /// Whether a new key was sealed and has neither its place in the log nor a refusal yet.
    fn has_user_key_under_way(&self) -> Result<bool, AppError> {
        let rows = self.store.reader().certificate_rows()?;
        let announces = |bytes: &[u8]| feltbog_protocol::decode(bytes).is_ok_and(|bundle| announces_user_key(&bundle));
        Ok(rows.iter().any(|(place, envelope)| *place == u64::MAX && announces(envelope.body())))
    }

    /// Renews this member's key where a device that was shut out holds it, or one of the member's devices does not. Nothing is
    /// wrapped for it before the log has it: two devices may renew at once, and the one that is later takes the other's.
    pub(crate) fn renew_user_key(&mut self) -> Result<(), AppError> {
        let member = self.me();
        let Some(recovery) = self.roster.recovery() else { return Ok(()) };
        let Some(newest) = self.roster.user_key(member) else { return Ok(()) };
        let is_in = self.roster.devices_of(member).any(|(device, _)| device == self.identity.device);
        if !is_in || !self.roster.owes_user_key(member) || self.has_user_key_under_way()? {
            return Ok(());
        }
        let (seed, epoch) = (Secret::random(), newest.epoch + 1);
        let key = NewUserKey {
            tenant: self.identity.tenant,
            member,
            epoch,
            seed: &seed,
            devices: self.roster.devices_of(member).map(|(device, entry)| (device, entry.wrap_public)).collect(),
            recovery: recovery.public,
        };
        let statement = key.certified_by(self.identity.device, &self.signing)?;
        self.store.write(|w| w.set_user_key(epoch, seed.expose()))?;
        self.publish_certificates(&CertificateBundle { statements: vec![statement] })
    }
}
