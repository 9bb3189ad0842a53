//! A newer version's devices, server and folders, as far as version 1 must bear with them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use ed25519_dalek::{Signer as _, SigningKey};
use feltbog_app::{Answer, Headers, HttpReply, HttpTransport, Transport, Unreachable};
use feltbog_domain::{DeviceId, FolderId, TenantId};
use feltbog_protocol::{
    Draft, Envelope, EnvelopeHash, ErrorCode, Header, Problem, Receipt, ReceiptChain, RefusalCode, Row, SyncReply,
    SyncRequest, decode, encode,
};
use rusqlite::Connection;

use super::newer_wire::{REPLY, newer};
use super::recorder::CONSULTANT;
use super::town::{Signer, Town};

/// What a newer server does otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twist {
    /// Says more in every message.
    MoreKeys,
    /// Gives out rows of kinds that have no name yet.
    MoreKinds,
    /// Disposes of the first of two envelopes in a way that has no word yet.
    UnknownDisposition,
    /// Refuses the first request for a reason that has no word yet.
    UnknownProblemOnce,
}

/// The real server, made newer on the way.
pub struct NewerServer {
    server: String,
    http: HttpTransport,
    twist: Twist,
    first: AtomicBool,
    rows: Arc<Mutex<Vec<Row>>>,
    receipt_key: SigningKey,
    tenant: TenantId,
    device: DeviceId,
}

/// A code no version has yet.
const UNKNOWN: u8 = 77;

impl NewerServer {
    pub fn of(town: &Town, server: String, twist: Twist) -> Self {
        let seed: [u8; 32] = std::fs::read(town.data().join("receipt.key")).unwrap().try_into().unwrap();
        let identity = town.signer(CONSULTANT).identity;
        Self {
            server,
            http: HttpTransport::new().unwrap(),
            twist,
            first: AtomicBool::new(true),
            rows: Arc::default(),
            receipt_key: SigningKey::from_bytes(&seed),
            tenant: identity.tenant,
            device: identity.device,
        }
    }

    /// Rows it gives out beside the real server's, in order.
    pub fn extra_rows(&self) -> Arc<Mutex<Vec<Row>>> {
        Arc::clone(&self.rows)
    }

    fn with_more_rows(&self, request: &[u8], reply: &[u8]) -> Vec<u8> {
        let (request, mut reply): (SyncRequest, SyncReply) = (decode(request).unwrap(), decode(reply).unwrap());
        let passed = request.cursor + 1..=reply.cursor;
        let more = self.rows.lock().unwrap();
        reply.rows.extend(more.iter().filter(|row| passed.contains(&row.seq)).cloned());
        reply.rows.sort_by_key(|row| row.seq);
        encode(&reply)
    }

    fn twisted(&self, request: &[u8], reply: Vec<u8>) -> Vec<u8> {
        match self.twist {
            Twist::MoreKeys => newer(&reply, REPLY),
            Twist::MoreKinds => self.with_more_rows(request, &reply),
            Twist::UnknownDisposition => self.disposed_otherwise(request, &reply),
            Twist::UnknownProblemOnce => reply,
        }
    }

    fn disposed_otherwise(&self, request: &[u8], reply: &[u8]) -> Vec<u8> {
        let (request, mut reply): (SyncRequest, SyncReply) = (decode(request).unwrap(), decode(reply).unwrap());
        if let [first, _, ..] = reply.results.as_mut_slice() {
            (first.code, first.seq) = (RefusalCode::from_number(UNKNOWN), None);
            let envelopes = request.push.iter().map(|bytes| Envelope::decode(bytes.0.clone()).unwrap().hash());
            let chain = reply
                .results
                .iter()
                .zip(envelopes)
                .fold(ReceiptChain::default(), |chain, (result, hash)| chain.with(result.dseq, hash, result.code));
            let (first, last) = (reply.results[0].dseq, reply.results[reply.results.len() - 1].dseq);
            let chain = *chain.bytes();
            let signed = Receipt::signed_bytes(self.tenant, &reply.clock.epoch, self.device, first, last, &chain);
            let signature = self.receipt_key.sign(&signed).to_bytes();
            reply.receipt = Some(Receipt { first, last, chain, signature });
        }
        encode(&reply)
    }
}

impl Transport for NewerServer {
    fn post<'a>(&'a self, _: &'a str, path: &'a str, headers: Headers, body: Vec<u8>) -> Answer<'a> {
        Box::pin(async move {
            if self.twist == Twist::UnknownProblemOnce && self.first.swap(false, Ordering::SeqCst) {
                let body = newer(&encode(&Problem::new(ErrorCode::from_number(UNKNOWN))), &[]);
                return Ok(HttpReply { status: 451, body, bytes_up: 0, bytes_down: 0 });
            }
            let reply = self.http.post(&self.server, path, headers, body.clone()).await?;
            if reply.status != 200 {
                return Err(Unreachable);
            }
            Ok(HttpReply { body: self.twisted(&body, reply.body), ..reply })
        })
    }
}

/// Something a newer program of this device signed: the `ahead`-th after what its old home has used.
pub fn future_envelope(signer: &Signer, ahead: u64, folder: FolderId, kind: u8) -> Vec<u8> {
    let header = Header {
        kind,
        suite: 0,
        codec: 9,
        tenant: signer.identity.tenant,
        folder,
        lineage: 0,
        key_epoch: 1,
        device: signer.identity.device,
        dseq: signer.last_dseq + ahead,
        base_seq: 0,
        prev: EnvelopeHash::default(),
        salt: [0; 16],
        commitment: [0; 32],
    };
    let draft = Draft::new(header, b"a body only newer versions understand").unwrap();
    signer.signing.sign_envelope(draft).bytes().to_vec()
}

/// What a newer version would have made of a database.
const NEWER_SCHEMA: &str = "CREATE TABLE newer (it TEXT); INSERT INTO newer VALUES ('nyt'); PRAGMA user_version = 999;";

/// A newer version has worked in this home.
pub fn age_home(town: &Town, device: &str) {
    town.database(device).execute_batch(NEWER_SCHEMA).unwrap();
}

/// A newer server has worked in this folder.
pub fn age_store(town: &Town) {
    Connection::open(town.data().join("feltbog.db")).unwrap().execute_batch(NEWER_SCHEMA).unwrap();
}
