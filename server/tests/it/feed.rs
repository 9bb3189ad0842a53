//! The main feed: what comes after the cursor, for the eyes of one member.

use feltbog_domain::Rights;
use feltbog_protocol::{EnvelopeKind, Grant, RefusalCode, SyncRequest, limits};

use crate::support::{TestServer, TestTenant, content, fresh_id, grant, new_folder, now_ms};

#[test]
fn a_member_gets_the_rows_after_the_grant_and_none_before_it() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, consultant, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    let push = [
        new_folder(&mut founder, folder, tenant.programme),
        content(&mut founder, folder, 40),
        grant(&mut founder, folder, consultant.member, Rights::READ),
        content(&mut founder, folder, 40),
    ];
    founder.push(&server, &push);
    let kinds: Vec<u8> = consultant.pull(&server, consultant.cert_seq).iter().map(|e| e.header().kind).collect();
    assert_eq!(kinds, [4, 1], "the grant itself and what came after it");
}

#[test]
fn whoever_makes_a_folder_sees_all_of_it() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut consultant, folder) = (tenant.enrol_consultant(), fresh_id());
    let push = [new_folder(&mut consultant, folder, tenant.programme), content(&mut consultant, folder, 40)];
    assert_eq!(consultant.push(&server, &push), [RefusalCode::Ok; 2]);
    let kinds: Vec<u8> = consultant.pull(&server, consultant.cert_seq).iter().map(|e| e.header().kind).collect();
    assert_eq!(kinds, [3, 1]);
    assert_eq!(tenant.founder.pull(&server, consultant.cert_seq), [], "a leader's office alone opens nothing here");
}

#[test]
fn the_cursor_passes_rows_that_are_for_others() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, consultant, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    let mut push = vec![new_folder(&mut founder, folder, tenant.programme)];
    push.extend((0..20).map(|_| content(&mut founder, folder, 40)));
    founder.push(&server, &push);
    let request = SyncRequest { cursor: consultant.cert_seq, ..SyncRequest::default() };
    let reply = consultant.sync(&server, &request).unwrap();
    assert_eq!((reply.rows.len(), reply.cursor, reply.more), (0, reply.clock.head, false));
}

#[test]
fn a_page_is_cut_at_its_size_and_the_next_goes_on_where_it_ended() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let mut push = vec![new_folder(&mut founder, folder, tenant.programme)];
    push.extend((0..20).map(|_| content(&mut founder, folder, 5_000)));
    founder.push(&server, &push);
    let (mut cursor, mut seen, mut pages) = (1, Vec::new(), 0);
    loop {
        let request = SyncRequest { cursor, max_bytes: limits::PAGE_MIN, ..SyncRequest::default() };
        let reply = founder.sync(&server, &request).unwrap();
        let bytes: usize = reply.rows.iter().map(|row| row.envelope.len()).sum();
        assert!(bytes <= limits::PAGE_MIN as usize, "page {pages} has {bytes} bytes");
        seen.extend(reply.rows.iter().map(|row| row.seq));
        (cursor, pages) = (reply.cursor, pages + 1);
        if !reply.more {
            break;
        }
    }
    assert_eq!(seen, (2..=22).collect::<Vec<u64>>());
    assert!(pages > 5);
}

#[test]
fn a_row_larger_than_the_page_comes_alone() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let push = [
        new_folder(&mut founder, folder, tenant.programme),
        content(&mut founder, folder, limits::ENVELOPE_BODY),
        content(&mut founder, folder, 40),
    ];
    assert_eq!(founder.push(&server, &push), [RefusalCode::Ok; 3]);
    let request = SyncRequest { cursor: 2, max_bytes: 1, ..SyncRequest::default() };
    let reply = founder.sync(&server, &request).unwrap();
    assert_eq!((reply.rows.len(), reply.cursor, reply.more), (1, 3, true));
}

#[test]
fn a_grant_that_has_ended_opens_nothing() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, mut consultant, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    let made = new_folder(&mut founder, folder, tenant.programme);
    let ended = Grant { member: consultant.member, rights: 3, until_ms: Some(now_ms() - 1_000), cover_for: None };
    let ended = founder.seal(EnvelopeKind::Grant, folder, 0, &feltbog_protocol::encode(&ended));
    let written = content(&mut founder, folder, 40);
    let taken = [RefusalCode::Ok, RefusalCode::Ok, RefusalCode::RotationDue];
    assert_eq!(founder.push(&server, &[made, ended, written]), taken);
    let kinds: Vec<u8> = consultant.pull(&server, consultant.cert_seq).iter().map(|e| e.header().kind).collect();
    assert_eq!(kinds, [4]);
    let refused = content(&mut consultant, folder, 40);
    assert_eq!(consultant.push(&server, &[refused]), [RefusalCode::NoGrant]);
}

#[test]
fn a_grant_that_is_renewed_hides_no_row_that_was_not_fetched_yet() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, consultant, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    let push = [
        new_folder(&mut founder, folder, tenant.programme),
        grant(&mut founder, folder, consultant.member, Rights::READ),
        content(&mut founder, folder, 40),
        grant(&mut founder, folder, consultant.member, Rights::WRITE),
        content(&mut founder, folder, 40),
    ];
    founder.push(&server, &push);
    let kinds: Vec<u8> = consultant.pull(&server, consultant.cert_seq).iter().map(|e| e.header().kind).collect();
    assert_eq!(kinds, [4, 1, 4, 1]);
}
