//! Several devices at once.

use std::thread;

use feltbog_protocol::RefusalCode;

use crate::support::{TestServer, TestTenant, content, fresh_id, new_folder};

const WRITERS: usize = 8;
const PUSHES: usize = 10;

#[test]
fn eight_writers_at_once_leave_no_gap_in_the_numbers_and_each_keeps_its_order() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let writers: Vec<_> = (0..WRITERS).map(|_| tenant.enrol_consultant()).collect();
    let seqs: Vec<Vec<u64>> = thread::scope(|scope| {
        let running: Vec<_> = writers
            .into_iter()
            .map(|mut device| {
                let (server, programme) = (&server, tenant.programme);
                scope.spawn(move || {
                    let folder = fresh_id();
                    let mut own = Vec::new();
                    for _ in 0..PUSHES {
                        let mut push = Vec::new();
                        if device.dseq == 1 {
                            push.push(new_folder(&mut device, folder, programme));
                        }
                        push.push(content(&mut device, folder, 200));
                        let reply = device.try_push(server, &push).unwrap();
                        assert!(reply.results.iter().all(|result| result.code == RefusalCode::Ok));
                        own.extend(reply.results.iter().map(|result| result.seq.unwrap()));
                    }
                    own
                })
            })
            .collect();
        running.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert!(seqs.iter().all(|own| own.is_sorted()));
    let mut all: Vec<u64> = seqs.concat();
    all.sort_unstable();
    let enrolled = 1 + WRITERS as u64;
    assert_eq!(all, (enrolled + 1..=enrolled + (WRITERS * (PUSHES + 1)) as u64).collect::<Vec<_>>());
}

#[test]
fn one_invitation_used_by_eight_at_once_lets_one_in() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let invitation = crate::support::TestInvitation::by(&tenant.founder, tenant.consultant());
    let entered = thread::scope(|scope| {
        let tries: Vec<_> = (0..WRITERS)
            .map(|_| {
                let mut device = crate::support::TestDevice::new(tenant.id);
                device.member = invitation.device.member;
                let envelope = device.first_envelope(&invitation.statements_for(&device));
                let server = &server;
                scope.spawn(move || crate::support::send_enrol(server, device.tenant, envelope).is_ok())
            })
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).filter(|entered| *entered).count()
    });
    assert_eq!(entered, 1);
}
