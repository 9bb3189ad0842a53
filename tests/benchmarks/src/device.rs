//! Devices that speak the wire and nothing else, many of them in one process.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use ed25519_dalek::{Signer as _, SigningKey};
use feltbog_domain::{DeviceId, FolderId, FolderKind, MemberId, ProgrammeId, Role, RoleGrant, Side, TenantId};
use feltbog_protocol::{
    BootstrapCode, CertificateBundle, DeviceWrap, Draft, EnrolRequest, EnvelopeBytes, EnvelopeHash, EnvelopeKind,
    Header, Issuer, KeyRecord, KeyRecordForm, Principal, ProgrammeBytes, Recipient, RefusalCode, RequestSignature,
    SetupRequest, SignedStatement, Statement, SyncReply, SyncRequest, limits,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::server_process::ServerProcess;

const AN_HOUR_MS: i64 = 60 * 60 * 1000;
/// Invitations have keys of other numbers than devices.
const INVITATIONS: u32 = 1 << 20;

/// A device with a folder of its own.
pub(crate) struct Device {
    tenant: TenantId,
    id: DeviceId,
    member: MemberId,
    key: SigningKey,
    folder: FolderId,
    dseq: u64,
    epoch: [u8; 16],
    cursor: u64,
    lease_until_ms: i64,
    nonce: u64,
    connection: Option<TcpStream>,
}

/// A server of its own with all devices and their folders.
pub(crate) async fn enrolled(data: &Path, count: u32) -> Result<(ServerProcess, Vec<Device>)> {
    let code = feltbog_server::init(data, "Kommune")?.bootstrap;
    let server = ServerProcess::start(data)?;
    let address = server.address()?;
    let programme = ProgrammeId::new(bytes(0));
    let mut devices = vec![first(address, &code, programme).await?];
    for number in 1..count {
        let inviter = devices.first().context("the first device")?;
        let device = invited(address, inviter, number, programme).await?;
        devices.push(device);
    }
    for device in &mut devices {
        let made = device.new_folder(programme);
        // Its turn may come late, and the server closes what idles.
        device.hang_up();
        device.push(address, vec![made]).await?;
    }
    Ok((server, devices))
}

async fn first(address: SocketAddr, code: &BootstrapCode, programme: ProgrammeId) -> Result<Device> {
    let (root, device) = (key(u32::MAX), Device::new(code.tenant, 0));
    let roles = vec![RoleGrant { role: Role::Leader, programme, side: Side::Employment }.into()];
    let by_root = |statement| certify(code.tenant, Issuer::Root, &root, &statement);
    let statements = vec![
        by_root(Statement::RecoveryKey { epoch: 1, public: [3; 32] }),
        by_root(Statement::ServerKey { public: code.server_key }),
        by_root(Statement::Member { member: device.member, roles }),
        by_root(device.statement()),
        device.member_key(),
    ];
    let (tenant, secret, root) = (code.tenant, code.secret, root.verifying_key().to_bytes());
    let request = SetupRequest { tenant, secret, root, envelope: device.certificates(statements) };
    device.enter(address, "/v1/setup", feltbog_protocol::encode(&request)).await
}

async fn invited(address: SocketAddr, by: &Device, number: u32, programme: ProgrammeId) -> Result<Device> {
    let (device, invitation) = (Device::new(by.tenant, number), key(number + INVITATIONS));
    let roles = vec![RoleGrant { role: Role::Consultant, programme, side: Side::Employment }.into()];
    let public = invitation.verifying_key().to_bytes();
    let (member, expires_ms) = (device.member, now_ms() + AN_HOUR_MS);
    let offered = Statement::Invitation { public, member, roles: Vec::clone(&roles), expires_ms };
    let by_invitation = |statement| certify(by.tenant, Issuer::Invitation(public), &invitation, &statement);
    let statements = vec![
        certify(by.tenant, Issuer::Device(by.id), &by.key, &offered),
        by_invitation(Statement::Member { member, roles }),
        by_invitation(device.statement()),
        device.member_key(),
    ];
    let request =
        EnrolRequest { tenant: by.tenant, envelope: device.certificates(statements), lease: None, login: None };
    device.enter(address, "/v1/enrol", feltbog_protocol::encode(&request)).await
}

impl Device {
    fn new(tenant: TenantId, number: u32) -> Self {
        Self {
            tenant,
            id: DeviceId::new(bytes(number + 1_000)),
            member: MemberId::new(bytes(number + 2_000)),
            key: key(number),
            folder: FolderId::new(bytes(number + 3_000)),
            dseq: 0,
            epoch: [0; 16],
            cursor: 0,
            lease_until_ms: 0,
            nonce: 0,
            connection: None,
        }
    }

    fn statement(&self) -> Statement {
        let sign_public = self.key.verifying_key().to_bytes();
        Statement::Device { device: self.id, member: self.member, sign_public, wrap_public: [4; 32], incarnation: 1 }
    }

    fn member_key(&self) -> SignedStatement {
        let statement = Statement::UserKey {
            member: self.member,
            epoch: 1,
            public: [5; 32],
            device_wraps: vec![DeviceWrap { device: self.id, wrap: vec![6; 80] }],
            recovery_wrap: vec![7; 80],
        };
        certify(self.tenant, Issuer::Device(self.id), &self.key, &statement)
    }

    fn certificates(&self, statements: Vec<SignedStatement>) -> EnvelopeBytes {
        let body = feltbog_protocol::encode(&CertificateBundle { statements });
        self.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, 1, &body)
    }

    async fn enter(mut self, address: SocketAddr, path: &str, body: Vec<u8>) -> Result<Self> {
        let answer = self.post(address, path, "", &body).await?;
        let reply: feltbog_protocol::EnrolReply = feltbog_protocol::decode(&answer)?;
        self.dseq = 1;
        self.epoch = reply.clock.epoch;
        self.cursor = reply.clock.head;
        self.lease_until_ms = reply.lease.map_or(0, |lease| lease.until_ms);
        Ok(self)
    }

    fn new_folder(&mut self, programme: ProgrammeId) -> EnvelopeBytes {
        let recipient = |principal| Recipient { principal, epoch: 1, wrap: vec![8; 80] };
        let record = KeyRecord {
            form: KeyRecordForm::NewEpoch,
            commitment: [9; 32],
            predecessor: None,
            recipients: vec![recipient(Principal::Recovery), recipient(Principal::Member(self.member))],
            folder_kind: Some(FolderKind::Employment.code()),
            programme: Some(ProgrammeBytes(programme)),
        };
        self.dseq += 1;
        let body = feltbog_protocol::encode(&record);
        self.seal(EnvelopeKind::KeyRecord, self.folder, 1, self.dseq, &body)
    }

    /// The next envelope, with a body of so many bytes.
    pub(crate) fn entry(&mut self, body: usize) -> EnvelopeBytes {
        self.dseq += 1;
        self.seal(EnvelopeKind::ChangeSet, self.folder, 1, self.dseq, &vec![0xc3; body])
    }

    /// Ends its connection; the next request begins another.
    pub(crate) fn hang_up(&mut self) {
        self.connection = None;
    }

    /// It has read the log up to a row.
    pub(crate) fn has_read(&mut self, head: u64) {
        self.cursor = head;
    }

    fn seal(&self, kind: EnvelopeKind, folder: FolderId, key_epoch: u32, dseq: u64, body: &[u8]) -> EnvelopeBytes {
        let header = Header {
            kind: kind.code(),
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
        };
        let draft = Draft::new(header, body).unwrap_or_else(|_| unreachable!("small bodies fit"));
        let signature = self.key.sign(&draft.signed_bytes()).to_bytes();
        EnvelopeBytes(draft.signed(signature).bytes().to_vec())
    }

    /// One exchange in which everything is accepted; gives the log's newest row.
    pub(crate) async fn push(&mut self, address: SocketAddr, push: Vec<EnvelopeBytes>) -> Result<u64> {
        let request = SyncRequest {
            push,
            epoch: self.epoch,
            cursor: self.cursor,
            max_bytes: limits::PAGE_START,
            lease_until_ms: Some(self.lease_until_ms),
            ..SyncRequest::default()
        };
        let body = feltbog_protocol::encode(&request);
        let headers = self.authorized(&body);
        let answer = self.post(address, "/v1/sync", &headers, &body).await?;
        let reply: SyncReply = feltbog_protocol::decode(&answer)?;
        ensure!(reply.results.iter().all(|result| result.code == RefusalCode::Ok), "refused: {:?}", reply.results);
        self.cursor = reply.cursor;
        Ok(reply.clock.head)
    }

    fn authorized(&mut self, body: &[u8]) -> String {
        self.nonce += 1;
        let (nonce, time_ms) = (u128::from(self.nonce).to_be_bytes(), now_ms());
        let signed = RequestSignature::signed_bytes(self.tenant, "POST", "/v1/sync", body, time_ms, &nonce);
        let signature = self.key.sign(&signed).to_bytes();
        let signature = RequestSignature { device: self.id, time_ms, nonce, signature };
        format!("authorization: {signature}\r\n{}: {}\r\n", RequestSignature::TENANT_HEADER, self.tenant)
    }

    /// One request over the device's own connection. Written by hand, so that little of the time is the client's.
    async fn post(&mut self, address: SocketAddr, path: &str, headers: &str, body: &[u8]) -> Result<Vec<u8>> {
        let mut stream = match self.connection.take() {
            Some(stream) => stream,
            None => TcpStream::connect(address).await?,
        };
        stream.set_nodelay(true)?;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: benchmark\r\ncontent-type: application/cbor\r\n{headers}content-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat()).await?;
        let answer = answer(&mut stream).await?;
        self.connection = Some(stream);
        Ok(answer)
    }
}

/// The body of an answer that announces its length, as all of this server's do.
async fn answer(stream: &mut TcpStream) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(2_048);
    loop {
        ensure!(stream.read_buf(&mut bytes).await? > 0, "the connection ended");
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(bytes.get(..end).unwrap_or_default())?.to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        let whole = end + 4 + length.context("a length")?.trim().parse::<usize>()?;
        while bytes.len() < whole {
            ensure!(stream.read_buf(&mut bytes).await? > 0, "the connection ended");
        }
        ensure!(head.starts_with("http/1.1 200"), "not served: {}", head.lines().next().unwrap_or_default());
        return Ok(bytes.split_off(end + 4));
    }
}

fn certify(tenant: TenantId, issuer: Issuer, key: &SigningKey, statement: &Statement) -> SignedStatement {
    let statement = feltbog_protocol::encode(statement);
    let signature = key.sign(&SignedStatement::signed_bytes(tenant, &statement)).to_bytes();
    SignedStatement { statement, issuer, signature }
}

/// Bytes that name this number; they need not be hard to guess.
fn bytes(number: u32) -> [u8; 16] {
    (u128::from(number) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_be_bytes()
}

fn key(number: u32) -> SigningKey {
    let mut seed = [0x42; 32];
    seed.iter_mut().zip(bytes(number)).for_each(|(own, byte)| *own = byte);
    SigningKey::from_bytes(&seed)
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
