//! Nobody belongs but by a chain to the pinned root.

use feltbog_domain::{ProgrammeId, Role, RoleGrant, Side};
use feltbog_protocol::{CertificateBundle, CertificateError, Issuer, RoleCode, Roster, Statement};

use crate::builders::*;

#[test]
fn the_founding_bundle_makes_an_administrator_who_leads() {
    let roster = founded();
    let roles: Vec<Role> = roster.roles(member(FOUNDER)).iter().map(|grant| grant.role).collect();
    assert_eq!(roles, [Role::Administrator, Role::Leader]);
    assert_eq!(roster.server_key(), Some(&public(202)));
    assert_eq!(roster.recovery().map(|key| key.epoch), Some(1));
    assert!(roster.user_key(member(FOUNDER)).is_some());
}

#[test]
fn a_bundle_of_another_root_is_refused_whole() {
    let mut roster = Roster::new(TENANT, public(99));
    assert_eq!(roster.admit(&founding_bundle(), 1), Err(CertificateError::Signature));
    assert_eq!(roster.members().count(), 0);
}

#[test]
fn an_invited_colleague_belongs_with_nobody_else_online() {
    let mut roster = founded();
    roster.admit(&joining_bundle(FOUNDER, 11, role(Role::Consultant, Side::Employment)), 1).unwrap();
    assert_eq!(roster.roles(member(11)), [role(Role::Consultant, Side::Employment)]);
    assert_eq!(roster.device(device(11)).map(|entry| entry.member), Some(member(11)));
}

#[test]
fn an_invitation_is_good_for_one_device() {
    let mut roster = founded();
    let bundle = joining_bundle(FOUNDER, 11, role(Role::Consultant, Side::Employment));
    roster.admit(&bundle, 1).unwrap();
    assert_eq!(roster.admit(&bundle, 1), Err(CertificateError::InvitationUsed));
}

#[test]
fn whoever_holds_an_invitation_cannot_take_other_roles_or_another_name() {
    let granted = role(Role::Consultant, Side::Employment);
    for altered in [
        Statement::Member { member: member(11), roles: vec![RoleCode::from(role(Role::Leader, Side::Employment))] },
        Statement::Member { member: member(12), roles: vec![RoleCode::from(granted)] },
    ] {
        let mut bundle = joining_bundle(FOUNDER, 11, granted);
        bundle.statements[1] = certify(161, Issuer::Invitation(public(161)), &altered);
        let mut roster = founded();
        assert_eq!(roster.admit(&bundle, 1), Err(CertificateError::NotEntitled));
        assert!(roster.member(member(11)).is_none(), "a refused bundle left something behind");
    }
}

#[test]
fn a_consultant_invites_nobody_and_a_leader_only_into_the_own_programme() {
    let mut roster = founded();
    roster.admit(&joining_bundle(FOUNDER, 11, role(Role::Consultant, Side::Employment)), 1).unwrap();
    roster.admit(&joining_bundle(FOUNDER, 12, role(Role::Leader, Side::Employment)), 1).unwrap();
    let consultant = role(Role::Consultant, Side::Employment);
    let elsewhere = RoleGrant { programme: ProgrammeId::new([77; 16]), ..consultant };
    let administrator = role(Role::Administrator, Side::Employment);
    assert_eq!(roster.admit(&joining_bundle(11, 13, consultant), 1), Err(CertificateError::NotEntitled));
    assert_eq!(roster.admit(&joining_bundle(12, 13, elsewhere), 1), Err(CertificateError::NotEntitled));
    assert_eq!(roster.admit(&joining_bundle(12, 13, administrator), 1), Err(CertificateError::NotEntitled));
    assert_eq!(roster.admit(&joining_bundle(12, 13, consultant), 1), Ok(()));
}

#[test]
fn nobody_certifies_a_key_for_somebody_else() {
    let mut roster = founded();
    roster.admit(&joining_bundle(FOUNDER, 11, role(Role::Consultant, Side::Employment)), 1).unwrap();
    let mut forged = user_key_statement(FOUNDER);
    if let Statement::UserKey { epoch, .. } = &mut forged {
        *epoch = 2;
    }
    let bundle = CertificateBundle { statements: vec![certify(11, Issuer::Device(device(11)), &forged)] };
    assert_eq!(roster.admit(&bundle, 1), Err(CertificateError::NotEntitled));
}

#[test]
fn the_server_cannot_name_its_own_key() {
    let mut roster = founded();
    let statement = Statement::ServerKey { public: public(66) };
    for issuer in [Issuer::Root, Issuer::Device(device(FOUNDER))] {
        let bundle = CertificateBundle { statements: vec![certify(202, issuer, &statement)] };
        assert!(roster.admit(&bundle, 1).is_err());
    }
    assert_eq!(roster.server_key(), Some(&public(202)));
}

#[test]
fn whoever_begins_a_programme_leads_it_and_a_consultant_begins_none() {
    let mut roster = founded();
    roster.admit(&joining_bundle(FOUNDER, 11, role(Role::Consultant, Side::Employment)), 1).unwrap();
    let programme = ProgrammeId::new([50; 16]);
    let statement = Statement::Programme { programme };
    let by = |n: u8| CertificateBundle { statements: vec![certify(n, Issuer::Device(device(n)), &statement)] };
    assert_eq!(roster.admit(&by(11), 1), Err(CertificateError::NotEntitled));
    assert_eq!(roster.admit(&by(FOUNDER), 1), Ok(()));
    assert!(roster.roles(member(FOUNDER)).iter().any(|g| g.role == Role::Leader && g.programme == programme));
    assert_eq!(roster.admit(&by(FOUNDER), 1), Err(CertificateError::Exists));
}

#[test]
fn a_role_of_a_newer_version_passes_and_gives_nothing() {
    let mut roster = founded();
    let newer = RoleCode { role: 99, programme: PROGRAMME, side: 1 };
    let mut bundle = joining_bundle(FOUNDER, 11, role(Role::Consultant, Side::Employment));
    let invitation =
        Statement::Invitation { public: public(161), member: member(11), roles: vec![newer], expires_ms: 1 };
    bundle.statements[0] = certify(FOUNDER, Issuer::Device(device(FOUNDER)), &invitation);
    let statement = Statement::Member { member: member(11), roles: vec![newer] };
    bundle.statements[1] = certify(161, Issuer::Invitation(public(161)), &statement);
    roster.admit(&bundle, 1).unwrap();
    assert!(roster.roles(member(11)).is_empty());
}
