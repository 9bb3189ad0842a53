//! Certificates reach a device before anything signed by those they certify.

use feltbog_domain::{FolderId, MemberId, ProgrammeId, Rights, Role, RoleGrant, Side};
use feltbog_protocol::{BackfillAsk, EnvelopeKind, Issuer, RefusalCode, Statement, SyncRequest, limits};

use crate::support::{
    Reader, TestDevice, TestInvitation, TestServer, TestTenant, bundle_of, certify, content, fresh_id, grant,
    new_folder,
};

fn push_statement(server: &TestServer, device: &mut TestDevice, statement: &Statement) -> RefusalCode {
    let signed = certify(device.tenant, Issuer::Device(device.id), &device.key, statement);
    let envelope = device.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed]));
    device.push(server, &[envelope])[0]
}

#[test]
fn while_certificates_are_missing_nothing_else_is_sent() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    // Some thirty certificates are more than the smallest page holds.
    for _ in 0..30 {
        tenant.enrol_consultant();
    }
    let (mut founder, late, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    let push = [
        new_folder(&mut founder, folder, tenant.programme),
        grant(&mut founder, folder, late.member, Rights::READ),
        content(&mut founder, folder, 40),
    ];
    founder.push(&server, &push);
    let other = BackfillAsk::whole(folder, 0, 100);
    let certificates = BackfillAsk::whole(FolderId::NONE, 0, late.cert_seq);
    let mut request = SyncRequest {
        cursor: late.cert_seq,
        backfill: vec![other, certificates],
        max_bytes: limits::PAGE_MIN,
        ..SyncRequest::default()
    };
    let reply = late.sync(&server, &request).unwrap();
    assert!(reply.more);
    assert_eq!((reply.rows.len(), reply.cursor), (0, late.cert_seq), "the main feed waits");
    let done: Vec<_> = reply.backfill_done.iter().map(|d| (d.folder, d.after, d.done)).collect();
    let reached = reply.backfill_rows.last().unwrap().seq;
    assert_eq!(done, [(FolderId::NONE, reached, false), (folder, 0, false)]);
    request.backfill[1].after = reached;
    request.max_bytes = limits::PAGE_MAX;
    let rest = late.sync(&server, &request).unwrap();
    assert!(!rest.more && rest.backfill_done.iter().all(|done| done.done));
    assert_eq!(rest.rows.len(), 2, "the grant and what came after it");
}

#[test]
fn a_new_device_gets_every_certificate_from_before_its_own() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let others = [tenant.enrol_consultant(), tenant.enrol_consultant()];
    let mut reader = Reader::new(tenant.enrol_consultant());
    reader.exact = true;
    reader.drain(&server, limits::PAGE_MIN);
    let devices: Vec<_> = reader.rows.values().map(|envelope| envelope.header().device).collect();
    assert_eq!(devices, [tenant.founder.id, others[0].id, others[1].id, reader.device.id]);
}

#[test]
fn roles_pushed_by_an_administrator_count_from_the_next_row_on() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, mut consultant) = (tenant.founder.clone(), tenant.enrol_consultant());
    let elsewhere: ProgrammeId = fresh_id();
    let too_early = new_folder(&mut consultant, fresh_id(), elsewhere);
    assert_eq!(consultant.push(&server, &[too_early]), [RefusalCode::NoGrant]);
    let roles = vec![RoleGrant { role: Role::Consultant, programme: elsewhere, side: Side::Employment }.into()];
    let moved = Statement::Member { member: consultant.member, roles };
    assert_eq!(push_statement(&server, &mut founder, &moved), RefusalCode::Ok);
    let now = new_folder(&mut consultant, fresh_id(), elsewhere);
    assert_eq!(consultant.push(&server, &[now]), [RefusalCode::Ok]);
}

#[test]
fn a_consultant_certifies_nobody_and_a_forged_signature_is_called_one() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let mut consultant = tenant.enrol_consultant();
    let member: MemberId = tenant.founder.member;
    let demoted = Statement::Member { member, roles: Vec::new() };
    assert_eq!(push_statement(&server, &mut consultant, &demoted), RefusalCode::NoGrant);
    let forged = certify(tenant.id, Issuer::Device(tenant.founder.id), &consultant.key, &demoted);
    let in_folder =
        consultant.seal(EnvelopeKind::Certificate, fresh_id(), 0, &bundle_of(std::slice::from_ref(&forged)));
    let forged = consultant.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[forged]));
    let empty = consultant.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[]));
    let codes = consultant.push(&server, &[in_folder, forged, empty]);
    assert_eq!(codes, [RefusalCode::BadFrame, RefusalCode::BadSignature, RefusalCode::BadFrame]);
}

#[test]
fn an_invitation_that_was_pushed_beforehand_can_still_be_used() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let mut founder = tenant.founder.clone();
    let invitation = TestInvitation::by(&founder, tenant.consultant());
    let bundle = bundle_of(std::slice::from_ref(&invitation.statement));
    let envelope = founder.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle);
    assert_eq!(founder.push(&server, &[envelope]), [RefusalCode::Ok]);
    assert!(invitation.enrol(&server).is_ok());
}

#[test]
fn a_second_process_on_the_same_log_knows_who_was_enrolled_by_the_first() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let twin = server.second_process();
    let (mut consultant, folder) = (tenant.enrol_consultant(), fresh_id());
    let push = [new_folder(&mut consultant, folder, tenant.programme), content(&mut consultant, folder, 40)];
    assert_eq!(consultant.push(&twin, &push), [RefusalCode::Ok; 2]);
    assert_eq!(consultant.pull(&server, consultant.cert_seq).len(), 2);
}
