//! The two messages of one exchange (`POST /v1/sync`), as CBOR maps with integer keys; unknown keys are skipped.

mod part;

use feltbog_domain::FolderId;
use minicbor::{Decode, Encode};

use crate::codes::{ErrorCode, RefusalCode};
use crate::log_point::LogPoint;
use crate::login::LoginWanted;
use crate::receipt::{Lease, Receipt, ReceiptProof};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct Hello {
    /// Protocol version.
    #[n(0)]
    pub protocol: u32,
    /// Build number of the app.
    #[n(1)]
    pub build: u32,
    /// Bit set of announced features.
    #[n(2)]
    pub features: u64,
}

/// What a device says of itself; counts only.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct Stats {
    /// Rows put aside.
    #[n(1)]
    pub quarantined: u32,
    /// Changes without a receipt.
    #[n(2)]
    pub unsent: u32,
    /// Age of the oldest of them.
    #[n(3)]
    pub oldest_unsent_hours: Option<u32>,
}

/// Rows of a folder that a grant opened: those with `after < seq <= until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct BackfillAsk {
    /// The folder; [`FolderId::NONE`] asks for certificates and rows about oneself.
    #[cbor(n(0), with = "crate::id_bytes")]
    pub folder: FolderId,
    /// Rows up to here are stored.
    #[n(1)]
    pub after: u64,
    /// Rows beyond come in the main feed.
    #[n(2)]
    pub until: u64,
    /// Which of them.
    #[cbor(n(3), with = "part", has_nil)]
    pub part: BackfillPart,
}

impl BackfillAsk {
    /// Asks for everything of a folder in one run.
    #[must_use]
    pub const fn whole(folder: FolderId, after: u64, until: u64) -> Self {
        Self { folder, after, until, part: BackfillPart::All }
    }
}

/// Which rows of a folder a backfill asks for. A new device fetches the access rows and the newest cold bundle of all its
/// folders first, and can show something long before it has everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode)]
#[cbor(index_only)]
pub enum BackfillPart {
    /// Everything in one run, as the first builds asked.
    #[default]
    #[n(0)]
    All,
    /// Key records, grants and revocations, and the newest cold bundle.
    #[n(1)]
    Access,
    /// Everything else.
    #[n(2)]
    Content,
}

/// A device's half of an exchange.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct SyncRequest {
    /// Who asks.
    #[n(1)]
    pub hello: Hello,
    /// The log's epoch last seen; zero at first.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub epoch: [u8; 16],
    /// Every row up to here is stored, or was not for this device.
    #[n(3)]
    pub cursor: u64,
    /// Envelopes in order of `dseq`.
    #[cbor(n(4), decode_with = "crate::bounded::decode")]
    pub push: Vec<EnvelopeBytes>,
    /// Folders to fill up.
    #[cbor(n(5), decode_with = "crate::bounded::decode")]
    pub backfill: Vec<BackfillAsk>,
    /// Size of the page asked for.
    #[n(6)]
    pub max_bytes: u32,
    /// The highest own `dseq` whose receipt is stored.
    #[n(7)]
    pub durable_ack: u64,
    /// Counts.
    #[n(8)]
    pub stats: Stats,
    /// Receipts that speak for pushed envelopes: what the server once disposed of, it disposes of the same way again.
    #[cbor(n(9), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    pub proofs: Vec<ReceiptProof>,
    /// Where the device stood with the log, newest first: usually one point; all of them, with [`LogPoint::ORIGIN`] last,
    /// when the server asks for more by [`ErrorCode::EpochChanged`] without a place.
    #[cbor(n(10), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    pub points: Vec<LogPoint>,
    /// How long the stored lease lasts, milliseconds since 1970; the server leaves out one that is no better.
    #[n(11)]
    pub lease_until_ms: Option<i64>,
    /// What is pushed was sealed by a device that had taken in every erasure up to this row. Content that was sealed without
    /// knowing of an erasure in its folder is refused, and comes again without what was erased. Versions that do not say it
    /// do not erase single entries either.
    #[n(12)]
    pub knows_erasures_to: Option<u64>,
}

/// An envelope as it travels.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct EnvelopeBytes(#[cbor(n(0), with = "minicbor::bytes")] pub Vec<u8>);

/// The server's clock and log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct ServerClock {
    /// The log's epoch.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub epoch: [u8; 16],
    /// The newest row.
    #[n(1)]
    pub head: u64,
    /// Milliseconds since 1970.
    #[n(2)]
    pub time_ms: i64,
    /// The lowest place at which the log ever began anew after a restore; absent while it never was restored. Beyond it rows
    /// may stand in another order than they were written in.
    #[n(3)]
    pub base_seq: Option<u64>,
}

/// What became of one pushed envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct PushResult {
    /// The envelope's number.
    #[n(0)]
    pub dseq: u64,
    /// The disposition.
    #[n(1)]
    pub code: RefusalCode,
    /// Its row, if it is in the log.
    #[n(2)]
    pub seq: Option<u64>,
}

/// One row of the log.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Row {
    /// Its place.
    #[n(0)]
    pub seq: u64,
    /// The envelope, byte for byte.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub envelope: Vec<u8>,
}

/// How far a backfill has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct BackfillDone {
    /// The folder.
    #[cbor(n(0), with = "crate::id_bytes")]
    pub folder: FolderId,
    /// Rows up to here were sent.
    #[n(1)]
    pub after: u64,
    /// As asked.
    #[n(2)]
    pub until: u64,
    /// Whether nothing is left.
    #[n(3)]
    pub done: bool,
}

/// The server's half of an exchange.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct SyncReply {
    /// Clock and log.
    #[n(1)]
    pub clock: ServerClock,
    /// One result per pushed envelope.
    #[cbor(n(2), decode_with = "crate::bounded::decode")]
    pub results: Vec<PushResult>,
    /// The highest number disposed of for this device.
    #[n(3)]
    pub last_dseq: u64,
    /// Signed, when something was pushed.
    #[n(4)]
    pub receipt: Option<Receipt>,
    /// Rows of the main feed.
    #[cbor(n(5), decode_with = "crate::bounded::decode")]
    pub rows: Vec<Row>,
    /// Looked at up to here.
    #[n(6)]
    pub cursor: u64,
    /// Rows of backfills, in the order of `backfill_done`.
    #[cbor(n(7), decode_with = "crate::bounded::decode")]
    pub backfill_rows: Vec<Row>,
    /// How far each backfill has come.
    #[cbor(n(8), decode_with = "crate::bounded::decode")]
    pub backfill_done: Vec<BackfillDone>,
    /// The page was full: ask again.
    #[n(9)]
    pub more: bool,
    /// Rows up to here are in a verified backup.
    #[n(10)]
    pub durable_seq: u64,
    /// How long the device may work offline.
    #[n(11)]
    pub lease: Option<Lease>,
    /// Seconds to wait before the next exchange that nobody asked for.
    #[n(12)]
    pub wait_s: Option<u32>,
    /// Seconds over which devices should spread.
    #[n(13)]
    pub spread_s: Option<u32>,
    /// The log was restored and waits for an administrator's or deputy's device: content is held back until then.
    #[n(14)]
    pub healing: Option<bool>,
    /// The log at `cursor`; absent when the request named it.
    #[n(15)]
    pub point: Option<LogPoint>,
    /// When the person has to have logged in again, milliseconds since 1970; absent while that is far off. Once it is over, the
    /// device hands in and is sent nothing.
    #[n(17)]
    pub login_by_ms: Option<i64>,
    /// Months for which it is kept who read what; for those who keep it.
    #[n(18)]
    pub read_log_months: Option<u64>,
    /// Whether the server counts facts and hands them out. One of before stores them for their signers only, and is told none.
    #[n(19)]
    pub counts_facts: Option<bool>,
}

/// The body of a refused request.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Problem {
    /// Why.
    #[n(1)]
    pub code: ErrorCode,
    /// The server's clock, milliseconds since 1970.
    #[n(2)]
    pub server_time_ms: Option<i64>,
    /// The highest number disposed of, where that is what went wrong.
    #[n(3)]
    pub last_dseq: Option<u64>,
    /// The limit that was passed.
    #[n(4)]
    pub limit: Option<u64>,
    /// The log's epoch, where it changed.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub epoch: Option<[u8; 16]>,
    /// Up to where the device and the restored log are the same; absent when none of the points the device named fits, and
    /// it is to name all it has.
    #[n(6)]
    pub base_seq: Option<u64>,
    /// The certificates that shut the device out, and those it takes to believe them.
    #[cbor(n(7), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    pub order: Vec<Row>,
    /// The login that is wanted.
    #[n(8)]
    pub login: Option<Box<LoginWanted>>,
}

impl Problem {
    /// A problem that needs no more words.
    #[must_use]
    pub const fn new(code: ErrorCode) -> Self {
        Self {
            code,
            server_time_ms: None,
            last_dseq: None,
            limit: None,
            epoch: None,
            base_seq: None,
            order: Vec::new(),
            login: None,
        }
    }
}
