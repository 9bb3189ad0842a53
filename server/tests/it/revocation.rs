//! What ends a member's access, and what a folder's closing ends for everybody.

use feltbog_domain::{FolderId, Rights};
use feltbog_protocol::{BackfillAsk, BackfillPart, Envelope, RefusalCode, SyncRequest, limits};

use crate::support::{TestDevice, TestServer, TestTenant, close, content, fresh_id, grant, new_folder, revoke, rotate};

use RefusalCode::{FolderClosed, NoGrant, Ok as Taken, RotationDue, UnknownEpoch};

/// A folder that two consultants write in; the leader manages it.
struct Shared<'s> {
    tenant: TestTenant<'s>,
    leader: TestDevice,
    leaver: TestDevice,
    stayer: TestDevice,
    folder: FolderId,
}

impl<'s> Shared<'s> {
    fn on(server: &'s TestServer) -> Self {
        let tenant = TestTenant::found(server);
        let (leaver, stayer, folder) = (tenant.enrol_consultant(), tenant.enrol_consultant(), fresh_id());
        let mut leader = tenant.founder.clone();
        let push = [
            new_folder(&mut leader, folder, tenant.programme),
            grant(&mut leader, folder, leaver.member, Rights::MANAGE),
            grant(&mut leader, folder, stayer.member, Rights::MANAGE),
        ];
        assert_eq!(leader.push(server, &push), [Taken; 3]);
        Self { tenant, leader, leaver, stayer, folder }
    }
}

fn kinds_of(rows: &[Envelope], folder: FolderId) -> Vec<u8> {
    rows.iter().filter(|row| row.header().folder == folder).map(|row| row.header().kind).collect()
}

fn backfilled(server: &TestServer, device: &TestDevice, ask: BackfillAsk) -> Vec<Envelope> {
    let request = SyncRequest {
        cursor: u64::MAX >> 2,
        backfill: vec![ask],
        max_bytes: limits::PAGE_MAX,
        ..SyncRequest::default()
    };
    let request = SyncRequest { cursor: device.sync(server, &SyncRequest::default()).unwrap().clock.head, ..request };
    let reply = device.sync(server, &request).unwrap();
    reply.backfill_rows.into_iter().map(|row| Envelope::decode(row.envelope).unwrap()).collect()
}

#[test]
fn after_a_revocation_nothing_of_the_folder_is_sent_to_the_member_but_the_revocation() {
    let server = TestServer::start();
    let Shared { mut leader, leaver, mut stayer, folder, tenant } = Shared::on(&server);
    let shut_out = revoke(&mut leader, folder, leaver.member);
    let later = content(&mut leader, folder, 40);
    assert_eq!(leader.push(&server, &[shut_out, later]), [Taken, RotationDue]);
    let written = content(&mut stayer, folder, 40);
    stayer.push(&server, &[written]);
    assert_eq!(kinds_of(&leaver.pull(&server, 0), folder), [4, 5], "the grant, the revocation, and nothing between");
    assert_eq!(kinds_of(&stayer.pull(&server, leaver.cert_seq), folder), [4, 5, 1, 1], "the others are told as well");
    for part in [BackfillPart::All, BackfillPart::Access, BackfillPart::Content] {
        let ask = BackfillAsk { part, ..BackfillAsk::whole(folder, 0, 1_000) };
        assert!(backfilled(&server, &leaver, ask).is_empty(), "{part:?}");
    }
    drop(tenant);
}

#[test]
fn whoever_was_shut_out_may_write_no_more_and_what_came_before_stays_accepted() {
    let server = TestServer::start();
    let Shared { mut leader, mut leaver, folder, .. } = Shared::on(&server);
    let before = content(&mut leaver, folder, 40);
    assert_eq!(leaver.push(&server, std::slice::from_ref(&before)), [Taken]);
    let shut_out = revoke(&mut leader, folder, leaver.member);
    leader.push(&server, &[shut_out]);
    let after = content(&mut leaver, folder, 40);
    let closing = close(&mut leaver, folder);
    assert_eq!(leaver.push(&server, &[before, after, closing]), [Taken, NoGrant, NoGrant]);
}

#[test]
fn own_rows_of_before_do_not_come_by_backfill_to_whoever_was_shut_out() {
    let server = TestServer::start();
    let Shared { mut leader, mut leaver, folder, .. } = Shared::on(&server);
    let own = content(&mut leaver, folder, 40);
    leaver.push(&server, &[own]);
    let shut_out = revoke(&mut leader, folder, leaver.member);
    leader.push(&server, &[shut_out]);
    assert!(backfilled(&server, &leaver, BackfillAsk::whole(folder, 0, 1_000)).is_empty());
    let mut maker = leaver.clone();
    let made = fresh_id();
    let push = [new_folder(&mut maker, made, fresh_id())];
    assert_eq!(maker.push(&server, &push), [NoGrant], "a folder of another programme");
}

#[test]
fn a_new_grant_after_a_revocation_brings_every_older_row_by_backfill_own_rows_too() {
    let server = TestServer::start();
    let Shared { mut leader, mut leaver, folder, .. } = Shared::on(&server);
    let own = content(&mut leaver, folder, 40);
    leaver.push(&server, &[own]);
    let push = [
        revoke(&mut leader, folder, leaver.member),
        content(&mut leader, folder, 40),
        grant(&mut leader, folder, leaver.member, Rights::READ),
    ];
    let reply = leader.try_push(&server, &push).unwrap();
    let (revoked, granted) = (reply.results[0].seq.unwrap(), reply.results[2].seq.unwrap());
    let feed = leaver.pull(&server, revoked);
    assert_eq!(kinds_of(&feed, folder), [4], "what lies between comes by backfill, not by the main feed");
    let rows = backfilled(&server, &leaver, BackfillAsk::whole(folder, 0, granted));
    assert_eq!(kinds_of(&rows, folder), [3, 4, 4, 1, 5, 1, 4]);
    assert!(rows.iter().any(|row| row.header().device == leaver.id), "own rows too");
}

#[test]
fn content_under_the_old_key_is_taken_with_a_reservation_until_somebody_renews_the_key() {
    let server = TestServer::start();
    let Shared { mut leader, leaver, mut stayer, folder, .. } = Shared::on(&server);
    let shut_out = revoke(&mut leader, folder, leaver.member);
    leader.push(&server, &[shut_out]);
    let reserved = content(&mut stayer, folder, 40);
    assert_eq!(stayer.push(&server, std::slice::from_ref(&reserved)), [RotationDue]);
    let renewed = rotate(&mut leader, folder, 2);
    assert_eq!(leader.push(&server, &[renewed]), [Taken]);
    let late = content(&mut stayer, folder, 40);
    let fresh = stayer.seal(feltbog_protocol::EnvelopeKind::ChangeSet, folder, 2, b"sealed");
    let codes = stayer.push(&server, &[reserved, late, fresh]);
    assert_eq!(codes, [RotationDue, UnknownEpoch, Taken], "asked again, the answer is the one given first");
}

#[test]
fn a_closed_folder_takes_no_content_from_anybody_and_stays_readable() {
    let server = TestServer::start();
    let Shared { mut leader, leaver, mut stayer, folder, .. } = Shared::on(&server);
    let before = content(&mut stayer, folder, 40);
    assert_eq!(stayer.push(&server, &[before]), [Taken]);
    let closed = close(&mut leader, folder);
    let own = content(&mut leader, folder, 40);
    assert_eq!(leader.push(&server, &[closed, own]), [Taken, FolderClosed]);
    let after = content(&mut stayer, folder, 40);
    for _ in 0..2 {
        assert_eq!(stayer.push(&server, std::slice::from_ref(&after)), [FolderClosed]);
    }
    assert_eq!(kinds_of(&leaver.pull(&server, leaver.cert_seq), folder), [4, 4, 1, 5]);
}

#[test]
fn nobody_shuts_out_whom_the_office_lets_in_or_closes_what_they_do_not_manage() {
    let server = TestServer::start();
    let Shared { leader, mut leaver, tenant, folder, .. } = Shared::on(&server);
    let mut outsider = tenant.enrol_consultant();
    let against_the_office = revoke(&mut leaver, folder, leader.member);
    let unreadable = leaver.seal(feltbog_protocol::EnvelopeKind::Revoke, folder, 0, b"no revocation");
    assert_eq!(leaver.push(&server, &[against_the_office, unreadable]), [NoGrant, RefusalCode::BadFrame]);
    let closing = close(&mut outsider, folder);
    let in_no_folder = close(&mut outsider, fresh_id());
    assert_eq!(outsider.push(&server, &[closing, in_no_folder]), [NoGrant; 2], "both answers are the same");
}

#[test]
fn a_makers_new_device_is_not_handed_the_key_of_a_folder_the_maker_was_shut_out_of() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut maker, folder) = (tenant.enrol_consultant(), fresh_id());
    let mut leader = tenant.founder.clone();
    let push =
        [new_folder(&mut maker, folder, tenant.programme), grant(&mut maker, folder, leader.member, Rights::MANAGE)];
    assert_eq!(maker.push(&server, &push), [Taken; 2]);
    let own_access = BackfillAsk::whole(FolderId::NONE, 0, 1_000);
    assert_eq!(kinds_of(&backfilled(&server, &maker, own_access), folder), [3]);
    let shut_out = revoke(&mut leader, folder, maker.member);
    assert_eq!(leader.push(&server, &[shut_out]), [Taken]);
    assert_eq!(kinds_of(&backfilled(&server, &maker, own_access), folder), [5]);
}
