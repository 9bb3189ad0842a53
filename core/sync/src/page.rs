//! What one reply changes on the device.

use feltbog_domain::{FolderId, MemberId};
use feltbog_protocol::{
    BackfillAsk, BackfillPart, Envelope, EnvelopeKind, Grant, Lease, LogPoint, PushResult, Receipt, Row, ServerClock,
    SyncReply,
};

/// So many folders at once are a new device or a caseload taken over: it pays to fetch what opens them all first. For a
/// few, that would only be one turnaround more.
const MANY: usize = 8;

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
    /// When somebody has to log in again, milliseconds since 1970; absent while that is far off.
    pub login_by_ms: Option<i64>,
    /// The log at the new cursor, when the device did not know it yet.
    pub point: Option<LogPoint>,
    /// The server was restored and does not know everything yet.
    pub healing: bool,
}

impl Page {
    pub(crate) fn of(reply: SyncReply, member: MemberId, cursor: u64, restored: bool) -> Self {
        let mut opened = newly_granted(&reply, member, cursor, restored);
        if opened.len() < MANY {
            opened.iter_mut().for_each(|ask| ask.part = BackfillPart::All);
        }
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
            login_by_ms: reply.login_by_ms,
            point: reply.point,
            healing: reply.healing == Some(true),
        }
    }
}

/// Grants about this member that were not known: those of the feed, and those among one's own rows that a new device
/// asks for. A folder's backfill brings the grant that opened it once more; opening it again would go on for ever.
///
/// One more device of a member begins with grants that are older than its cursor: rows up to there are not in its feed.
fn newly_granted(reply: &SyncReply, member: MemberId, cursor: u64, restored: bool) -> Vec<BackfillAsk> {
    let being_filled = |row: &&Row| {
        let folder = Envelope::decode(row.envelope.clone()).map(|envelope| envelope.header().folder);
        reply.backfill_done.iter().any(|done| folder == Ok(done.folder))
    };
    let fetched = reply.backfill_rows.iter().filter(|row| !being_filled(row));
    let fed = reply.rows.iter().filter_map(|row| opened_by(row, member, restored));
    let mut opened: Vec<BackfillAsk> = fed.chain(fetched.filter_map(|row| opened_by(row, member, true))).collect();
    opened.iter_mut().for_each(|ask| ask.until = ask.until.max(cursor));
    opened
}

/// A grant is read before its signature is checked: at worst the server is asked for rows it does not hand out, and
/// nothing is taken in without the check.
///
/// Its maker needs no grant. Where a folder's first key record comes after its content, in a restored log or to one more
/// device of the maker's, the maker fetches the folder like somebody who was granted late.
fn opened_by(row: &Row, member: MemberId, makes_it: bool) -> Option<BackfillAsk> {
    let envelope = Envelope::decode(row.envelope.clone()).ok()?;
    let header = envelope.header();
    let opens = match header.known_kind() {
        Some(EnvelopeKind::Grant) => feltbog_protocol::decode::<Grant>(envelope.body()).ok()?.member == member,
        Some(EnvelopeKind::KeyRecord) => makes_it && header.key_epoch == 1,
        _ => false,
    };
    opens.then_some(BackfillAsk { folder: header.folder, after: 0, until: row.seq, part: BackfillPart::Access })
}
