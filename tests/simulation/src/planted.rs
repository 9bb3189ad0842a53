//! Bugs on purpose: each must be found by as many lives as CI lives, or the checkers are blind.
//!
//! They are planted where this crate owns the seam: in the server's answer, in its restart, and in a device's database
//! between two of its lives. No shipped code knows of them.

use feltbog_domain::MemberId;
use feltbog_protocol::{Envelope, EnvelopeKind, ErrorCode, Problem, Row, SyncReply, SyncRequest, decode, encode};
use feltbog_server::LoggedRow;
use rusqlite::Connection;

use crate::finding::Checker;
use crate::ledger::{Ledger, LogRow, about};
use crate::link::Reply;

macro_rules! bugs {
    ($($(#[$doc:meta])* $name:ident = $checker:ident;)*) => {
        /// A bug.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Bug {
            $($(#[$doc])* $name,)*
        }

        impl Bug {
            /// Every one.
            pub const ALL: &[Bug] = &[$(Bug::$name),*];

            /// Who must find it.
            #[must_use]
            pub const fn found_by(self) -> Checker {
                match self { $(Bug::$name => Checker::$checker,)* }
            }
        }
    };
}

bugs! {
    /// The server acknowledges before its commit: what the last request pushed is gone after a crash.
    AcknowledgedTooEarly = Durable;
    /// The cursor passes a row that was not sent.
    RowSkipped = Complete;
    /// A device's own rows are left out of its feed.
    OwnRowsLeftOut = Complete;
    /// A backfill that was cut is taken for done.
    BackfillCutShort = Complete;
    /// A device forgets at its start which folders it was fetching.
    BackfillForgotten = Complete;
    /// A grant that came after the cursor is never delivered.
    LateGrantLost = Complete;
    /// Rows of every folder are sent to everybody.
    GrantNotChecked = Ungranted;
    /// Somebody who lost a folder is sent what is written in it afterwards.
    SentAfterRevoke = Ungranted;
    /// Nobody is told that somebody lost a folder.
    RevocationLost = Complete;
    /// A request that is repeated is appended once more.
    AppendedTwice = Disposition;
    /// A refused request does not say what the time is, so a wrong clock never recovers.
    StuckAfterWrongClock = Settles;
    /// The log grows while its counter is set back: two rows share a number.
    NumberTwice = Sequence;
    /// A page's cursor is stored before its rows, and the process ends between.
    PageWithoutRows = Complete;
    /// A save is acknowledged before it is durable.
    SaveNotDurable = Saved;
    /// A document is stored and its change is not queued.
    ChangeNotQueued = Once;
    /// A row is marked as taken in and was not.
    MarkedNotApplied = Equal;
    /// A harmless row is put aside.
    PutAside = Quarantine;
    /// After a restart rows wait that nothing will ever look at again.
    WaitsForEver = Queues;
}

/// What a planted bug does in one life.
#[derive(Debug, Default)]
pub(crate) struct Planted(pub(crate) Option<Bug>);

impl Planted {
    fn is(&self, bug: Bug) -> bool {
        self.0 == Some(bug)
    }

    /// Whether the server's restart loses what it acknowledged last.
    pub(crate) fn loses_the_last_push(&self) -> bool {
        self.is(Bug::AcknowledgedTooEarly)
    }

    /// The server's answer as the bug has it.
    pub(crate) fn answer(&self, who: MemberId, request: &[u8], reply: Reply, log: &Log<'_>) -> Reply {
        let Some(bug) = self.0 else { return reply };
        let (status, body) = reply;
        if status == 401 && bug == Bug::StuckAfterWrongClock {
            return (status, encode(&Problem::new(ErrorCode::ClockSkew)));
        }
        let (Ok(request), Ok(mut good)) = (decode::<SyncRequest>(request), decode::<SyncReply>(&body)) else {
            return (status, body);
        };
        if status != 200 {
            return (status, body);
        }
        alter(bug, who, &request, &mut good, log);
        (status, encode(&good))
    }

    /// A device's database as the bug leaves it between two lives.
    pub(crate) fn between_lives(&self, sql: &Connection) -> rusqlite::Result<()> {
        let own = "device = (SELECT value FROM meta WHERE key = 'device')";
        match self.0 {
            Some(Bug::BackfillForgotten) => sql.execute_batch("DELETE FROM backfill"),
            Some(Bug::PageWithoutRows) => {
                sql.execute_batch("UPDATE meta SET value = (SELECT value FROM meta WHERE key = 'head') WHERE key = 'cursor'")
            }
            Some(Bug::SaveNotDurable) => sql.execute_batch(
                "DELETE FROM entry WHERE document = (SELECT document FROM pending WHERE kind = 3 ORDER BY id DESC LIMIT 1);
                 DELETE FROM document WHERE id = (SELECT document FROM pending WHERE kind = 3 ORDER BY id DESC LIMIT 1);
                 DELETE FROM pending WHERE id = (SELECT id FROM pending WHERE kind = 3 ORDER BY id DESC LIMIT 1)",
            ),
            Some(Bug::ChangeNotQueued) => {
                sql.execute_batch("DELETE FROM pending WHERE id = (SELECT id FROM pending WHERE kind = 3 ORDER BY id DESC LIMIT 1)")
            }
            Some(Bug::MarkedNotApplied) => {
                sql.execute_batch("UPDATE env SET status = 'applied' WHERE status = 'stored' AND kind = 1")
            }
            Some(Bug::PutAside) => sql.execute_batch(&format!(
                "UPDATE env SET status = 'quarantined' WHERE status = 'stored' AND kind = 1 AND NOT {own}"
            )),
            Some(Bug::WaitsForEver) => {
                sql.execute_batch("UPDATE env SET status = 'waiting_key' WHERE status = 'stored' AND kind = 1")
            }
            _ => Ok(()),
        }
    }
}

/// The log as a bug can get at it.
pub(crate) struct Log<'a> {
    pub(crate) ledger: &'a Ledger,
    /// The newest row, whole.
    pub(crate) newest: Option<LoggedRow>,
    /// Whether this very request was served before.
    pub(crate) repeated: bool,
}

fn alter(bug: Bug, who: MemberId, request: &SyncRequest, reply: &mut SyncReply, log: &Log<'_>) {
    match bug {
        Bug::RowSkipped => {
            drop_rows(reply, |row| row.known_kind() == Some(EnvelopeKind::ChangeSet) && row.dseq % 7 == 3);
        }
        Bug::OwnRowsLeftOut => {
            let own: Vec<_> = request.push.iter().filter_map(|bytes| device_of(&bytes.0)).collect();
            drop_rows(reply, |row| own.contains(&row.device));
        }
        Bug::BackfillCutShort => reply.backfill_done.iter_mut().for_each(|done| done.done = true),
        Bug::LateGrantLost => {
            drop_feed(reply, |row| about(row) == Some(who) && row.header().known_kind() == Some(EnvelopeKind::Grant));
        }
        Bug::RevocationLost => drop_rows(reply, |row| row.known_kind() == Some(EnvelopeKind::Revoke)),
        Bug::GrantNotChecked => smuggle(reply, log, |_| true),
        Bug::SentAfterRevoke => smuggle(reply, log, |row| log.ledger.lost(row.folder, who)),
        Bug::AppendedTwice if log.repeated => {
            reply.results.iter_mut().filter_map(|result| result.seq.as_mut()).for_each(|seq| *seq += 1);
        }
        Bug::NumberTwice => {
            if let [.., before, last] = reply.rows.as_mut_slice() {
                last.seq = before.seq;
            }
        }
        _ => {}
    }
}

fn device_of(bytes: &[u8]) -> Option<feltbog_domain::DeviceId> {
    Envelope::decode(bytes.to_vec()).ok().map(|envelope| envelope.header().device)
}

fn drop_rows(reply: &mut SyncReply, unwanted: impl Fn(&feltbog_protocol::Header) -> bool) {
    let keep = |row: &Row| Envelope::decode(row.envelope.clone()).is_ok_and(|envelope| !unwanted(envelope.header()));
    reply.rows.retain(keep);
    reply.backfill_rows.retain(keep);
}

fn drop_feed(reply: &mut SyncReply, unwanted: impl Fn(&Envelope) -> bool) {
    reply.rows.retain(|row| Envelope::decode(row.envelope.clone()).is_ok_and(|envelope| !unwanted(&envelope)));
}

/// Sends the newest row of the log to whoever asks.
fn smuggle(reply: &mut SyncReply, log: &Log<'_>, wanted: impl Fn(&LogRow) -> bool) {
    let Some(LoggedRow { seq, first_bytes, .. }) = &log.newest else { return };
    let known = log.ledger.at(*seq).is_some_and(|row| row.is(EnvelopeKind::ChangeSet) && wanted(row));
    if known && !reply.rows.iter().any(|row| row.seq == *seq) {
        reply.rows.push(Row { seq: *seq, envelope: first_bytes.clone() });
    }
}
