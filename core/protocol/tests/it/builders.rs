//! A municipality made of fixed seeds, so that its bytes are the same in every run.

use ed25519_dalek::{Signer, SigningKey};
use feltbog_domain::{DeviceId, FolderId, MemberId, ProgrammeId, Role, RoleGrant, Side, TenantId};
use feltbog_protocol::{
    CertificateBundle, Draft, Envelope, EnvelopeHash, EnvelopeKind, Header, Issuer, RoleCode, Roster, SignedStatement,
    Statement,
};

pub(crate) const TENANT: TenantId = TenantId::new([1; 16]);
pub(crate) const PROGRAMME: ProgrammeId = ProgrammeId::new([2; 16]);
pub(crate) const FOLDER: FolderId = FolderId::new([3; 16]);

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(crate) fn public(seed: u8) -> [u8; 32] {
    key(seed).verifying_key().to_bytes()
}

pub(crate) fn role(role: Role, side: Side) -> RoleGrant {
    let programme = if role == Role::Administrator { ProgrammeId::NONE } else { PROGRAMME };
    RoleGrant { role, programme, side }
}

pub(crate) fn certify(signer: u8, issuer: Issuer, statement: &Statement) -> SignedStatement {
    let statement = feltbog_protocol::encode(statement);
    let signature = key(signer).sign(&SignedStatement::signed_bytes(TENANT, &statement)).to_bytes();
    SignedStatement { statement, issuer, signature }
}

/// Ids and keys of a person are made of one number.
pub(crate) fn member(n: u8) -> MemberId {
    MemberId::new([n; 16])
}

pub(crate) fn device(n: u8) -> DeviceId {
    DeviceId::new([n.wrapping_add(100); 16])
}

pub(crate) fn device_statement(n: u8) -> Statement {
    Statement::Device {
        device: device(n),
        member: member(n),
        sign_public: public(n),
        wrap_public: [n; 32],
        incarnation: 1,
    }
}

pub(crate) fn user_key_statement(n: u8) -> Statement {
    Statement::UserKey {
        member: member(n),
        epoch: 1,
        public: [n; 32],
        device_wraps: Vec::new(),
        recovery_wrap: vec![n; 80],
    }
}

pub(crate) const ROOT: u8 = 200;
pub(crate) const FOUNDER: u8 = 10;

/// Root, recovery key, server key, and a founder who is administrator and leader.
pub(crate) fn founding_bundle() -> CertificateBundle {
    let by_root = |statement: &Statement| certify(ROOT, Issuer::Root, statement);
    let roles: Vec<RoleCode> =
        vec![role(Role::Administrator, Side::Employment).into(), role(Role::Leader, Side::Employment).into()];
    let statements = vec![
        by_root(&Statement::RecoveryKey { epoch: 1, public: [201; 32] }),
        by_root(&Statement::ServerKey { public: public(202) }),
        by_root(&Statement::Member { member: member(FOUNDER), roles }),
        by_root(&device_statement(FOUNDER)),
        certify(FOUNDER, Issuer::Device(device(FOUNDER)), &user_key_statement(FOUNDER)),
    ];
    CertificateBundle { statements }
}

pub(crate) fn founded() -> Roster {
    let mut roster = Roster::new(TENANT, public(ROOT));
    roster.admit(&founding_bundle(), 1).unwrap();
    roster
}

/// `inviter` invites `n` into `role`; the invitation's key is `150 + n`.
pub(crate) fn joining_bundle(inviter: u8, n: u8, granted: RoleGrant) -> CertificateBundle {
    let invitation_key = 150 + n;
    let roles = vec![RoleCode::from(granted)];
    let by_invitation = Issuer::Invitation(public(invitation_key));
    let invitation = Statement::Invitation {
        public: public(invitation_key),
        member: member(n),
        roles: roles.clone(),
        expires_ms: 1_000,
    };
    let statements = vec![
        certify(inviter, Issuer::Device(device(inviter)), &invitation),
        certify(invitation_key, by_invitation, &Statement::Member { member: member(n), roles }),
        certify(invitation_key, by_invitation, &device_statement(n)),
        certify(n, Issuer::Device(device(n)), &user_key_statement(n)),
    ];
    CertificateBundle { statements }
}

pub(crate) fn header(kind: EnvelopeKind, folder: FolderId, key_epoch: u32) -> Header {
    Header {
        kind: kind.code(),
        suite: 0,
        codec: 0,
        tenant: TENANT,
        folder,
        lineage: 0,
        key_epoch,
        device: device(FOUNDER),
        dseq: 7,
        base_seq: 0,
        prev: EnvelopeHash([5; 32]),
        salt: [0; 16],
        commitment: [0; 32],
    }
}

pub(crate) fn signed(header: Header, body: &[u8]) -> Envelope {
    let draft = Draft::new(header, body).unwrap();
    let signature = key(FOUNDER).sign(&draft.signed_bytes()).to_bytes();
    draft.signed(signature)
}
