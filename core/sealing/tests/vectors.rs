//! The test vectors of `core/docs/protocol.md`, for whoever writes a second client.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails may panic")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use data_encoding::HEXLOWER;
use ed25519_dalek::VerifyingKey;
use feltbog_domain::{DeviceId, FolderId, MemberId, TenantId};
use feltbog_protocol::{
    Draft, Envelope, EnvelopeHash, Grant, Header, Lease, Principal, Receipt, ReceiptChain, Recipient, RefusalCode,
    RequestSignature, padme,
};
use feltbog_sealing::{FolderKey, FolderKeyContext, Secret, SigningPair, WrapPair, open};

const TENANT: TenantId = TenantId::new([1; 16]);
const FOLDER: FolderId = FolderId::new([2; 16]);
const DEVICE: DeviceId = DeviceId::new([3; 16]);
const MEMBER: MemberId = MemberId::new([4; 16]);
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/protocol-vectors.txt");

fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

fn signer() -> SigningPair {
    SigningPair::from_seed(&Secret::new([9; 32]))
}

fn folder_key() -> FolderKey {
    FolderKey::from_secret(Secret::new([10; 32]))
}

fn context() -> FolderKeyContext {
    FolderKeyContext { tenant: TENANT, folder: FOLDER, epoch: 1 }
}

fn holder() -> WrapPair {
    WrapPair::from_seed(&Secret::new([12; 32]))
}

fn grant_envelope() -> Envelope {
    let header = Header {
        kind: 4,
        suite: 0,
        codec: 0,
        tenant: TENANT,
        folder: FOLDER,
        lineage: 0,
        key_epoch: 0,
        device: DEVICE,
        dseq: 7,
        base_seq: 0,
        prev: EnvelopeHash([6; 32]),
        salt: [0; 16],
        commitment: [0; 32],
    };
    let body = feltbog_protocol::encode(&Grant { member: MEMBER, rights: 3, until_ms: None, cover_for: None });
    signer().sign_envelope(Draft::new(header, &body).unwrap())
}

/// Everything that is the same in every run.
fn computed() -> Vec<(&'static str, String)> {
    let grant = grant_envelope();
    let chain = ReceiptChain::default().with(7, grant.hash(), RefusalCode::Ok).with(
        8,
        EnvelopeHash([5; 32]),
        RefusalCode::NoGrant,
    );
    let older = FolderKey::from_secret(Secret::new([13; 32]));
    let second = FolderKeyContext { epoch: 2, ..context() };
    vec![
        ("signing_seed", hex(&[9; 32])),
        ("signing_public", hex(&signer().public())),
        ("grant_body", hex(grant.body())),
        ("grant_envelope", hex(grant.bytes())),
        ("grant_env_hash", hex(&grant.hash().0)),
        ("folder_key", hex(&[10; 32])),
        ("folder_key_commitment_epoch_1", hex(&folder_key().commitment(&context()))),
        ("folder_key_epoch_1_hidden_under_epoch_2", hex(&folder_key().hide_predecessor(&second, &older))),
        ("wrap_seed", hex(&[12; 32])),
        ("wrap_public", hex(&holder().public())),
        ("receipt_chain_after_7_ok", hex(ReceiptChain::default().with(7, grant.hash(), RefusalCode::Ok).bytes())),
        ("receipt_chain_after_8_no_grant", hex(chain.bytes())),
        ("receipt_signed_bytes", hex(&Receipt::signed_bytes(TENANT, &[14; 16], DEVICE, 7, 8, chain.bytes()))),
        ("lease_signed_bytes", hex(&Lease::signed_bytes(TENANT, DEVICE, 1_774_000_000_000))),
        (
            "request_signed_bytes",
            hex(&RequestSignature::signed_bytes(TENANT, "POST", "/v1/sync", b"body", 1_774_000_000_000, &[15; 16])),
        ),
        ("padme_of_1000", padme(1000).to_string()),
        ("change_set_codec_1", hex(include_bytes!("../golden/change_set.v1.bin"))),
        ("change_set_codec_2", hex(include_bytes!("../golden/change_set.codec_2.bin"))),
    ]
}

fn written() -> BTreeMap<String, String> {
    let text = fs::read_to_string(PATH).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split_once(" = ").map(|(name, value)| (name.into(), value.into())).unwrap()).collect()
}

#[test]
fn the_vectors_of_the_document_are_what_this_program_computes() {
    let written = written();
    for (name, value) in computed() {
        assert_eq!(written.get(name), Some(&value), "{name}");
    }
    assert_eq!(written.len(), computed().len() + 1, "a vector nobody checks");
}

#[test]
fn the_wrap_of_the_document_opens_for_its_holder() {
    let wrap = HEXLOWER.decode(written()["wrap_for_member_epoch_1"].as_bytes()).unwrap();
    let recipient = Recipient { principal: Principal::Member(MEMBER), epoch: 1, wrap };
    let opened = FolderKey::unwrap(&context(), &recipient, &holder(), &folder_key().commitment(&context())).unwrap();
    assert_eq!(opened.secret().expose(), &[10; 32]);
}

#[test]
fn the_change_sets_of_the_document_open_to_the_same_document() {
    let written = written();
    let key = VerifyingKey::from_bytes(&signer().public()).unwrap();
    for name in ["change_set_codec_1", "change_set_codec_2"] {
        let bytes = HEXLOWER.decode(written[name].as_bytes()).unwrap();
        let opened = open(&Envelope::decode(bytes).unwrap().verify(&key).unwrap(), &folder_key()).unwrap();
        let [document] = opened.documents() else { panic!("one document") };
        assert_eq!((document.kind, *opened.seen()), (3, [8; 16]));
        assert_eq!(document.changes, [b"Hun vil gerne arbejde i et k\xc3\xb8kken.".to_vec()]);
    }
}

/// Run with `--ignored` only together with a new version of the format.
#[test]
#[ignore = "writes the vectors"]
fn write_the_vectors() {
    let mut text = String::from("# Test vectors of core/docs/protocol.md; bytes in hexadecimal.\n");
    for (name, value) in computed() {
        writeln!(text, "{name} = {value}").unwrap();
    }
    let recipient = folder_key().wrap_for(&context(), Principal::Member(MEMBER), 1, &holder().public()).unwrap();
    writeln!(text, "wrap_for_member_epoch_1 = {}", hex(&recipient.wrap)).unwrap();
    fs::write(PATH, text).unwrap();
}
