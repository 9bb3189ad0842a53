//! What is refused before anything is looked at.

use feltbog_protocol::{BackfillAsk, EnvelopeBytes, ErrorCode, Problem, RequestSignature, SyncRequest, limits};

use crate::support::{
    Answer, TestDevice, TestServer, TestTenant, fresh_id, fresh_key, now_ms, post, post_raw, try_raw,
};

const ELEVEN_MINUTES: i64 = 11 * 60 * 1000;

fn body() -> Vec<u8> {
    feltbog_protocol::encode(&SyncRequest::default())
}

fn problem_of(bytes: &[u8]) -> Problem {
    feltbog_protocol::decode(bytes).unwrap()
}

#[test]
fn a_clock_eleven_minutes_off_is_told_the_servers_time_and_nine_minutes_are_fine() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    for off in [ELEVEN_MINUTES, -ELEVEN_MINUTES] {
        let before = now_ms();
        let answer = tenant.founder.post_sync(server.address(), &body(), before + off);
        let problem = problem_of(&answer.body);
        assert_eq!((answer.status, problem.code), (401, ErrorCode::ClockSkew), "{off} ms off");
        let server_time = problem.server_time_ms.unwrap();
        assert!((before..=now_ms()).contains(&server_time), "{off} ms off");
    }
    for off in [540_000, -540_000] {
        assert_eq!(tenant.founder.post_sync(server.address(), &body(), now_ms() + off).status, 200, "{off} ms off");
    }
}

#[test]
fn a_device_without_a_certificate_is_not_known() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let stranger = TestDevice::new(tenant.id);
    let refused = stranger.sync(&server, &SyncRequest::default()).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (401, ErrorCode::UnknownDevice));
}

#[test]
fn a_request_signed_with_another_key_is_refused() {
    let server = TestServer::start();
    let mut device = TestTenant::found(&server).founder;
    device.key = fresh_key();
    let refused = device.sync(&server, &SyncRequest::default()).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (401, ErrorCode::BadSignature));
}

#[test]
fn a_municipality_that_is_not_here_is_not_found() {
    let server = TestServer::start();
    let mut device = TestTenant::found(&server).founder;
    device.tenant = fresh_id();
    let refused = device.sync(&server, &SyncRequest::default()).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (404, ErrorCode::UnknownTenant));
}

#[test]
fn a_signature_does_not_carry_over_to_another_body() {
    let server = TestServer::start();
    let device = TestTenant::found(&server).founder;
    let authorization = device.authorization("/v1/sync", &body(), now_ms());
    let tenant = device.tenant.to_string();
    let headers = [("authorization", authorization.as_str()), (RequestSignature::TENANT_HEADER, tenant.as_str())];
    let other = feltbog_protocol::encode(&SyncRequest { cursor: 1, ..SyncRequest::default() });
    let answer = post(server.address(), "/v1/sync", &headers, &other);
    assert_eq!((answer.status, problem_of(&answer.body).code), (401, ErrorCode::BadSignature));
}

#[test]
fn a_body_that_announces_more_than_the_limit_is_refused_before_a_byte_of_it_is_sent() {
    let server = TestServer::start();
    let length = limits::REQUEST_BODY + 1;
    let head = format!("POST /v1/sync HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    assert_too_large(&post_raw(server.address(), head.as_bytes()));
}

#[test]
fn a_body_of_unknown_length_is_refused_at_the_limit() {
    let server = TestServer::start();
    let length = limits::REQUEST_BODY + 1;
    let mut bytes =
        b"POST /v1/sync HTTP/1.1\r\nhost: test\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    bytes.extend_from_slice(format!("{length:x}\r\n").as_bytes());
    bytes.resize(bytes.len() + length, 0);
    assert_too_large(&post_raw(server.address(), &bytes));
}

fn assert_too_large(answer: &Answer) {
    let problem = problem_of(&answer.body);
    assert_eq!((answer.status, problem.code, problem.limit), (413, ErrorCode::TooLarge, Some(2 * 1024 * 1024)));
}

#[test]
fn a_compressed_request_is_not_inflated() {
    let server = TestServer::start();
    for path in ["/v1/setup", "/v1/enrol", "/v1/sync", "/v1/login", "/v1/report", "/v1/hand-in"] {
        let answer = post(server.address(), path, &[("content-encoding", "gzip")], &body());
        assert_eq!(answer.status, 415, "{path}");
    }
}

#[test]
fn another_content_type_is_refused() {
    let server = TestServer::start();
    assert_eq!(post(server.address(), "/v1/setup", &[("content-type", "application/json")], b"{}").status, 415);
}

#[test]
fn what_is_no_cbor_is_a_bad_request() {
    let server = TestServer::start();
    let device = TestTenant::found(&server).founder;
    let answer = device.post_sync(server.address(), b"not cbor", now_ms());
    assert_eq!((answer.status, problem_of(&answer.body).code), (400, ErrorCode::BadRequest));
    for path in ["/v1/setup", "/v1/enrol"] {
        assert_eq!(post(server.address(), path, &[], b"\xff\xff").status, 400, "{path}");
    }
}

#[test]
fn more_envelopes_or_backfills_than_the_limit_are_refused_with_it() {
    let server = TestServer::start();
    let device = TestTenant::found(&server).founder;
    let push = vec![EnvelopeBytes(vec![0; 4]); limits::PUSH_ENVELOPES + 1];
    let ask = BackfillAsk::whole(fresh_id(), 0, 1);
    let backfill = vec![ask; limits::BACKFILL_FOLDERS + 1];
    let requests = [
        ("push", SyncRequest { push, ..SyncRequest::default() }),
        ("backfill", SyncRequest { backfill, ..SyncRequest::default() }),
    ];
    for (name, request) in requests {
        let refused = device.sync(&server, &request).unwrap_err();
        let seen = (refused.status, refused.problem.code, refused.problem.limit);
        assert_eq!(seen, (413, ErrorCode::TooLarge, Some(200)), "{name}");
    }
}

#[test]
fn a_device_that_knows_another_epoch_is_told_where_the_log_stands() {
    let server = TestServer::start();
    let device = TestTenant::found(&server).founder;
    let same = SyncRequest { epoch: device.epoch, ..SyncRequest::default() };
    assert!(device.sync(&server, &same).is_ok());
    let refused = device.sync(&server, &SyncRequest { epoch: [7; 16], ..SyncRequest::default() }).unwrap_err();
    let Problem { code, epoch, base_seq, last_dseq, .. } = *refused.problem;
    assert_eq!((refused.status, code), (409, ErrorCode::EpochChanged));
    assert_eq!((epoch, base_seq, last_dseq), (Some(device.epoch), Some(0), Some(1)));
}

#[test]
fn a_path_that_is_not_there_is_not_found() {
    let server = TestServer::start();
    assert_eq!(post(server.address(), "/v2/sync", &[], b"").status, 404);
}

#[test]
fn a_lease_is_left_out_while_the_one_the_device_holds_is_hardly_worse() {
    let server = TestServer::start();
    let device = TestTenant::found(&server).founder;
    let lease = |held| {
        let request = SyncRequest { lease_until_ms: held, ..SyncRequest::default() };
        device.sync(&server, &request).unwrap().lease
    };
    let first = lease(None).unwrap().until_ms;
    assert_eq!(lease(Some(first)), None);
    assert_eq!(lease(Some(first - 23 * 60 * 60 * 1000)), None);
    assert!(lease(Some(first - 25 * 60 * 60 * 1000)).is_some());
}

#[test]
fn a_head_of_sixteen_kilobytes_is_read_and_a_longer_one_is_refused() {
    let server = TestServer::start();
    let status = |head: usize| {
        let before = "GET /health/live HTTP/1.1\r\nhost: test\r\nconnection: close\r\nx-long: ";
        let long = "a".repeat(head - before.len() - 4);
        post_raw(server.address(), format!("{before}{long}\r\n\r\n").as_bytes()).status
    };
    assert_eq!([status(16 * 1024), status(16 * 1024 + 1), status(20_000)], [200, 431, 431]);
}

#[test]
fn sixty_four_headers_are_read_and_one_more_is_refused() {
    let server = TestServer::start();
    let status = |headers: usize| {
        let more: String = (2..headers).map(|n| format!("x-{n}: y\r\n")).collect();
        let head = format!("GET /health/live HTTP/1.1\r\nhost: test\r\nconnection: close\r\n{more}\r\n");
        post_raw(server.address(), head.as_bytes()).status
    };
    assert_eq!([status(64), status(65)], [200, 431]);
}

#[test]
fn a_request_is_named_in_http_1_alone() {
    let server = TestServer::start();
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00";
    assert!(try_raw(server.address(), preface).is_none_or(|answer| answer.status == 400), "no HTTP/2");
    let upgrade = "GET /health/live HTTP/1.1\r\nhost: test\r\nconnection: close, upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n\r\n";
    assert_eq!(post_raw(server.address(), upgrade.as_bytes()).status, 200, "answered as if it had not asked");
}
