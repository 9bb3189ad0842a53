//! What a device still has to do and to say about cases that were erased.

use std::collections::BTreeMap;

use feltbog_domain::{DeviceId, FolderId};
use feltbog_protocol::{
    CertificateBundle, DeviceState, Draft, EnvelopeHash, EnvelopeKind, ErasureProposal, HolderDevice, PurgeReceipt,
    Roster, Statement,
};
use feltbog_sealing::SealError;
use feltbog_store::{Confirmed, Reader};

use crate::error::AppError;
use crate::seal_pending::Sealer;

impl Sealer<'_> {
    /// Says of erased cases that nothing is left, as soon as nothing is: while a writer has not decided about a text, or the
    /// server has not spoken about an envelope, something is. Returns whether sealed bytes were taken off the disk.
    pub(crate) fn say_purged(&mut self) -> Result<bool, AppError> {
        let mut replaced = false;
        for owed in self.w.owed_purges()? {
            let Some(confirmed) = owed.confirmed else { continue };
            replaced |= self.replace_erased(&confirmed, &owed.body)?;
            if is_clear(self.w, &owed.body)? {
                let body = feltbog_protocol::encode(&receipt(confirmed.envelope, &owed.body));
                self.enqueue_clear(EnvelopeKind::ReadLog, None, 0, &body)?;
                self.w.purge_said(owed.proposal)?;
            }
        }
        Ok(replaced)
    }

    /// Own sealed envelopes of an erased case go as well. Their numbers have to stay, or nothing after them could be sent to
    /// a restored server: under each stands this device's word that it is gone. An envelope the server may have taken
    /// without our knowing waits for its answer, since one number must never be sent with two contents.
    pub(crate) fn replace_erased(&mut self, confirmed: &Confirmed, erased: &ErasureProposal) -> Result<bool, AppError> {
        let (cause, mut replaced) = (confirmed.envelope, false);
        for entries in &erased.entries {
            for dseq in self.w.own_of_erased(entries.folder, confirmed.seq)? {
                self.replace_own(dseq, &receipt(cause, erased))?;
                self.w.forget_carried(dseq)?;
                replaced = true;
            }
        }
        for folder in &erased.folders {
            for dseq in self.w.disposed_own(folder.folder)? {
                self.replace_own(dseq, &receipt(cause, erased))?;
                replaced = true;
            }
        }
        Ok(replaced)
    }

    /// Puts under an own number that what stood there is gone.
    pub(crate) fn replace_own(&self, dseq: u64, receipt: &PurgeReceipt) -> Result<(), AppError> {
        let header = self.header(EnvelopeKind::ReadLog, FolderId::NONE, 0, dseq)?;
        let header = feltbog_protocol::Header { prev: EnvelopeHash::default(), ..header };
        let draft = Draft::new(header, &feltbog_protocol::encode(receipt)).map_err(SealError::Frame)?;
        Ok(self.w.replace_own(&self.signing.sign_envelope(draft))?)
    }
}

fn receipt(cause: EnvelopeHash, erased: &ErasureProposal) -> PurgeReceipt {
    PurgeReceipt {
        cause,
        folders: erased.folders.iter().map(|erased| erased.folder).collect(),
        documents: erased.documents().collect(),
    }
}

fn is_clear(r: &Reader<'_>, erased: &ErasureProposal) -> Result<bool, AppError> {
    for folder in &erased.folders {
        if r.holds_of_erased(folder.folder)? {
            return Ok(false);
        }
    }
    for entries in &erased.entries {
        if r.holds_erased_entries(entries)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether this device can say now what it owes.
pub(crate) fn owes_word(r: &Reader<'_>) -> Result<bool, AppError> {
    for owed in r.owed_purges()? {
        let mut waits = false;
        for folder in &owed.body.folders {
            waits |= !r.disposed_own(folder.folder)?.is_empty();
        }
        for entries in &owed.body.entries {
            let confirmed_seq = owed.confirmed.map_or(0, |confirmed| confirmed.seq);
            waits |= !r.own_of_erased(entries.folder, confirmed_seq)?.is_empty();
        }
        if waits || is_clear(r, &owed.body)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// All devices, with the place of their certificate as far as it says something: beyond the place where a restored log began
/// anew nobody can tell what was before what.
pub(crate) fn holders(r: &Reader<'_>, roster: &Roster) -> Result<Vec<HolderDevice>, AppError> {
    let restored_at = r.restored_at()?;
    let mut places: BTreeMap<DeviceId, u64> = BTreeMap::new();
    for (seq, envelope) in r.placed_certificates()? {
        if restored_at.is_some_and(|base| seq > base) {
            continue;
        }
        let Ok(bundle) = feltbog_protocol::decode::<CertificateBundle>(envelope.body()) else { continue };
        for signed in &bundle.statements {
            if let Some(Statement::Device { device, .. }) = signed.statement() {
                places.entry(device).or_insert(seq);
            }
        }
    }
    let holder = |(device, entry): (DeviceId, &feltbog_protocol::DeviceEntry)| HolderDevice {
        device,
        member: entry.member,
        certified_at: places.get(&device).copied(),
        shut_out: entry.state == DeviceState::Revoked,
    };
    Ok(roster.devices().map(holder).collect())
}
