//! Every decoder under hostile input: one function per decoder, which takes any bytes and checks what must hold of them.
//!
//! ```text
//! TARGETS ──┬─ tests/it: seeded mutations of the corpus, on stable, in every run of the tests
//!           └─ fuzz_targets/*.rs: the same functions as programs of libFuzzer
//! ```
//!
//! A target returns whether the bytes were taken for what they should be, and panics where a promise is broken:
//! reading never panics, what was read and written again reads the same and is not much longer, and nothing that is signed,
//! sealed or checked is taken once a byte of it is another.
//!
//! Coverage-guided: `cargo +nightly fuzz run --fuzz-dir tests/fuzz --features libfuzzer envelope`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a target fails loudly"
)]

mod certificates;
mod documents;
mod frame;
mod mutate;
mod proofs;
mod secrets;
pub mod specimens;
mod texts;
mod wire;

pub use certificates::{certificates, roster};
pub use documents::{change, heads, payload, repaired_change, saved_document};
pub use frame::{envelope, resigned_envelope};
pub use mutate::mutate;
pub use proofs::{lease, receipt_proof, request_signature};
pub use secrets::{host_token, key_file, recovery_share};
pub use texts::{bootstrap_code, bridge_request, csv_lines, invitation, survey_file};
pub use wire::{
    deposit, enrol_reply, enrol_request, erase, fact_batch, grant, hand_in_reply, hand_in_request, key_record,
    login_reply, login_request, problem, purge_receipt, revoke, setup_request, sync_reply, sync_request,
};

/// One decoder and what must hold of it.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name: that of its program and of its folder in the corpus.
    pub name: &'static str,
    /// Feeds it. Returns whether the bytes were taken.
    pub run: fn(&[u8]) -> bool,
}

macro_rules! targets {
    ($($name:ident),+ $(,)?) => {
        /// All of them.
        pub const TARGETS: &[Target] = &[$(Target { name: stringify!($name), run: $name }),+];
    };
}

targets![
    envelope,
    resigned_envelope,
    key_record,
    grant,
    revoke,
    deposit,
    erase,
    purge_receipt,
    fact_batch,
    certificates,
    roster,
    sync_request,
    sync_reply,
    enrol_request,
    enrol_reply,
    login_request,
    login_reply,
    hand_in_request,
    hand_in_reply,
    setup_request,
    problem,
    receipt_proof,
    lease,
    invitation,
    bootstrap_code,
    request_signature,
    recovery_share,
    key_file,
    host_token,
    payload,
    change,
    repaired_change,
    saved_document,
    heads,
    csv_lines,
    survey_file,
    bridge_request,
];
