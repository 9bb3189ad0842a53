//! A server, a municipality and its devices, for tests. Wraps are junk: the server cannot tell.

mod busy;
mod client;
mod device;
mod documented;
mod erasure;
mod facts;
mod folder;
mod invitation;
mod program;
mod provider;
mod reader;
mod server;
mod tenant;

pub use busy::Busy;
pub use client::{Answer, get, post, post_raw, try_post, try_raw};
pub use device::answer_of;
pub use device::{Refused, TestDevice};
pub use documented::is_documented;
pub use erasure::{confirm_erasure, hash_of, propose_entry_erasure, propose_erasure, purged};
pub use facts::{enrolled, facts, report, report_of, told};
pub use folder::{
    bundle, close, content, cover, deposit, grant, key_record, new_folder, new_read_log, reading, recipient, reserve,
    revoke, rotate,
};
pub use invitation::{TestInvitation, send_enrol, send_enrol_with};
pub use program::{Serving, json, run, try_run};
pub use provider::{FakeProvider, Token, ec_jwk, new_ec_key};
pub use reader::Reader;
pub use server::{ServerCopy, TestServer};
pub use tenant::{FirstDevice, TestTenant, bundle_of, certify, send_setup, user_key_statement};

use std::sync::atomic::{AtomicU64, Ordering};

use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};

/// 32 bytes that no other call gives.
pub fn fresh() -> [u8; 32] {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    Sha256::digest(COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes()).into()
}

/// An id that no other call gives.
pub fn fresh_id<T: From<[u8; 16]>>() -> T {
    T::from(fresh()[..16].try_into().unwrap())
}

/// A key that no other call gives.
pub fn fresh_key() -> SigningKey {
    SigningKey::from_bytes(&fresh())
}

/// The clock the server uses as well.
pub fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}
