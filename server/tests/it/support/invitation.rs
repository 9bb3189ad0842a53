use ed25519_dalek::SigningKey;
use feltbog_domain::TenantId;
use feltbog_protocol::{
    EnrolReply, EnrolRequest, EnvelopeBytes, Issuer, LoginProof, RoleCode, SignedStatement, Statement,
};

use super::device::answer_of;
use super::{Refused, TestDevice, TestServer, certify, fresh_key, now_ms, post};

/// An invitation and the device that would join with it.
pub struct TestInvitation {
    pub key: SigningKey,
    pub roles: Vec<RoleCode>,
    pub statement: SignedStatement,
    pub device: TestDevice,
}

impl TestInvitation {
    pub fn by(inviter: &TestDevice, roles: Vec<RoleCode>) -> Self {
        Self::good_for(inviter, roles, 60_000)
    }

    /// One that runs out so many milliseconds from now.
    pub fn good_for(inviter: &TestDevice, roles: Vec<RoleCode>, ms: i64) -> Self {
        let (key, device) = (fresh_key(), TestDevice::new(inviter.tenant));
        let statement = Statement::Invitation {
            public: key.verifying_key().to_bytes(),
            member: device.member,
            roles: roles.clone(),
            expires_ms: now_ms() + ms,
        };
        let statement = certify(inviter.tenant, Issuer::Device(inviter.id), &inviter.key, &statement);
        Self { key, roles, statement, device }
    }

    /// Invitation, member, device, member's key.
    pub fn statements(&self) -> Vec<SignedStatement> {
        self.statements_for(&self.device)
    }

    /// The same for another device.
    pub fn statements_for(&self, device: &TestDevice) -> Vec<SignedStatement> {
        let member = Statement::Member { member: device.member, roles: self.roles.clone() };
        vec![self.statement.clone(), self.issue(&member), self.issue(&device.statement()), device.user_key(1)]
    }

    /// A statement by the invitation's own key.
    pub fn issue(&self, statement: &Statement) -> SignedStatement {
        let issuer = Issuer::Invitation(self.key.verifying_key().to_bytes());
        certify(self.device.tenant, issuer, &self.key, statement)
    }

    pub fn enrol(&self, server: &TestServer) -> Result<TestDevice, Refused> {
        self.enrol_with(server, None)
    }

    /// The same with a login.
    pub fn enrol_with(&self, server: &TestServer, login: Option<LoginProof>) -> Result<TestDevice, Refused> {
        let envelope = self.device.first_envelope(&self.statements());
        let reply = send_enrol_with(server, self.device.tenant, envelope, login)?;
        let mut device = self.device.clone();
        device.entered(&reply);
        Ok(device)
    }
}

pub fn send_enrol(server: &TestServer, tenant: TenantId, envelope: Vec<u8>) -> Result<EnrolReply, Refused> {
    send_enrol_with(server, tenant, envelope, None)
}

pub fn send_enrol_with(
    server: &TestServer,
    tenant: TenantId,
    envelope: Vec<u8>,
    login: Option<LoginProof>,
) -> Result<EnrolReply, Refused> {
    let request = EnrolRequest { tenant, envelope: EnvelopeBytes(envelope), lease: None, login };
    answer_of(&post(
        server.address(),
        "/v1/enrol",
        &[("content-type", "application/cbor")],
        &feltbog_protocol::encode(&request),
    ))
}
