//! What the engine starts from and ends with.

use feltbog_domain::MemberId;
use feltbog_protocol::{BackfillAsk, ErrorCode, Hello, LogPoint, PushResult, ReceiptProof, Stats};

/// What was stored when the last exchange ended. There is no engine without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedState {
    /// Whose device this is: grants about this member open backfills.
    pub member: MemberId,
    /// Who asks.
    pub hello: Hello,
    /// The log's epoch last seen; zero at first.
    pub epoch: [u8; 16],
    /// Every row up to here is stored, or was not for this device.
    pub cursor: u64,
    /// Folders that are still being filled up.
    pub backfills: Vec<BackfillAsk>,
    /// The highest own number whose receipt is stored.
    pub durable_ack: u64,
    /// Counts for the server.
    pub stats: Stats,
    /// Where this device stood with the log, newest first.
    pub points: Vec<LogPoint>,
    /// How long the stored lease lasts, milliseconds since 1970.
    pub lease_until_ms: Option<i64>,
    /// Whether the log was restored since this device first saw it.
    pub restored: bool,
}

/// Where the server's log stands, told to a device that was further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setback {
    /// The log's epoch now.
    pub epoch: [u8; 16],
    /// Rows up to here are as they were.
    pub base_seq: u64,
    /// Own envelopes up to here are known.
    pub last_dseq: u64,
}

/// Everything that is to be sent, and the receipts that speak for what was sent once before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outbox {
    /// Own envelopes without a result, in order.
    pub queued: Vec<Queued>,
    /// Receipts of those a restored server has forgotten.
    pub proofs: Vec<ReceiptProof>,
    /// All of it was sealed knowing every erasure up to this row.
    pub knows_erasures_to: u64,
}

/// An own envelope without a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Its number.
    pub dseq: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why an exchange did not come through. What was committed before stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No answer.
    Unreachable,
    /// The server refused the request.
    Refused(ErrorCode),
    /// The server is busy; seconds to wait.
    Busy(u32),
    /// The answer cannot be read, or its receipt is not signed by the server.
    Untrusted,
    /// The device's own database refused.
    Store,
    /// The server's answers never came to an end.
    Endless,
}

/// What an exchange did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Results of pushed envelopes, in order.
    pub results: Vec<PushResult>,
    /// Rows that came in, own ones included.
    pub rows: u64,
    /// Round trips that were answered.
    pub turnarounds: u32,
    /// The newest row of the server's log.
    pub head: u64,
    /// The server was restored and holds content back until a leader's device was there.
    pub healing: bool,
    /// Why it ended early, if it did.
    pub failure: Option<Failure>,
}
