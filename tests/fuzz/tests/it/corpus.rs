//! Writes the specimens. What is frozen elsewhere is copied; the rest is made of fixed seeds, but for what draws random
//! numbers by itself.

use std::fs;

use feltbog_bridge::{ConsentTyped, LogEntry, NewCase, Request};
use feltbog_domain::{CaseId, DocumentId, DocumentKind, EntryFields, EntryKind, FolderId, MemberId, ProgrammeId};
use feltbog_fuzz::specimens::{self, DEVICE, TENANT, local_key, pair};
use feltbog_notes::{ActorBytes, Document, HeadFields, Heads, RegisterFields};
use feltbog_protocol::{
    BackfillAsk, BackfillPart, BootstrapCode, CertificateBundle, Deposit, DisposedEnvelope, Draft, EnrolRequest,
    Envelope, EnvelopeBytes, EnvelopeHash, EnvelopeKind, ErrorCode, HandInReply, HandInRequest, Lease, LogPoint,
    Principal, Problem, PushResult, Receipt, ReceiptChain, ReceiptProof, Recipient, RefusalCode, Revoke, RevokeReason,
    ServerClock, SetupRequest, SyncReply, SyncRequest, encode,
};
use feltbog_sealing::{HostToken, KeyFile, Payload, RecoveryShare, RootSeed, SealedDocument, Secret};

fn golden(name: &str) -> Vec<u8> {
    let core = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core");
    let name = format!("{name}.v1.bin");
    fs::read(core.join("protocol/golden").join(&name))
        .or_else(|_| fs::read(core.join("sealing/golden").join(name)))
        .unwrap()
}

fn body_of(name: &str) -> Vec<u8> {
    Envelope::decode(golden(name)).unwrap().body().to_vec()
}

fn write(target: &str, name: &str, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(specimens::folder(target)).unwrap();
    fs::write(specimens::folder(target).join(name), bytes).unwrap();
}

/// Run with `--ignored` only when a format has a new version or a target is new; secrets and receipts come out anew.
#[test]
#[ignore = "writes the corpus"]
fn write_the_corpus() {
    envelopes();
    certificates();
    messages();
    signed_by_the_server();
    texts();
    secrets();
    documents();
}

fn envelopes() {
    for name in ["change_set", "grant", "key_record", "added_wraps", "certificates"] {
        write("envelope", name, golden(name));
    }
    let strange = Draft::new(specimens::header(EnvelopeKind::Grant, 0), &[]).unwrap().signed([0; 64]);
    write("envelope", "no_body", strange.bytes());
    for name in ["change_set", "grant"] {
        write("resigned_envelope", name, golden(name));
    }
    write("grant", "until", body_of("grant"));
    write("key_record", "new_epoch", body_of("key_record"));
    write("key_record", "added_wraps", body_of("added_wraps"));
    let member = Some(MemberId::new([11; 16]));
    write("revoke", "member", encode(&Revoke { member, reason: RevokeReason::HandedOver, to: None }));
    write("revoke", "closed", encode(&Revoke { member: None, reason: RevokeReason::ConsentWithdrawn, to: None }));
    let wrap = Recipient { principal: Principal::Member(MemberId::new([11; 16])), epoch: 1, wrap: vec![7; 80] };
    let deposit = Deposit {
        reason: RefusalCode::NoGrant,
        envelope: golden("change_set"),
        commitment: [4; 32],
        recipients: vec![wrap],
    };
    write("deposit", "one", encode(&deposit));
    for step in ["erase_proposal", "erase_confirmation"] {
        write("erase", step, body_of(step));
    }
    write("purge_receipt", "one", body_of("purge_receipt"));
    write("fact_batch", "one", body_of("fact_batch"));
}

fn certificates() {
    let all: CertificateBundle = feltbog_protocol::decode(&body_of("certificates")).unwrap();
    let (founding, rest) = all.statements.split_at(5);
    let joining = &rest[..4];
    for target in ["certificates", "roster"] {
        write(target, "founding", encode(&CertificateBundle { statements: founding.to_vec() }));
        write(target, "joining", encode(&CertificateBundle { statements: joining.to_vec() }));
    }
    write("certificates", "all", encode(&all));
}

fn messages() {
    write("sync_request", "first_build", golden("sync_request"));
    write("sync_reply", "first_build", golden("sync_reply"));
    write("enrol_reply", "plain", golden("enrol_reply"));
    let newest = SyncRequest {
        push: vec![EnvelopeBytes(golden("grant")), EnvelopeBytes(golden("key_record"))],
        backfill: vec![BackfillAsk { part: BackfillPart::Access, ..BackfillAsk::whole(FolderId::NONE, 0, 9) }],
        proofs: vec![proof()],
        points: vec![LogPoint { seq: 4, chain: [9; 8] }, LogPoint::ORIGIN],
        lease_until_ms: Some(1_777_000_000_000),
        ..SyncRequest::default()
    };
    write("sync_request", "newest", encode(&newest));
    write("sync_reply", "empty", encode(&SyncReply::default()));
    let envelope = || EnvelopeBytes(golden("certificates"));
    write(
        "enrol_request",
        "one",
        encode(&EnrolRequest { tenant: TENANT, envelope: envelope(), lease: None, login: None }),
    );
    write("login_request", "one", golden("login_request"));
    write("login_reply", "one", golden("login_reply"));
    write("problem", "login_required", golden("login_wanted"));
    write("hand_in_request", "one", encode(&HandInRequest { tenant: TENANT, envelopes: vec![envelope()] }));
    let results = vec![PushResult { dseq: 5, code: RefusalCode::Ok, seq: Some(9) }];
    let signed = HandInReply { clock: ServerClock::default(), results, receipt: proof().receipt };
    write("hand_in_reply", "one", encode(&signed));
    let setup = SetupRequest { tenant: TENANT, secret: [8; 16], root: specimens::root_public(), envelope: envelope() };
    write("setup_request", "one", encode(&setup));
    write("problem", "plain", encode(&Problem::new(ErrorCode::BadRequest)));
    let epoch = Problem {
        epoch: Some([1; 16]),
        base_seq: Some(7),
        last_dseq: Some(3),
        ..Problem::new(ErrorCode::EpochChanged)
    };
    write("problem", "epoch_changed", encode(&epoch));
}

/// The server's key has the seed 202, as in the golden certificates.
fn proof() -> ReceiptProof {
    let codes = [RefusalCode::Ok, RefusalCode::NoGrant, RefusalCode::Ok];
    let disposed: Vec<DisposedEnvelope> =
        codes.into_iter().zip(1_u8..).map(|(code, n)| DisposedEnvelope { hash: [n; 32], code }).collect();
    let chain = disposed
        .iter()
        .zip(5..)
        .fold(ReceiptChain::default(), |chain, (link, dseq)| chain.with(dseq, EnvelopeHash(link.hash), link.code));
    let signed = Receipt::signed_bytes(TENANT, &[4; 16], DEVICE, 5, 7, chain.bytes());
    let receipt = Receipt { first: 5, last: 7, chain: *chain.bytes(), signature: sign(202, &signed) };
    ReceiptProof { epoch: [4; 16], receipt, disposed }
}

fn sign(seed: u8, bytes: &[u8]) -> [u8; 64] {
    use ed25519_dalek::Signer;
    ed25519_dalek::SigningKey::from_bytes(&[seed; 32]).sign(bytes).to_bytes()
}

fn signed_by_the_server() {
    write("receipt_proof", "three", encode(&proof()));
    let until_ms = 1_777_000_000_000;
    let signature = sign(202, &Lease::signed_bytes(TENANT, DEVICE, until_ms));
    write("lease", "one", encode(&Lease { until_ms, signature }));
    let request = pair(10).sign_request(TENANT, DEVICE, "POST", "/v1/sync", b"", 1_774_000_000_000);
    write("request_signature", "empty_body", request.to_string());
}

fn texts() {
    let core = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core");
    write("invitation", "consultant", fs::read(core.join("protocol/golden/invitation.v1.txt")).unwrap());
    let code = BootstrapCode { tenant: TENANT, secret: [8; 16], server_key: specimens::server_public() };
    write("bootstrap_code", "one", code.to_text());
    write("heads", "one", Document::new(DocumentKind::Entry).heads().to_string());
    write("heads", "two", Heads::new(vec![[3; 32], [7; 32]]).to_string());
    let quoted =
        "nr;navn;note\r\n17;Åse;\"to\r\nlinjer; og \"\"mere\"\"\"\r\n18;Bo;\r\n\r\n19;\"åben;x\r\n20;for få\r\n";
    write("csv_lines", "quoted", quoted);
    write("csv_lines", "plain", "a;b\n1;2\n3;4\n");
    let units = "enhed;svar;viden;viden_fra;grunde;uddannelse;i_maalgruppen;tilbudt;i_indsatsen\n\
        Jobcenter Slagelse;ja;nej;møde;;uddannet;40;20;10\n'=B;;ja;netværk;;;;;\n\"Køge; øst\";nej;;;mentor, udgifter;;;;\n";
    write("survey_file", "units", units);
    requests();
}

fn requests() {
    let entry = LogEntry {
        kind: "employer_visit".into(),
        minutes: Some(30),
        note: "Talte om en prøvevagt.".into(),
        ..LogEntry::default()
    };
    let case = NewCase {
        number: "17".into(),
        name: "Borger".into(),
        consent_types: vec!["jobmål".into()],
        ..NewCase::default()
    };
    let consent = Request::GiveConsent(ConsentTyped {
        case: "17".into(),
        types: vec!["jobmål".into()],
        from_organisation: None,
        to_organisation: Some("Psykiatrien".into()),
        from: None,
        until: Some("2027-01-01".into()),
    });
    let edit = Request::EditNote { entry: "00".repeat(16), text: "Ny \u{1F600}".into(), heads: vec!["ab".repeat(32)] };
    let requests = [
        ("status", Request::Status),
        ("log", Request::LogEntry(Box::new(entry))),
        ("case", Request::NewCase(case)),
        ("consent", consent),
        ("edit", edit),
    ];
    for (name, request) in requests {
        write("bridge_request", name, serde_json::to_vec(&request).unwrap());
    }
}

fn secrets() {
    let shares = RecoveryShare::split(&RootSeed::from_secret(Secret::new([3; 32])));
    for (share, name) in shares.iter().zip(["first", "second", "third"]) {
        write("recovery_share", name, share.to_text());
    }
    let (file, _) = KeyFile::create("en lang sætning".as_bytes()).unwrap();
    write("key_file", "one", file.to_bytes());
    write("host_token", "sealed", HostToken::random().sealed(&local_key()));
}

fn documents() {
    let payload = |documents| Payload { seen: [8; 16], documents }.pack().unwrap();
    let document = |n, changes| SealedDocument { document: DocumentId::new([n; 16]), kind: 3, changes };
    write("payload", "empty", payload(Vec::new()));
    write(
        "payload",
        "two",
        payload(vec![document(1, vec![b"en".to_vec(), b"to".to_vec()]), document(2, vec![Vec::new()])]),
    );
    let (mut entry, mut changes) = (Document::new(DocumentKind::Entry), Vec::new());
    let fields = EntryFields::new(EntryKind::EmployerVisit, "2026-03-02T10:00:00+01:00".parse().unwrap());
    let first = entry.write_entry(ActorBytes([0xa1; 16]), &fields, "Talte med køkkenchefen.").unwrap().unwrap().bytes;
    changes.push((DocumentKind::Entry, "entry", first));
    let second = entry.edit_note(ActorBytes([0xb2; 16]), &Heads::newest(), "Talte længe.").unwrap().unwrap().bytes;
    let mut waiting = Document::new(DocumentKind::Entry);
    feltbog_notes::apply(&mut waiting, &[second], &feltbog_notes::Caps::default()).unwrap();
    assert_eq!(waiting.waiting_count(), 1);
    let (mut head, mut row) = (Document::new(DocumentKind::Head), Document::new(DocumentKind::RegisterRow));
    changes.push((
        DocumentKind::Head,
        "head",
        head.write_head(ActorBytes([0xa1; 16]), &head_fields()).unwrap().unwrap().bytes,
    ));
    let change = row.write_register_row(ActorBytes([0xa1; 16]), &register_fields()).unwrap().unwrap().bytes;
    changes.push((DocumentKind::RegisterRow, "register_row", change));
    for (kind, name, change) in changes {
        let with_kind = |bytes: &[u8]| [&[kind.code()], bytes].concat();
        write("change", name, with_kind(&change));
        let length_bytes = change[9..].iter().take_while(|byte| **byte & 0x80 != 0).count() + 1;
        write("repaired_change", name, with_kind(&change[9 + length_bytes..]));
    }
    for (name, document) in [("entry", &entry), ("waiting", &waiting), ("head", &head), ("register_row", &row)] {
        write("saved_document", name, [&[document.kind().code()], document.save().as_slice()].concat());
    }
}

fn head_fields() -> HeadFields {
    HeadFields {
        case: CaseId::new([1; 16]),
        number: "17".into(),
        name: "Borger".into(),
        programme: ProgrammeId::new([2; 16]),
    }
}

fn register_fields() -> RegisterFields {
    RegisterFields {
        case: CaseId::new([1; 16]),
        number: "17".into(),
        name: "Borger".into(),
        folders: vec![FolderId::new([2; 16]), FolderId::new([3; 16])],
        consultants: vec!["Amina".into()],
        therapists: vec!["Bo".into()],
    }
}
