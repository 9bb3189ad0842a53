//! The first device of a municipality.

use feltbog_protocol::{ErrorCode, Issuer, Statement};

use crate::support::{FirstDevice, TestServer, TestTenant, certify, fresh, fresh_id, send_setup};

#[test]
fn a_founder_who_lost_the_reply_gets_the_same_one_again() {
    let server = TestServer::start();
    let first = FirstDevice::new(server.init("Halsbæk").bootstrap);
    let reply = first.set_up(&server).unwrap();
    let again = first.set_up(&server).unwrap();
    assert_eq!((reply.cert_seq, reply.clock.head, reply.clock.epoch), (1, 1, again.clock.epoch));
    assert_eq!((again.cert_seq, again.clock.head), (1, 1));
    let lease = again.lease.unwrap();
    assert!(lease.is_signed_by(&first.code.server_key, first.code.tenant, first.device.id));
}

#[test]
fn a_wrong_secret_is_refused_and_uses_nothing_up() {
    let server = TestServer::start();
    let mut first = FirstDevice::new(server.init("Halsbæk").bootstrap);
    let right = first.code.secret;
    first.code.secret = [0; 16];
    let refused = first.set_up(&server).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (403, ErrorCode::BootstrapRefused));
    first.code.secret = right;
    assert!(first.set_up(&server).is_ok());
}

#[test]
fn after_five_wrong_secrets_not_even_the_right_one_is_listened_to_for_a_while() {
    let server = TestServer::start();
    let mut first = FirstDevice::new(server.init("Halsbæk").bootstrap);
    let other = FirstDevice::new(server.init("Nabokøbing").bootstrap);
    let right = first.code.secret;
    for guess in 0..5 {
        first.code.secret = [guess; 16];
        assert_eq!(first.set_up(&server).unwrap_err().status, 403);
    }
    first.code.secret = right;
    let refused = first.set_up(&server).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (429, ErrorCode::Busy));
    assert!(other.set_up(&server).is_ok(), "another municipality is");
}

#[test]
fn a_bootstrap_code_is_good_for_one_root_only() {
    let server = TestServer::start();
    let code = server.init("Halsbæk").bootstrap;
    FirstDevice::new(code.clone()).set_up(&server).unwrap();
    let refused = FirstDevice::new(code).set_up(&server).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (403, ErrorCode::BootstrapRefused));
}

#[test]
fn a_root_that_certified_another_server_is_refused() {
    let server = TestServer::start();
    let mut first = FirstDevice::new(server.init("Halsbæk").bootstrap);
    let other = Statement::ServerKey { public: fresh() };
    first.statements[1] = certify(first.code.tenant, Issuer::Root, &first.root, &other);
    let refused = first.set_up(&server).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (403, ErrorCode::BootstrapRefused));
}

#[test]
fn nothing_begins_without_a_recovery_key() {
    let server = TestServer::start();
    let mut first = FirstDevice::new(server.init("Halsbæk").bootstrap);
    first.statements.remove(0);
    let refused = first.set_up(&server).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (400, ErrorCode::BadRequest));
}

#[test]
fn an_envelope_that_another_key_signed_is_refused() {
    let server = TestServer::start();
    let first = FirstDevice::new(server.init("Halsbæk").bootstrap);
    let mut request = first.request();
    let last = request.envelope.0.len() - 1;
    request.envelope.0[last] ^= 1;
    let refused = send_setup(server.address(), &request).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (401, ErrorCode::BadSignature));
}

#[test]
fn a_municipality_that_is_served_elsewhere_is_told_so() {
    let server = TestServer::start();
    let mut code = server.init("Halsbæk").bootstrap;
    code.tenant = fresh_id();
    let refused = FirstDevice::new(code).set_up(&server).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (404, ErrorCode::UnknownTenant));
}

#[test]
fn two_municipalities_on_one_server_each_begin_with_row_one() {
    let server = TestServer::start();
    let (one, other) = (TestTenant::found(&server), TestTenant::found(&server));
    assert_eq!((one.founder.cert_seq, other.founder.cert_seq), (1, 1));
    assert_eq!(one.founder.pull(&server, 0).len(), 1);
}
