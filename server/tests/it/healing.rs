//! After a restore: what had a receipt comes back, and nobody reads in between.

use feltbog_domain::{FolderId, Rights};
use feltbog_protocol::{
    BackfillAsk, EnvelopeBytes, ErrorCode, ReceiptProof, RefusalCode, SyncReply, SyncRequest, limits,
};

use crate::support::{
    ServerCopy, TestDevice, TestServer, TestTenant, close, content, deposit, fresh_id, grant, new_folder, revoke,
    rotate,
};

use RefusalCode::{FolderClosed, NoGrant, Ok as Taken, RotationDue};

/// The leader, a consultant, and a folder the leader made and both may write in; all of it is in the copy.
struct Town {
    leader: TestDevice,
    consultant: TestDevice,
    programme: feltbog_domain::ProgrammeId,
    folder: FolderId,
    copy: ServerCopy,
}

impl Town {
    fn on(server: &mut TestServer) -> Self {
        let tenant = TestTenant::found(server);
        let (mut leader, consultant, programme) = (tenant.founder.clone(), tenant.enrol_consultant(), tenant.programme);
        let folder = fresh_id();
        let push =
            [new_folder(&mut leader, folder, programme), grant(&mut leader, folder, consultant.member, Rights::MANAGE)];
        assert_eq!(leader.push(server, &push), [Taken; 2]);
        let copy = server.copy();
        Self { leader, consultant, programme, folder, copy }
    }

    /// Puts the copy back and lets the consultant notice; gives the new epoch.
    fn restored(&self, server: &mut TestServer) -> [u8; 16] {
        server.put_back(&self.copy, true);
        let request = SyncRequest { epoch: self.leader.epoch, ..SyncRequest::default() };
        let refused = self.leader.sync(server, &request).unwrap_err();
        assert_eq!(refused.problem.code, ErrorCode::EpochChanged);
        refused.problem.epoch.unwrap()
    }
}

fn may_write(server: &TestServer, device: &mut TestDevice, folder: FolderId) -> bool {
    device.dseq = device.sync(server, &SyncRequest::default()).unwrap().last_dseq;
    let envelope = content(device, folder, 40);
    matches!(device.push(server, &[envelope])[..], [Taken | RotationDue])
}

fn rows_of(reply: &SyncReply) -> usize {
    reply.rows.len() + reply.backfill_rows.len()
}

#[test]
fn while_the_log_heals_certificates_flow_and_rows_of_folders_are_held_back() {
    let mut server = TestServer::start();
    let town = Town::on(&mut server);
    let fresh = SyncRequest { max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
    assert_eq!(town.consultant.sync(&server, &fresh).unwrap().healing, None, "a log that was never restored");
    let mut leader = town.leader.clone();
    let late = content(&mut leader, town.folder, 40);
    leader.push(&server, &[late]);
    let epoch = town.restored(&mut server);
    let asks = vec![BackfillAsk::whole(FolderId::NONE, 0, 4), BackfillAsk::whole(town.folder, 0, 4)];
    let request = SyncRequest { epoch, backfill: asks, ..fresh.clone() };
    let held = town.consultant.sync(&server, &request).unwrap();
    assert_eq!((held.healing, held.cursor, held.more, held.rows.len()), (Some(true), 0, false, 0));
    let kinds: Vec<u8> = held.backfill_rows.iter().map(|row| row.envelope[5]).collect();
    assert_eq!(kinds, [7, 7, 4], "certificates, and what was granted to oneself");
    assert_eq!(held.backfill_done.iter().map(|done| done.done).collect::<Vec<_>>(), [true, false]);
    let mut consultant = town.consultant.clone();
    assert!(may_write(&server, &mut consultant, town.folder), "pushes are accepted all the same");
}

#[test]
fn only_an_offices_device_that_has_delivered_all_it_had_receipts_for_ends_the_healing() {
    let mut server = TestServer::start();
    let town = Town::on(&mut server);
    let mut leader = town.leader.clone();
    let late = content(&mut leader, town.folder, 40);
    let (_, proof) = leader.push_proven(&server, std::slice::from_ref(&late));
    let epoch = town.restored(&mut server);
    let is_healing = |request: &SyncRequest, device: &TestDevice| device.sync(&server, request).unwrap().healing;
    let here = SyncRequest { epoch, ..SyncRequest::default() };
    assert_eq!(is_healing(&here, &town.consultant), Some(true), "no office");
    assert_eq!(is_healing(&SyncRequest::default(), &leader), Some(true), "an office, and no memory of the log");
    let owing = SyncRequest { durable_ack: 4, ..here.clone() };
    assert_eq!(is_healing(&owing, &leader), Some(true), "it has a receipt for what is not back yet");
    assert_eq!(is_healing(&owing, &leader), Some(true), "and says so again without a further epoch");
    let pushing = SyncRequest { push: vec![EnvelopeBytes(late)], proofs: vec![proof], ..owing.clone() };
    assert_eq!(is_healing(&pushing, &leader), None);
    assert_eq!(is_healing(&here, &town.consultant), None, "healed for everybody");
    let beyond = SyncRequest { durable_ack: 5, ..here };
    let refused = leader.sync(&server, &beyond).unwrap_err();
    assert_eq!(refused.problem.code, ErrorCode::EpochChanged, "once whole, its receipts speak for this log");
}

#[test]
fn receipted_work_of_somebody_shut_out_since_comes_back_and_unreceipted_work_does_not() {
    let mut server = TestServer::start();
    let Town { mut leader, mut consultant, folder, programme: _, copy } = Town::on(&mut server);
    let work = [content(&mut consultant, folder, 40), content(&mut consultant, fresh_id(), 40)];
    let (codes, proof) = consultant.push_proven(&server, &work);
    assert_eq!(codes, [Taken, NoGrant]);
    server.put_back(&copy, true);
    let shut_out = revoke(&mut leader, folder, consultant.member);
    assert_eq!(leader.push(&server, &[shut_out]), [Taken]);
    let mut forged = proof.clone();
    forged.disposed[1].code = Taken;
    let mut alone = consultant.clone();
    let without = content(&mut alone, folder, 40);
    assert_eq!(consultant.push_with(&server, &work, vec![proof.clone()]), [Taken, NoGrant]);
    assert_eq!(consultant.push_with(&server, &work, vec![forged]), [Taken, NoGrant], "and for ever after");
    assert_eq!(alone.push(&server, &[without]), [NoGrant]);
    assert!(!may_write(&server, &mut consultant, folder), "its work is back, its access is not");
}

#[test]
fn a_receipt_that_was_altered_or_is_another_devices_proves_nothing() {
    let mut server = TestServer::start();
    let Town { leader, mut consultant, folder, copy, .. } = Town::on(&mut server);
    let stray = [content(&mut consultant, fresh_id(), 40)];
    let (codes, proof) = consultant.push_proven(&server, &stray);
    assert_eq!(codes, [NoGrant]);
    let mut writer = leader.clone();
    let (_, others) = writer.push_proven(&server, &[content(&mut writer.clone(), folder, 40)]);
    writer.dseq += 1;
    server.put_back(&copy, true);
    let mut altered = proof.clone();
    altered.disposed[0].code = Taken;
    let mut stretched = proof;
    stretched.disposed.push(stretched.disposed[0]);
    assert_eq!(consultant.push_with(&server, &stray, vec![altered, stretched, others]), [NoGrant]);
}

#[test]
fn access_comes_back_in_the_order_one_device_gave_and_took_it() {
    for revocation_first in [true, false] {
        let mut server = TestServer::start();
        let Town { leader, consultant, folder, copy, .. } = Town::on(&mut server);
        let mut newcomer = consultant;
        let mut manager = leader.clone();
        let out = revoke(&mut manager, folder, newcomer.member);
        let (_, first) = manager.push_proven(&server, std::slice::from_ref(&out));
        let back = grant(&mut manager, folder, newcomer.member, Rights::WRITE);
        let (_, second) = manager.push_proven(&server, std::slice::from_ref(&back));
        let last = if revocation_first { None } else { Some(revoke(&mut manager, folder, newcomer.member)) };
        let third: Option<ReceiptProof> =
            last.as_ref().map(|last| manager.push_proven(&server, std::slice::from_ref(last)).1);
        server.put_back(&copy, true);
        let push: Vec<Vec<u8>> = [Some(out), Some(back), last].into_iter().flatten().collect();
        let proofs: Vec<ReceiptProof> = [Some(second), Some(first), third].into_iter().flatten().collect();
        let codes = manager.push_with(&server, &push, proofs);
        assert!(codes.iter().all(|code| *code == Taken));
        assert_eq!(may_write(&server, &mut newcomer, folder), revocation_first);
    }
}

#[test]
fn where_nothing_tells_the_order_of_two_devices_the_revocation_counts() {
    for revocation_first in [true, false] {
        let mut server = TestServer::start();
        let tenant = TestTenant::found(&server);
        let (mut leader, mut deputy) = (tenant.founder.clone(), tenant.enrol_deputy());
        let (mut consultant, programme, folder) = (tenant.enrol_consultant(), tenant.programme, fresh_id());
        let push =
            [new_folder(&mut leader, folder, programme), grant(&mut leader, folder, deputy.member, Rights::MANAGE)];
        leader.push(&server, &push);
        let copy = server.copy();
        let granted = [grant(&mut leader, folder, consultant.member, Rights::WRITE)];
        let (_, grant_proof) = leader.push_proven(&server, &granted);
        let revoked = [revoke(&mut deputy, folder, consultant.member)];
        let (_, revoke_proof) = deputy.push_proven(&server, &revoked);
        server.put_back(&copy, true);
        if revocation_first {
            deputy.push_with(&server, &revoked, vec![revoke_proof]);
            leader.push_with(&server, &granted, vec![grant_proof]);
        } else {
            leader.push_with(&server, &granted, vec![grant_proof]);
            deputy.push_with(&server, &revoked, vec![revoke_proof]);
        }
        assert!(!may_write(&server, &mut consultant, folder), "revocation first: {revocation_first}");
    }
}

#[test]
fn what_was_decided_since_the_restore_is_not_undone_by_a_device_that_comes_late() {
    let mut server = TestServer::start();
    let Town { mut leader, mut consultant, folder, copy, .. } = Town::on(&mut server);
    let out = [revoke(&mut leader, folder, consultant.member)];
    let (_, proof) = leader.push_proven(&server, &out);
    server.put_back(&copy, true);
    // Another device of an office decides anew before the first comes back.
    let mut second = consultant.clone();
    assert!(may_write(&server, &mut second, folder));
    assert_eq!(leader.push_with(&server, &out, vec![proof.clone()]), [Taken]);
    assert!(!may_write(&server, &mut second, folder));
    let again = grant(&mut leader, folder, consultant.member, Rights::WRITE);
    assert_eq!(leader.push(&server, &[again]), [Taken]);
    assert_eq!(leader.push_with(&server, &out, vec![proof]), [Taken], "a repetition");
    assert!(may_write(&server, &mut consultant, folder));
}

#[test]
fn rows_of_a_folder_that_is_not_back_yet_wait_for_it() {
    let mut server = TestServer::start();
    let Town { leader, mut consultant, programme, copy, .. } = Town::on(&mut server);
    let (folder, mut maker, mut office) = (fresh_id(), consultant.clone(), leader.clone());
    let made = [
        new_folder(&mut maker, folder, programme),
        grant(&mut maker, folder, office.member, Rights::MANAGE),
        content(&mut maker, folder, 40),
    ];
    let (codes, made_proof) = maker.push_proven(&server, &made);
    assert_eq!(codes, [Taken; 3]);
    let late = [
        content(&mut office, folder, 40),
        revoke(&mut office, folder, maker.member),
        rotate(&mut office, folder, 2),
        close(&mut office, folder),
        content(&mut office, folder, 40),
    ];
    let (codes, late_proof) = office.push_proven(&server, &late);
    assert_eq!(codes, [Taken, Taken, Taken, Taken, FolderClosed]);
    server.put_back(&copy, true);
    assert_eq!(office.push_with(&server, &late, vec![late_proof]), [Taken, Taken, Taken, Taken, FolderClosed]);
    assert_eq!(maker.push_with(&server, &made, vec![made_proof]), [Taken; 3]);
    let all = SyncRequest {
        epoch: [0; 16],
        cursor: 100,
        backfill: vec![BackfillAsk::whole(folder, 0, 100)],
        max_bytes: limits::PAGE_MAX,
        ..SyncRequest::default()
    };
    let held = office.sync(&server, &all).unwrap();
    assert_eq!((held.healing, rows_of(&held)), (Some(true), 0));
    office.exchange_in(&server, held.clock.epoch, 0);
    let kinds: Vec<u8> = office.sync(&server, &all).unwrap().backfill_rows.iter().map(|row| row.envelope[5]).collect();
    assert_eq!(kinds, [1, 5, 3, 5, 3, 4, 1], "every row is back");
    assert_eq!(rows_of(&consultant.sync(&server, &all).unwrap()), 0, "whoever was shut out reads nothing");
    assert!(!may_write(&server, &mut consultant, folder));
    let closed = office.seal(feltbog_protocol::EnvelopeKind::ChangeSet, folder, 2, b"sealed");
    assert_eq!(office.push(&server, &[closed]), [FolderClosed]);
}

#[test]
fn a_device_with_receipts_of_two_epochs_ago_gets_everything_back() {
    let mut server = TestServer::start();
    let Town { leader, mut consultant, folder, copy, .. } = Town::on(&mut server);
    let first = [content(&mut consultant, folder, 40)];
    let (_, of_the_first) = consultant.push_proven(&server, &first);
    server.put_back(&copy, true);
    let after_one = server.copy();
    consultant.push_with(&server, &first, vec![of_the_first.clone()]);
    let second = [content(&mut consultant, folder, 40)];
    let (_, of_the_second) = consultant.push_proven(&server, &second);
    assert_ne!(of_the_first.epoch, of_the_second.epoch);
    for older in [&after_one, &copy] {
        server.put_back(older, true);
        let mut office = leader.clone();
        let shut_out = revoke(&mut office, folder, consultant.member);
        assert_eq!(office.push(&server, &[shut_out]), [Taken]);
        let work = [first[0].clone(), second[0].clone()];
        let proofs = vec![of_the_second.clone(), of_the_first.clone()];
        assert_eq!(consultant.push_with(&server, &work, proofs), [Taken; 2]);
        assert!(!may_write(&server, &mut consultant.clone(), folder));
    }
}

#[test]
fn a_gap_after_a_restore_is_answered_with_the_last_number() {
    let mut server = TestServer::start();
    let Town { mut consultant, folder, copy, .. } = Town::on(&mut server);
    let (one, two) = (content(&mut consultant, folder, 40), content(&mut consultant, folder, 40));
    let (_, proof) = consultant.push_proven(&server, &[one.clone(), two.clone()]);
    server.put_back(&copy, true);
    let request =
        SyncRequest { push: vec![EnvelopeBytes(two.clone())], proofs: vec![proof.clone()], ..SyncRequest::default() };
    let refused = consultant.sync(&server, &request).unwrap_err();
    assert_eq!((refused.problem.code, refused.problem.last_dseq), (ErrorCode::SequenceGap, Some(1)));
    assert_eq!(consultant.push_with(&server, &[one, two], vec![proof]), [Taken; 2]);
}

#[test]
fn deposits_and_certificates_come_back_and_more_receipts_than_the_limit_are_refused() {
    let mut server = TestServer::start();
    let Town { mut leader, mut consultant, folder, copy, .. } = Town::on(&mut server);
    let inside = content(&mut consultant, folder, 40);
    let work = [inside.clone(), deposit(&mut consultant, folder, inside)];
    let (codes, proof) = consultant.push_proven(&server, &work);
    assert_eq!(codes, [Taken; 2]);
    let renewed = crate::support::bundle_of(&[leader.user_key(2)]);
    let certificate = [leader.seal(feltbog_protocol::EnvelopeKind::Certificate, FolderId::NONE, 0, &renewed)];
    let (_, certified) = leader.push_proven(&server, &certificate);
    server.put_back(&copy, true);
    assert_eq!(consultant.push_with(&server, &work, vec![proof.clone()]), [Taken; 2]);
    assert_eq!(leader.push_with(&server, &certificate, vec![certified]), [Taken]);
    server.restart();
    let proofs = vec![proof; limits::PROOFS + 1];
    let refused = leader.sync(&server, &SyncRequest { proofs, ..SyncRequest::default() }).unwrap_err();
    assert_eq!(refused.problem.code, ErrorCode::TooLarge);
}
