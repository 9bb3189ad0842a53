//! Who may make, open and write folders.

use feltbog_domain::{FolderKind, Rights, Role, Side};
use feltbog_protocol::{
    EnvelopeKind, FolderFacts, FolderMade, Grant, KeyRecord, KeyRecordForm, Principal, ProgrammeBytes, Recipient,
    RefusalCode, judge_content, judge_grant, judge_key_record,
};

use crate::builders::*;

fn facts(kind: FolderKind, signer: Option<Rights>) -> FolderFacts {
    FolderFacts { kind, programme: PROGRAMME, key_epoch: 1, erased: false, closed: false, signer }
}

fn first_record(kind: FolderKind) -> KeyRecord {
    KeyRecord {
        form: KeyRecordForm::NewEpoch,
        commitment: [1; 32],
        predecessor: None,
        recipients: vec![Recipient { principal: Principal::Recovery, epoch: 1, wrap: vec![0; 80] }],
        folder_kind: Some(kind.code()),
        programme: Some(ProgrammeBytes(PROGRAMME)),
    }
}

#[test]
fn a_key_record_without_a_wrap_for_the_recovery_key_is_refused() {
    let header = header(EnvelopeKind::KeyRecord, FOLDER, 1);
    let consultant = [role(Role::Consultant, Side::Employment)];
    let mut record = first_record(FolderKind::Employment);
    assert!(judge_key_record(&header, &record, None, &consultant, Some(1)).is_ok());
    assert_eq!(judge_key_record(&header, &record, None, &consultant, Some(2)), Err(RefusalCode::BadFrame));
    record.recipients[0].principal = Principal::Member(member(11));
    assert_eq!(judge_key_record(&header, &record, None, &consultant, Some(1)), Err(RefusalCode::BadFrame));
}

#[test]
fn each_role_makes_the_folders_of_its_own_side_only() {
    let header = header(EnvelopeKind::KeyRecord, FOLDER, 1);
    for (who, side, kind, allowed) in [
        (Role::Consultant, Side::Employment, FolderKind::Employment, true),
        (Role::Consultant, Side::Employment, FolderKind::Shared, true),
        (Role::Consultant, Side::Employment, FolderKind::Treatment, false),
        (Role::Consultant, Side::Employment, FolderKind::Register, false),
        (Role::Treatment, Side::Treatment, FolderKind::Treatment, true),
        (Role::Treatment, Side::Treatment, FolderKind::Employment, false),
        (Role::Leader, Side::Employment, FolderKind::Register, true),
        (Role::Evaluator, Side::Employment, FolderKind::Shared, false),
        (Role::Administrator, Side::Employment, FolderKind::Employment, false),
    ] {
        let made = judge_key_record(&header, &first_record(kind), None, &[role(who, side)], Some(1));
        let expected =
            if allowed { Ok(FolderMade::New { kind, programme: PROGRAMME }) } else { Err(RefusalCode::NoGrant) };
        assert_eq!(made, expected, "{who} makes {kind:?}");
    }
}

#[test]
fn a_treatment_worker_is_never_granted_the_employment_side() {
    let header = header(EnvelopeKind::Grant, FOLDER, 0);
    let grant = Grant::lasting(member(11), Rights::READ);
    let employment = facts(FolderKind::Employment, Some(Rights::MANAGE));
    let treatment = [role(Role::Treatment, Side::Treatment)];
    assert_eq!(judge_grant(&header, &grant, Some(&employment), &treatment), Err(RefusalCode::NoGrant));
    let shared = facts(FolderKind::Shared, Some(Rights::MANAGE));
    assert_eq!(judge_grant(&header, &grant, Some(&shared), &treatment), Ok(Rights::READ));
}

#[test]
fn only_who_manages_a_folder_grants_it_and_nobody_more_than_the_role_bears() {
    let header = header(EnvelopeKind::Grant, FOLDER, 0);
    let consultant = [role(Role::Consultant, Side::Employment)];
    let grant = Grant::lasting(member(11), Rights::WRITE);
    for signer in [None, Some(Rights::READ), Some(Rights::WRITE)] {
        let folder = facts(FolderKind::Employment, signer);
        assert_eq!(judge_grant(&header, &grant, Some(&folder), &consultant), Err(RefusalCode::NoGrant), "{signer:?}");
    }
    let records = [role(Role::Records, Side::Employment)];
    let managed = facts(FolderKind::Employment, Some(Rights::MANAGE));
    assert_eq!(judge_grant(&header, &grant, Some(&managed), &records), Err(RefusalCode::NoGrant));
}

#[test]
fn whoever_is_let_in_for_a_time_lets_nobody_in() {
    let header = header(EnvelopeKind::Grant, FOLDER, 0);
    let consultant = [role(Role::Consultant, Side::Employment)];
    let folder = facts(FolderKind::Employment, Some(Rights::MANAGE));
    for (rights, judged) in [(Rights::WRITE, Ok(Rights::WRITE)), (Rights::MANAGE, Err(RefusalCode::NoGrant))] {
        let cover = Grant { until_ms: Some(1), cover_for: Some(member(12)), ..Grant::lasting(member(11), rights) };
        assert_eq!(judge_grant(&header, &cover, Some(&folder), &consultant), judged);
    }
}

#[test]
fn content_needs_the_right_to_write_and_the_newest_key() {
    let content = header(EnvelopeKind::ChangeSet, FOLDER, 1);
    assert_eq!(judge_content(&content, Some(&facts(FolderKind::Shared, Some(Rights::WRITE)))), Ok(()));
    assert_eq!(
        judge_content(&content, Some(&facts(FolderKind::Shared, Some(Rights::READ)))),
        Err(RefusalCode::NoGrant)
    );
    assert_eq!(judge_content(&content, None), Err(RefusalCode::NoGrant));
    let renewed = FolderFacts { key_epoch: 2, ..facts(FolderKind::Shared, Some(Rights::WRITE)) };
    assert_eq!(judge_content(&content, Some(&renewed)), Err(RefusalCode::UnknownEpoch));
    let erased = FolderFacts { erased: true, ..renewed };
    assert_eq!(judge_content(&content, Some(&erased)), Err(RefusalCode::Erased));
}
