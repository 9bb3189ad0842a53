//! Who may erase a case, and what may be said about it afterwards.

use feltbog_domain::{DocumentId, FolderId, FolderKind, ProgrammeId, Role, RoleGrant, Side};
use feltbog_protocol::{
    CaseRef, DocumentBytes, EnvelopeHash, EnvelopeKind, Erase, ErasedEntries, ErasedFolder, ErasedPart,
    ErasureProposal, ErasureState, FolderFacts, HolderDevice, Purge, PurgeReceipt, RefusalCode, erasure_certificate,
    judge_erasure_confirmation, judge_erasure_proposal,
};

use crate::builders::*;

const OTHER: FolderId = FolderId::new([4; 16]);

fn erased(folder: FolderId, kind: FolderKind) -> ErasedFolder {
    ErasedFolder { folder, kind: kind.code() }
}

pub(crate) fn proposal() -> ErasureProposal {
    ErasureProposal {
        folders: vec![erased(FOLDER, FolderKind::Employment), erased(OTHER, FolderKind::Shared)],
        entries: Vec::new(),
        programme: PROGRAMME,
        reason: 1,
        subjects: vec![CaseRef([8; 16])],
        members: vec![member(FOUNDER), member(11)],
        case_ref: CaseRef([9; 16]),
    }
}

fn facts(kind: FolderKind) -> FolderFacts {
    FolderFacts { kind, programme: PROGRAMME, key_epoch: 1, erased: false, closed: false, signer: None }
}

fn judged(proposal: &ErasureProposal, roles: &[RoleGrant]) -> Result<(), RefusalCode> {
    let kinds = |one: &ErasedFolder| FolderKind::from_code(one.kind).map(facts);
    let known: Vec<_> = proposal.folders.iter().map(|one| (*one, kinds(one))).collect();
    judge_erasure_proposal(&header(EnvelopeKind::Erase, FolderId::NONE, 0), proposal, &known, roles)
}

#[test]
fn only_who_answers_for_every_folder_proposes_an_erasure() {
    for (who, side, allowed) in [
        (Role::Leader, Side::Employment, true),
        (Role::Deputy, Side::Employment, true),
        (Role::Records, Side::Employment, true),
        (Role::Leader, Side::Treatment, false),
        (Role::Consultant, Side::Employment, false),
        (Role::Administrator, Side::Employment, false),
    ] {
        let expected = if allowed { Ok(()) } else { Err(RefusalCode::NoGrant) };
        assert_eq!(judged(&proposal(), &[role(who, side)]), expected, "{who} {side:?}");
    }
    let elsewhere = RoleGrant { programme: ProgrammeId::new([7; 16]), ..role(Role::Leader, Side::Employment) };
    assert_eq!(judged(&proposal(), &[elsewhere]), Err(RefusalCode::NoGrant));
}

#[test]
fn what_belongs_to_everybody_is_never_erased() {
    let leader = [role(Role::Leader, Side::Employment)];
    for kind in [FolderKind::Staff, FolderKind::Employers, FolderKind::Register, FolderKind::OwnWork] {
        let wish = ErasureProposal { folders: vec![erased(FOLDER, kind)], ..proposal() };
        assert_eq!(judged(&wish, &leader), Err(RefusalCode::NoGrant), "{kind:?}");
    }
}

#[test]
fn a_proposal_that_names_another_kind_than_the_folders_own_is_refused() {
    let leader = [role(Role::Leader, Side::Employment)];
    let wish = proposal();
    let header = header(EnvelopeKind::Erase, FolderId::NONE, 0);
    let known = |facts: FolderFacts| [(wish.folders[0], Some(facts)), (wish.folders[1], None)];
    let judge = |facts| judge_erasure_proposal(&header, &wish, &known(facts), &leader);
    assert_eq!(judge(facts(FolderKind::Employment)), Ok(()), "a folder one does not know is passed over");
    assert_eq!(judge(facts(FolderKind::Treatment)), Err(RefusalCode::NoGrant));
    assert_eq!(judge(FolderFacts { erased: true, ..facts(FolderKind::Employment) }), Err(RefusalCode::Erased));
    let in_a_folder = crate::builders::header(EnvelopeKind::Erase, FOLDER, 0);
    assert_eq!(judge_erasure_proposal(&in_a_folder, &wish, &[], &leader), Err(RefusalCode::BadFrame));
    let twice = ErasureProposal { folders: vec![wish.folders[0]; 2], ..wish.clone() };
    assert_eq!(judged(&twice, &leader), Err(RefusalCode::BadFrame));
    let nothing = ErasureProposal { folders: Vec::new(), ..wish.clone() };
    assert_eq!(judged(&nothing, &leader), Err(RefusalCode::BadFrame));
}

#[test]
fn an_administrator_who_is_somebody_else_confirms() {
    let header = header(EnvelopeKind::Erase, FolderId::NONE, 0);
    let (administrator, leader) = (role(Role::Administrator, Side::Employment), role(Role::Leader, Side::Employment));
    let judge = |roles: &[RoleGrant], proposer| judge_erasure_confirmation(&header, member(11), roles, proposer);
    assert_eq!(judge(&[administrator], Some(member(FOUNDER))), Ok(()));
    assert_eq!(judge(&[administrator, leader], Some(member(11))), Err(RefusalCode::TwoPeople));
    assert_eq!(judge(&[leader], Some(member(FOUNDER))), Err(RefusalCode::NoGrant));
    assert_eq!(judge(&[administrator], None), Err(RefusalCode::UnknownProposal));
}

#[test]
fn both_steps_and_the_receipt_read_as_they_were_written() {
    for erase in [Erase::Proposal(proposal()), Erase::Confirmation { proposal: EnvelopeHash([6; 32]) }] {
        let bytes = feltbog_protocol::encode(&erase);
        assert_eq!(feltbog_protocol::decode::<Erase>(&bytes).unwrap(), erase);
    }
    let receipt = PurgeReceipt { cause: EnvelopeHash([6; 32]), folders: vec![FOLDER], documents: Vec::new() };
    let bytes = feltbog_protocol::encode(&receipt);
    assert_eq!(feltbog_protocol::decode::<PurgeReceipt>(&bytes).unwrap(), receipt);
    assert!(feltbog_protocol::decode::<PurgeReceipt>(&feltbog_protocol::encode(&Erase::Proposal(proposal()))).is_err());
}

fn holder(n: u8, certified_at: u64) -> HolderDevice {
    HolderDevice { device: device(n), member: member(n), certified_at: Some(certified_at), shut_out: false }
}

fn said(n: u8, folders: &[FolderId]) -> Purge {
    Purge { device: device(n), folders: folders.to_vec(), documents: Vec::new() }
}

#[test]
fn the_certificate_claims_no_device_that_has_not_confirmed_all_of_it() {
    let devices = [holder(FOUNDER, 1), holder(11, 5), holder(12, 6)];
    let of = |purges: &[Purge]| erasure_certificate(&proposal(), Some(50), &devices, purges);
    let certificate = of(&[said(FOUNDER, &[FOLDER, OTHER]), said(11, &[FOLDER])]);
    assert_eq!(certificate.state, ErasureState::Confirmed);
    assert_eq!(certificate.confirmed, [device(FOUNDER)]);
    assert_eq!(certificate.missing, [device(11)], "half of the case is not the case");
    let certificate = of(&[said(FOUNDER, &[FOLDER, OTHER]), said(11, &[FOLDER, OTHER])]);
    assert_eq!((certificate.state, certificate.missing.len()), (ErasureState::Complete, 0));
    assert_eq!(erasure_certificate(&proposal(), None, &devices, &[]).state, ErasureState::Proposed);
}

#[test]
fn a_device_that_came_later_owes_no_word_and_one_that_was_shut_out_is_named_apart() {
    let late = holder(11, 51);
    let lost = HolderDevice { shut_out: true, device: device(13), ..holder(11, 5) };
    let unplaced = HolderDevice { certified_at: None, device: device(14), ..holder(11, 0) };
    let certificate = erasure_certificate(&proposal(), Some(50), &[late, lost, unplaced], &[]);
    assert_eq!(certificate.shut_out, [device(13)]);
    assert_eq!(certificate.missing, [device(14)], "where nobody can tell, it counts");
}

/// An entry and its addendum, in two envelopes of which one holds something else as well.
pub(crate) fn of_an_entry(kind: FolderKind) -> ErasureProposal {
    let part =
        |dseq, remainder| ErasedPart { hash: [7; 32], device: device(11), dseq, seq: dseq + 20, kind: 1, remainder };
    let entries = ErasedEntries {
        folder: FOLDER,
        kind: kind.code(),
        documents: [21, 22].map(|n| DocumentBytes(DocumentId::new([n; 16]))).to_vec(),
        parts: vec![part(3, None), part(4, Some(9))],
    };
    ErasureProposal { folders: Vec::new(), entries: vec![entries], ..proposal() }
}

fn judged_places(proposal: &ErasureProposal, roles: &[RoleGrant]) -> Result<(), RefusalCode> {
    let known: Vec<_> = proposal.places().map(|one| (one, FolderKind::from_code(one.kind).map(facts))).collect();
    judge_erasure_proposal(&header(EnvelopeKind::Erase, FolderId::NONE, 0), proposal, &known, roles)
}

#[test]
fn a_single_entry_goes_by_the_word_of_whoever_answers_for_its_folder() {
    let leader = [role(Role::Leader, Side::Employment)];
    for kind in [FolderKind::Employment, FolderKind::Shared, FolderKind::OwnWork, FolderKind::Register] {
        assert_eq!(judged_places(&of_an_entry(kind), &leader), Ok(()), "{kind:?}");
        let consultant = [role(Role::Consultant, Side::Employment)];
        assert_eq!(judged_places(&of_an_entry(kind), &consultant), Err(RefusalCode::NoGrant), "{kind:?}");
    }
    for kind in [FolderKind::Staff, FolderKind::Employers, FolderKind::Treatment, FolderKind::ReadLog] {
        assert_eq!(judged_places(&of_an_entry(kind), &leader), Err(RefusalCode::NoGrant), "{kind:?}");
    }
}

#[test]
fn an_erasure_of_entries_names_each_document_once_and_where_it_stands() {
    let leader = [role(Role::Leader, Side::Employment)];
    let spoilt = |spoil: fn(&mut ErasedEntries)| {
        let mut wish = of_an_entry(FolderKind::Employment);
        wish.entries.iter_mut().for_each(spoil);
        judged_places(&wish, &leader)
    };
    assert_eq!(spoilt(|entries| entries.documents.clear()), Err(RefusalCode::BadFrame));
    assert_eq!(spoilt(|entries| entries.parts.clear()), Err(RefusalCode::BadFrame));
    assert_eq!(spoilt(|entries| entries.documents = vec![entries.documents[0]; 2]), Err(RefusalCode::BadFrame));
    let folder_and_entry = ErasureProposal {
        folders: vec![erased(FOLDER, FolderKind::Employment)],
        ..of_an_entry(FolderKind::Employment)
    };
    assert_eq!(judged_places(&folder_and_entry, &leader), Err(RefusalCode::BadFrame));
}

#[test]
fn a_receipt_that_names_no_document_says_nothing_of_it() {
    let devices = [holder(FOUNDER, 1)];
    let wish = of_an_entry(FolderKind::Employment);
    let of = |purge: Purge| erasure_certificate(&wish, Some(50), &devices, &[purge]).state;
    assert_eq!(of(said(FOUNDER, &[FOLDER])), ErasureState::Confirmed, "an older version purged no entry");
    let half = vec![DocumentId::new([21; 16])];
    assert_eq!(of(Purge { documents: half, ..said(FOUNDER, &[]) }), ErasureState::Confirmed);
    let whole: Vec<_> = wish.documents().collect();
    assert_eq!(of(Purge { documents: whole.clone(), ..said(FOUNDER, &[]) }), ErasureState::Complete);
    let erase = Erase::Proposal(wish);
    assert_eq!(feltbog_protocol::decode::<Erase>(&feltbog_protocol::encode(&erase)).unwrap(), erase);
    let receipt = PurgeReceipt { cause: EnvelopeHash([6; 32]), folders: Vec::new(), documents: whole };
    assert_eq!(feltbog_protocol::decode::<PurgeReceipt>(&feltbog_protocol::encode(&receipt)).unwrap(), receipt);
}
