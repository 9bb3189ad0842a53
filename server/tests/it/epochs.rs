//! A log put back from a copy is noticed, and goes on under a new epoch.

use feltbog_protocol::{ErrorCode, LogPoint, Problem, SyncRequest};

use crate::support::{Refused, ServerCopy, TestDevice, TestServer, TestTenant, content, fresh_id, new_folder};

/// A municipality whose copy lacks two rows, and the device that wrote them.
fn two_rows_short(server: &mut TestServer) -> (TestDevice, ServerCopy) {
    let (mut founder, programme) = {
        let tenant = TestTenant::found(server);
        (tenant.founder.clone(), tenant.programme)
    };
    let copy = server.copy();
    let folder = fresh_id();
    let push = [new_folder(&mut founder, folder, programme), content(&mut founder, folder, 40)];
    assert_eq!(founder.try_push(server, &push).unwrap().clock.head, 3);
    (founder, copy)
}

fn assert_changed(refused: &Refused, device: &TestDevice, base: u64) -> [u8; 16] {
    let Problem { code, epoch, base_seq, last_dseq, .. } = *refused.problem;
    assert_eq!((refused.status, code, base_seq, last_dseq), (409, ErrorCode::EpochChanged, Some(base), Some(1)));
    assert_ne!(epoch, Some(device.epoch));
    epoch.unwrap()
}

fn wrong(seq: u64) -> LogPoint {
    LogPoint { seq, chain: [1; 8] }
}

fn ask(device: &TestDevice) -> SyncRequest {
    SyncRequest { epoch: device.epoch, ..SyncRequest::default() }
}

#[test]
fn a_log_behind_its_mark_is_noticed_at_start() {
    let mut server = TestServer::start();
    let (device, copy) = two_rows_short(&mut server);
    server.put_back(&copy, true);
    let epoch = assert_changed(&device.sync(&server, &ask(&device)).unwrap_err(), &device, 1);
    server.restart();
    assert_eq!(assert_changed(&device.sync(&server, &ask(&device)).unwrap_err(), &device, 1), epoch, "once");
}

#[test]
fn a_log_that_was_not_replaced_keeps_its_epoch_through_restarts() {
    let mut server = TestServer::start();
    let (device, _) = two_rows_short(&mut server);
    server.restart();
    server.restart();
    assert_eq!(device.sync(&server, &ask(&device)).unwrap().clock.epoch, device.epoch);
}

#[test]
fn without_a_mark_the_first_device_that_remembers_more_notices_before_anything_is_pushed() {
    let request = |device: &TestDevice| {
        [
            ("cursor", SyncRequest { cursor: 3, ..ask(device) }),
            ("receipts", SyncRequest { durable_ack: 3, ..ask(device) }),
            ("a point beyond", SyncRequest { points: vec![wrong(3), LogPoint::ORIGIN], ..ask(device) }),
            ("a point of another log", SyncRequest { points: vec![wrong(1), LogPoint::ORIGIN], ..ask(device) }),
        ]
    };
    for at in 0..4 {
        let mut server = TestServer::start();
        let (mut device, copy) = two_rows_short(&mut server);
        server.put_back(&copy, false);
        assert_eq!(device.sync(&server, &ask(&device)).unwrap().clock.epoch, device.epoch, "nothing speaks against it");
        device.dseq = 1;
        let next = content(&mut device, fresh_id(), 40);
        let (name, said) = request(&device)[at].clone();
        let said = SyncRequest { push: vec![feltbog_protocol::EnvelopeBytes(next)], ..said };
        let refused = device.sync(&server, &said).unwrap_err();
        // A device that names its points is told which of them is common; one that names none, where the log began anew.
        let base = u64::from(said.points.is_empty());
        let epoch = assert_changed(&refused, &device, base);
        let again = device.sync(&server, &said).unwrap_err();
        assert_eq!(assert_changed(&again, &device, base), epoch, "{name}: one restore, one epoch");
        let reply = device.exchange_in(&server, epoch, 1);
        assert_eq!((reply.clock.head, reply.last_dseq), (1, 1), "{name}: nothing was pushed");
    }
}

#[test]
fn a_memory_that_fits_changes_nothing() {
    let mut server = TestServer::start();
    let (device, _) = two_rows_short(&mut server);
    let point = device.sync(&server, &ask(&device)).unwrap().point.unwrap();
    assert_eq!(point.seq, 3);
    let request = SyncRequest { cursor: 3, durable_ack: 3, points: vec![point], ..ask(&device) };
    let reply = device.sync(&server, &request).unwrap();
    assert_eq!((reply.clock.epoch, reply.point), (device.epoch, None), "what the device said is not said again");
}

#[test]
fn a_device_none_of_whose_points_fits_is_asked_for_all_before_an_epoch_begins() {
    let mut server = TestServer::start();
    let (device, copy) = two_rows_short(&mut server);
    server.put_back(&copy, false);
    let asked = |points: &[LogPoint]| {
        let request = SyncRequest { points: points.to_vec(), ..ask(&device) };
        device.sync(&server, &request).unwrap_err().problem
    };
    let first = asked(&[wrong(3)]);
    assert_eq!((first.code, first.epoch, first.base_seq), (ErrorCode::EpochChanged, Some(device.epoch), None));
    let second = asked(&[wrong(3), wrong(2), LogPoint::ORIGIN]);
    assert_eq!((second.code, second.base_seq), (ErrorCode::EpochChanged, Some(0)));
    assert_ne!(second.epoch, Some(device.epoch));
}

#[test]
fn rows_written_into_a_restored_log_before_anybody_noticed_mislead_nobody() {
    let mut server = TestServer::start();
    let (mut founder, programme) = {
        let tenant = TestTenant::found(&server);
        (tenant.founder.clone(), tenant.programme)
    };
    let copy = server.copy();
    let at_copy = founder.sync(&server, &ask(&founder)).unwrap().point.unwrap();
    let mut twin = founder.clone();
    let folder = fresh_id();
    let made = new_folder(&mut founder, folder, programme);
    let lost = content(&mut founder, folder, 40);
    founder.try_push(&server, &[made.clone(), lost]).unwrap();
    let at_end = founder.sync(&server, &ask(&founder)).unwrap().point.unwrap();
    server.put_back(&copy, false);

    // Another row first, then the same folder: what follows stands at the place of something else.
    let other = new_folder(&mut twin, fresh_id(), programme);
    twin.try_push(&server, &[other]).unwrap();
    let said = |points: Vec<LogPoint>| SyncRequest { points, cursor: 2, ..ask(&founder) };
    let problem = founder.sync(&server, &said(vec![at_end, at_copy, LogPoint::ORIGIN])).unwrap_err().problem;
    assert_eq!((problem.code, problem.base_seq), (ErrorCode::EpochChanged, Some(at_copy.seq)));
}

#[test]
fn the_command_puts_a_copy_in_place_and_begins_a_new_epoch() {
    let mut server = TestServer::start();
    let (device, copy) = two_rows_short(&mut server);
    let before = copy.bytes();
    let refused = server.restore(&copy);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("stop it first"), "{refused:?}");
    server.stop();
    let done = server.restore(&copy);
    assert!(done.status.success(), "{done:?}");
    server.restart();
    assert_changed(&device.sync(&server, &ask(&device)).unwrap_err(), &device, 1);
    assert_eq!(copy.bytes(), before, "the copy is left as it was");
}
