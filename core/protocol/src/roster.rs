//! The roster: who belongs, on what, in which roles, as the certificates in the log say.
//!
//! Server and devices build it with the same code from the same rows in the same order, so they never disagree; and
//! every step is checked against the root that was pinned at enrolment, so the server vouches for nothing.

mod admission;
mod history;
mod offices;

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{DeviceId, MemberId, ProgrammeId, RoleGrant, Side, TenantId};

use crate::certificate::{DeviceState, RoleCode, SignedStatement};
use crate::read_log::ReadLogKeyName;
use history::History;
pub use history::Place;

/// One member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberEntry {
    /// The roles this version knows; none once the member left.
    pub roles: Vec<RoleGrant>,
    /// Whether the member belongs no more.
    pub left: bool,
    history: History<Vec<RoleGrant>>,
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
    /// Whether it is served now.
    pub state: DeviceState,
    /// Until when it is a recovery station, milliseconds since 1970; nothing for the device of a member.
    pub station_until_ms: Option<i64>,
    history: History<DeviceState>,
}

/// A member's newest key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserKeyEntry {
    /// Counts the member's keys, from 1.
    pub epoch: u32,
    /// X25519.
    pub public: [u8; 32],
}

/// What readings on one side of a programme are sealed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLogKeyEntry {
    /// Counts the keys of this side, from 1.
    pub epoch: u32,
    /// X25519.
    pub public: [u8; 32],
    /// The folder it is made of, and which of its keys.
    pub name: ReadLogKeyName,
    /// The records officer whose device said so.
    pub by: MemberId,
}

/// The devices that hold a member's newest key, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct KeyHolders {
    devices: Vec<DeviceId>,
    statement: SignedStatement,
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
    key_holders: BTreeMap<MemberId, KeyHolders>,
    programmes: BTreeSet<ProgrammeId>,
    read_log_keys: BTreeMap<(ProgrammeId, u8), ReadLogKeyEntry>,
    invitations: BTreeMap<[u8; 32], InvitationEntry>,
}

#[derive(Debug, Clone)]
struct InvitationEntry {
    member: MemberId,
    /// The roles of a member to be; nothing for one more device of a member.
    roles: Option<Vec<RoleCode>>,
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
            key_holders: BTreeMap::new(),
            programmes: BTreeSet::new(),
            read_log_keys: BTreeMap::new(),
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

    /// A member's newest key, if nobody holds it who was shut out: what new keys may be wrapped for. A phone that was lost
    /// has the old one, and would open whatever is wrapped for it.
    #[must_use]
    pub fn sound_user_key(&self, member: MemberId) -> Option<UserKeyEntry> {
        self.user_key(member).filter(|_| !self.member(member).is_some_and(|entry| entry.left) && self.is_sound(member))
    }

    /// The certificate of a member's newest key, with its wraps.
    #[must_use]
    pub fn user_key_statement(&self, member: MemberId) -> Option<&SignedStatement> {
        self.key_holders.get(&member).map(|holders| &holders.statement)
    }

    /// The devices of a member that are not shut out for ever.
    pub fn devices_of(&self, member: MemberId) -> impl Iterator<Item = (DeviceId, &DeviceEntry)> {
        self.devices().filter(move |(_, entry)| entry.member == member && entry.state != DeviceState::Revoked)
    }

    /// Whether a member's newest key ought to be renewed: a device that was shut out holds it, or one of the member's does
    /// not.
    #[must_use]
    pub fn owes_user_key(&self, member: MemberId) -> bool {
        let holds = |device: DeviceId| self.key_holders.get(&member).is_some_and(|held| held.devices.contains(&device));
        !self.is_sound(member) || self.devices_of(member).any(|(device, _)| !holds(device))
    }

    fn is_sound(&self, member: MemberId) -> bool {
        let is_in = |device: &DeviceId| self.device(*device).is_some_and(|entry| entry.state != DeviceState::Revoked);
        self.key_holders.get(&member).is_some_and(|held| held.devices.iter().all(is_in))
    }

    /// What readings on a side of a programme are sealed for; nothing before it has had a records officer.
    #[must_use]
    pub fn read_log_key(&self, programme: ProgrammeId, side: Side) -> Option<ReadLogKeyEntry> {
        self.read_log_keys.get(&(programme, side.code())).copied()
    }

    /// All programmes.
    pub fn programmes(&self) -> impl Iterator<Item = ProgrammeId> {
        self.programmes.iter().copied()
    }
}
