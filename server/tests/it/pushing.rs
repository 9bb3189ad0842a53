//! Dispositions: each consumes the envelope's number and is remembered.

use feltbog_domain::{FolderKind, Rights};
use feltbog_protocol::{
    EnvelopeBytes, EnvelopeKind, ErrorCode, HEADER_LEN, KeyRecordForm, Principal, RefusalCode, SyncRequest, limits,
};

use crate::support::{TestServer, TestTenant, content, fresh_id, grant, key_record, new_folder, recipient};

#[test]
fn one_push_may_make_a_folder_open_it_to_somebody_and_write_in_it() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, consultant, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    let push = [
        new_folder(&mut founder, folder, tenant.programme),
        grant(&mut founder, folder, consultant.member, Rights::WRITE),
        content(&mut founder, folder, 40),
    ];
    let reply = founder.try_push(&server, &push).unwrap();
    let results: Vec<_> = reply.results.iter().map(|r| (r.dseq, r.code, r.seq)).collect();
    assert_eq!(results, [(2, RefusalCode::Ok, Some(3)), (3, RefusalCode::Ok, Some(4)), (4, RefusalCode::Ok, Some(5))]);
    assert_eq!((reply.last_dseq, reply.clock.head, reply.cursor), (4, 5, 5));
    assert_eq!(reply.rows.len(), 5, "a request that pushes gets its page as well");
}

#[test]
fn a_disposition_is_given_again_however_often_it_is_asked_for() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let push = [
        content(&mut founder, folder, 40),
        new_folder(&mut founder, folder, tenant.programme),
        content(&mut founder, folder, 40),
    ];
    let first = founder.try_push(&server, &push).unwrap();
    let codes: Vec<_> = first.results.iter().map(|r| r.code).collect();
    assert_eq!(codes, [RefusalCode::NoGrant, RefusalCode::Ok, RefusalCode::Ok]);
    for _ in 0..3 {
        let again = founder.try_push(&server, &push).unwrap();
        assert_eq!((again.results, again.clock.head), (first.results.clone(), first.clock.head));
    }
    let part = founder.try_push(&server, &push[..1]).unwrap();
    assert_eq!(part.results, first.results[..1], "also where only a part is sent again");
    assert_eq!(part.last_dseq, 4);
}

#[test]
fn another_envelope_under_a_used_number_is_a_fork_and_nothing_of_the_request_is_stored() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let mut clone = founder.clone();
    let accepted = new_folder(&mut founder, folder, tenant.programme);
    let refused = content(&mut founder, fresh_id(), 40);
    founder.push(&server, &[accepted.clone(), refused.clone()]);
    let other = content(&mut clone, folder, 41);
    let after = clone.clone();
    clone.dseq = 3;
    let next = content(&mut clone, folder, 40);
    let forked_after_accepted = founder.try_push(&server, &[other]).unwrap_err();
    let mut on_refused = after;
    let other_refused = content(&mut on_refused, folder, 44);
    let forked_after_refused = founder.try_push(&server, &[accepted, other_refused, next]).unwrap_err();
    for (name, fork) in [("accepted", forked_after_accepted), ("refused", forked_after_refused)] {
        assert_eq!((fork.status, fork.problem.code), (409, ErrorCode::DeviceFork), "{name}");
    }
    let reply = founder.try_push(&server, &[]).unwrap();
    assert_eq!((reply.last_dseq, reply.clock.head), (3, 2), "number 4 of the forked request was not stored");
}

#[test]
fn a_gap_is_answered_with_the_last_number() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let (two, three, four) = (
        new_folder(&mut founder, folder, tenant.programme),
        content(&mut founder, folder, 40),
        content(&mut founder, folder, 40),
    );
    for (name, push) in [("at the start", vec![three.clone()]), ("in the middle", vec![two.clone(), four.clone()])] {
        let refused = founder.try_push(&server, &push).unwrap_err();
        assert_eq!((refused.status, refused.problem.code), (409, ErrorCode::SequenceGap), "{name}");
        assert_eq!(refused.problem.last_dseq, Some(1), "{name}");
    }
    assert_eq!(founder.push(&server, &[two, three, four]), [RefusalCode::Ok; 3]);
}

#[test]
fn falling_and_unreadable_numbers_sink_the_request() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let (two, three) = (content(&mut founder, folder, 40), content(&mut founder, folder, 40));
    let nought = founder.sign(founder.header(1, folder, 1, 0), b"x");
    let endless = founder.sign(founder.header(1, folder, 1, u64::MAX), b"x");
    let pushes = [
        ("falling", vec![three, two.clone()]),
        ("twice", vec![two.clone(), two]),
        ("nought", vec![nought]),
        ("beyond", vec![endless]),
        ("no envelope", vec![vec![1; 300]]),
        ("too short", vec![b"FELT\x01".to_vec()]),
    ];
    for (name, push) in pushes {
        let refused = founder.try_push(&server, &push).unwrap_err();
        assert_eq!((refused.status, refused.problem.code), (400, ErrorCode::BadRequest), "{name}");
    }
}

#[test]
fn one_bad_envelope_does_not_hold_up_the_next() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let made = new_folder(&mut founder, folder, tenant.programme);
    let mut cut = content(&mut founder, folder, 40);
    cut.pop();
    let mut altered = content(&mut founder, folder, 40);
    altered[HEADER_LEN] ^= 1;
    let mut large = content(&mut founder, folder, 40);
    large[160..164].copy_from_slice(&u32::MAX.to_be_bytes());
    let unreadable = founder.seal(EnvelopeKind::Grant, folder, 0, b"no grant");
    let fine = content(&mut founder, folder, 40);
    let push = [made, cut, altered, large, unreadable, fine];
    let codes = founder.push(&server, &push);
    assert_eq!(
        codes,
        [
            RefusalCode::Ok,
            RefusalCode::BadFrame,
            RefusalCode::BadSignature,
            RefusalCode::TooLarge,
            RefusalCode::BadFrame,
            RefusalCode::Ok
        ]
    );
    assert_eq!(founder.push(&server, &push), codes);
}

#[test]
fn an_envelope_of_another_device_or_municipality_is_refused() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let made = new_folder(&mut founder, folder, tenant.programme);
    let mut of_another = founder.header(1, folder, 1, 3);
    of_another.device = fresh_id();
    let mut elsewhere = founder.header(1, folder, 1, 4);
    elsewhere.tenant = fresh_id();
    let push = [made, founder.sign(of_another, b"x"), founder.sign(elsewhere, b"x")];
    let codes = founder.push(&server, &push);
    assert_eq!(codes, [RefusalCode::Ok, RefusalCode::BadSignature, RefusalCode::BadSignature]);
}

#[test]
fn no_key_record_is_taken_without_a_wrap_for_the_recovery_key_in_force() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let mut founder = tenant.founder.clone();
    let mut record = key_record(&founder, FolderKind::Employment, tenant.programme);
    let mut push = Vec::new();
    record.recipients.remove(0);
    push.push(founder.seal(EnvelopeKind::KeyRecord, fresh_id(), 1, &feltbog_protocol::encode(&record)));
    record.recipients.push(recipient(Principal::Recovery, 2));
    push.push(founder.seal(EnvelopeKind::KeyRecord, fresh_id(), 1, &feltbog_protocol::encode(&record)));
    assert_eq!(founder.push(&server, &push), [RefusalCode::BadFrame; 2]);
}

#[test]
fn content_is_taken_under_the_newest_key_only() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let mut record = key_record(&founder, FolderKind::Employment, tenant.programme);
    let made = new_folder(&mut founder, folder, tenant.programme);
    record.folder_kind = None;
    record.programme = None;
    let rotated = founder.seal(EnvelopeKind::KeyRecord, folder, 2, &feltbog_protocol::encode(&record));
    let old = content(&mut founder, folder, 40);
    let new = founder.seal(EnvelopeKind::ChangeSet, folder, 2, b"sealed");
    record.form = KeyRecordForm::AddedWraps;
    let added = founder.seal(EnvelopeKind::KeyRecord, folder, 1, &feltbog_protocol::encode(&record));
    let codes = founder.push(&server, &[made, rotated, old, new, added]);
    assert_eq!(codes, [RefusalCode::Ok, RefusalCode::Ok, RefusalCode::UnknownEpoch, RefusalCode::Ok, RefusalCode::Ok]);
}

#[test]
fn a_reader_may_read_and_nothing_else() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, mut consultant, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    let made = new_folder(&mut founder, folder, tenant.programme);
    let granted = grant(&mut founder, folder, consultant.member, Rights::READ);
    assert_eq!(founder.push(&server, &[made, granted]), [RefusalCode::Ok; 2]);
    let written = content(&mut consultant, folder, 40);
    let passed_on = grant(&mut consultant, folder, founder.member, Rights::READ);
    assert_eq!(consultant.push(&server, &[written, passed_on]), [RefusalCode::NoGrant; 2]);
}

#[test]
fn nobody_grants_to_a_stranger_or_more_than_the_roles_bear() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let made = new_folder(&mut founder, folder, tenant.programme);
    let to_stranger = grant(&mut founder, folder, fresh_id(), Rights::READ);
    let own = fresh_id();
    let record = key_record(&founder, FolderKind::Staff, tenant.programme);
    let staff = founder.seal(EnvelopeKind::KeyRecord, own, 1, &feltbog_protocol::encode(&record));
    let consultant = tenant.enrol_consultant();
    let too_much = grant(&mut founder, own, consultant.member, Rights::MANAGE);
    let codes = founder.push(&server, &[made, to_stranger, staff, too_much]);
    assert_eq!(codes, [RefusalCode::Ok, RefusalCode::NoGrant, RefusalCode::Ok, RefusalCode::NoGrant]);
}

#[test]
fn an_erasure_that_cannot_be_read_is_refused() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let made = new_folder(&mut founder, folder, tenant.programme);
    let erasure = founder.seal(EnvelopeKind::Erase, folder, 1, b"body");
    assert_eq!(founder.push(&server, &[made, erasure]), [RefusalCode::Ok, RefusalCode::BadFrame]);
}

#[test]
fn kinds_of_newer_versions_are_stored_and_shown_to_their_own_device_only() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, consultant, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    let mut push = vec![
        new_folder(&mut founder, folder, tenant.programme),
        grant(&mut founder, folder, consultant.member, Rights::WRITE),
    ];
    push.extend([10_u8, 12, 13, 200].map(|kind| founder.seal_code(kind, folder, 0, b"of a newer version")));
    assert_eq!(founder.push(&server, &push), [RefusalCode::Ok; 6]);
    let own = founder.pull(&server, 0).iter().filter(|envelope| envelope.header().kind > 7).count();
    let others = consultant.pull(&server, 0).iter().filter(|envelope| envelope.header().kind > 7).count();
    assert_eq!((own, others), (4, 0));
}

#[test]
fn a_full_push_of_two_hundred_envelopes_is_taken() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let mut push = vec![new_folder(&mut founder, folder, tenant.programme)];
    push.extend((1..limits::PUSH_ENVELOPES).map(|_| content(&mut founder, folder, 400)));
    let push = push.into_iter().map(EnvelopeBytes).collect();
    let reply = founder.sync(&server, &SyncRequest { push, ..SyncRequest::default() }).unwrap();
    assert!(reply.results.iter().all(|result| result.code == RefusalCode::Ok));
    assert_eq!(reply.clock.head, 201);
    assert!(reply.more, "the page was small");
}
