//! Certificates: statements signed by the root, by an invitation or by a device (body of kind 7).

use ed25519_dalek::{Signature, VerifyingKey};
use feltbog_domain::{DeviceId, MemberId, ProgrammeId, Role, RoleGrant, Side};
use minicbor::{Decode, Encode};

use feltbog_domain::TenantId;

use crate::read_log::ReadLogKeyName;

const SIGNED_PREFIX: &[u8] = b"feltbog/cert/1\0";

/// One role in a certificate, in codes, so that roles of newer versions pass through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct RoleCode {
    /// Code of the role.
    #[n(0)]
    pub role: u8,
    /// The programme; zero bytes for the whole municipality.
    #[cbor(n(1), with = "crate::id_bytes")]
    pub programme: ProgrammeId,
    /// Code of the side.
    #[n(2)]
    pub side: u8,
}

impl From<RoleGrant> for RoleCode {
    fn from(grant: RoleGrant) -> Self {
        Self { role: grant.role.code(), programme: grant.programme, side: grant.side.code() }
    }
}

impl RoleCode {
    /// The role, if this version knows it; an unknown one gives nothing.
    #[must_use]
    pub fn known(self) -> Option<RoleGrant> {
        Some(RoleGrant {
            role: Role::from_code(self.role)?,
            programme: self.programme,
            side: Side::from_code(self.side)?,
        })
    }
}

/// What is certified.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Statement {
    /// The municipality's recovery key. By the root.
    #[n(1)]
    RecoveryKey {
        /// Counts the recovery keys, from 1.
        #[n(0)]
        epoch: u32,
        /// X25519.
        #[cbor(n(1), with = "minicbor::bytes")]
        public: [u8; 32],
    },
    /// The key the server signs receipts with. By the root.
    #[n(2)]
    ServerKey {
        /// Ed25519.
        #[cbor(n(0), with = "minicbor::bytes")]
        public: [u8; 32],
    },
    /// A member and the roles held. By the root (the first), by an invitation, or by an administrator's device.
    #[n(3)]
    Member {
        /// Who; the name stands sealed in the staff folder.
        #[cbor(n(0), with = "crate::id_bytes")]
        member: MemberId,
        /// All roles; replaces earlier ones.
        #[n(1)]
        roles: Vec<RoleCode>,
    },
    /// A device of a member. By the root (the first), by the member's invitation, or by the device it succeeds.
    #[n(4)]
    Device {
        /// The device.
        #[cbor(n(0), with = "crate::id_bytes")]
        device: DeviceId,
        /// Whose it is.
        #[cbor(n(1), with = "crate::id_bytes")]
        member: MemberId,
        /// Ed25519: signs envelopes and requests.
        #[cbor(n(2), with = "minicbor::bytes")]
        sign_public: [u8; 32],
        /// X25519: receives the member's key.
        #[cbor(n(3), with = "minicbor::bytes")]
        wrap_public: [u8; 32],
        /// Counts the lives of one device, from 1.
        #[n(4)]
        incarnation: u32,
    },
    /// Whoever holds this key may become this member, once. By an administrator's or leader's device.
    #[n(5)]
    Invitation {
        /// Ed25519.
        #[cbor(n(0), with = "minicbor::bytes")]
        public: [u8; 32],
        /// The member to be.
        #[cbor(n(1), with = "crate::id_bytes")]
        member: MemberId,
        /// The roles to be held.
        #[n(2)]
        roles: Vec<RoleCode>,
        /// Milliseconds since 1970; the server refuses it afterwards.
        #[n(3)]
        expires_ms: i64,
    },
    /// A member's own key, wrapped for the member's devices and the recovery key. By one of the member's devices.
    #[n(6)]
    UserKey {
        /// Whose.
        #[cbor(n(0), with = "crate::id_bytes")]
        member: MemberId,
        /// Counts the member's keys, from 1.
        #[n(1)]
        epoch: u32,
        /// X25519.
        #[cbor(n(2), with = "minicbor::bytes")]
        public: [u8; 32],
        /// The private part for each device, by HPKE to the device's key.
        #[n(3)]
        device_wraps: Vec<DeviceWrap>,
        /// The private part for the recovery key.
        #[cbor(n(4), with = "minicbor::bytes")]
        recovery_wrap: Vec<u8>,
    },
    /// A programme begins; the signer's member becomes its leader on the employment side. By an administrator's or
    /// leader's device.
    #[n(7)]
    Programme {
        /// The programme; its name stands sealed in the staff folder.
        #[cbor(n(0), with = "crate::id_bytes")]
        programme: ProgrammeId,
    },
    /// A device is shut out, or let in again. By a colleague's device (blocking only), another device of the member, a
    /// leader, deputy or administrator.
    #[n(8)]
    DeviceState {
        /// The device.
        #[cbor(n(0), with = "crate::id_bytes")]
        device: DeviceId,
        /// Code of the state.
        #[n(1)]
        state: u8,
        /// Code of the reason, for those who read it; decides nothing.
        #[n(2)]
        reason: u8,
    },
    /// A member belongs no more: all roles end and all devices are shut out. By an administrator's device, or by a leader's
    /// or deputy's of everything the member did.
    #[n(9)]
    MemberLeft {
        /// Who.
        #[cbor(n(0), with = "crate::id_bytes")]
        member: MemberId,
    },
    /// A recovery station: two holders of shares open the municipality's Feltbog again, for a day. It reads everything, hands
    /// out keys and new devices, and writes nothing. Every device sees that it was used. By the root.
    #[n(10)]
    Station {
        /// The station.
        #[cbor(n(0), with = "crate::id_bytes")]
        device: DeviceId,
        /// Stands for the station where rows name a member; belongs to nobody.
        #[cbor(n(1), with = "crate::id_bytes")]
        member: MemberId,
        /// Ed25519: signs envelopes and requests.
        #[cbor(n(2), with = "minicbor::bytes")]
        sign_public: [u8; 32],
        /// Code of the reason given.
        #[n(3)]
        reason: u8,
        /// Milliseconds since 1970; the server serves it no longer afterwards.
        #[n(4)]
        expires_ms: i64,
    },
    /// The key that readings on one side of a programme are sealed for: its records officers hold the folder it is made of.
    /// By a records officer's device.
    #[n(11)]
    ReadLogKey {
        /// The programme.
        #[cbor(n(0), with = "crate::id_bytes")]
        programme: ProgrammeId,
        /// Code of the side.
        #[n(1)]
        side: u8,
        /// Counts the keys of this side, from 1.
        #[n(2)]
        epoch: u32,
        /// X25519.
        #[cbor(n(3), with = "minicbor::bytes")]
        public: [u8; 32],
        /// The folder, and which of its keys.
        #[n(4)]
        name: ReadLogKeyName,
    },
    /// Whoever holds this key may certify one more device of this member, once. By a device of the member, or by a leader's
    /// or deputy's of everything the member does.
    #[n(12)]
    DeviceInvitation {
        /// Ed25519.
        #[cbor(n(0), with = "minicbor::bytes")]
        public: [u8; 32],
        /// Whose device it will be.
        #[cbor(n(1), with = "crate::id_bytes")]
        member: MemberId,
        /// Milliseconds since 1970; the server refuses it afterwards.
        #[n(2)]
        expires_ms: i64,
        /// Which key of the member's is in force: the new device makes the next.
        #[n(3)]
        user_key_epoch: u32,
        /// The member's other devices, which the next key is wrapped for as well. Signed with the rest, so that nobody on
        /// the way puts a key of theirs among them.
        #[cbor(n(4), decode_with = "crate::bounded::decode")]
        others: Vec<OtherDevice>,
    },
}

/// Another device of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct OtherDevice {
    /// The device.
    #[cbor(n(0), with = "crate::id_bytes")]
    pub device: DeviceId,
    /// X25519.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub wrap_public: [u8; 32],
}

/// Whether a device is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum DeviceState {
    /// As any other.
    Free = 0,
    /// Locked until somebody entitled frees it; loses nothing.
    Blocked = 1,
    /// Shut out for ever: hands in what it has not sent, and forgets the rest.
    Revoked = 2,
}

impl DeviceState {
    /// The code on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The state of a code, if this version knows it.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(DeviceState::Free),
            1 => Some(DeviceState::Blocked),
            2 => Some(DeviceState::Revoked),
            _ => None,
        }
    }
}

/// A member's key for one device.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct DeviceWrap {
    /// The device.
    #[cbor(n(0), with = "crate::id_bytes")]
    pub device: DeviceId,
    /// HPKE.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub wrap: Vec<u8>,
}

/// Whose key signed a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
pub enum Issuer {
    /// The municipality's root.
    #[n(1)]
    Root,
    /// An enrolled device.
    #[n(2)]
    Device(#[cbor(n(0), with = "crate::id_bytes")] DeviceId),
    /// The key of an invitation.
    #[n(3)]
    Invitation(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]),
}

/// A statement as it was signed, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct SignedStatement {
    /// The encoded [`Statement`].
    #[cbor(n(0), with = "minicbor::bytes")]
    pub statement: Vec<u8>,
    /// Whose key signed it.
    #[n(1)]
    pub issuer: Issuer,
    /// Ed25519 over `"feltbog/cert/1\0"`, the tenant's id and the statement's bytes.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

impl SignedStatement {
    /// What the issuer signs.
    #[must_use]
    pub fn signed_bytes(tenant: TenantId, statement: &[u8]) -> Vec<u8> {
        [SIGNED_PREFIX, tenant.as_bytes(), statement].concat()
    }

    /// The statement, if it is one of this version; its signature is not looked at.
    #[must_use]
    pub fn statement(&self) -> Option<Statement> {
        crate::decode(&self.statement).ok()
    }

    /// Whether this key signed it for this tenant.
    #[must_use]
    pub fn is_signed_by(&self, tenant: TenantId, public: &[u8; 32]) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(public) else { return false };
        let signed = Self::signed_bytes(tenant, &self.statement);
        key.verify_strict(&signed, &Signature::from_bytes(&self.signature)).is_ok()
    }
}

/// The body of kind 7: statements that are admitted together or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct CertificateBundle {
    /// In the order in which they are checked.
    #[n(0)]
    pub statements: Vec<SignedStatement>,
}
