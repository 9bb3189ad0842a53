//! The roster: who belongs, on what, in which roles, as the certificates in the log say.
//!
//! Server and devices build it with the same code from the same rows in the same order, so they never disagree; and
//! every step is checked against the root that was pinned at enrolment, so the server vouches for nothing.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{DeviceId, MemberId, ProgrammeId, Role, RoleGrant, Side, TenantId};

use crate::certificate::{CertificateBundle, Issuer, RoleCode, SignedStatement, Statement};
use crate::limits;

/// One member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberEntry {
    /// The roles this version knows.
    pub roles: Vec<RoleGrant>,
}

/// One device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceEntry {
    /// Whose it is.
    pub member: MemberId,
    /// Ed25519.
    pub sign_public: [u8; 32],
    /// X25519.
    pub wrap_public: [u8; 32],
    /// Counts the lives of one device.
    pub incarnation: u32,
}

/// A member's newest key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserKeyEntry {
    /// Counts the member's keys, from 1.
    pub epoch: u32,
    /// X25519.
    pub public: [u8; 32],
}

/// Why a bundle of certificates does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// A statement cannot be read.
    #[error("a certificate cannot be read")]
    Unreadable,
    /// The signature does not fit the issuer.
    #[error("a certificate's signature does not fit its issuer")]
    Signature,
    /// The issuer is unknown, or may not say this.
    #[error("a certificate's issuer may not say this")]
    NotEntitled,
    /// The invitation was used before.
    #[error("the invitation was used before")]
    InvitationUsed,
    /// The thing exists already.
    #[error("a certificate repeats something that exists")]
    Exists,
}

/// Everybody and everything certified so far.
#[derive(Debug, Clone)]
pub struct Roster {
    tenant: TenantId,
    root: [u8; 32],
    recovery: Option<UserKeyEntry>,
    recovery_statement: Option<SignedStatement>,
    server_key: Option<[u8; 32]>,
    members: BTreeMap<MemberId, MemberEntry>,
    devices: BTreeMap<DeviceId, DeviceEntry>,
    user_keys: BTreeMap<MemberId, UserKeyEntry>,
    programmes: BTreeSet<ProgrammeId>,
    invitations: BTreeMap<[u8; 32], InvitationEntry>,
}

#[derive(Debug, Clone)]
struct InvitationEntry {
    member: MemberId,
    roles: Vec<RoleCode>,
    used: bool,
}

impl Roster {
    /// An empty roster under this root.
    #[must_use]
    pub fn new(tenant: TenantId, root: [u8; 32]) -> Self {
        Self {
            tenant,
            root,
            recovery: None,
            recovery_statement: None,
            server_key: None,
            members: BTreeMap::new(),
            devices: BTreeMap::new(),
            user_keys: BTreeMap::new(),
            programmes: BTreeSet::new(),
            invitations: BTreeMap::new(),
        }
    }

    /// The municipality.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The root everything is checked against.
    #[must_use]
    pub fn root(&self) -> &[u8; 32] {
        &self.root
    }

    /// The recovery key in force.
    #[must_use]
    pub fn recovery(&self) -> Option<UserKeyEntry> {
        self.recovery
    }

    /// The certificate of the recovery key in force, to hand on in invitations.
    #[must_use]
    pub fn recovery_statement(&self) -> Option<&SignedStatement> {
        self.recovery_statement.as_ref()
    }

    /// The key receipts are signed with.
    #[must_use]
    pub fn server_key(&self) -> Option<&[u8; 32]> {
        self.server_key.as_ref()
    }

    /// A device.
    #[must_use]
    pub fn device(&self, device: DeviceId) -> Option<&DeviceEntry> {
        self.devices.get(&device)
    }

    /// All devices.
    pub fn devices(&self) -> impl Iterator<Item = (DeviceId, &DeviceEntry)> {
        self.devices.iter().map(|(id, entry)| (*id, entry))
    }

    /// A member.
    #[must_use]
    pub fn member(&self, member: MemberId) -> Option<&MemberEntry> {
        self.members.get(&member)
    }

    /// All members.
    pub fn members(&self) -> impl Iterator<Item = (MemberId, &MemberEntry)> {
        self.members.iter().map(|(id, entry)| (*id, entry))
    }

    /// A member's roles; none for a stranger.
    #[must_use]
    pub fn roles(&self, member: MemberId) -> &[RoleGrant] {
        self.members.get(&member).map_or(&[], |entry| &entry.roles)
    }

    /// A member's newest key.
    #[must_use]
    pub fn user_key(&self, member: MemberId) -> Option<UserKeyEntry> {
        self.user_keys.get(&member).copied()
    }

    /// All programmes.
    pub fn programmes(&self) -> impl Iterator<Item = ProgrammeId> {
        self.programmes.iter().copied()
    }

    /// Takes in a bundle, all of it or nothing.
    ///
    /// # Errors
    /// [`CertificateError`] for the first statement that does not hold; the roster is then as before.
    pub fn admit(&mut self, bundle: &CertificateBundle) -> Result<(), CertificateError> {
        let mut next = self.clone();
        for signed in &bundle.statements {
            next.admit_one(signed)?;
        }
        *self = next;
        Ok(())
    }

    fn admit_one(&mut self, signed: &SignedStatement) -> Result<(), CertificateError> {
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
            Statement::Member { member, roles } => self.admit_member(signed.issuer, member, &roles),
            Statement::Device { device, member, sign_public, wrap_public, incarnation } => {
                let entry = DeviceEntry { member, sign_public, wrap_public, incarnation };
                self.admit_device(signed.issuer, device, entry)
            }
            Statement::Invitation { public, member, roles, .. } => {
                self.admit_invitation(signed.issuer, public, InvitationEntry { member, roles, used: false })
            }
            Statement::UserKey { member, epoch, public, .. } => {
                self.admit_user_key(signed.issuer, member, UserKeyEntry { epoch, public })
            }
            Statement::Programme { programme } => self.admit_programme(signed.issuer, programme),
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

    fn admit_member(&mut self, issuer: Issuer, member: MemberId, roles: &[RoleCode]) -> Result<(), CertificateError> {
        if member.is_none() || roles.len() > limits::ROLES_PER_MEMBER {
            return Err(CertificateError::Unreadable);
        }
        let exists = self.members.contains_key(&member);
        match issuer {
            Issuer::Root if exists => return Err(CertificateError::Exists),
            Issuer::Root => self.programmes.extend(roles.iter().map(|r| r.programme).filter(|p| !p.is_none())),
            Issuer::Device(device) => {
                if !exists || !self.is_administrator(device) {
                    return Err(CertificateError::NotEntitled);
                }
            }
            Issuer::Invitation(public) => {
                let invitation = self.invitations.get_mut(&public).ok_or(CertificateError::NotEntitled)?;
                if invitation.used {
                    return Err(CertificateError::InvitationUsed);
                }
                if exists || invitation.member != member || invitation.roles != roles {
                    return Err(CertificateError::NotEntitled);
                }
            }
        }
        let roles = roles.iter().filter_map(|role| role.known()).collect();
        self.members.insert(member, MemberEntry { roles });
        Ok(())
    }

    fn admit_device(&mut self, issuer: Issuer, device: DeviceId, entry: DeviceEntry) -> Result<(), CertificateError> {
        if device.is_none() || self.devices.contains_key(&device) {
            return Err(CertificateError::Exists);
        }
        if !self.members.contains_key(&entry.member) {
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
                let before = self.devices.get(&before).ok_or(CertificateError::NotEntitled)?;
                if before.member != entry.member || entry.incarnation <= before.incarnation {
                    return Err(CertificateError::NotEntitled);
                }
            }
        }
        self.devices.insert(device, entry);
        Ok(())
    }

    fn admit_invitation(
        &mut self,
        issuer: Issuer,
        public: [u8; 32],
        invitation: InvitationEntry,
    ) -> Result<(), CertificateError> {
        let Issuer::Device(device) = issuer else { return Err(CertificateError::NotEntitled) };
        if !self.may_invite(device, &invitation.roles) {
            return Err(CertificateError::NotEntitled);
        }
        // The same invitation may come again with a second try to join; what counts is whether it was used.
        self.invitations.entry(public).or_insert(invitation);
        Ok(())
    }

    fn admit_user_key(&mut self, issuer: Issuer, member: MemberId, key: UserKeyEntry) -> Result<(), CertificateError> {
        let Issuer::Device(device) = issuer else { return Err(CertificateError::NotEntitled) };
        if self.devices.get(&device).is_none_or(|entry| entry.member != member) {
            return Err(CertificateError::NotEntitled);
        }
        if key.epoch != self.user_keys.get(&member).map_or(1, |old| old.epoch + 1) {
            return Err(CertificateError::Exists);
        }
        self.user_keys.insert(member, key);
        Ok(())
    }

    fn admit_programme(&mut self, issuer: Issuer, programme: ProgrammeId) -> Result<(), CertificateError> {
        let Issuer::Device(device) = issuer else { return Err(CertificateError::NotEntitled) };
        let member = self.devices.get(&device).map(|entry| entry.member).ok_or(CertificateError::NotEntitled)?;
        let entitled = self.roles(member).iter().any(|g| matches!(g.role, Role::Administrator | Role::Leader));
        if !entitled || programme.is_none() {
            return Err(CertificateError::NotEntitled);
        }
        if !self.programmes.insert(programme) {
            return Err(CertificateError::Exists);
        }
        if let Some(entry) = self.members.get_mut(&member) {
            entry.roles.push(RoleGrant { role: Role::Leader, programme, side: Side::Employment });
        }
        Ok(())
    }

    fn is_administrator(&self, device: DeviceId) -> bool {
        self.devices
            .get(&device)
            .is_some_and(|entry| self.roles(entry.member).iter().any(|grant| grant.role == Role::Administrator))
    }

    /// Whether the member of this device may invite somebody into these roles: an administrator into any, a leader
    /// or deputy into roles of the own programme.
    #[must_use]
    pub fn may_invite(&self, device: DeviceId, roles: &[RoleCode]) -> bool {
        if self.is_administrator(device) {
            return true;
        }
        let Some(entry) = self.devices.get(&device) else { return false };
        let own = self.roles(entry.member);
        roles.iter().all(|wanted| {
            wanted.role != Role::Administrator.code()
                && own.iter().any(|g| matches!(g.role, Role::Leader | Role::Deputy) && g.programme == wanted.programme)
        })
    }
}

fn only_root(issuer: Issuer) -> Result<(), CertificateError> {
    if issuer == Issuer::Root { Ok(()) } else { Err(CertificateError::NotEntitled) }
}
