//! Who may shut whom out, who may give which office, and what held before.

use feltbog_domain::{Role, RoleGrant, Side};
use feltbog_protocol::{
    CertificateBundle, CertificateError, DeviceState, DeviceWrap, EnvelopeKind, Issuer, Place, RoleCode, Roster,
    SignedStatement, Statement,
};

use crate::builders::*;

const CONSULTANT: u8 = 11;
const COLLEAGUE: u8 = 12;
const DEPUTY: u8 = 13;
const ADMINISTRATOR: u8 = 14;

fn employment(granted: Role) -> RoleGrant {
    role(granted, Side::Employment)
}

/// A founder, two consultants, a deputy and somebody who is administrator alone.
fn office() -> Roster {
    let mut roster = founded();
    for (place, (n, granted)) in [
        (CONSULTANT, Role::Consultant),
        (COLLEAGUE, Role::Consultant),
        (DEPUTY, Role::Deputy),
        (ADMINISTRATOR, Role::Administrator),
    ]
    .into_iter()
    .enumerate()
    {
        roster.admit(&joining_bundle(FOUNDER, n, employment(granted)), 10 + place as u64).unwrap();
    }
    roster
}

fn by(n: u8, statement: &Statement) -> CertificateBundle {
    bundle(vec![certify(n, Issuer::Device(device(n)), statement)])
}

fn bundle(statements: Vec<SignedStatement>) -> CertificateBundle {
    CertificateBundle { statements }
}

fn state(of: u8, state: DeviceState) -> Statement {
    Statement::DeviceState { device: device(of), state: state.code(), reason: 0 }
}

#[test]
fn any_colleague_blocks_and_only_an_office_or_the_persons_other_device_frees() {
    let mut roster = office();
    roster.admit(&by(COLLEAGUE, &state(CONSULTANT, DeviceState::Blocked)), 20).unwrap();
    for nobody in [COLLEAGUE, CONSULTANT] {
        let refused = roster.clone().admit(&by(nobody, &state(CONSULTANT, DeviceState::Free)), 21);
        assert_eq!(refused, Err(CertificateError::NotEntitled), "{nobody}");
    }
    for office in [DEPUTY, ADMINISTRATOR, FOUNDER] {
        let mut roster = roster.clone();
        roster.admit(&by(office, &state(CONSULTANT, DeviceState::Free)), 21).unwrap();
        assert_eq!(roster.device(device(CONSULTANT)).unwrap().state, DeviceState::Free);
    }
}

#[test]
fn a_blocked_device_certifies_nothing() {
    let mut roster = office();
    roster.admit(&by(FOUNDER, &state(DEPUTY, DeviceState::Blocked)), 20).unwrap();
    for statement in [state(CONSULTANT, DeviceState::Blocked), Statement::MemberLeft { member: member(CONSULTANT) }] {
        assert_eq!(roster.admit(&by(DEPUTY, &statement), 21), Err(CertificateError::NotEntitled));
    }
    let joins = joining_bundle(DEPUTY, 30, employment(Role::Consultant));
    assert_eq!(roster.admit(&joins, 21), Err(CertificateError::NotEntitled));
}

#[test]
fn a_colleague_shuts_nobody_out_for_ever_and_nothing_brings_such_a_device_back() {
    let mut roster = office();
    let revoked = state(CONSULTANT, DeviceState::Revoked);
    assert_eq!(roster.admit(&by(COLLEAGUE, &revoked), 20), Err(CertificateError::NotEntitled));
    roster.admit(&by(DEPUTY, &revoked), 20).unwrap();
    roster.admit(&by(FOUNDER, &revoked), 21).expect("saying so twice is no mistake");
    let free = roster.admit(&by(FOUNDER, &state(CONSULTANT, DeviceState::Free)), 22);
    assert_eq!(free, Err(CertificateError::Exists));
}

#[test]
fn what_a_device_signed_before_it_was_shut_out_stays_and_afterwards_it_only_hands_in() {
    let mut roster = office();
    roster.admit(&by(DEPUTY, &state(CONSULTANT, DeviceState::Revoked)), 20).unwrap();
    let may = |kind, place| roster.may_sign(device(CONSULTANT), Some(kind), place);
    assert!(may(EnvelopeKind::ChangeSet, Place::At(19)));
    assert!(!may(EnvelopeKind::ChangeSet, Place::At(21)));
    assert!(!may(EnvelopeKind::Grant, Place::At(21)));
    assert!(may(EnvelopeKind::Deposit, Place::At(21)));
    assert!(may(EnvelopeKind::ChangeSet, Place::OutOfOrder), "a restored log may bring it back later");
    assert_eq!(roster.revoked_at(device(CONSULTANT)), Some(20));
}

#[test]
fn a_leavers_roles_end_and_what_was_done_with_them_is_judged_by_them_still() {
    let mut roster = office();
    let held = roster.roles(member(CONSULTANT)).to_vec();
    roster.admit(&by(DEPUTY, &Statement::MemberLeft { member: member(CONSULTANT) }), 20).unwrap();
    assert!(roster.roles(member(CONSULTANT)).is_empty());
    assert_eq!(roster.roles_at(member(CONSULTANT), Place::At(19)), held);
    assert!(roster.roles_at(member(CONSULTANT), Place::At(20)).is_empty());
    assert_eq!(roster.roles_at(member(CONSULTANT), Place::OutOfOrder), held);
    assert_eq!(roster.device(device(CONSULTANT)).unwrap().state, DeviceState::Revoked);
    let again = Statement::Member { member: member(CONSULTANT), roles: vec![employment(Role::Consultant).into()] };
    assert_eq!(roster.admit(&by(FOUNDER, &again), 21), Err(CertificateError::NotEntitled));
}

#[test]
fn an_office_that_was_given_or_taken_is_certain_nowhere_in_a_restored_log() {
    let mut roster = office();
    let held = roster.roles(member(DEPUTY)).to_vec();
    assert_eq!(roster.roles_for_certain(member(DEPUTY), Place::OutOfOrder), held, "never changed");
    let roles = vec![employment(Role::Consultant).into()];
    roster.admit(&by(FOUNDER, &Statement::Member { member: member(DEPUTY), roles }), 20).unwrap();
    assert_eq!(roster.roles_at(member(DEPUTY), Place::OutOfOrder).len(), held.len() + 1);
    assert_eq!(roster.roles_for_certain(member(DEPUTY), Place::OutOfOrder), []);
    assert_eq!(roster.roles_for_certain(member(DEPUTY), Place::At(19)), held);
}

#[test]
fn the_order_in_which_certificates_come_changes_nothing_of_what_held_where() {
    let (blocks, frees) = (state(CONSULTANT, DeviceState::Blocked), state(CONSULTANT, DeviceState::Free));
    let mut in_order = office();
    in_order.admit(&by(DEPUTY, &blocks), 20).unwrap();
    in_order.admit(&by(DEPUTY, &frees), 30).unwrap();
    // One's own comes first, without a place, and once more with it.
    let mut own_first = office();
    own_first.admit(&by(DEPUTY, &frees), u64::MAX).unwrap();
    own_first.admit(&by(DEPUTY, &blocks), 20).unwrap();
    own_first.admit(&by(DEPUTY, &frees), 30).unwrap();
    assert_eq!(in_order.device(device(CONSULTANT)), own_first.device(device(CONSULTANT)));
}

#[test]
fn the_last_administrator_stays() {
    let mut roster = office();
    roster.admit(&by(ADMINISTRATOR, &Statement::MemberLeft { member: member(FOUNDER) }), 20).unwrap();
    let last = Statement::MemberLeft { member: member(ADMINISTRATOR) };
    assert_eq!(roster.admit(&by(ADMINISTRATOR, &last), 21), Err(CertificateError::NotEntitled));
}

fn with_roles(n: u8, roles: &[RoleGrant]) -> Statement {
    Statement::Member { member: member(n), roles: roles.iter().map(|role| RoleCode::from(*role)).collect() }
}

#[test]
fn a_leader_gives_and_takes_the_roles_of_the_own_side_without_being_an_administrator() {
    let mut roster = office();
    let both = [employment(Role::Consultant), employment(Role::Deputy)];
    roster.admit(&by(DEPUTY, &with_roles(CONSULTANT, &both)), 20).unwrap();
    assert_eq!(roster.roles(member(CONSULTANT)), both);
    roster.admit(&by(DEPUTY, &with_roles(CONSULTANT, &both[..1])), 21).unwrap();
    assert_eq!(roster.roles(member(CONSULTANT)), &both[..1]);
    for nobody in [COLLEAGUE, CONSULTANT] {
        let refused = roster.clone().admit(&by(nobody, &with_roles(CONSULTANT, &both)), 22);
        assert_eq!(refused, Err(CertificateError::NotEntitled), "{nobody}");
    }
}

#[test]
fn one_sides_leader_takes_no_role_from_the_other_side() {
    const WORKER: u8 = 15;
    let mut roster = office();
    let treats = role(Role::Treatment, Side::Treatment);
    roster.admit(&joining_bundle(FOUNDER, WORKER, treats), 15).unwrap();
    let instead = with_roles(WORKER, &[role(Role::Outreach, Side::Employment)]);
    assert_eq!(roster.clone().admit(&by(DEPUTY, &instead), 20), Err(CertificateError::NotEntitled));
    roster.admit(&by(ADMINISTRATOR, &instead), 20).unwrap();
}

#[test]
fn the_last_administrator_gives_the_role_up_to_nobody() {
    let mut roster = office();
    let leads = [employment(Role::Leader)];
    roster.admit(&by(FOUNDER, &with_roles(FOUNDER, &leads)), 20).unwrap();
    let evaluates = with_roles(ADMINISTRATOR, &[employment(Role::Evaluator)]);
    assert_eq!(roster.admit(&by(ADMINISTRATOR, &evaluates), 21), Err(CertificateError::NotEntitled));
}

#[test]
fn an_administrator_makes_no_leader_where_there_is_one_and_the_first_where_there_is_none() {
    let roster = office();
    for granted in [Role::Leader, Role::Deputy, Role::Records] {
        let own = joining_bundle(ADMINISTRATOR, 30, employment(granted));
        assert_eq!(roster.clone().admit(&own, 20), Err(CertificateError::NotEntitled), "{granted:?}");
        let other = joining_bundle(ADMINISTRATOR, 30, role(granted, Side::Treatment));
        assert_eq!(roster.clone().admit(&other, 20), Ok(()), "{granted:?}");
    }
    let make = |roles: Vec<RoleGrant>| Statement::Member {
        member: member(ADMINISTRATOR),
        roles: roles.into_iter().map(RoleCode::from).collect(),
    };
    let herself = make(vec![employment(Role::Administrator), employment(Role::Leader)]);
    assert_eq!(roster.clone().admit(&by(ADMINISTRATOR, &herself), 20), Err(CertificateError::NotEntitled));
}

#[test]
fn a_leader_of_one_side_makes_no_office_of_the_other() {
    let roster = office();
    for granted in [Role::Leader, Role::Deputy, Role::Records] {
        let other = joining_bundle(DEPUTY, 30, role(granted, Side::Treatment));
        assert_eq!(roster.clone().admit(&other, 20), Err(CertificateError::NotEntitled), "{granted:?}");
    }
    assert_eq!(roster.clone().admit(&joining_bundle(DEPUTY, 30, role(Role::Treatment, Side::Treatment)), 20), Ok(()));
}

#[test]
fn nobody_invites_into_no_role() {
    let roster = office();
    for n in [CONSULTANT, DEPUTY, FOUNDER] {
        assert!(!roster.may_invite(device(n), &[]), "{n}");
    }
}

fn new_phone(inviter: u8, phone: u8) -> CertificateBundle {
    let key = 181;
    let invitation = Statement::DeviceInvitation {
        public: public(key),
        member: member(CONSULTANT),
        expires_ms: 1_000,
        user_key_epoch: 1,
        others: Vec::new(),
    };
    let device_statement = Statement::Device {
        device: device(phone),
        member: member(CONSULTANT),
        sign_public: public(phone),
        wrap_public: [phone; 32],
        incarnation: 1,
    };
    let user_key = Statement::UserKey {
        member: member(CONSULTANT),
        epoch: 2,
        public: [32; 32],
        device_wraps: vec![DeviceWrap { device: device(phone), wrap: vec![1; 80] }],
        recovery_wrap: vec![1; 80],
    };
    bundle(vec![
        certify(inviter, Issuer::Device(device(inviter)), &invitation),
        certify(key, Issuer::Invitation(public(key)), &device_statement),
        certify(phone, Issuer::Device(device(phone)), &user_key),
    ])
}

#[test]
fn a_new_phone_comes_from_the_person_or_who_leads_them_and_from_nobody_else() {
    for entitled in [CONSULTANT, DEPUTY, FOUNDER] {
        assert_eq!(office().admit(&new_phone(entitled, 31), 20), Ok(()), "{entitled}");
    }
    for stranger in [COLLEAGUE, ADMINISTRATOR] {
        let refused = office().admit(&new_phone(stranger, 31), 20);
        assert_eq!(refused, Err(CertificateError::NotEntitled), "{stranger}: would be handed her keys");
    }
    let mut roster = office();
    roster.admit(&new_phone(DEPUTY, 31), 20).unwrap();
    assert_eq!(roster.admit(&new_phone(DEPUTY, 32), 21), Err(CertificateError::InvitationUsed));
}

#[test]
fn nothing_is_wrapped_for_a_key_that_a_lost_phone_holds() {
    let mut roster = office();
    roster.admit(&new_phone(DEPUTY, 31), 20).unwrap();
    assert!(roster.sound_user_key(member(CONSULTANT)).is_some_and(|key| key.epoch == 2));
    assert!(roster.owes_user_key(member(CONSULTANT)), "the older device does not hold the newest key");
    roster.admit(&by(DEPUTY, &Statement::DeviceState { device: device(31), state: 2, reason: 0 }), 21).unwrap();
    assert_eq!(roster.sound_user_key(member(CONSULTANT)), None);
    assert!(roster.owes_user_key(member(CONSULTANT)));
}
