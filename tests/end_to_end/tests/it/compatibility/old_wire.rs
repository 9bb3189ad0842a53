//! The messages as build 1 had them, written off once and never changed: what that build can read, and what it must find.

use minicbor::{Decode, Encode};

/// `POST /v1/sync`, the device's half.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OldRequest {
    #[n(1)]
    pub hello: OldHello,
    #[cbor(n(2), with = "minicbor::bytes")]
    pub epoch: [u8; 16],
    #[n(3)]
    pub cursor: u64,
    #[n(4)]
    pub push: Vec<OldBytes>,
    #[n(5)]
    pub backfill: Vec<OldAsk>,
    #[n(6)]
    pub max_bytes: u32,
    #[n(7)]
    pub durable_ack: u64,
    #[n(8)]
    pub stats: OldStats,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct OldHello {
    #[n(0)]
    pub protocol: u32,
    #[n(1)]
    pub build: u32,
    #[n(2)]
    pub features: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OldStats {
    #[n(1)]
    pub quarantined: u32,
    #[n(2)]
    pub unsent: u32,
    #[n(3)]
    pub oldest_unsent_hours: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct OldAsk {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub folder: [u8; 16],
    #[n(1)]
    pub after: u64,
    #[n(2)]
    pub until: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct OldBytes(#[cbor(n(0), with = "minicbor::bytes")] pub Vec<u8>);

/// `POST /v1/sync`, the server's half.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OldReply {
    #[n(1)]
    pub clock: OldClock,
    #[n(2)]
    pub results: Vec<OldResult>,
    #[n(3)]
    pub last_dseq: u64,
    #[n(4)]
    pub receipt: Option<OldReceipt>,
    #[n(5)]
    pub rows: Vec<OldRow>,
    #[n(6)]
    pub cursor: u64,
    #[n(7)]
    pub backfill_rows: Vec<OldRow>,
    #[n(8)]
    pub backfill_done: Vec<OldDone>,
    #[n(9)]
    pub more: bool,
    #[n(10)]
    pub durable_seq: u64,
    #[n(11)]
    pub lease: Option<OldLease>,
    #[n(12)]
    pub wait_s: Option<u32>,
    #[n(13)]
    pub spread_s: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct OldClock {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub epoch: [u8; 16],
    #[n(1)]
    pub head: u64,
    #[n(2)]
    pub time_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct OldResult {
    #[n(0)]
    pub dseq: u64,
    #[n(1)]
    pub code: u8,
    #[n(2)]
    pub seq: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct OldReceipt {
    #[n(0)]
    pub first: u64,
    #[n(1)]
    pub last: u64,
    #[cbor(n(2), with = "minicbor::bytes")]
    pub chain: [u8; 32],
    #[cbor(n(3), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct OldRow {
    #[n(0)]
    pub seq: u64,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub envelope: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct OldDone {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub folder: [u8; 16],
    #[n(1)]
    pub after: u64,
    #[n(2)]
    pub until: u64,
    #[n(3)]
    pub done: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct OldLease {
    #[n(0)]
    pub until_ms: i64,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

/// The answer to `POST /v1/setup` and `POST /v1/enrol`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OldEnrolReply {
    #[n(1)]
    pub clock: OldClock,
    #[n(2)]
    pub cert_seq: u64,
    #[n(3)]
    pub lease: Option<OldLease>,
}

/// Reads a message as build 1 did, which refused anything after its end.
pub fn read<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> T {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder.decode().unwrap();
    assert_eq!(decoder.position(), bytes.len(), "bytes after the end of the message");
    value
}
