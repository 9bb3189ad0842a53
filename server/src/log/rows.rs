//! What is asked of the log and what it answers, whatever it is kept in.

use feltbog_domain::{DeviceId, FolderId, MemberId, ProgrammeId, TenantId};
use feltbog_protocol::{Envelope, EnvelopeHash, ErasureProposal, FolderFacts, RefusalCode, Row, ServerClock};

/// What became of a number earlier.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// The envelope that had it.
    pub(crate) hash: EnvelopeHash,
    /// The disposition.
    pub(crate) code: RefusalCode,
    /// Its row, if it is in the log.
    pub(crate) seq: Option<u64>,
}

/// What a device has used of its quota on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Used {
    /// Envelopes stored.
    pub(crate) rows: u64,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// Bytes of deposits among them.
    pub(crate) deposit_bytes: u64,
}

impl Used {
    /// Another envelope of this size was stored.
    pub(crate) fn add(&mut self, size: u64, is_deposit: bool) {
        self.rows = self.rows.saturating_add(1);
        self.bytes = self.bytes.saturating_add(size);
        self.deposit_bytes = self.deposit_bytes.saturating_add(if is_deposit { size } else { 0 });
    }
}

/// The day of a moment, counted from 1970 in UTC.
pub(crate) fn day_of(now_ms: i64) -> i64 {
    now_ms.div_euclid(24 * 60 * 60 * 1000)
}

/// What a device last said of itself, as far as it was noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct SaidOfItself {
    /// When it was here, milliseconds since 1970.
    pub(crate) seen_ms: Option<i64>,
    /// Envelopes it had not sent.
    pub(crate) unsent: u32,
    /// How long the oldest of them had waited.
    pub(crate) oldest_unsent_hours: Option<u32>,
    /// Rows it could not take in.
    pub(crate) quarantined: u32,
    /// The build of the app it came with.
    pub(crate) build: Option<u32>,
}

/// When the person of a device last logged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LoginRow {
    /// Milliseconds since 1970.
    pub(crate) at_ms: i64,
    /// `false` for a device that never did and was first asked then.
    pub(crate) is_login: bool,
}

/// Where a tenant's log stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The municipality.
    pub(crate) tenant: TenantId,
    /// Its epoch.
    pub(crate) epoch: [u8; 16],
    /// Its newest row.
    pub(crate) head: u64,
}

/// A key record, grant or revocation of a folder.
#[derive(Debug, Clone)]
pub(crate) struct AccessRow {
    /// Its place.
    pub(crate) seq: u64,
    /// Whether it was accepted on the word of its receipt.
    pub(crate) proven: bool,
    /// The envelope.
    pub(crate) envelope: Envelope,
}

/// What a device told of a folder.
#[derive(Debug, Clone)]
pub(crate) struct FactRow {
    /// The folder.
    pub(crate) folder: FolderId,
    /// When it came, milliseconds since 1970.
    pub(crate) received_ms: i64,
    /// The envelope.
    pub(crate) envelope: Vec<u8>,
}

/// An erasure that somebody proposed.
#[derive(Debug, Clone)]
pub(crate) struct ProposalRow {
    /// The device that signed it.
    pub(crate) device: DeviceId,
    /// When it came, milliseconds since 1970.
    pub(crate) received_ms: i64,
    /// What shall be erased.
    pub(crate) proposal: ErasureProposal,
}

/// For whom rows are looked up.
#[derive(Debug, Clone)]
pub(crate) struct Viewer {
    /// The municipality.
    pub(crate) tenant: TenantId,
    /// The member.
    pub(crate) member: MemberId,
    /// The member's device that asks.
    pub(crate) device: DeviceId,
    /// The programmes whose leader or deputy the member is: those whose deposits the member may see.
    pub(crate) offices: Vec<ProgrammeId>,
    /// Whether it is a recovery station, which is told of every folder there is.
    pub(crate) is_station: bool,
    /// Whether the member holds an office that follows erasures to their end.
    pub(crate) hears_of_purges: bool,
    /// Whether the member keeps records now, or it is a recovery station, and the device's build knows what to do with
    /// readings: only then it is sent any but its own.
    pub(crate) is_sent_readings: bool,
    /// The server's clock, for grants that end by themselves.
    pub(crate) now_ms: i64,
}

/// One page of the main feed.
pub(crate) struct Feed {
    /// In order.
    pub(crate) rows: Vec<Row>,
    /// Looked at up to here.
    pub(crate) cursor: u64,
    /// Whether rows are left.
    pub(crate) more: bool,
}

/// A folder as a member's row about it finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FolderNow {
    /// What the row is judged by.
    pub(crate) facts: FolderFacts,
    /// The newest row that erased a single entry of it; 0 where none did.
    pub(crate) cut_seq: u64,
    /// Whether somebody was shut out since the key was made.
    pub(crate) rotation_due: bool,
}

/// One row, all that can be known of it without a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRow {
    /// Its place.
    pub seq: u64,
    /// Code of its kind.
    pub kind: u8,
    /// Its folder; [`FolderId::NONE`] when not bound to one.
    pub folder: FolderId,
    /// The signing device.
    pub device: DeviceId,
    /// The device's own count.
    pub dseq: u64,
    /// Bytes of the envelope.
    pub size: u64,
    /// When it came, milliseconds since 1970.
    pub received_ms: i64,
    /// The envelope's identity, which stays when its content is erased.
    pub hash: EnvelopeHash,
    /// The first bytes of the envelope; empty once erased.
    pub first_bytes: Vec<u8>,
}

/// One municipality.
#[derive(Debug, Clone)]
pub(crate) struct TenantRow {
    /// The log's epoch.
    pub(crate) epoch: [u8; 16],
    /// Where the log stood when the epoch began.
    pub(crate) epoch_base_seq: u64,
    /// The newest row.
    pub(crate) head: u64,
    /// Once it was put back from a copy: the lowest row at which an epoch began. Beyond it rows may stand in another order
    /// than they were written in, those of epochs before this one too.
    pub(crate) disordered_from: Option<u64>,
    /// Whether it was put back and not healed yet, and holds its rows back.
    pub(crate) healing: bool,
    /// Pinned by setup.
    pub(crate) root: Option<[u8; 32]>,
}

impl TenantRow {
    /// The clock to answer with.
    pub(crate) fn clock(&self, time_ms: i64) -> ServerClock {
        ServerClock { epoch: self.epoch, head: self.head, time_ms, base_seq: self.disordered_from }
    }
}

/// A municipality that begins.
pub(crate) struct NewTenant<'a> {
    /// Random.
    pub(crate) id: TenantId,
    /// What IT calls it; for this server's own lists only.
    pub(crate) name: &'a str,
    /// Random: the log's epoch.
    pub(crate) epoch: [u8; 16],
    /// SHA-256 of the bootstrap code's secret.
    pub(crate) secret_hash: [u8; 32],
}
