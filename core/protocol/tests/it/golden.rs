//! Bytes of version 1. They are on other people's disks: they may change only with a version number of the format.

use std::fs;
use std::path::PathBuf;

use feltbog_domain::{
    EmployerRef, FactRef, FolderId, FolderKind, JobRef, ProgrammeId, Rights, StaffRef, SubjectRef, VisitRef,
};
use feltbog_protocol::{
    BackfillAsk, BackfillDone, CertificateBundle, EnrolReply, EnvelopeBytes, EnvelopeHash, EnvelopeKind, Erase,
    ErrorCode, FactBatch, FactCount, Grant, Hello, Invitation, Issuer, KeyRecord, KeyRecordForm, Lease, LoginFault,
    LoginProof, LoginReply, LoginRequest, LoginTerms, LoginWanted, Principal, Problem, ProgrammeBytes, PseudonymsTag,
    PurgeReceipt, PushResult, Receipt, Recipient, RefusalCode, ReportReply, ReportRequest, Revoke, RevokeReason, Row,
    ServerClock, Statement, Stats, SyncReply, SyncRequest, ToldDetail, ToldFigure, ToldRow,
};
use feltbog_reports::{Fact, JobTerms, ReferralState, Terms, What};
use jiff::civil::date;

use crate::builders::*;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden").join(name)
}

fn key_record() -> Vec<u8> {
    let record = KeyRecord {
        form: KeyRecordForm::NewEpoch,
        commitment: [4; 32],
        predecessor: None,
        recipients: vec![
            Recipient { principal: Principal::Recovery, epoch: 1, wrap: vec![6; 80] },
            Recipient { principal: Principal::Member(member(11)), epoch: 2, wrap: vec![7; 80] },
        ],
        folder_kind: Some(FolderKind::Shared.code()),
        programme: Some(ProgrammeBytes(PROGRAMME)),
    };
    signed(header(EnvelopeKind::KeyRecord, FOLDER, 1), &feltbog_protocol::encode(&record)).bytes().to_vec()
}

fn added_wraps() -> Vec<u8> {
    let record = KeyRecord {
        form: KeyRecordForm::AddedWraps,
        commitment: [4; 32],
        predecessor: None,
        recipients: vec![Recipient { principal: Principal::Member(member(12)), epoch: 1, wrap: vec![8; 80] }],
        folder_kind: None,
        programme: None,
    };
    signed(header(EnvelopeKind::KeyRecord, FOLDER, 1), &feltbog_protocol::encode(&record)).bytes().to_vec()
}

fn grant() -> Vec<u8> {
    let grant =
        Grant { member: member(11), rights: Rights::WRITE.bits(), until_ms: Some(1_774_000_000_000), cover_for: None };
    signed(header(EnvelopeKind::Grant, FOLDER, 0), &feltbog_protocol::encode(&grant)).bytes().to_vec()
}

fn cover() -> Vec<u8> {
    let lasting = Grant::lasting(member(11), Rights::WRITE);
    let cover = Grant { until_ms: Some(1_774_000_000_000), cover_for: Some(member(12)), ..lasting };
    signed(header(EnvelopeKind::Grant, FOLDER, 0), &feltbog_protocol::encode(&cover)).bytes().to_vec()
}

fn handover() -> Vec<u8> {
    let revoke = Revoke { member: Some(member(11)), reason: RevokeReason::HandedOver, to: Some(member(12)) };
    signed(header(EnvelopeKind::Revoke, FOLDER, 0), &feltbog_protocol::encode(&revoke)).bytes().to_vec()
}

fn certificates() -> Vec<u8> {
    let mut bundle: CertificateBundle = founding_bundle();
    bundle.statements.extend(
        joining_bundle(FOUNDER, 11, role(feltbog_domain::Role::Treatment, feltbog_domain::Side::Treatment)).statements,
    );
    bundle.statements.push(certify(
        FOUNDER,
        Issuer::Device(device(FOUNDER)),
        &Statement::Programme { programme: PROGRAMME },
    ));
    let none = feltbog_domain::FolderId::NONE;
    signed(header(EnvelopeKind::Certificate, none, 0), &feltbog_protocol::encode(&bundle)).bytes().to_vec()
}

fn sync_request() -> Vec<u8> {
    feltbog_protocol::encode(&SyncRequest {
        hello: Hello { protocol: 1, build: 2, features: 3 },
        epoch: [4; 16],
        cursor: 5,
        push: vec![EnvelopeBytes(grant())],
        backfill: vec![BackfillAsk::whole(FOLDER, 6, 7)],
        max_bytes: 65_536,
        durable_ack: 8,
        stats: Stats { quarantined: 1, unsent: 2, oldest_unsent_hours: Some(3) },
        ..SyncRequest::default()
    })
}

/// The codes there were when the golden reply was frozen.
const FIRST_CODES: &[RefusalCode] = RefusalCode::ALL.first_chunk::<10>().unwrap();

fn sync_reply() -> Vec<u8> {
    feltbog_protocol::encode(&SyncReply {
        clock: ServerClock { epoch: [4; 16], head: 9, time_ms: 1_774_000_000_000, base_seq: None },
        results: FIRST_CODES.iter().zip(1..).map(|(code, dseq)| PushResult { dseq, code: *code, seq: None }).collect(),
        last_dseq: 10,
        receipt: Some(Receipt { first: 1, last: 10, chain: [1; 32], signature: [2; 64] }),
        rows: vec![Row { seq: 9, envelope: grant() }],
        cursor: 9,
        backfill_rows: vec![Row { seq: 7, envelope: added_wraps() }],
        backfill_done: vec![BackfillDone { folder: FOLDER, after: 7, until: 7, done: true }],
        more: true,
        durable_seq: 3,
        lease: Some(Lease { until_ms: 1_777_000_000_000, signature: [3; 64] }),
        wait_s: Some(4),
        spread_s: None,
        healing: None,
        point: None,
        login_by_ms: None,
        read_log_months: None,
        counts_facts: None,
    })
}

fn enrol_reply() -> Vec<u8> {
    let clock = ServerClock { epoch: [4; 16], head: 9, time_ms: 1_774_000_000_000, base_seq: None };
    feltbog_protocol::encode(&EnrolReply { clock, cert_seq: 2, lease: None })
}

fn login_terms() -> LoginTerms {
    LoginTerms {
        issuer: "https://login.kommune.example".into(),
        client_id: "feltbog".into(),
        scope: "openid".into(),
        acr_values: vec!["urn:substantial".into()],
        authorization_endpoint: "https://login.kommune.example/auth".into(),
        token_endpoint: "https://login.kommune.example/token".into(),
        max_age_s: 600,
        redirect_uri: "http://127.0.0.1/callback".into(),
        names_issuer: true,
    }
}

fn login_wanted() -> Vec<u8> {
    let wanted = LoginWanted { terms: login_terms(), fault: Some(LoginFault::TooWeak) };
    feltbog_protocol::encode(&Problem { login: Some(Box::new(wanted)), ..Problem::new(ErrorCode::LoginRequired) })
}

fn login_request() -> Vec<u8> {
    let proof = LoginProof { random: [7; 16], id_token: "e30.e30.AA".into() };
    feltbog_protocol::encode(&LoginRequest { proof: Some(proof) })
}

fn login_reply() -> Vec<u8> {
    let lease = Some(Lease { until_ms: 1_777_000_000_000, signature: [3; 64] });
    feltbog_protocol::encode(&LoginReply { terms: Some(login_terms()), due_ms: Some(1_777_000_000_000), lease })
}

fn invitation() -> Vec<u8> {
    let bundle = joining_bundle(FOUNDER, 11, role(feltbog_domain::Role::Consultant, feltbog_domain::Side::Employment));
    let invitation = Invitation {
        url: "https://feltbog.example".into(),
        tenant: TENANT,
        root: public(ROOT),
        seed: [161; 32],
        statement: bundle.statements[0].clone(),
        name: "Åse".into(),
        recovery: founding_bundle().statements[0].clone(),
    };
    invitation.to_text().into_bytes()
}

fn erase_proposal() -> Vec<u8> {
    let body = feltbog_protocol::encode(&Erase::Proposal(crate::erasure::proposal()));
    signed(header(EnvelopeKind::Erase, FolderId::NONE, 0), &body).bytes().to_vec()
}

fn erase_entry() -> Vec<u8> {
    let wish = crate::erasure::of_an_entry(feltbog_domain::FolderKind::Employment);
    signed(header(EnvelopeKind::Erase, FolderId::NONE, 0), &feltbog_protocol::encode(&Erase::Proposal(wish)))
        .bytes()
        .to_vec()
}

fn erase_confirmation() -> Vec<u8> {
    let body = feltbog_protocol::encode(&Erase::Confirmation { proposal: EnvelopeHash([6; 32]) });
    signed(header(EnvelopeKind::Erase, FolderId::NONE, 0), &body).bytes().to_vec()
}

fn purge_receipt() -> Vec<u8> {
    let body = feltbog_protocol::encode(&PurgeReceipt {
        cause: EnvelopeHash([6; 32]),
        folders: vec![FOLDER],
        documents: Vec::new(),
    });
    signed(header(EnvelopeKind::ReadLog, FolderId::NONE, 0), &body).bytes().to_vec()
}

fn fact_batch() -> Vec<u8> {
    let fact = |id, what| Fact {
        id: FactRef::new([id; 16]),
        subject: Some(SubjectRef::new([2; 16])),
        staff: Some(StaffRef::new([3; 16])),
        day: date(2026, 3, 31),
        received: None,
        what,
    };
    let job = JobTerms {
        employer: Some(EmployerRef::new([4; 16])),
        job: Some(JobRef::new([5; 16])),
        hours_per_week: Some(12),
        permanent: Some(true),
        terms: Terms::Ordinary,
    };
    let contact = What::EmployerContact {
        employer: job.employer,
        visit: Some(VisitRef::new([6; 16])),
        face_to_face: true,
        client_specific: true,
        fits_wish: Some(false),
    };
    let body = feltbog_protocol::encode(&FactBatch {
        reading: 1,
        pseudonyms: PseudonymsTag([7; 8]),
        anew: false,
        told: vec![
            fact(1, What::Enrolled { out_of_work: None }),
            fact(2, What::JobStarted(job)),
            fact(3, contact),
            fact(4, What::ReferredToTreatment { state: ReferralState::Accepted }),
        ],
        taken_back: vec![FactRef::new([8; 16])],
    });
    signed(header(EnvelopeKind::FactBatch, FOLDER, 0), &body).bytes().to_vec()
}

fn report_request() -> Vec<u8> {
    feltbog_protocol::encode(&ReportRequest {
        programme: ProgrammeId::new([9; 16]),
        measures: vec!["point_prevalence".into()],
        as_of: "2026-03-31".into(),
        from: None,
        to: None,
    })
}

fn report_reply() -> Vec<u8> {
    feltbog_protocol::encode(&ReportReply {
        head: 12,
        facts: FactCount { accepted: 4, taken_back: 1 },
        figures: vec![ToldFigure {
            measure: "caseload".into(),
            numerator: 73,
            denominator: Some(3),
            undecided: 0,
            assumed_ordinary: 16,
            details: vec![ToldDetail { name: "over_20".into(), numerator: 2, denominator: None }],
            rows: vec![ToldRow { year: Some(2026), week: Some(13), count: 5 }],
        }],
    })
}

type Golden = (&'static str, fn() -> Vec<u8>);

const GOLDEN: [Golden; 20] = [
    ("key_record.v1.bin", key_record),
    ("added_wraps.v1.bin", added_wraps),
    ("grant.v1.bin", grant),
    ("cover.v1.bin", cover),
    ("handover.v1.bin", handover),
    ("certificates.v1.bin", certificates),
    ("sync_request.v1.bin", sync_request),
    ("sync_reply.v1.bin", sync_reply),
    ("enrol_reply.v1.bin", enrol_reply),
    ("invitation.v1.txt", invitation),
    ("erase_proposal.v1.bin", erase_proposal),
    ("erase_entry.v1.bin", erase_entry),
    ("erase_confirmation.v1.bin", erase_confirmation),
    ("purge_receipt.v1.bin", purge_receipt),
    ("login_wanted.v1.bin", login_wanted),
    ("login_request.v1.bin", login_request),
    ("login_reply.v1.bin", login_reply),
    ("fact_batch.v1.bin", fact_batch),
    ("report_request.v1.bin", report_request),
    ("report_reply.v1.bin", report_reply),
];

#[test]
fn the_bytes_of_version_1_are_frozen() {
    for (name, make) in GOLDEN {
        let frozen = fs::read(path(name)).unwrap();
        assert!(make() == frozen, "{name} is no longer written as it was");
    }
}

#[test]
fn the_frozen_messages_are_still_understood() {
    let request: SyncRequest = feltbog_protocol::decode(&fs::read(path("sync_request.v1.bin")).unwrap()).unwrap();
    assert_eq!((request.cursor, request.push.len(), request.backfill.len()), (5, 1, 1));
    let reply: SyncReply = feltbog_protocol::decode(&fs::read(path("sync_reply.v1.bin")).unwrap()).unwrap();
    let codes: Vec<RefusalCode> = reply.results.iter().map(|result| result.code).collect();
    assert_eq!(codes, FIRST_CODES);
    let text = String::from_utf8(fs::read(path("invitation.v1.txt")).unwrap()).unwrap();
    assert_eq!(text.parse::<Invitation>().unwrap().name, "Åse");
}

#[test]
fn every_refusal_code_keeps_its_number_and_word() {
    let table: Vec<(u8, &str)> = RefusalCode::ALL.iter().map(|code| (code.number(), code.word())).collect();
    assert_eq!(
        table,
        [
            (0, "ok"),
            (1, "no_grant"),
            (2, "erased"),
            (3, "stale_lineage"),
            (4, "unknown_epoch"),
            (5, "rotation_due"),
            (6, "too_large"),
            (7, "bad_signature"),
            (8, "bad_frame"),
            (9, "quota"),
            (10, "folder_closed"),
            (11, "two_people"),
            (12, "unknown_proposal"),
        ]
    );
}

#[test]
fn every_error_code_keeps_its_number_and_word() {
    let table: Vec<String> = ErrorCode::ALL.iter().map(|code| format!("{}={}", code.number(), code.word())).collect();
    assert_eq!(
        table.join(" "),
        "1=BAD_REQUEST 2=CLOCK_SKEW 3=UNKNOWN_DEVICE 4=DEVICE_REVOKED 5=EPOCH_CHANGED 6=DEVICE_FORK 7=TOO_LARGE \
         8=UPGRADE_REQUIRED 9=BUSY 10=QUOTA 11=UNKNOWN_TENANT 12=BAD_SIGNATURE 13=INVITATION_USED \
         14=INVITATION_EXPIRED 15=INVITATION_REFUSED 16=BOOTSTRAP_REFUSED 17=INTERNAL 18=SEQUENCE_GAP 19=LOGIN_REQUIRED \
         20=DEVICE_BLOCKED 21=STOPPED_BY_IT 22=NOT_ENTITLED"
    );
}

#[test]
fn a_code_and_a_key_of_a_newer_version_pass() {
    let mut bytes = feltbog_protocol::encode(&Problem::new(ErrorCode::Unknown(200)));
    let problem: Problem = feltbog_protocol::decode(&bytes).unwrap();
    assert_eq!(problem.code, ErrorCode::Unknown(200));
    // A map of one entry becomes a map of two: key 99 with the value true.
    bytes[0] += 1;
    bytes.extend_from_slice(&[0x18, 99, 0xf5]);
    assert!(feltbog_protocol::decode::<Problem>(&bytes).is_ok_and(|p| p.code == ErrorCode::Unknown(200)));
}

#[test]
fn a_changed_letter_in_an_invitation_is_noticed() {
    let text = String::from_utf8(invitation()).unwrap();
    for at in [8, 40, text.len() / 2, text.len() - 1] {
        let mut altered = text.clone().into_bytes();
        altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
        assert!(String::from_utf8(altered).unwrap().parse::<Invitation>().is_err(), "letter {at}");
    }
    let (first, second) = text.split_at(100);
    assert!(format!("{first}\n  {second}").parse::<Invitation>().is_ok(), "line breaks of a letter do not matter");
}

/// Run with `--ignored` only together with a new version of the format.
#[test]
#[ignore = "writes the golden files"]
fn write_the_golden_files() {
    for (name, make) in GOLDEN {
        fs::write(path(name), make()).unwrap();
    }
}
