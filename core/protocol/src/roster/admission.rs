//! Taking certificates into the roster.

use feltbog_domain::{DeviceId, MemberId, ProgrammeId, Role, RoleGrant, Side};

use super::history::History;
use super::{
    CertificateError, DeviceEntry, InvitationEntry, KeyHolders, MemberEntry, ReadLogKeyEntry, Roster, UserKeyEntry,
};
use crate::certificate::{CertificateBundle, DeviceState, Issuer, RoleCode, SignedStatement, Statement};
use crate::limits;
use crate::read_log::ReadLogKeyName;

impl Roster {
    /// Takes in a bundle that stands at a place of the log, all of it or nothing. One's own that is not there yet stands
    /// behind everything ([`u64::MAX`]).
    ///
    /// # Errors
    /// [`CertificateError`] for the first statement that does not hold; the roster is then as before.
    pub fn admit(&mut self, bundle: &CertificateBundle, place: u64) -> Result<(), CertificateError> {
        let mut next = self.clone();
        for signed in &bundle.statements {
            next.admit_one(signed, place)?;
        }
        *self = next;
        Ok(())
    }

    fn admit_one(&mut self, signed: &SignedStatement, place: u64) -> Result<(), CertificateError> {
        let statement = signed.statement().ok_or(CertificateError::Unreadable)?;
        let key = self.issuer_key(signed.issuer).ok_or(CertificateError::NotEntitled)?;
        if !signed.is_signed_by(self.tenant, &key) {
            return Err(CertificateError::Signature);
        }
        match statement {
            Statement::RecoveryKey { epoch, public } => {
                self.admit_recovery(signed.issuer, UserKeyEntry { epoch, public })?;
                self.recovery_statement = Some(signed.clone());
                Ok(())
            }
            Statement::ServerKey { public } => {
                only_root(signed.issuer)?;
                self.server_key = Some(public);
                Ok(())
            }
            Statement::Member { member, roles } => self.admit_member(signed.issuer, member, &roles, place),
            Statement::Device { device, member, sign_public, wrap_public, incarnation } => {
                let (state, history) = (DeviceState::Free, History::starting(place, DeviceState::Free));
                let station_until_ms = None;
                let entry =
                    DeviceEntry { member, sign_public, wrap_public, incarnation, state, station_until_ms, history };
                self.admit_device(signed.issuer, device, entry)
            }
            Statement::Invitation { public, member, roles, .. } => {
                let roles = Some(roles);
                self.admit_invitation(signed.issuer, public, InvitationEntry { member, roles, used: false })
            }
            Statement::DeviceInvitation { public, member, .. } => {
                self.admit_invitation(signed.issuer, public, InvitationEntry { member, roles: None, used: false })
            }
            Statement::UserKey { member, epoch, public, device_wraps, .. } => {
                let devices = device_wraps.iter().map(|wrap| wrap.device).collect();
                let holders = KeyHolders { devices, statement: signed.clone() };
                self.admit_user_key(signed.issuer, member, UserKeyEntry { epoch, public }, holders)
            }
            Statement::Programme { programme } => self.admit_programme(signed.issuer, programme),
            Statement::DeviceState { device, state, .. } => {
                let state = DeviceState::from_code(state).ok_or(CertificateError::Unreadable)?;
                self.admit_state(signed.issuer, device, state, place)
            }
            Statement::Station { device, member, sign_public, expires_ms, .. } => {
                only_root(signed.issuer)?;
                if device.is_none() || self.devices.contains_key(&device) || self.members.contains_key(&member) {
                    return Err(CertificateError::Exists);
                }
                let entry = DeviceEntry {
                    member,
                    sign_public,
                    wrap_public: [0; 32],
                    incarnation: 1,
                    state: DeviceState::Free,
                    station_until_ms: Some(expires_ms),
                    history: History::starting(place, DeviceState::Free),
                };
                self.devices.insert(device, entry);
                Ok(())
            }
            Statement::MemberLeft { member } => self.admit_leaving(signed.issuer, member, place),
            Statement::ReadLogKey { programme, side, epoch, public, name } => {
                let side = Side::from_code(side).ok_or(CertificateError::Unreadable)?;
                self.admit_read_log_key(signed.issuer, (programme, side), epoch, public, name)
            }
        }
    }

    fn issuer_key(&self, issuer: Issuer) -> Option<[u8; 32]> {
        match issuer {
            Issuer::Root => Some(self.root),
            Issuer::Device(device) => self.devices.get(&device).map(|entry| entry.sign_public),
            Issuer::Invitation(public) => self.invitations.contains_key(&public).then_some(public),
        }
    }

    fn admit_recovery(&mut self, issuer: Issuer, key: UserKeyEntry) -> Result<(), CertificateError> {
        only_root(issuer)?;
        if key.epoch != self.recovery.map_or(1, |old| old.epoch + 1) {
            return Err(CertificateError::Exists);
        }
        self.recovery = Some(key);
        Ok(())
    }

    fn admit_member(
        &mut self,
        issuer: Issuer,
        member: MemberId,
        roles: &[RoleCode],
        place: u64,
    ) -> Result<(), CertificateError> {
        if member.is_none() || roles.len() > limits::ROLES_PER_MEMBER {
            return Err(CertificateError::Unreadable);
        }
        let exists = self.members.contains_key(&member);
        match issuer {
            Issuer::Root if exists => return Err(CertificateError::Exists),
            Issuer::Root => self.programmes.extend(roles.iter().map(|r| r.programme).filter(|p| !p.is_none())),
            Issuer::Device(device) => {
                if !self.may_change(device, member, roles) {
                    return Err(CertificateError::NotEntitled);
                }
            }
            Issuer::Invitation(public) => {
                let invitation = self.invitations.get_mut(&public).ok_or(CertificateError::NotEntitled)?;
                if invitation.used {
                    return Err(CertificateError::InvitationUsed);
                }
                if exists || invitation.member != member || invitation.roles.as_deref() != Some(roles) {
                    return Err(CertificateError::NotEntitled);
                }
            }
        }
        let roles: Vec<RoleGrant> = roles.iter().filter_map(|role| role.known()).collect();
        match self.members.get_mut(&member) {
            Some(entry) => {
                entry.history.add(place, roles.clone());
                entry.roles = roles;
            }
            None => {
                let history = History::starting(place, roles.clone());
                self.members.insert(member, MemberEntry { roles, left: false, history });
            }
        }
        Ok(())
    }

    fn admit_device(&mut self, issuer: Issuer, device: DeviceId, entry: DeviceEntry) -> Result<(), CertificateError> {
        if device.is_none() || self.devices.contains_key(&device) {
            return Err(CertificateError::Exists);
        }
        if self.members.get(&entry.member).is_none_or(|member| member.left) {
            return Err(CertificateError::NotEntitled);
        }
        match issuer {
            Issuer::Root => {}
            // An invitation certifies one device, for the member it named; from then on it is used up.
            Issuer::Invitation(public) => {
                let invitation = self.invitations.get_mut(&public).ok_or(CertificateError::NotEntitled)?;
                if invitation.used {
                    return Err(CertificateError::InvitationUsed);
                }
                if invitation.member != entry.member {
                    return Err(CertificateError::NotEntitled);
                }
                invitation.used = true;
            }
            // A device that was restored from a backup goes on as its own successor, under the same member.
            Issuer::Device(before) => {
                let before = self.active(before).ok_or(CertificateError::NotEntitled)?;
                if before.member != entry.member || entry.incarnation <= before.incarnation {
                    return Err(CertificateError::NotEntitled);
                }
                self.inherit_user_key(issuer, device, entry.member);
            }
        }
        self.devices.insert(device, entry);
        Ok(())
    }

    /// A successor has the database of the one before it, and the member's key in it.
    fn inherit_user_key(&mut self, issuer: Issuer, device: DeviceId, member: MemberId) {
        let (Issuer::Device(before), Some(holders)) = (issuer, self.key_holders.get_mut(&member)) else { return };
        if holders.devices.contains(&before) {
            holders.devices.push(device);
        }
    }

    fn admit_invitation(
        &mut self,
        issuer: Issuer,
        public: [u8; 32],
        invitation: InvitationEntry,
    ) -> Result<(), CertificateError> {
        let Issuer::Device(device) = issuer else { return Err(CertificateError::NotEntitled) };
        let entitled = match &invitation.roles {
            Some(roles) => self.may_invite(device, roles),
            None => self.may_invite_device(device, invitation.member),
        };
        if !entitled {
            return Err(CertificateError::NotEntitled);
        }
        // The same invitation may come again with a second try to join; what counts is whether it was used.
        self.invitations.entry(public).or_insert(invitation);
        Ok(())
    }

    fn admit_user_key(
        &mut self,
        issuer: Issuer,
        member: MemberId,
        key: UserKeyEntry,
        holders: KeyHolders,
    ) -> Result<(), CertificateError> {
        let Issuer::Device(device) = issuer else { return Err(CertificateError::NotEntitled) };
        if self.active(device).is_none_or(|entry| entry.member != member) {
            return Err(CertificateError::NotEntitled);
        }
        if key.epoch != self.user_keys.get(&member).map_or(1, |old| old.epoch + 1) {
            return Err(CertificateError::Exists);
        }
        self.user_keys.insert(member, key);
        self.key_holders.insert(member, holders);
        Ok(())
    }

    fn admit_read_log_key(
        &mut self,
        issuer: Issuer,
        (programme, side): (ProgrammeId, Side),
        epoch: u32,
        public: [u8; 32],
        name: ReadLogKeyName,
    ) -> Result<(), CertificateError> {
        let Issuer::Device(device) = issuer else { return Err(CertificateError::NotEntitled) };
        let by = self.active(device).map(|entry| entry.member).ok_or(CertificateError::NotEntitled)?;
        // Whoever else it were, what colleagues read would be sealed for them.
        if !self.keeps_records(by, programme, side) || name.folder.is_none() {
            return Err(CertificateError::NotEntitled);
        }
        let of_side = self.read_log_keys.get(&(programme, side.code()));
        if epoch != of_side.map_or(1, |old| old.epoch + 1) {
            return Err(CertificateError::Exists);
        }
        self.read_log_keys.insert((programme, side.code()), ReadLogKeyEntry { epoch, public, name, by });
        Ok(())
    }

    fn admit_programme(&mut self, issuer: Issuer, programme: ProgrammeId) -> Result<(), CertificateError> {
        let Issuer::Device(device) = issuer else { return Err(CertificateError::NotEntitled) };
        let member = self.active(device).map(|entry| entry.member).ok_or(CertificateError::NotEntitled)?;
        let entitled = self.roles(member).iter().any(|g| matches!(g.role, Role::Administrator | Role::Leader));
        if !entitled || programme.is_none() {
            return Err(CertificateError::NotEntitled);
        }
        if !self.programmes.insert(programme) {
            return Err(CertificateError::Exists);
        }
        if let Some(entry) = self.members.get_mut(&member) {
            let leads = RoleGrant { role: Role::Leader, programme, side: Side::Employment };
            entry.roles.push(leads);
            // Before the programme there was nothing the role could have opened.
            entry.history.change_all(|roles| roles.push(leads));
        }
        Ok(())
    }

    /// Saying the same again is no news, and no mistake either: two colleagues may block one phone.
    fn admit_state(
        &mut self,
        issuer: Issuer,
        device: DeviceId,
        state: DeviceState,
        place: u64,
    ) -> Result<(), CertificateError> {
        let entitled = match issuer {
            Issuer::Root => self.devices.contains_key(&device),
            Issuer::Device(by) => self.may_set_state(by, device, state),
            Issuer::Invitation(_) => false,
        };
        let entry = self.devices.get_mut(&device).filter(|_| entitled).ok_or(CertificateError::NotEntitled)?;
        // Keys of a device that was shut out are taken to be in other hands: nothing brings it back.
        if entry.state == DeviceState::Revoked && state != DeviceState::Revoked {
            return Err(CertificateError::Exists);
        }
        entry.state = state;
        entry.history.add(place, state);
        Ok(())
    }

    fn admit_leaving(&mut self, issuer: Issuer, member: MemberId, place: u64) -> Result<(), CertificateError> {
        let entitled = match issuer {
            Issuer::Root => true,
            Issuer::Device(by) => self.may_remove(by, member),
            Issuer::Invitation(_) => false,
        };
        let entry = self.members.get_mut(&member).filter(|_| entitled).ok_or(CertificateError::NotEntitled)?;
        entry.roles.clear();
        entry.left = true;
        entry.history.add(place, Vec::new());
        for device in self.devices.values_mut().filter(|device| device.member == member) {
            device.state = DeviceState::Revoked;
            device.history.add(place, DeviceState::Revoked);
        }
        Ok(())
    }
}

fn only_root(issuer: Issuer) -> Result<(), CertificateError> {
    if issuer == Issuer::Root { Ok(()) } else { Err(CertificateError::NotEntitled) }
}
