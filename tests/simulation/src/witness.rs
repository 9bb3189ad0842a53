//! Looks at every exchange as it passes the server's door.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{DeviceId, MemberId};
use feltbog_protocol::{Envelope, EnvelopeKind, RefusalCode, Row, SyncReply, SyncRequest, decode};

use crate::finding::{Checker, Finding};
use crate::ledger::{Ledger, LogRow};
use crate::trace::short;

type Identity = (DeviceId, u64, [u8; 32]);

/// What the server has said so far.
#[derive(Debug, Default)]
pub(crate) struct Witness {
    disposed: BTreeMap<Identity, (RefusalCode, Option<u64>)>,
    pub(crate) findings: Vec<Finding>,
    /// Figures for whoever wants to know whether a life was worth living.
    pub(crate) rows_sent: u64,
    pub(crate) refusals: BTreeSet<RefusalCode>,
}

impl Witness {
    /// One answered exchange of a device.
    pub(crate) fn exchange(
        &mut self,
        device: DeviceId,
        member: MemberId,
        request: &SyncRequest,
        reply: &SyncReply,
        log: &Ledger,
    ) {
        self.dispositions(device, request, reply);
        for row in reply.rows.iter().chain(&reply.backfill_rows) {
            self.rows_sent += 1;
            self.sent(device, member, row, log);
        }
    }

    fn dispositions(&mut self, device: DeviceId, request: &SyncRequest, reply: &SyncReply) {
        let pushed: BTreeMap<u64, [u8; 32]> = request
            .push
            .iter()
            .filter_map(|bytes| Envelope::decode(bytes.0.clone()).ok())
            .map(|envelope| (envelope.header().dseq, envelope.hash().0))
            .collect();
        for result in &reply.results {
            let Some(hash) = pushed.get(&result.dseq) else { continue };
            if !result.code.is_accepted() {
                self.refusals.insert(result.code);
            }
            let now = (result.code, result.seq);
            let first = *self.disposed.entry((device, result.dseq, *hash)).or_insert(now);
            if first != now {
                self.findings.push(Finding::new(
                    Checker::Disposition,
                    format!("{device} {}: first {first:?}, then {now:?}", result.dseq),
                ));
            }
        }
    }

    fn sent(&mut self, device: DeviceId, member: MemberId, row: &Row, log: &Ledger) {
        let Ok(envelope) = Envelope::decode(row.envelope.clone()) else { return };
        match log.at(row.seq) {
            Some(known) if known.hash == envelope.hash().0 => {
                if !log.may_receive(known, device, member) {
                    self.findings.push(Finding::new(
                        Checker::Ungranted,
                        format!("{device} was sent row {} of {} without a grant", row.seq, known.folder),
                    ));
                }
            }
            other => self.findings.push(Finding::new(
                Checker::Sequence,
                format!("{device} was sent a row {} that the log has as {:?}", row.seq, other.map(|r| short(&r.hash))),
            )),
        }
    }

    /// Everything acknowledged is in the log, or remembered as refused; no gap, nothing twice.
    pub(crate) fn look_at(&mut self, log: &Ledger) {
        let mut numbers: BTreeMap<(DeviceId, u64), &LogRow> = BTreeMap::new();
        for (expected, row) in (1..).zip(log.rows()) {
            if row.seq != expected {
                self.findings.push(Finding::new(Checker::Sequence, format!("row {expected} is {}", row.seq)));
                return;
            }
            if let Some(twin) = numbers.insert((row.device, row.dseq), row) {
                let what = format!("{} {} stands in rows {} and {}", row.device, row.dseq, twin.seq, row.seq);
                self.findings.push(Finding::new(Checker::Sequence, what));
            }
        }
        for ((device, dseq, hash), (code, seq)) in &self.disposed {
            let there = numbers.get(&(*device, *dseq)).filter(|row| row.hash == *hash);
            if code.is_accepted() && there.map(|row| row.seq) != *seq {
                let what = format!("{device} {dseq} was acknowledged as row {seq:?} and is {:?}", there.map(|r| r.seq));
                self.findings.push(Finding::new(Checker::Durable, what));
            }
        }
    }

    /// An operator put an older copy back: what was said since is not the server's word any more.
    pub(crate) fn forget(&mut self) {
        self.disposed.clear();
    }

    /// Whether any content passed that came by a deposit.
    pub(crate) fn deposits(log: &Ledger) -> usize {
        log.rows().iter().filter(|row| row.is(EnvelopeKind::Deposit)).count()
    }
}

/// Reads an exchange off the wire, if it is one that went well.
pub(crate) fn read(request: &[u8], status: u16, reply: &[u8]) -> Option<(SyncRequest, SyncReply)> {
    if status != 200 {
        return None;
    }
    Some((decode(request).ok()?, decode(reply).ok()?))
}
