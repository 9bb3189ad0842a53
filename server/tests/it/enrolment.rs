//! Joining with an invitation.

use feltbog_domain::{ProgrammeId, Role, RoleGrant, Side};
use feltbog_protocol::{ErrorCode, Issuer, RoleCode, SignedStatement, SyncRequest};

use crate::support::{Refused, TestDevice, TestInvitation, TestServer, TestTenant, send_enrol};

fn administrator() -> Vec<RoleCode> {
    vec![RoleGrant { role: Role::Administrator, programme: ProgrammeId::NONE, side: Side::Employment }.into()]
}

fn send(server: &TestServer, device: &TestDevice, statements: &[SignedStatement]) -> (u16, ErrorCode) {
    let Refused { status, problem } = send_enrol(server, device.tenant, device.first_envelope(statements)).unwrap_err();
    (status, problem.code)
}

#[test]
fn an_invited_device_is_in_at_once_and_gets_the_same_reply_again() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let invitation = TestInvitation::by(&tenant.founder, tenant.consultant());
    let first = invitation.device.first_envelope(&invitation.statements());
    let reply = send_enrol(&server, tenant.id, first.clone()).unwrap();
    assert_eq!((reply.cert_seq, reply.clock.head), (2, 2));
    let again = send_enrol(&server, tenant.id, first).unwrap();
    assert_eq!((again.cert_seq, again.clock.head), (2, 2));
    assert_eq!(invitation.device.pull(&server, 0).len(), 2, "the founder's certificates and its own");
}

#[test]
fn a_used_invitation_lets_nobody_else_in() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let invitation = TestInvitation::by(&tenant.founder, tenant.consultant());
    invitation.enrol(&server).unwrap();
    let mut thief = TestDevice::new(tenant.id);
    thief.member = invitation.device.member;
    assert_eq!(send(&server, &thief, &invitation.statements_for(&thief)), (403, ErrorCode::InvitationUsed));
}

#[test]
fn an_invitation_that_has_run_out_lets_nobody_in() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let late = TestInvitation::good_for(&tenant.founder, tenant.consultant(), -1_000);
    assert_eq!(send(&server, &late.device, &late.statements()), (403, ErrorCode::InvitationExpired));
}

#[test]
fn a_live_invitation_does_not_stand_in_for_one_that_has_run_out() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let late = TestInvitation::good_for(&tenant.founder, tenant.consultant(), -1_000);
    let live = TestInvitation::by(&tenant.founder, tenant.consultant());
    let mut statements = late.statements();
    statements[0] = live.statement;
    assert_eq!(send(&server, &late.device, &statements), (403, ErrorCode::InvitationRefused));
}

#[test]
fn more_roles_than_the_invitation_names_are_refused() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let mut invitation = TestInvitation::by(&tenant.founder, tenant.consultant());
    invitation.roles = administrator();
    assert_eq!(send(&server, &invitation.device, &invitation.statements()), (403, ErrorCode::InvitationRefused));
}

#[test]
fn an_invitation_altered_by_a_single_bit_is_refused() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let mut invitation = TestInvitation::by(&tenant.founder, tenant.consultant());
    invitation.statement.signature[7] ^= 1;
    assert_eq!(send(&server, &invitation.device, &invitation.statements()), (403, ErrorCode::InvitationRefused));
}

#[test]
fn statements_missing_or_in_another_order_are_refused() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let invitation = TestInvitation::by(&tenant.founder, tenant.consultant());
    let whole = invitation.statements();
    let without_key = whole[..3].to_vec();
    let swapped = vec![whole[0].clone(), whole[2].clone(), whole[1].clone(), whole[3].clone()];
    for (name, statements) in [("without a key", without_key), ("swapped", swapped)] {
        assert_eq!(send(&server, &invitation.device, &statements), (403, ErrorCode::InvitationRefused), "{name}");
    }
    assert!(invitation.enrol(&server).is_ok(), "and none of it used the invitation up");
}

#[test]
fn a_consultant_cannot_invite_and_a_strangers_invitation_is_worth_nothing() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let consultant = tenant.enrol_consultant();
    let stranger = TestDevice::new(tenant.id);
    for (name, inviter) in [("consultant", &consultant), ("stranger", &stranger)] {
        let invitation = TestInvitation::by(inviter, tenant.consultant());
        let refused = send(&server, &invitation.device, &invitation.statements());
        assert_eq!(refused, (403, ErrorCode::InvitationRefused), "{name}");
    }
}

#[test]
fn another_municipalitys_invitation_is_worth_nothing_here() {
    let server = TestServer::start();
    let (here, there) = (TestTenant::found(&server), TestTenant::found(&server));
    let mut invitation = TestInvitation::by(&there.founder, there.consultant());
    invitation.device.tenant = here.id;
    assert_eq!(send(&server, &invitation.device, &invitation.statements()), (403, ErrorCode::InvitationRefused));
}

#[test]
fn an_envelope_signed_by_another_device_is_refused() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let invitation = TestInvitation::by(&tenant.founder, tenant.consultant());
    let mut other = TestDevice::new(tenant.id);
    other.id = invitation.device.id;
    assert_eq!(send(&server, &other, &invitation.statements()), (401, ErrorCode::BadSignature));
}

#[test]
fn nobody_joins_by_pushing_the_certificates_of_an_invitation_past_its_clock() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let late = TestInvitation::good_for(&tenant.founder, tenant.consultant(), -1_000);
    let mut founder = tenant.founder.clone();
    let envelope = founder.seal(
        feltbog_protocol::EnvelopeKind::Certificate,
        feltbog_domain::FolderId::NONE,
        0,
        &crate::support::bundle_of(&late.statements()),
    );
    assert!(late.statements().iter().any(|signed| matches!(signed.issuer, Issuer::Invitation(_))));
    assert_eq!(founder.push(&server, &[envelope]), [feltbog_protocol::RefusalCode::NoGrant]);
}

#[test]
fn a_device_goes_on_as_its_own_successor_and_nobody_elses() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (before, other) = (tenant.enrol_consultant(), tenant.enrol_consultant());
    let certified = |by: &TestDevice, next: &TestDevice, incarnation: u32| {
        next.first_envelope(&[by.certify_successor(next, incarnation)])
    };
    let (next, stolen) = (before.successor(), before.successor());
    for (name, envelope) in
        [("another's", certified(&other, &stolen, 2)), ("no later life", certified(&before, &next, 1))]
    {
        let refused = send_enrol(&server, tenant.id, envelope).unwrap_err();
        assert_eq!(refused.problem.code, ErrorCode::InvitationRefused, "{name}");
    }
    assert!(send_enrol(&server, tenant.id, certified(&before, &next, 2)).is_ok());
    assert!(next.sync(&server, &SyncRequest::default()).is_ok());
}
