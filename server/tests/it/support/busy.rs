use std::net::SocketAddr;
use std::path::Path;

use feltbog_domain::{FolderId, ProgrammeId};
use feltbog_protocol::{BootstrapCode, EnvelopeBytes, RefusalCode, SyncReply, SyncRequest, limits};

use super::device::answer_of;
use super::{FirstDevice, TestDevice, content, fresh_id, json, new_folder, now_ms, rotate, run};

/// The first device of a municipality, which pushes one envelope after the other and remembers what it was answered for.
pub struct Busy {
    pub device: TestDevice,
    folder: FolderId,
    programme: ProgrammeId,
    /// Every envelope that was answered for, with its number.
    pub answered: Vec<(u64, Vec<u8>)>,
}

impl Busy {
    /// Sets the municipality up and makes a folder.
    pub fn found(address: SocketAddr, code: &BootstrapCode) -> Self {
        let mut first = FirstDevice::new(code.clone());
        let reply = first.set_up_at(address).unwrap();
        first.device.entered(&reply);
        let mut busy =
            Self { device: first.device, folder: FolderId::NONE, programme: first.programme, answered: Vec::new() };
        busy.make_folder(address);
        busy
    }

    /// Makes a folder and goes on in it.
    pub fn make_folder(&mut self, address: SocketAddr) {
        self.folder = fresh_id();
        let made = new_folder(&mut self.device, self.folder, self.programme);
        assert!(self.send(address, made));
    }

    /// Renews the folder's key.
    pub fn renew_key(&mut self, address: SocketAddr) {
        let record = rotate(&mut self.device, self.folder, 2);
        assert!(self.send(address, record));
    }

    /// Pushes one more; `false` where the server is gone.
    pub fn push(&mut self, address: SocketAddr) -> bool {
        let envelope = content(&mut self.device, self.folder, 400);
        self.send(address, envelope)
    }

    /// Meets a log that was put back: learns its epoch, and pushes everything again that was answered for and is not in it.
    pub fn heal(&mut self, address: SocketAddr) {
        let body = feltbog_protocol::encode(&SyncRequest { epoch: self.device.epoch, ..SyncRequest::default() });
        let refused = answer_of::<SyncReply>(&self.device.post_sync(address, &body, now_ms())).unwrap_err().problem;
        self.device.epoch = refused.epoch.unwrap();
        let after = refused.last_dseq.unwrap();
        let again: Vec<_> = self.answered.iter().filter(|(number, _)| *number > after).cloned().collect();
        for (_, envelope) in again {
            assert_eq!(self.exchange(address, vec![envelope]).unwrap().results[0].code, RefusalCode::Ok);
        }
    }

    /// One exchange, if the server is there.
    pub fn exchange(&self, address: SocketAddr, envelopes: Vec<Vec<u8>>) -> Option<SyncReply> {
        let push = envelopes.into_iter().map(EnvelopeBytes).collect();
        let request =
            SyncRequest { push, epoch: self.device.epoch, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
        let answer = self.device.try_post_signed(address, "/v1/sync", &feltbog_protocol::encode(&request), now_ms())?;
        Some(answer_of(&answer).unwrap())
    }

    /// Numbers that were answered for and are not in the log of a folder.
    pub fn missing(&self, data: &Path) -> Vec<u64> {
        let rows = json(&run(data, &["log", "--json", "--limit", "1000000"]));
        let device = self.device.id.to_string();
        let there: Vec<u64> = rows
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["device"] == *device)
            .map(|row| row["dseq"].as_u64().unwrap())
            .collect();
        self.answered.iter().map(|(number, _)| *number).filter(|number| !there.contains(number)).collect()
    }

    fn send(&mut self, address: SocketAddr, envelope: Vec<u8>) -> bool {
        let Some(reply) = self.exchange(address, vec![envelope.clone()]) else { return false };
        assert_eq!(reply.results[0].code, RefusalCode::Ok);
        self.answered.push((self.device.dseq, envelope));
        true
    }
}
