//! A device that was blocked or shut out, seen from the wire.

use feltbog_domain::{DocumentKind, FolderId, FolderKind, ProgrammeId, Rights};
use feltbog_protocol::{
    BackfillAsk, DeviceState, EnvelopeKind, ErrorCode, Issuer, RefusalCode, Statement, SyncRequest, limits,
};

use crate::support::{
    TestDevice, TestServer, TestTenant, bundle_of, certify, content, deposit, fresh_id, grant, key_record, new_folder,
    rotate,
};

use RefusalCode::{NoGrant, Ok as Taken};

/// A founder, a consultant who writes in a folder of the founder's, and the founder's word about her device.
struct Shut<'s> {
    server: &'s TestServer,
    founder: TestDevice,
    consultant: TestDevice,
    folder: FolderId,
    programme: ProgrammeId,
}

impl<'s> Shut<'s> {
    fn new(server: &'s TestServer) -> Self {
        let tenant = TestTenant::found(server);
        let (mut founder, consultant, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
        let made = new_folder(&mut founder, folder, tenant.programme);
        let granted = grant(&mut founder, folder, consultant.member, Rights::WRITE);
        assert_eq!(founder.push(server, &[made, granted]), [Taken, Taken]);
        Self { server, founder, consultant, folder, programme: tenant.programme }
    }

    fn say(&mut self, statement: &Statement) -> Vec<RefusalCode> {
        let Self { founder, .. } = self;
        let signed = certify(founder.tenant, Issuer::Device(founder.id), &founder.key, statement);
        let envelope = founder.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed]));
        founder.push(self.server, &[envelope])
    }

    fn set(&mut self, state: DeviceState) {
        let device = self.consultant.id;
        assert_eq!(self.say(&Statement::DeviceState { device, state: state.code(), reason: 0 }), [Taken]);
    }

    fn ask(&self) -> SyncRequest {
        SyncRequest { epoch: self.consultant.epoch, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() }
    }
}

#[test]
fn a_blocked_device_is_told_by_whom_and_gets_and_gives_nothing() {
    let server = TestServer::start();
    let mut shut = Shut::new(&server);
    shut.set(DeviceState::Blocked);
    let refused = shut.consultant.sync(&server, &shut.ask()).unwrap_err();
    assert_eq!((refused.status, refused.problem.code), (403, ErrorCode::DeviceBlocked));
    assert!(!refused.problem.order.is_empty());
    let written = content(&mut shut.consultant, shut.folder, 40);
    assert_eq!(
        shut.consultant.try_push(&server, std::slice::from_ref(&written)).unwrap_err().problem.code,
        ErrorCode::DeviceBlocked
    );
    shut.set(DeviceState::Free);
    assert_eq!(shut.consultant.push(&server, &[written]), [Taken], "nothing was consumed meanwhile");
}

#[test]
fn the_order_holds_every_certificate_the_device_lacks_and_the_one_that_shut_it_out_last() {
    let server = TestServer::start();
    let mut shut = Shut::new(&server);
    shut.set(DeviceState::Revoked);
    let all = shut.consultant.sync(&server, &shut.ask()).unwrap_err().problem.order;
    let head =
        shut.founder.sync(&server, &SyncRequest { epoch: shut.founder.epoch, ..SyncRequest::default() }).unwrap();
    assert_eq!(all.last().unwrap().seq, head.clock.head);
    let later = SyncRequest { cursor: head.clock.head - 1, ..shut.ask() };
    let few = shut.consultant.sync(&server, &later).unwrap_err().problem.order;
    assert_eq!(few.len(), 1);
    assert!(all.len() > few.len() && all.ends_with(&few));
}

#[test]
fn a_device_that_was_shut_out_reads_nothing_and_may_only_hand_in() {
    let server = TestServer::start();
    let mut shut = Shut::new(&server);
    let before = content(&mut shut.consultant, shut.folder, 40);
    assert_eq!(shut.consultant.push(&server, &[before]), [Taken]);
    shut.set(DeviceState::Revoked);
    let whole = SyncRequest { backfill: vec![BackfillAsk::whole(shut.folder, 0, 100)], ..shut.ask() };
    for reading in [shut.ask(), whole] {
        let refused = shut.consultant.sync(&server, &reading).unwrap_err();
        assert_eq!((refused.status, refused.problem.code), (403, ErrorCode::DeviceRevoked));
    }
    let inside = content(&mut shut.consultant, shut.folder, 40);
    let handed = deposit(&mut shut.consultant, shut.folder, inside.clone());
    let reply = shut.consultant.try_push(&server, &[inside, handed]).unwrap();
    assert_eq!(reply.results.iter().map(|result| result.code).collect::<Vec<_>>(), [NoGrant, Taken]);
    assert!(reply.rows.is_empty() && reply.backfill_rows.is_empty() && reply.lease.is_none());
    assert!(reply.receipt.is_some(), "what was handed in is signed for");
}

#[test]
fn work_in_a_folder_that_nobody_knows_is_handed_in_with_its_folder_and_opens_nothing_else() {
    let server = TestServer::start();
    for left in [false, true] {
        let mut shut = Shut::new(&server);
        let (programme, founder) = (shut.programme, shut.founder.member);
        let known = new_folder(&mut shut.consultant, fresh_id(), programme);
        assert_eq!(shut.consultant.push(&server, &[known]), [Taken]);
        if left {
            assert_eq!(shut.say(&Statement::MemberLeft { member: shut.consultant.member }), [Taken]);
        } else {
            shut.set(DeviceState::Revoked);
        }
        let (folder, old, consultant) = (fresh_id(), shut.folder, &mut shut.consultant);
        let begins = new_folder(consultant, folder, programme);
        let lets_in = grant(consultant, folder, founder, Rights::WRITE);
        let inside = content(consultant, folder, 40);
        let handed = deposit(consultant, folder, inside.clone());
        let renewed = rotate(consultant, folder, 2);
        let elsewhere = grant(consultant, old, founder, Rights::WRITE);
        let codes = consultant.push(&server, &[begins, lets_in, inside, handed, renewed, elsewhere]);
        assert_eq!(codes, [Taken, Taken, NoGrant, Taken, NoGrant, NoGrant], "left {left}");
        let rows = shut.founder.pull(&server, 0);
        let came =
            |kind| rows.iter().any(|row| row.header().folder == folder && row.header().known_kind() == Some(kind));
        assert!(came(EnvelopeKind::Deposit) && !came(EnvelopeKind::ChangeSet));
    }
}

#[test]
fn no_office_lets_a_device_that_was_shut_out_begin_a_folder_that_is_not_for_work() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, programme) = (tenant.founder.clone(), tenant.programme);
    let out = Statement::DeviceState { device: founder.id, state: DeviceState::Revoked.code(), reason: 0 };
    let signed = certify(founder.tenant, Issuer::Device(founder.id), &founder.key, &out);
    let mut envelopes = vec![founder.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed]))];
    for kind in FolderKind::ALL {
        let none = (kind == FolderKind::Staff).then_some(ProgrammeId::NONE);
        let record = feltbog_protocol::encode(&key_record(&founder, kind, none.unwrap_or(programme)));
        envelopes.push(founder.seal(EnvelopeKind::KeyRecord, fresh_id(), 1, &record));
    }
    let codes = founder.push(&server, &envelopes);
    let begun: Vec<FolderKind> = FolderKind::ALL
        .into_iter()
        .zip(&codes[1..])
        .filter(|(_, code)| **code == Taken)
        .map(|(kind, _)| kind)
        .collect();
    assert!(begun.contains(&FolderKind::Employment), "{codes:?}");
    assert!(begun.iter().all(|kind| DocumentKind::Entry.belongs_in(*kind)), "{begun:?}");
}

#[test]
fn whoever_shuts_out_the_device_they_hold_hands_in_what_they_wrote_after_it() {
    let server = TestServer::start();
    let mut shut = Shut::new(&server);
    let consultant = &mut shut.consultant;
    let before = content(consultant, shut.folder, 40);
    let out = Statement::DeviceState { device: consultant.id, state: DeviceState::Revoked.code(), reason: 0 };
    let signed = certify(consultant.tenant, Issuer::Device(consultant.id), &consultant.key, &out);
    let said = consultant.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed]));
    let after = content(consultant, shut.folder, 40);
    let handed = deposit(consultant, shut.folder, after.clone());
    let codes = consultant.push(&server, &[before, said, after, handed]);
    assert_eq!(codes, [Taken, Taken, NoGrant, Taken], "everybody else would pass over what stands behind it");
}

#[test]
fn the_keys_of_a_device_that_was_shut_out_are_owed_in_every_folder_of_its_person() {
    let server = TestServer::start();
    let mut shut = Shut::new(&server);
    shut.set(DeviceState::Revoked);
    let written = content(&mut shut.founder, shut.folder, 40);
    assert_eq!(shut.founder.push(&server, &[written]), [RefusalCode::RotationDue]);
}

#[test]
fn somebody_who_left_is_granted_nothing_any_more() {
    let server = TestServer::start();
    let mut shut = Shut::new(&server);
    assert_eq!(shut.say(&Statement::MemberLeft { member: shut.consultant.member }), [Taken]);
    let refused = shut.consultant.sync(&server, &shut.ask()).unwrap_err();
    assert_eq!(refused.problem.code, ErrorCode::DeviceRevoked);
    let again = grant(&mut shut.founder, shut.folder, shut.consultant.member, Rights::WRITE);
    assert_eq!(shut.founder.push(&server, &[again]), [NoGrant]);
}

#[test]
fn nobody_shuts_out_whom_they_do_not_lead_and_a_forged_word_changes_nothing() {
    let server = TestServer::start();
    let shut = Shut::new(&server);
    let mut consultant = shut.consultant.clone();
    let target = Statement::DeviceState { device: shut.founder.id, state: DeviceState::Revoked.code(), reason: 0 };
    let own = certify(consultant.tenant, Issuer::Device(consultant.id), &consultant.key, &target);
    let forged = certify(consultant.tenant, Issuer::Device(shut.founder.id), &consultant.key, &target);
    let envelopes = [own, forged]
        .map(|signed| consultant.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed])));
    assert_eq!(consultant.push(&server, &envelopes), [NoGrant, RefusalCode::BadSignature]);
    shut.founder.sync(&server, &SyncRequest { epoch: shut.founder.epoch, ..SyncRequest::default() }).unwrap();
}
