use std::net::SocketAddr;

use ed25519_dalek::{Signer, SigningKey};
use feltbog_domain::{DeviceId, FolderId, MemberId, TenantId};
use feltbog_protocol::{
    DisposedEnvelope, Draft, EnrolReply, Envelope, EnvelopeBytes, EnvelopeHash, EnvelopeKind, HandInReply,
    HandInRequest, Header, Issuer, LoginProof, LoginReply, LoginRequest, Problem, ReceiptProof, RefusalCode,
    RequestSignature, SignedStatement, Statement, SyncReply, SyncRequest, limits,
};

use super::tenant::user_key_statement;
use super::{Answer, TestServer, bundle_of, certify, fresh, fresh_id, fresh_key, now_ms, post, try_post};

/// Status and body of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub status: u16,
    pub problem: Box<Problem>,
}

/// A device that signs like the real one. It counts its envelopes and nothing else.
#[derive(Debug, Clone)]
pub struct TestDevice {
    pub tenant: TenantId,
    pub id: DeviceId,
    pub member: MemberId,
    pub key: SigningKey,
    pub dseq: u64,
    pub cert_seq: u64,
    pub epoch: [u8; 16],
}

impl TestDevice {
    /// A device of a new member.
    pub fn new(tenant: TenantId) -> Self {
        Self { tenant, id: fresh_id(), member: fresh_id(), key: fresh_key(), dseq: 1, cert_seq: 0, epoch: [0; 16] }
    }

    pub fn entered(&mut self, reply: &EnrolReply) {
        self.cert_seq = reply.cert_seq;
        self.epoch = reply.clock.epoch;
    }

    pub fn statement(&self) -> Statement {
        Statement::Device {
            device: self.id,
            member: self.member,
            sign_public: self.key.verifying_key().to_bytes(),
            wrap_public: fresh(),
            incarnation: 1,
        }
    }

    pub fn user_key(&self, epoch: u32) -> SignedStatement {
        certify(self.tenant, Issuer::Device(self.id), &self.key, &user_key_statement(self.member, epoch, self.id))
    }

    /// A device of the same person that does not exist yet.
    pub fn successor(&self) -> Self {
        Self { member: self.member, ..Self::new(self.tenant) }
    }

    /// This device's word for the one that goes on after it.
    pub fn certify_successor(&self, next: &TestDevice, incarnation: u32) -> SignedStatement {
        let Statement::Device { device, member, sign_public, wrap_public, .. } = next.statement() else {
            unreachable!("a device's statement")
        };
        let statement = Statement::Device { device, member, sign_public, wrap_public, incarnation };
        certify(self.tenant, Issuer::Device(self.id), &self.key, &statement)
    }

    pub fn first_envelope(&self, statements: &[SignedStatement]) -> Vec<u8> {
        self.sign(self.header(EnvelopeKind::Certificate.code(), FolderId::NONE, 0, 1), &bundle_of(statements))
    }

    pub fn header(&self, kind: u8, folder: FolderId, key_epoch: u32, dseq: u64) -> Header {
        Header {
            kind,
            suite: 0,
            codec: 0,
            tenant: self.tenant,
            folder,
            lineage: 0,
            key_epoch,
            device: self.id,
            dseq,
            base_seq: 0,
            prev: EnvelopeHash::default(),
            salt: [0; 16],
            commitment: [0; 32],
        }
    }

    pub fn sign(&self, header: Header, body: &[u8]) -> Vec<u8> {
        let draft = Draft::new(header, body).unwrap();
        let signature = self.key.sign(&draft.signed_bytes()).to_bytes();
        draft.signed(signature).bytes().to_vec()
    }

    /// The device's next envelope.
    pub fn seal(&mut self, kind: EnvelopeKind, folder: FolderId, key_epoch: u32, body: &[u8]) -> Vec<u8> {
        self.seal_code(kind.code(), folder, key_epoch, body)
    }

    pub fn seal_code(&mut self, kind: u8, folder: FolderId, key_epoch: u32, body: &[u8]) -> Vec<u8> {
        self.dseq += 1;
        self.sign(self.header(kind, folder, key_epoch, self.dseq), body)
    }

    pub fn authorization(&self, path: &str, body: &[u8], time_ms: i64) -> String {
        let nonce = fresh()[..16].try_into().unwrap();
        let signed = RequestSignature::signed_bytes(self.tenant, "POST", path, body, time_ms, &nonce);
        RequestSignature { device: self.id, time_ms, nonce, signature: self.key.sign(&signed).to_bytes() }.to_string()
    }

    pub fn post_sync(&self, address: SocketAddr, body: &[u8], time_ms: i64) -> Answer {
        self.post_signed(address, "/v1/sync", body, time_ms)
    }

    pub fn post_signed(&self, address: SocketAddr, path: &str, body: &[u8], time_ms: i64) -> Answer {
        self.try_post_signed(address, path, body, time_ms).expect("an HTTP answer")
    }

    /// The same to a server that may go away meanwhile.
    pub fn try_post_signed(&self, address: SocketAddr, path: &str, body: &[u8], time_ms: i64) -> Option<Answer> {
        let authorization = self.authorization(path, body, time_ms);
        let tenant = self.tenant.to_string();
        let headers = [
            ("content-type", "application/cbor"),
            ("authorization", authorization.as_str()),
            (RequestSignature::TENANT_HEADER, tenant.as_str()),
        ];
        try_post(address, path, &headers, body)
    }

    /// Asks for the terms of a login, or shows one.
    pub fn log_in(&self, server: &TestServer, proof: Option<LoginProof>) -> Result<LoginReply, Refused> {
        let body = feltbog_protocol::encode(&LoginRequest { proof });
        answer_of(&self.post_signed(server.address(), "/v1/login", &body, now_ms()))
    }

    pub fn sync(&self, server: &TestServer, request: &SyncRequest) -> Result<SyncReply, Refused> {
        answer_of(&self.post_sync(server.address(), &feltbog_protocol::encode(request), now_ms()))
    }

    /// Pushes and does not look at the page.
    pub fn try_push(&self, server: &TestServer, envelopes: &[Vec<u8>]) -> Result<SyncReply, Refused> {
        let push = envelopes.iter().cloned().map(EnvelopeBytes).collect();
        self.sync(server, &SyncRequest { push, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() })
    }

    /// Pushes, with the receipts given for it once.
    pub fn push_with(&self, server: &TestServer, envelopes: &[Vec<u8>], proofs: Vec<ReceiptProof>) -> Vec<RefusalCode> {
        let push = envelopes.iter().cloned().map(EnvelopeBytes).collect();
        let request = SyncRequest { push, proofs, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
        self.sync(server, &request).unwrap().results.iter().map(|result| result.code).collect()
    }

    /// Pushes; gives the dispositions and what proves them later.
    pub fn push_proven(&self, server: &TestServer, envelopes: &[Vec<u8>]) -> (Vec<RefusalCode>, ReceiptProof) {
        let reply = self.try_push(server, envelopes).unwrap();
        let codes: Vec<RefusalCode> = reply.results.iter().map(|result| result.code).collect();
        let disposed = envelopes
            .iter()
            .zip(&codes)
            .map(|(bytes, code)| DisposedEnvelope {
                hash: Envelope::decode(bytes.clone()).unwrap().hash().0,
                code: *code,
            })
            .collect();
        (codes, ReceiptProof { receipt: reply.receipt.unwrap(), epoch: reply.clock.epoch, disposed })
    }

    /// What the device says when it knows an epoch: an office's device heals with it.
    pub fn exchange_in(&self, server: &TestServer, epoch: [u8; 16], cursor: u64) -> SyncReply {
        let request = SyncRequest { epoch, cursor, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
        self.sync(server, &request).unwrap()
    }

    /// Pushes; gives the dispositions.
    pub fn push(&self, server: &TestServer, envelopes: &[Vec<u8>]) -> Vec<RefusalCode> {
        self.try_push(server, envelopes).unwrap().results.iter().map(|result| result.code).collect()
    }

    /// Hands in what was made in reserve, which nobody signs a request for.
    pub fn hand_in(&self, server: &TestServer, envelopes: &[Vec<u8>]) -> Result<HandInReply, Refused> {
        let envelopes = envelopes.iter().cloned().map(EnvelopeBytes).collect();
        let body = feltbog_protocol::encode(&HandInRequest { tenant: self.tenant, envelopes });
        answer_of(&post(server.address(), "/v1/hand-in", &[("content-type", "application/cbor")], &body))
    }

    /// Everything the main feed has after `cursor`, in one page.
    pub fn pull(&self, server: &TestServer, cursor: u64) -> Vec<Envelope> {
        let request = SyncRequest { cursor, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
        let reply = self.sync(server, &request).unwrap();
        assert!(!reply.more, "a test that pulls in one page has more than one");
        reply.rows.into_iter().map(|row| Envelope::decode(row.envelope).unwrap()).collect()
    }
}

pub fn answer_of<T: for<'b> minicbor::Decode<'b, ()>>(answer: &Answer) -> Result<T, Refused> {
    if answer.status == 200 {
        return Ok(feltbog_protocol::decode(&answer.body).unwrap());
    }
    Err(Refused { status: answer.status, problem: feltbog_protocol::decode(&answer.body).unwrap() })
}
