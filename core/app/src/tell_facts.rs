//! Facts leave the device: one batch for each folder of which something changed, after the changes themselves.

use feltbog_domain::FolderId;
use feltbog_protocol::{EnvelopeKind, FactBatch, VerifiedEnvelope, judge_facts};
use feltbog_store::{FolderRow, Reader, RowStatus};

use crate::device::Device;
use crate::error::AppError;
use crate::owed_facts::{Owed, Teller};
use crate::seal_pending::Sealer;
use crate::staff_names::StaffNames;
use crate::take_in::{APPLIED, Intake, Verdict};

/// In meta, once the server has said that it counts facts.
const COUNTS: &str = "server_counts_facts";
/// Folders looked at in one turn.
const FOLDERS: u32 = 40;
/// Facts in one envelope: at most a hundred and thirty bytes each.
const FACTS_PER_ENVELOPE: usize = 1_500;

impl Sealer<'_> {
    /// Tells what is owed. Returns whether there was room for all of it.
    pub(crate) fn tell_facts(&mut self) -> Result<bool, AppError> {
        if !is_counting(self.w)? {
            return Ok(true);
        }
        let mut after = FolderId::NONE;
        let mut names = None;
        while let [id, ..] = self.w.facts_due_after(after, 1)?.as_slice() {
            if self.room.is_used_up() {
                return Ok(false);
            }
            after = *id;
            let Some(folder) = self.w.folder(*id)? else {
                self.w.set_facts_told(*id)?;
                continue;
            };
            if self.waits_for_the_log(folder.id)? {
                continue;
            }
            let names = match &mut names {
                Some(names) => names,
                none => none.insert(StaffNames::load(self.w, self.roster)?),
            };
            match Teller::new(self.w, self.identity, names).owed(&folder)? {
                Owed::Later => continue,
                Owed::Nothing => {}
                Owed::Batch(batch) => self.tell(&folder, batch)?,
            }
            self.w.set_facts_told(folder.id)?;
        }
        Ok(true)
    }

    fn tell(&mut self, folder: &FolderRow, batch: FactBatch) -> Result<(), AppError> {
        for part in parts(batch) {
            let body = feltbog_protocol::encode(&part);
            self.room.take_bytes(body.len());
            self.enqueue_clear(EnvelopeKind::FactBatch, Some(folder.id), 0, &body)?;
        }
        Ok(())
    }
}

/// Cuts a batch into envelopes; only the first one makes void what was told before.
fn parts(batch: FactBatch) -> Vec<FactBatch> {
    let FactBatch { reading, pseudonyms, anew, told, taken_back } = batch;
    let part = |anew, told: &[_], taken_back| FactBatch { reading, pseudonyms, anew, told: told.to_vec(), taken_back };
    let mut told = told.chunks(FACTS_PER_ENVELOPE);
    let first = part(anew, told.next().unwrap_or_default(), taken_back);
    std::iter::once(first).chain(told.map(|told| part(false, told, Vec::new()))).collect()
}

fn is_counting(r: &Reader<'_>) -> Result<bool, AppError> {
    Ok(r.meta(COUNTS)?.is_some())
}

impl Intake<'_> {
    /// What another device told. Only whether it may is looked at here; what it says is added up where it is needed.
    pub(crate) fn facts_told(
        &mut self,
        seq: u64,
        envelope: &VerifiedEnvelope,
        signer: feltbog_domain::MemberId,
    ) -> Result<Verdict, AppError> {
        let header = envelope.header();
        let facts = self.w.folder_facts(header.folder, signer, seq, self.restored_at)?;
        if facts.is_none() {
            return Ok((RowStatus::WaitingKey, Some("no_folder")));
        }
        if let Err(code) = judge_facts(header, facts.as_ref()) {
            return Ok((RowStatus::Ignored, Some(code.word())));
        }
        Ok(match feltbog_protocol::decode::<FactBatch>(envelope.body()) {
            Ok(_) => APPLIED,
            Err(_) => (RowStatus::Ignored, Some("bad_frame")),
        })
    }
}

impl Device {
    /// Looks at the next folders of which something came in: mostly whoever wrote it has told it already. Returns the last of
    /// them; nothing after the last one of all.
    pub(crate) fn settle_some_facts(&mut self, after: FolderId) -> Result<Option<FolderId>, AppError> {
        let due = self.store.reader().facts_due_after(after, FOLDERS)?;
        let Some(last) = due.last().copied() else { return Ok(None) };
        let (identity, roster) = (&self.identity, &self.roster);
        self.store.write(|w| {
            let names = StaffNames::load(w, roster)?;
            let teller = Teller::new(w, identity, &names);
            for id in due {
                let settled = match w.folder(id)? {
                    Some(folder) => teller.owed(&folder)? == Owed::Nothing,
                    None => true,
                };
                if settled {
                    w.set_facts_told(id)?;
                }
            }
            Ok::<_, AppError>(Some(last))
        })
    }

    /// Remembers that the server counts facts. One that has not said so is told none.
    pub(crate) fn note_counting(&mut self, counts: Option<bool>) -> Result<(), AppError> {
        if counts != Some(true) || is_counting(&self.store.reader())? {
            return Ok(());
        }
        self.store.write(|w| Ok(w.set_meta(COUNTS, &[1])?))
    }

    /// Whether this device has something to tell.
    pub(crate) fn owes_facts(&self) -> Result<bool, AppError> {
        let r = self.store.reader();
        if !is_counting(&r)? {
            return Ok(false);
        }
        let mut after = FolderId::NONE;
        let names = StaffNames::load(&r, &self.roster)?;
        let teller = Teller::new(&r, &self.identity, &names);
        while let [id, ..] = r.facts_due_after(after, 1)?.as_slice() {
            after = *id;
            if let Some(folder) = r.folder(*id)?
                && matches!(teller.owed(&folder)?, Owed::Batch(_))
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
