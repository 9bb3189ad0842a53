//! The rules without a server around them.

use feltbog_protocol::{EnrolReply, ErrorCode, RefusalCode, SyncReply, SyncRequest};
use feltbog_server::simulated::{Headers, RuleServer};

use crate::support::{FirstDevice, Refused, TestDevice, content, fresh_id, new_folder};

const NOW: i64 = 1_700_000_000_000;

fn found(server: &mut RuleServer) -> (TestDevice, feltbog_domain::ProgrammeId) {
    let mut first = FirstDevice::new(server.found("Simuleret Kommune").unwrap());
    let body = feltbog_protocol::encode(&first.request());
    let (status, body) = server.post("/v1/setup", Headers::default(), &body, NOW).unwrap();
    assert_eq!(status, 200);
    first.device.entered(&feltbog_protocol::decode::<EnrolReply>(&body).unwrap());
    (first.device, first.programme)
}

fn exchange(server: &mut RuleServer, device: &TestDevice, request: &SyncRequest) -> Result<SyncReply, Refused> {
    let body = feltbog_protocol::encode(request);
    let (authorization, tenant) = (device.authorization("/v1/sync", &body, NOW), device.tenant.to_string());
    let headers = Headers { authorization: Some(&authorization), tenant: Some(&tenant) };
    let (status, body) = server.post("/v1/sync", headers, &body, NOW).unwrap();
    if status == 200 {
        return Ok(feltbog_protocol::decode(&body).unwrap());
    }
    Err(Refused { status, problem: feltbog_protocol::decode(&body).unwrap() })
}

fn push(server: &mut RuleServer, device: &TestDevice, envelopes: Vec<Vec<u8>>) -> Result<SyncReply, Refused> {
    let push = envelopes.into_iter().map(feltbog_protocol::EnvelopeBytes).collect();
    exchange(server, device, &SyncRequest { push, ..SyncRequest::default() })
}

#[test]
fn the_same_requests_under_the_same_seed_get_the_same_bytes() {
    let code = |seed| RuleServer::new(seed).unwrap().found("Simuleret Kommune").unwrap();
    assert_eq!(code(7).to_text(), code(7).to_text());
    assert_ne!(code(7).to_text(), code(8).to_text());
    let (mut one, mut other) = (RuleServer::new(7).unwrap(), RuleServer::new(7).unwrap());
    let first = FirstDevice::new(one.found("Simuleret Kommune").unwrap());
    other.found("Simuleret Kommune").unwrap();
    let body = feltbog_protocol::encode(&first.request());
    let answers =
        [&mut one, &mut other].map(|server| server.post("/v1/setup", Headers::default(), &body, NOW).unwrap());
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn what_is_pushed_is_judged_logged_and_listed() {
    let mut server = RuleServer::new(1).unwrap();
    let (mut device, programme) = found(&mut server);
    let folder = fresh_id();
    let envelopes = vec![new_folder(&mut device, folder, programme), content(&mut device, fresh_id(), 40)];
    let reply = push(&mut server, &device, envelopes.clone()).unwrap();
    let codes: Vec<_> = reply.results.iter().map(|result| result.code).collect();
    assert_eq!(codes, [RefusalCode::Ok, RefusalCode::NoGrant]);
    let rows = server.rows(device.tenant).unwrap();
    assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(rows[1].first_bytes, envelopes[0]);
}

#[test]
fn a_restart_keeps_everything_and_an_old_copy_knows_nothing_of_what_came_after_it() {
    let mut server = RuleServer::new(1).unwrap();
    let (mut device, programme) = found(&mut server);
    let copy = server.snapshot().unwrap();
    let made = new_folder(&mut device, fresh_id(), programme);
    push(&mut server, &device, vec![made]).unwrap();
    server.restart().unwrap();
    assert_eq!(server.rows(device.tenant).unwrap().len(), 2);
    server.restore(&copy).unwrap();
    assert_eq!(server.rows(device.tenant).unwrap().len(), 1);
    let next = content(&mut device, fresh_id(), 40);
    let refused = push(&mut server, &device, vec![next]).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (409, ErrorCode::SequenceGap));
}
