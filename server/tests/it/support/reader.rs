use std::collections::BTreeMap;

use feltbog_domain::FolderId;
use feltbog_protocol::{BackfillAsk, Envelope, EnvelopeKind, Grant, Row, SyncReply, SyncRequest};

use super::{TestDevice, TestServer};

/// A device that keeps what it is sent, and asks for what a grant opened.
pub struct Reader {
    pub device: TestDevice,
    pub cursor: u64,
    pub backfill: BTreeMap<FolderId, BackfillAsk>,
    pub rows: BTreeMap<u64, Envelope>,
    /// Whether every sent row must be new.
    pub exact: bool,
}

impl Reader {
    /// A device that was just enrolled: it begins at its own certificate and asks for what came before.
    pub fn new(device: TestDevice) -> Self {
        let before = BackfillAsk::whole(FolderId::NONE, 0, device.cert_seq);
        let cursor = device.cert_seq;
        Self { device, cursor, backfill: [(FolderId::NONE, before)].into(), rows: BTreeMap::new(), exact: false }
    }

    pub fn request(&self, max_bytes: u32) -> SyncRequest {
        let backfill = self.backfill.values().copied().collect();
        SyncRequest { epoch: self.device.epoch, cursor: self.cursor, backfill, max_bytes, ..SyncRequest::default() }
    }

    /// One exchange; says whether there is more.
    pub fn exchange(&mut self, server: &TestServer, max_bytes: u32) -> bool {
        let reply = self.device.sync(server, &self.request(max_bytes)).unwrap();
        self.take(reply)
    }

    /// One exchange whose reply is lost on the way.
    pub fn exchange_lost(&self, server: &TestServer, max_bytes: u32) {
        self.device.sync(server, &self.request(max_bytes)).unwrap();
    }

    /// Exchanges until nothing is left.
    pub fn drain(&mut self, server: &TestServer, max_bytes: u32) {
        while self.exchange(server, max_bytes) || !self.backfill.is_empty() {}
    }

    fn take(&mut self, reply: SyncReply) -> bool {
        assert!(reply.cursor >= self.cursor, "the cursor went back");
        self.cursor = reply.cursor;
        for done in &reply.backfill_done {
            let ask = self.backfill.get_mut(&done.folder).expect("an answer to something that was asked");
            assert!(done.after >= ask.after, "a backfill went back");
            ask.after = done.after;
            if done.done {
                self.backfill.remove(&done.folder);
            }
        }
        for row in reply.rows.into_iter().chain(reply.backfill_rows) {
            self.keep(row);
        }
        reply.more
    }

    fn keep(&mut self, row: Row) {
        let envelope = Envelope::decode(row.envelope).unwrap();
        let header = envelope.header().clone();
        if header.known_kind() == Some(EnvelopeKind::Grant) {
            let grant: Grant = feltbog_protocol::decode(envelope.body()).unwrap();
            // The backfill that a grant opens ends with the grant's own row: what is known opens nothing again.
            if grant.member == self.device.member && !self.rows.contains_key(&row.seq) {
                let ask = BackfillAsk::whole(header.folder, 0, row.seq);
                self.backfill.insert(header.folder, ask);
            }
        }
        let before = self.rows.insert(row.seq, envelope);
        assert!(!self.exact || before.is_none(), "row {} came twice", row.seq);
    }

    /// The numbers of the folder's rows that are here.
    pub fn of_folder(&self, folder: FolderId) -> Vec<u64> {
        self.rows.iter().filter(|(_, envelope)| envelope.header().folder == folder).map(|(seq, _)| *seq).collect()
    }

    pub fn has_content_of(&self, folder: FolderId) -> bool {
        self.rows.values().any(|envelope| {
            envelope.header().folder == folder && envelope.header().known_kind() == Some(EnvelopeKind::ChangeSet)
        })
    }
}
