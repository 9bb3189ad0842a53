//! Requests valid and invalid over every route, seeded: each is answered as documented, and the server goes on serving.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};

use feltbog_domain::{FolderId, ProgrammeId, Rights, Role, RoleGrant, Side};
use feltbog_harness::Chance;
use feltbog_protocol::{
    BackfillAsk, EnrolReply, EnrolRequest, Envelope, EnvelopeBytes, EnvelopeKind, HandInReply, HandInRequest,
    LoginProof, LoginReply, LoginRequest, ReportReply, ReportRequest, RequestSignature, SetupRequest, SyncReply,
    SyncRequest, encode, limits,
};
use feltbog_server::Endpoint;

use crate::support::{
    FirstDevice, TestDevice, TestInvitation, TestServer, content, fresh_id, grant, is_documented, new_folder, now_ms,
    reserve,
};

/// Requests in the ordinary run; `FELTBOG_HTTP_CASES` asks for more.
const CASES: u64 = 20_000;
/// Where the log is in PostgreSQL, whose answers differ in nothing and take longer.
const CASES_IN_DATABASE: u64 = 2_000;
/// After so many the server starts again: it would listen to no more bootstrap codes otherwise.
const BETWEEN_STARTS: u64 = 1_000;
const CBOR: (&str, &str) = ("content-type", "application/cbor");

/// One municipality with valid requests that were served, and a member who may push.
struct Town {
    server: TestServer,
    setup: SetupRequest,
    enrol: EnrolRequest,
    device: TestDevice,
    programme: ProgrammeId,
    folder: FolderId,
}

impl Town {
    fn found() -> Self {
        let server = TestServer::with("[limits]\nrequests_burst = 1000000".parse().unwrap());
        let mut first = FirstDevice::new(server.init("By").bootstrap);
        let setup = first.request();
        let reply = first.set_up(&server).unwrap();
        first.device.entered(&reply);
        let consultant = RoleGrant { role: Role::Consultant, programme: first.programme, side: Side::Employment };
        let invitation = TestInvitation::by(&first.device, vec![consultant.into()]);
        let envelope = EnvelopeBytes(invitation.device.first_envelope(&invitation.statements()));
        let enrol = EnrolRequest { tenant: first.device.tenant, envelope, lease: None, login: None };
        invitation.enrol(&server).unwrap();
        let (folder, programme, mut device) = (fresh_id(), first.programme, first.device);
        let made = new_folder(&mut device, folder, programme);
        assert!(device.push(&server, &[made]).iter().all(|code| code.is_accepted()));
        Self { server, setup, enrol, device, programme, folder }
    }

    fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The next envelope of the device: right, or wrong in a way that only a member can make it.
    fn envelope(&mut self, chance: &mut Chance) -> Vec<u8> {
        let (folder, device) = (self.folder, &mut self.device);
        match chance.below(9) {
            0 => content(device, folder, 40),
            1 => content(device, fresh_id(), 40),
            2 => new_folder(device, fresh_id(), self.programme),
            3 => grant(device, folder, fresh_id(), Rights::READ),
            4 => device.seal(EnvelopeKind::KeyRecord, folder, 1, &bytes(chance, 60)),
            5 => device.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bytes(chance, 60)),
            6 => {
                let code = chance.below(256).to_le_bytes()[0];
                device.seal_code(code, folder, 1, &bytes(chance, 60))
            }
            7 => {
                let sealed = content(device, folder, 40);
                let header = Envelope::decode(sealed).unwrap().header().clone();
                let mut frame = device.sign(header, b"body");
                mutate(chance, &mut frame);
                frame
            }
            _ => device.seal(EnvelopeKind::Deposit, folder, 1, &bytes(chance, 60)),
        }
    }

    fn sync_body(&mut self, chance: &mut Chance) -> Vec<u8> {
        let dseq = self.device.dseq;
        let push: Vec<EnvelopeBytes> = (0..chance.below(4)).map(|_| EnvelopeBytes(self.envelope(chance))).collect();
        if chance.below(3) == 0 {
            self.device.dseq = dseq; // these numbers come again, with other envelopes
        }
        let request = SyncRequest {
            epoch: *chance.one(&[[0; 16], self.device.epoch, [7; 16]]),
            cursor: *chance.one(&[0, 3, u64::MAX]),
            backfill: (0..chance.below(3))
                .map(|_| {
                    let folder = *chance.one(&[FolderId::NONE, self.folder, fresh_id()]);
                    BackfillAsk::whole(folder, *chance.one(&[0, 5, u64::MAX]), *chance.one(&[0, 9, u64::MAX]))
                })
                .collect(),
            max_bytes: *chance.one(&[0, limits::PAGE_START, u32::MAX]),
            push,
            ..SyncRequest::default()
        };
        encode(&request)
    }

    fn proof(&self, chance: &mut Chance) -> Option<LoginProof> {
        let id_token = (*chance.one(&["", "..", "e30.e30.AA", "eyJhbGciOiJub25lIn0.e30."])).to_owned();
        (chance.below(3) > 0).then_some(LoginProof { random: [7; 16], id_token })
    }

    fn report(&self, chance: &mut Chance) -> ReportRequest {
        let day = |chance: &mut Chance| (*chance.one(&["2026-03-31", "2026-02-30", "", "9999-12-31"])).to_owned();
        ReportRequest {
            programme: *chance.one(&[self.programme, fresh_id()]),
            measures: chance.one(&[vec![], vec!["caseload".to_owned()], vec!["wisdom".to_owned()]]).clone(),
            as_of: day(chance),
            from: (chance.below(2) == 0).then(|| day(chance)),
            to: (chance.below(2) == 0).then(|| day(chance)),
        }
    }

    /// Deposits made in reserve, and what is none.
    fn handed_in(&mut self, chance: &mut Chance) -> HandInRequest {
        let made = (1..=chance.below(4)).map(|number| match chance.below(3) {
            0 => self.envelope(chance),
            _ => reserve(&self.device, self.folder, number),
        });
        let envelopes = made.map(EnvelopeBytes).collect();
        HandInRequest { tenant: self.device.tenant, envelopes }
    }

    fn body(&mut self, chance: &mut Chance, path: &str) -> Vec<u8> {
        let mut body = match path {
            "/v1/setup" => encode(&self.setup),
            "/v1/enrol" => encode(&self.enrol),
            "/v1/login" => encode(&LoginRequest { proof: self.proof(chance) }),
            "/v1/report" => encode(&self.report(chance)),
            "/v1/hand-in" => encode(&self.handed_in(chance)),
            _ => self.sync_body(chance),
        };
        match chance.below(6) {
            0..3 => {}
            3 => body = bytes(chance, 200),
            _ => (0..=chance.below(3)).for_each(|_| mutate(chance, &mut body)),
        }
        body
    }

    /// Signed for what it is, mostly; else with something about it wrong.
    fn headers(&self, chance: &mut Chance, path: &str, body: &[u8]) -> Vec<(String, String)> {
        let off = *chance.one(&[0, 0, 0, 0, 3_600_000, -3_600_000, i64::MAX - now_ms()]);
        let mut device = self.device.clone();
        match chance.below(16) {
            0 => device.id = fresh_id(),
            1 => device.tenant = fresh_id(),
            _ => {}
        }
        let signed = if ["/v1/login", "/v1/report"].contains(&path) { path } else { "/v1/sync" };
        let mut authorization = device.authorization(signed, body, now_ms().saturating_add(off)).into_bytes();
        if chance.below(10) == 0 {
            mutate(chance, &mut authorization);
        }
        let mut headers = vec![
            (CBOR.0.to_owned(), CBOR.1.to_owned()),
            ("authorization".to_owned(), String::from_utf8_lossy(&authorization).replace(|c: char| c.is_control(), "")),
            (RequestSignature::TENANT_HEADER.to_owned(), device.tenant.to_string()),
        ];
        match chance.below(12) {
            0 => drop(headers.remove(usize::try_from(chance.below(3)).unwrap())),
            1 => headers[0].1 = "text/plain".to_owned(),
            2 => headers.push(("content-encoding".to_owned(), "deflate".to_owned())),
            3 => headers.push(("x-long".to_owned(), "a".repeat(5_000))),
            _ => {}
        }
        headers
    }
}

fn bytes(chance: &mut Chance, most: u64) -> Vec<u8> {
    (0..chance.below(most)).map(|_| chance.below(256).to_le_bytes()[0]).collect()
}

fn mutate(chance: &mut Chance, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let at = usize::try_from(chance.below(bytes.len() as u64)).unwrap();
    match chance.below(5) {
        0 => bytes[at] ^= 1 << chance.below(8),
        1 => bytes[at] = *chance.one(&[0, 0x1b, 0x7f, 0x9b, 0xbb, 0xff]),
        2 => drop(bytes.remove(at)),
        3 => bytes.truncate(at),
        _ => {
            let lie = [[0x9b].as_slice(), &u64::MAX.to_be_bytes()].concat();
            drop(bytes.splice(at..=at, lie));
        }
    }
}

/// What came back: status and body. Nothing where the connection was closed without an answer.
///
/// A request that is not whole ends with the connection, or the server would wait for the rest.
fn send(address: SocketAddr, request: &[u8], whole: bool) -> Option<(u16, Vec<u8>)> {
    let mut stream = TcpStream::connect(address).unwrap();
    // The server may answer and close before everything is written.
    let _ = stream.write_all(request);
    if !whole {
        let _ = stream.shutdown(Shutdown::Write);
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, answer[end + 4..].to_vec()))
}

/// Answers of HTTP itself: what is no HTTP, another method, a head that is too long.
const BY_HTTP: &[u16] = &[400, 405, 414, 431];

fn judge(town: &Town, label: &str, path: &str, body: &[u8], answer: (u16, &[u8])) {
    let (status, reply) = answer;
    assert_ne!(status, 500, "{label}: nothing a device sends fails inside");
    if status != 200 {
        let nowhere = Endpoint::at(path).is_none() && status == 404;
        let asked = Endpoint::at(path).map_or("post", Endpoint::method);
        let documented = nowhere || is_documented(asked, path, status, reply);
        // An answer to HEAD has no body, whatever its status.
        let to_head = label.contains(": HEAD ") && status == 404;
        let by_http = reply.is_empty() && (to_head || BY_HTTP.contains(&status));
        assert!(documented || by_http, "{label}: {status} {reply:?}");
        return;
    }
    match path {
        // Only the very request that was served before is served again.
        "/v1/setup" => {
            assert!(feltbog_protocol::decode::<SetupRequest>(body).is_ok_and(|sent| sent == town.setup), "{label}");
            assert!(feltbog_protocol::decode::<EnrolReply>(reply).is_ok(), "{label}");
        }
        "/v1/enrol" => {
            assert!(feltbog_protocol::decode::<EnrolRequest>(body).is_ok_and(|sent| sent == town.enrol), "{label}");
            assert!(feltbog_protocol::decode::<EnrolReply>(reply).is_ok(), "{label}");
        }
        "/v1/sync" => assert!(feltbog_protocol::decode::<SyncReply>(reply).is_ok(), "{label}"),
        "/v1/login" => {
            let said = feltbog_protocol::decode::<LoginReply>(reply);
            assert!(said.is_ok_and(|said| said == LoginReply::default()), "{label}");
        }
        "/v1/hand-in" => assert!(feltbog_protocol::decode::<HandInReply>(reply).is_ok(), "{label}"),
        "/v1/report" => assert!(feltbog_protocol::decode::<ReportReply>(reply).is_ok(), "{label}"),
        "/health/ready" => assert!(reply.is_empty() || reply == b"ready\n", "{label}"),
        "/health/live" => assert!(reply.is_empty() || reply == b"live\n", "{label}"),
        other => panic!("{label}: {other} was served"),
    }
}

/// Half of them the exchange itself, and a few that are nearly one of the routes.
fn path(chance: &mut Chance) -> &'static str {
    const NEARLY: &[&str] =
        &["/v1/sync/", "/v1//sync", "/v2/sync", "/V1/SYNC", "/v1/sync/..%2fenrol", "/", "/%00", "*"];
    match chance.below(20) {
        0..10 => "/v1/sync",
        10..13 => "/v1/setup",
        13..16 => "/v1/enrol",
        16..19 => chance.one::<&str>(&[
            "/health/live",
            "/health/ready",
            "/v1/login",
            "/v1/hand-in",
            "/v1/report",
            "/admin",
            "/admin/login",
            "/admin/logout",
        ]),
        _ => chance.one::<&str>(NEARLY),
    }
}

fn method(chance: &mut Chance) -> &'static str {
    if chance.below(12) == 0 { chance.one::<&str>(&["GET", "PUT", "HEAD", "OPTIONS", "BREW"]) } else { "POST" }
}

#[test]
fn random_requests_over_all_routes_are_answered_as_documented_and_the_server_goes_on() {
    let usual = if std::env::var_os("FELTBOG_TEST_POSTGRES").is_some() { CASES_IN_DATABASE } else { CASES };
    let cases = std::env::var("FELTBOG_HTTP_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let mut town = Town::found();
    let mut statuses: BTreeMap<u16, u64> = BTreeMap::new();
    for case in 0..cases {
        if case % BETWEEN_STARTS == BETWEEN_STARTS - 1 {
            town.server.restart();
        }
        let chance = &mut Chance::of(case);
        let (path, method) = (path(chance), method(chance));
        let body = town.body(chance, path);
        let headers = town.headers(chance, path, &body);
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n").into_bytes();
        for (name, value) in headers {
            request.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        request.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
        let whole = chance.below(40) != 0;
        request.extend_from_slice(&body);
        if !whole {
            mutate(chance, &mut request);
        }
        match send(town.address(), &request, whole) {
            Some((status, reply)) if whole => {
                judge(&town, &format!("case {case}: {method} {path}"), path, &body, (status, &reply));
                *statuses.entry(status).or_default() += 1;
            }
            // What is no HTTP any more may be closed without an answer, and never fails inside.
            Some((status, _)) => assert_ne!(status, 500, "case {case}"),
            None => assert!(!whole, "case {case}: {method} {path} was not answered"),
        }
    }
    println!("{statuses:?}");
    for reached in [200, 400, 401, 403, 404, 405, 409, 415] {
        assert!(statuses.contains_key(&reached), "{reached} was never reached: {statuses:?}");
    }
    still_serves(&mut town);
}

/// The log is whole, and the device that was played with may write on.
fn still_serves(town: &mut Town) {
    let last = town.device.sync(&town.server, &SyncRequest::default()).unwrap().last_dseq;
    town.device.dseq = last;
    let sealed = content(&mut town.device, town.folder, 40);
    let reply = town.device.try_push(&town.server, &[sealed]).unwrap();
    assert_eq!(reply.results.len(), 1);
    let seq = reply.results[0].seq.expect("what is right is stored");
    assert_eq!(seq, reply.clock.head, "the log has no gap at its end");
}
