//! What one reply changes on the device.

use feltbog_domain::{FolderId, MemberId};
use feltbog_protocol::{
    BackfillAsk, Envelope, EnvelopeKind, Grant, Lease, PushResult, Receipt, Row, ServerClock, SyncReply,
};

/// One page, to be stored in one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Results of pushed envelopes.
    pub results: Vec<PushResult>,
    /// The signed receipt over them.
    pub receipt: Option<Receipt>,
    /// Rows of feed and backfills.
    pub rows: Vec<Row>,
    /// Folders that a grant about this member opened: their older rows are fetched.
    pub opened: Vec<BackfillAsk>,
    /// Backfills that went on: folder, stored up to, done.
    pub advanced: Vec<(FolderId, u64, bool)>,
    /// The server's clock and log.
    pub clock: ServerClock,
    /// The new cursor.
    pub cursor: u64,
    /// How long the device may work offline.
    pub lease: Option<Lease>,
}

impl Page {
    pub(crate) fn of(reply: SyncReply, member: MemberId, cursor: u64) -> Self {
        let opened = newly_granted(&reply, member);
        let advanced = reply.backfill_done.iter().map(|done| (done.folder, done.after, done.done)).collect();
        let mut rows = reply.rows;
        rows.extend(reply.backfill_rows);
        Self {
            results: reply.results,
            receipt: reply.receipt,
            rows,
            opened,
            advanced,
            clock: reply.clock,
            // A cursor never goes back: a late or doubled reply must not make rows appear twice or be skipped.
            cursor: reply.cursor.max(cursor),
            lease: reply.lease,
        }
    }
}

/// Grants about this member that were not known: those of the feed, and those among one's own rows that a new device
/// asks for. A folder's backfill brings the grant that opened it once more; opening it again would go on for ever.
fn newly_granted(reply: &SyncReply, member: MemberId) -> Vec<BackfillAsk> {
    let being_filled = |row: &&Row| {
        let folder = Envelope::decode(row.envelope.clone()).map(|envelope| envelope.header().folder);
        reply.backfill_done.iter().any(|done| folder == Ok(done.folder))
    };
    let fetched = reply.backfill_rows.iter().filter(|row| !being_filled(row));
    reply.rows.iter().chain(fetched).filter_map(|row| opened_by(row, member)).collect()
}

/// A grant is read before its signature is checked: at worst the server is asked for rows it does not hand out, and
/// nothing is taken in without the check.
fn opened_by(row: &Row, member: MemberId) -> Option<BackfillAsk> {
    let envelope = Envelope::decode(row.envelope.clone()).ok()?;
    if envelope.header().kind != EnvelopeKind::Grant.code() {
        return None;
    }
    let grant: Grant = feltbog_protocol::decode(envelope.body()).ok()?;
    (grant.member == member).then_some(BackfillAsk::whole(envelope.header().folder, 0, row.seq))
}
