//! IT's own emergency block: what is answered to whom, noticed while the server runs, and gone with no copy put back.

use feltbog_protocol::{ErrorCode, SyncRequest};
use feltbog_server::{Act, Stopped, devices, stop};

use crate::support::{TestDevice, TestServer, TestTenant};

fn answer(server: &TestServer, device: &TestDevice) -> Option<ErrorCode> {
    device.sync(server, &SyncRequest::default()).err().map(|refused| refused.problem.code)
}

#[test]
fn a_running_server_goes_by_a_block_from_the_next_request_on_and_shows_no_order() {
    let mut server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (consultant, colleague) = (tenant.enrol_consultant(), tenant.enrol_consultant());
    let copy = server.copy();
    let block = |server: &TestServer, act, what| stop(server.store(), act, what);
    let device = Stopped::Device(consultant.id);
    block(&server, Act::Block, device).unwrap();
    let refused = consultant.sync(&server, &SyncRequest::default()).unwrap_err();
    assert_eq!((refused.problem.code, refused.problem.order.len()), (ErrorCode::StoppedByIt, 0));
    assert_eq!(answer(&server, &colleague), None, "nobody else is");
    assert!(block(&server, Act::Block, device).is_err(), "once is enough");
    server.restart();
    assert_eq!(answer(&server, &consultant), Some(ErrorCode::StoppedByIt));
    server.put_back(&copy, true);
    assert_eq!(answer(&server, &consultant), Some(ErrorCode::StoppedByIt), "an older copy changes nothing of it");
    block(&server, Act::Unblock, device).unwrap();
    assert_ne!(answer(&server, &consultant), Some(ErrorCode::StoppedByIt));
}

#[test]
fn who_is_stopped_brings_no_new_device_and_nobody_is_stopped_who_is_not_known() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let consultant = tenant.enrol_consultant();
    stop(server.store(), Act::Block, Stopped::Member(consultant.member)).unwrap();
    assert_eq!(answer(&server, &consultant), Some(ErrorCode::StoppedByIt));
    let unknown = stop(server.store(), Act::Block, Stopped::Device(crate::support::fresh_id()));
    assert!(unknown.unwrap_err().to_string().contains("knows no device"));
    let listed = devices(server.store()).unwrap();
    let stopped: Vec<_> = listed.iter().filter(|one| one.stopped).map(|one| (one.device, one.member)).collect();
    assert_eq!(stopped, [(consultant.id, consultant.member)]);
    assert!(listed.iter().any(|one| one.device == tenant.founder.id && !one.stopped));
}

#[test]
fn a_stopped_device_learns_that_it_is_only_with_its_own_signature() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let consultant = tenant.enrol_consultant();
    stop(server.store(), Act::Block, Stopped::Device(consultant.id)).unwrap();
    let stranger = TestDevice { id: consultant.id, ..TestDevice::new(consultant.tenant) };
    assert_eq!(answer(&server, &stranger), Some(ErrorCode::BadSignature));
}
