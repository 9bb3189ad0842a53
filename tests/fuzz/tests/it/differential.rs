//! Two readings of an envelope agree on whatever comes.

use feltbog_fuzz::{mutate, specimens};
use feltbog_harness::Chance;
use feltbog_protocol::{Envelope, EnvelopeHash, SIGNATURE_LEN};
use sha2::{Digest, Sha256};

use crate::naive_envelope::{Naive, read};

/// In the ordinary run; `FELTBOG_FUZZ_CASES` asks for more.
const CASES: u64 = 100_000;

fn fields(envelope: &Envelope) -> Naive<'_> {
    let header = envelope.header();
    Naive {
        kind: header.kind,
        suite: header.suite,
        codec: header.codec,
        tenant: header.tenant.as_bytes(),
        folder: header.folder.as_bytes(),
        lineage: header.lineage.into(),
        key_epoch: header.key_epoch.into(),
        device: header.device.as_bytes(),
        dseq: header.dseq,
        base_seq: header.base_seq,
        prev: &header.prev.0,
        salt: &header.salt,
        commitment: &header.commitment,
        body: envelope.body(),
        signature: &envelope.bytes()[envelope.bytes().len() - SIGNATURE_LEN..],
    }
}

#[test]
fn a_naive_reading_of_the_frame_agrees_with_the_real_one() {
    let cases = std::env::var("FELTBOG_FUZZ_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES);
    let specimens = specimens::of("envelope");
    let mut both = 0;
    for case in 0..cases {
        let bytes = mutate(&mut Chance::of(case), &specimens);
        let real = Envelope::decode(bytes.clone()).ok();
        assert_eq!(real.as_ref().map(fields), read(&bytes), "case {case}");
        if let Some(real) = &real {
            let unsigned = &bytes[..bytes.len() - SIGNATURE_LEN];
            assert_eq!(real.hash(), EnvelopeHash(Sha256::digest(unsigned).into()), "case {case}");
            both += 1;
        }
    }
    println!("{both} of {cases} are envelopes");
    assert!(both > cases / 10 && both < cases - cases / 10, "{both}");
}

#[test]
fn both_readings_draw_the_line_at_the_same_length() {
    for kind in 0..=u8::MAX {
        let cap = match kind {
            2 => 4 * 1024 * 1024,
            11 => 320 * 1024,
            _ => 256 * 1024,
        };
        for (length, fits) in [(0, true), (cap, true), (cap + 1, false)] {
            let mut bytes = vec![0; 164 + length + 64];
            bytes[..5].copy_from_slice(b"FELT\x01");
            bytes[5] = kind;
            bytes[160..164].copy_from_slice(&u32::try_from(length).unwrap().to_be_bytes());
            assert_eq!(read(&bytes).is_some(), fits, "kind {kind}, {length}");
            assert_eq!(Envelope::decode(bytes).is_ok(), fits, "kind {kind}, {length}");
        }
    }
}
