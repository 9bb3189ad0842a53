use std::net::SocketAddr;

use ed25519_dalek::{Signer, SigningKey};
use feltbog_domain::{MemberId, ProgrammeId, Role, RoleGrant, Side, TenantId};
use feltbog_protocol::{
    BootstrapCode, CertificateBundle, DeviceWrap, EnrolReply, EnvelopeBytes, Issuer, RoleCode, SetupRequest,
    SignedStatement, Statement,
};

use super::device::answer_of;
use super::{Refused, TestDevice, TestInvitation, TestServer, fresh, fresh_id, fresh_key, post};

/// A municipality that was set up: its founder is administrator and leader of one programme.
pub struct TestTenant<'s> {
    pub server: &'s TestServer,
    pub id: TenantId,
    /// What two of three share holders can put together.
    pub root: SigningKey,
    pub server_key: [u8; 32],
    pub programme: ProgrammeId,
    pub founder: TestDevice,
}

/// All that the first device of a municipality sends.
pub struct FirstDevice {
    pub code: BootstrapCode,
    pub root: SigningKey,
    pub programme: ProgrammeId,
    pub device: TestDevice,
    pub statements: Vec<SignedStatement>,
}

impl<'s> TestTenant<'s> {
    pub fn found(server: &'s TestServer) -> Self {
        let name = format!("Kommune {}", fresh_id::<TenantId>());
        Self::of(server, server.init(&name).bootstrap)
    }

    /// The one that IT has made room for.
    pub fn of(server: &'s TestServer, code: BootstrapCode) -> Self {
        let mut first = FirstDevice::new(code);
        let reply = first.set_up(server).unwrap();
        first.device.entered(&reply);
        let FirstDevice { code, root, programme, device, .. } = first;
        Self { server, id: code.tenant, root, server_key: code.server_key, programme, founder: device }
    }

    /// The roles that most tests want somebody to have.
    pub fn consultant(&self) -> Vec<RoleCode> {
        vec![RoleGrant { role: Role::Consultant, programme: self.programme, side: Side::Employment }.into()]
    }

    /// A new records officer of the programme's employment side with a device.
    pub fn enrol_records(&self) -> TestDevice {
        let roles = vec![RoleGrant { role: Role::Records, programme: self.programme, side: Side::Employment }.into()];
        TestInvitation::by(&self.founder, roles).enrol(self.server).unwrap()
    }

    /// A new deputy of the programme's employment side with a device.
    pub fn enrol_deputy(&self) -> TestDevice {
        let roles = vec![RoleGrant { role: Role::Deputy, programme: self.programme, side: Side::Employment }.into()];
        TestInvitation::by(&self.founder, roles).enrol(self.server).unwrap()
    }

    /// A new consultant with a device.
    pub fn enrol_consultant(&self) -> TestDevice {
        let invitation = TestInvitation::by(&self.founder, self.consultant());
        invitation.enrol(self.server).unwrap()
    }
}

impl FirstDevice {
    pub fn new(code: BootstrapCode) -> Self {
        let (root, device, programme) = (fresh_key(), TestDevice::new(code.tenant), fresh_id());
        let roles = vec![
            RoleGrant { role: Role::Administrator, programme: ProgrammeId::NONE, side: Side::Employment }.into(),
            RoleGrant { role: Role::Leader, programme, side: Side::Employment }.into(),
        ];
        let by_root = |statement| certify(code.tenant, Issuer::Root, &root, &statement);
        let statements = vec![
            by_root(Statement::RecoveryKey { epoch: 1, public: fresh() }),
            by_root(Statement::ServerKey { public: code.server_key }),
            by_root(Statement::Member { member: device.member, roles }),
            by_root(device.statement()),
            device.user_key(1),
        ];
        Self { code, root, programme, device, statements }
    }

    pub fn request(&self) -> SetupRequest {
        let envelope = EnvelopeBytes(self.device.first_envelope(&self.statements));
        SetupRequest {
            tenant: self.code.tenant,
            secret: self.code.secret,
            root: self.root.verifying_key().to_bytes(),
            envelope,
        }
    }

    pub fn set_up(&self, server: &TestServer) -> Result<EnrolReply, Refused> {
        send_setup(server.address(), &self.request())
    }

    pub fn set_up_at(&self, address: SocketAddr) -> Result<EnrolReply, Refused> {
        send_setup(address, &self.request())
    }
}

pub fn send_setup(address: SocketAddr, request: &SetupRequest) -> Result<EnrolReply, Refused> {
    answer_of(&post(address, "/v1/setup", &[("content-type", "application/cbor")], &feltbog_protocol::encode(request)))
}

/// A statement and its issuer's signature.
pub fn certify(tenant: TenantId, issuer: Issuer, key: &SigningKey, statement: &Statement) -> SignedStatement {
    let statement = feltbog_protocol::encode(statement);
    let signature = key.sign(&SignedStatement::signed_bytes(tenant, &statement)).to_bytes();
    SignedStatement { statement, issuer, signature }
}

/// The body of kind 7.
pub fn bundle_of(statements: &[SignedStatement]) -> Vec<u8> {
    feltbog_protocol::encode(&CertificateBundle { statements: statements.to_vec() })
}

/// A member's key, wrapped for one device.
pub fn user_key_statement(member: MemberId, epoch: u32, device: feltbog_domain::DeviceId) -> Statement {
    Statement::UserKey {
        member,
        epoch,
        public: fresh(),
        device_wraps: vec![DeviceWrap { device, wrap: vec![0x5a; 80] }],
        recovery_wrap: vec![0x5a; 80],
    }
}
