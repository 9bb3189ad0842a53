//! What is small on the wire and would be huge in memory. Every byte that is allocated is counted, in this program only.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what the workspace allows in tests, for their helpers too"
)]

mod change_bombs;
mod shapes;

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use feltbog_fuzz::TARGETS;
use feltbog_notes::{ApplyError, Caps, Document, apply};
use feltbog_protocol::{
    CertificateBundle, Deposit, EnrolRequest, KeyRecord, ReceiptProof, SetupRequest, SyncReply, SyncRequest, limits,
};
use feltbog_sealing::{Codec, Payload, PayloadError};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use peak_alloc::PeakAlloc;

use shapes::{SHAPES, many_in_the_array_of};

#[global_allocator]
static COUNTED: PeakAlloc = PeakAlloc;

/// What any one input may make us allocate.
const MOST: usize = 64 * 1024 * 1024;

/// One at a time: the count is of the whole program.
static ALONE: Mutex<()> = Mutex::new(());

/// The most that was allocated at once while `work` ran, beyond what was before.
fn peak_of<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = COUNTED.current_usage();
    COUNTED.reset_peak_usage();
    let done = work();
    (done, COUNTED.peak_usage().saturating_sub(before))
}

#[track_caller]
fn bounded<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (done, peak) = peak_of(work);
    assert!(peak <= MOST, "{what}: {} MiB", peak / 1024 / 1024);
    done
}

#[test]
fn the_count_sees_what_is_allocated() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (kept, peak) = peak_of(|| vec![1_u8; MOST + 1]);
    assert!(peak > MOST && kept.len() > MOST);
}

fn deflated(plain: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

fn payload_of(claimed: u32, packed: &[u8]) -> Vec<u8> {
    [claimed.to_be_bytes().as_slice(), &u32::try_from(packed.len()).unwrap().to_be_bytes(), packed].concat()
}

#[test]
fn a_payload_never_inflates_beyond_its_limit_whatever_it_says() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for (name, shape) in SHAPES {
        for size in [1 << 10, 1 << 14, 1 << 18, limits::PLAINTEXT, 1 << 24, 1 << 26] {
            let packed = deflated(&shape(size));
            for claimed in [u32::try_from(size).unwrap(), u32::try_from(limits::PLAINTEXT).unwrap(), u32::MAX, 0] {
                let bytes = payload_of(claimed, &packed);
                let read = bounded(&format!("{name} of {size}, {claimed} claimed"), || {
                    Payload::unpack_as(Codec::Cbor, &bytes)
                });
                if size > limits::PLAINTEXT {
                    assert_eq!(read.err(), Some(PayloadError::TooLarge), "{name} of {size}");
                }
            }
        }
    }
}

/// One-byte changes: each becomes a vector of its own.
#[test]
fn a_payload_of_very_many_very_small_changes_stays_small() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for count in [10_u32, 1_000, 100_000, 500_000, 1_000_000, 1_048_500] {
        let mut plain = vec![0x82, 0x50];
        plain.extend_from_slice(&[1; 16]);
        plain.extend_from_slice(&[0x81, 0x83, 0x50]);
        plain.extend_from_slice(&[2; 16]);
        plain.extend_from_slice(&[3, 0x9a]);
        plain.extend_from_slice(&count.to_be_bytes());
        plain.resize(plain.len() + count as usize, 0x40);
        let bytes = payload_of(u32::try_from(plain.len()).unwrap(), &deflated(&plain));
        let read = bounded(&format!("{count} changes"), || Payload::unpack_as(Codec::Cbor, &bytes)).unwrap();
        let mut document = Document::new(feltbog_domain::DocumentKind::Entry);
        let changes = &read.documents[0].changes;
        let taken = bounded(&format!("{count} changes applied"), || apply(&mut document, changes, &Caps::default()));
        assert_eq!(taken, Err(ApplyError::Malformed));
    }
}

#[test]
fn no_decoder_is_made_to_allocate_by_a_shape_of_any_size() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for target in TARGETS {
        for (name, shape) in SHAPES {
            for size in [1 << 8, 1 << 12, 1 << 16, limits::ENVELOPE_BODY, 1 << 20, limits::REQUEST_BODY] {
                // The first byte is the kind of a document, where there is one.
                let bytes = [&[3], shape(size).as_slice()].concat();
                for bytes in [&bytes, &bytes[1..]] {
                    bounded(&format!("{}: {name} of {size}", target.name), || (target.run)(bytes));
                }
            }
        }
    }
}

fn decodes<T: for<'b> minicbor::Decode<'b, ()>>(bytes: &[u8]) -> bool {
    feltbog_protocol::decode::<T>(bytes).is_ok()
}

/// The smallest members that the arrays of a message can have, as many as fit into the largest message.
#[test]
fn no_message_is_made_to_allocate_by_very_many_members_of_an_array() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    /// The largest reply a device reads.
    const REPLY: usize = 8 * 1024 * 1024;
    let (request, body) = (limits::REQUEST_BODY, limits::ENVELOPE_BODY);
    let ask = [[0x83, 0x50].as_slice(), &[0; 16], &[0, 0]].concat();
    let done = [[0x84, 0x50].as_slice(), &[0; 16], &[0, 0, 0xf4]].concat();
    let statement = [[0x83, 0x40, 0x82, 1, 0x80, 0x58, 64].as_slice(), &[0; 64]].concat();
    let disposed = [[0x82, 0x58, 32].as_slice(), &[0; 32], &[0]].concat();
    type Case<'a> = (&'a str, fn(&[u8]) -> bool, u8, &'a [u8], usize);
    let cases: [Case<'_>; 10] = [
        ("push", decodes::<SyncRequest>, 4, &[0x40], request),
        ("backfill", decodes::<SyncRequest>, 5, &ask, request),
        ("proofs", decodes::<SyncRequest>, 9, &[0x83], request),
        ("results", decodes::<SyncReply>, 2, &[0x82, 0, 0], REPLY),
        ("rows", decodes::<SyncReply>, 5, &[0x82, 0, 0x40], REPLY),
        ("backfill rows", decodes::<SyncReply>, 7, &[0x82, 0, 0x40], REPLY),
        ("backfill done", decodes::<SyncReply>, 8, &done, REPLY),
        ("recipients", decodes::<KeyRecord>, 3, &[0x83, 0x82, 2, 0x80, 0, 0x40], body),
        ("deposit's recipients", decodes::<Deposit>, 3, &[0x83, 0x82, 2, 0x80, 0, 0x40], body),
        ("statements", decodes::<CertificateBundle>, 0, &statement, body),
    ];
    for (name, decode, key, member, most) in cases {
        for size in [most / 1024, most / 64, most / 8, most / 4, most / 2, most - 16] {
            let bytes = many_in_the_array_of(key, member, size);
            bounded(&format!("{name}: {size} bytes"), || decode(&bytes));
        }
    }
    let receipt = [[0x84, 0, 0, 0x58, 32].as_slice(), &[0; 32], &[0x58, 64], &[0; 64]].concat();
    let links = [[0x83, 0x50].as_slice(), &[0; 16], &receipt].concat();
    let count = u32::try_from(body / disposed.len()).unwrap();
    let proof = [links.as_slice(), &[0x9a], &count.to_be_bytes(), &disposed.repeat(count as usize)].concat();
    assert!(bounded("links of a proof", || decodes::<ReceiptProof>(&proof)));
    for nested in [decodes::<EnrolRequest>, decodes::<SetupRequest>] {
        bounded("an envelope of the largest size", || nested(&many_in_the_array_of(2, &[0x40], request)));
    }
}
