//! Two hundred devices push at once, one small envelope a request, each over one connection that stays open.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

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

use crate::figures::Figures;
use crate::server_process::ServerProcess;

const DEVICES: u32 = 200;
const TIME: Duration = Duration::from_secs(10);
/// Rows in the log before the load begins.
const LOGS: [u32; 3] = [1_000, 16_000, 64_000];
/// With header and signature an envelope of about 400 bytes, what one entry of a day costs.
const BODY: usize = 172;
const AIM_PER_SECOND: f64 = 4_000.0;
const AIM_P99_MS: f64 = 150.0;
const AN_HOUR_MS: i64 = 60 * 60 * 1000;

pub(crate) async fn run() -> Result<()> {
    println!("\n== {DEVICES} devices push for {} s, one envelope of {} B a request", TIME.as_secs(), envelope_size());
    println!(
        "{:>10} {:>13} {:>12} {:>12} {:>14}",
        "log before", "envelopes/s", "median ms", "p99 ms", "peak memory MB"
    );
    let folder = tempfile::tempdir()?;
    let (mut server, mut devices) = enrolled(folder.path()).await?;
    for rows in LOGS {
        fill(&server, &mut devices, rows).await?;
        // A process of its own for each log, so that the peak is of this one.
        drop(server);
        server = ServerProcess::start(folder.path())?;
        let address = address_of(&server)?;
        for device in &mut devices {
            device.connection = None;
        }
        let started = Instant::now();
        let running: Vec<_> =
            std::mem::take(&mut devices).into_iter().map(|device| tokio::spawn(push_on(device, address))).collect();
        let mut taken = Vec::new();
        for device in running {
            let (device, own) = device.await??;
            devices.push(device);
            taken.extend(own);
        }
        tell(rows, taken, started.elapsed(), server.peak_memory());
    }
    Ok(())
}

fn tell(rows: u32, taken: Vec<f64>, time: Duration, memory: Option<f64>) {
    let per_second = taken.len() as f64 / time.as_secs_f64();
    let figures = Figures::from_values(taken);
    let reached = per_second >= AIM_PER_SECOND && figures.p99() <= AIM_P99_MS;
    println!(
        "{rows:>10} {per_second:>13.0} {:>12.1} {:>12.1} {:>14.1}   aims: {AIM_PER_SECOND}/s, p99 {AIM_P99_MS} ms: {}",
        figures.median(),
        figures.p99(),
        memory.unwrap_or(f64::NAN) / 1_024.0,
        if reached { "reached" } else { "NOT REACHED" }
    );
}

fn envelope_size() -> usize {
    feltbog_protocol::HEADER_LEN + 4 + BODY + feltbog_protocol::SIGNATURE_LEN
}

/// A device with a folder of its own.
struct Device {
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

/// Pushes until the time is over; gives the milliseconds of each request.
async fn push_on(mut device: Device, address: SocketAddr) -> Result<(Device, Vec<f64>)> {
    let (mut taken, began) = (Vec::new(), Instant::now());
    while began.elapsed() < TIME {
        let envelope = device.entry();
        let started = Instant::now();
        device.push(address, vec![envelope]).await?;
        taken.push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok((device, taken))
}

/// A server of its own with all devices and their folders.
async fn enrolled(data: &Path) -> Result<(ServerProcess, Vec<Device>)> {
    let code = feltbog_server::init(data, "Kommune")?.bootstrap;
    let server = ServerProcess::start(data)?;
    let address = address_of(&server)?;
    let programme = ProgrammeId::new(bytes(0));
    let mut devices = vec![first(address, &code, programme).await?];
    for number in 1..DEVICES {
        let inviter = devices.first().context("the first device")?;
        let device = invited(address, inviter, number, programme).await?;
        devices.push(device);
    }
    for device in &mut devices {
        let made = device.new_folder(programme);
        device.push(address, vec![made]).await?;
    }
    Ok((server, devices))
}

/// Pushes until the log has so many rows.
async fn fill(server: &ServerProcess, devices: &mut [Device], rows: u32) -> Result<()> {
    let address = address_of(server)?;
    let mut head = 0;
    while head < u64::from(rows) {
        for device in devices.iter_mut() {
            let missing = u64::from(rows).saturating_sub(head).clamp(1, limits::PUSH_ENVELOPES as u64);
            let push = (0..missing).map(|_| device.entry()).collect();
            // Its turn comes seldom, and the server closes what is idle.
            device.connection = None;
            head = device.push(address, push).await?;
            if head >= u64::from(rows) {
                break;
            }
        }
    }
    // Everybody has read up to here, as devices at work have.
    for device in devices.iter_mut() {
        device.cursor = head;
        device.connection = None;
    }
    Ok(())
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
    let (device, invitation) = (Device::new(by.tenant, number), key(number + DEVICES));
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

    fn entry(&mut self) -> EnvelopeBytes {
        self.dseq += 1;
        self.seal(EnvelopeKind::ChangeSet, self.folder, 1, self.dseq, &[0xc3; BODY])
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
    async fn push(&mut self, address: SocketAddr, push: Vec<EnvelopeBytes>) -> Result<u64> {
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

fn address_of(server: &ServerProcess) -> Result<SocketAddr> {
    Ok(server.url.trim_start_matches("http://").parse()?)
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
