//! What the server knew it knows again after a restart.

use feltbog_domain::Rights;
use feltbog_protocol::RefusalCode;

use crate::support::{
    Reader, TestInvitation, TestServer, TestTenant, content, fresh_id, grant, new_folder, send_enrol,
};

#[test]
fn a_restart_forgets_no_row_no_refusal_and_no_device() {
    let mut server = TestServer::start();
    let (mut founder, mut consultant, folder, programme);
    let (push, before, first);
    {
        let tenant = TestTenant::found(&server);
        (founder, programme, folder) = (tenant.founder.clone(), tenant.programme, fresh_id());
        let invitation = TestInvitation::by(&founder, tenant.consultant());
        first = invitation.device.first_envelope(&invitation.statements());
        consultant = invitation.device.clone();
        consultant.entered(&send_enrol(&server, tenant.id, first.clone()).unwrap());
        push = [
            content(&mut founder, folder, 40),
            new_folder(&mut founder, folder, programme),
            grant(&mut founder, folder, consultant.member, Rights::WRITE),
            content(&mut founder, folder, 40),
        ];
        before = founder.try_push(&server, &push).unwrap();
    }
    server.restart();
    let after = founder.try_push(&server, &push).unwrap();
    assert_eq!((&after.results, &after.receipt, &after.rows), (&before.results, &before.receipt, &before.rows));
    assert_eq!(after.clock.epoch, before.clock.epoch);
    let again = send_enrol(&server, consultant.tenant, first).unwrap();
    assert_eq!(again.cert_seq, consultant.cert_seq, "the lost reply of an enrolment is still to be had");
    let written = content(&mut consultant, folder, 40);
    assert_eq!(consultant.push(&server, &[written]), [RefusalCode::Ok]);
    let mut reader = Reader::new(consultant);
    reader.drain(&server, 0);
    assert_eq!(reader.of_folder(folder), [3, 4, 5, 6]);
}

fn names_in(server: &TestServer) -> Vec<String> {
    let entries = std::fs::read_dir(server.data()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Of a log in a file alone.
mod on_file {
    use super::*;

    #[test]
    fn a_server_that_was_stopped_leaves_no_write_ahead_log() {
        let mut server = TestServer::start();
        TestTenant::found(&server);
        server.restart();
        let mut names = names_in(&server);
        names.retain(|name| name != "receipt.key");
        assert!(names.contains(&"feltbog.db".to_owned()));
        server.stop();
        assert_eq!(
            names_in(&server),
            ["feltbog.db", "feltbog.mark", "receipt.key", "shred.db"],
            "the write-ahead log was folded in"
        );
    }
}
