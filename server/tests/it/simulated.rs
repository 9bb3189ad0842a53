//! The rules without a server around them.

use feltbog_domain::{Role, RoleGrant, Side};
use feltbog_protocol::{
    EnrolReply, EnrolRequest, EnvelopeBytes, ErrorCode, Lease, RefusalCode, SyncReply, SyncRequest,
};
use feltbog_server::simulated::{Headers, RuleServer};

use crate::support::{FirstDevice, Refused, TestDevice, TestInvitation, content, fresh_id, new_folder, now_ms};

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

#[test]
fn a_device_the_server_forgot_comes_back_with_its_lease_although_the_invitation_has_run_out() {
    let mut server = RuleServer::new(1).unwrap();
    let (founder, programme) = found(&mut server);
    let role = RoleGrant { role: Role::Consultant, programme, side: Side::Employment };
    let invitation = TestInvitation::good_for(&founder, vec![role.into()], 60_000);
    let copy = server.snapshot().unwrap();
    let envelope = EnvelopeBytes(invitation.device.first_envelope(&invitation.statements()));
    let enrol = |server: &mut RuleServer, lease: Option<Lease>, at: i64| {
        let request = EnrolRequest { tenant: founder.tenant, envelope: envelope.clone(), lease, login: None };
        server.post("/v1/enrol", Headers::default(), &feltbog_protocol::encode(&request), at).unwrap()
    };
    let (status, reply) = enrol(&mut server, None, now_ms());
    assert_eq!(status, 200);
    let lease = feltbog_protocol::decode::<EnrolReply>(&reply).unwrap().lease.unwrap();
    server.restore(&copy).unwrap();
    let later = now_ms() + 3_600_000;
    assert_eq!(enrol(&mut server, None, later).0, 403, "the invitation has run out");
    let forged = Lease { until_ms: lease.until_ms + 1, ..lease.clone() };
    assert_eq!(enrol(&mut server, Some(forged), later).0, 403);
    assert_eq!(enrol(&mut server, Some(lease), later).0, 200);
}
