//! Taking in erasures: both steps are judged here again, and with the second one the case is gone from this device.

use feltbog_domain::MemberId;
use feltbog_protocol::{
    Envelope, EnvelopeHash, Erase, ErasedEntries, ErasedFolder, ErasureProposal, PurgeReceipt,
    judge_erasure_confirmation, judge_erasure_proposal,
};
use feltbog_store::{Confirmed, RowStatus};

use crate::erasures::holders;
use crate::error::AppError;
use crate::take_in::{APPLIED, Intake, Verdict};

impl Intake<'_> {
    pub(crate) fn erase(&mut self, seq: u64, envelope: &Envelope, signer: MemberId) -> Result<Verdict, AppError> {
        match feltbog_protocol::decode::<Erase>(envelope.body()) {
            Ok(Erase::Proposal(proposal)) => self.erasure_proposed(seq, envelope, &proposal, signer),
            Ok(Erase::Confirmation { proposal }) => self.erasure_confirmed(seq, envelope, proposal, signer),
            Err(_) => Ok((RowStatus::Quarantined, Some("bad_frame"))),
        }
    }

    fn erasure_proposed(
        &mut self,
        seq: u64,
        envelope: &Envelope,
        proposal: &ErasureProposal,
        signer: MemberId,
    ) -> Result<Verdict, AppError> {
        if self.w.erasure(envelope.hash())?.is_some() {
            // Comes again after a restore; by now its folders may be gone.
            return Ok(APPLIED);
        }
        let mut known = Vec::with_capacity(proposal.folders.len());
        for erased in proposal.places() {
            known.push((erased, self.w.folder_facts(erased.folder, signer, seq, self.restored_at)?));
        }
        let roles = self.roster.roles_at(signer, self.place(seq));
        if let Err(code) = judge_erasure_proposal(envelope.header(), proposal, &known, &roles) {
            return Ok((RowStatus::Ignored, Some(code.word())));
        }
        self.w.note_proposal(envelope.hash(), envelope.body(), signer, self.now_ms)?;
        proposal
            .entries
            .iter()
            .try_for_each(|entries| self.credit_remainders(envelope.header().device, entries, false))?;
        Ok(APPLIED)
    }

    fn erasure_confirmed(
        &mut self,
        seq: u64,
        envelope: &Envelope,
        proposal: EnvelopeHash,
        signer: MemberId,
    ) -> Result<Verdict, AppError> {
        let Some(row) = self.w.erasure(proposal)? else {
            return Ok((RowStatus::WaitingKey, Some("no_proposal")));
        };
        let proposer = self.w.signer_of(proposal)?;
        let roles = self.roster.roles_at(signer, self.place(seq));
        if let Err(code) = judge_erasure_confirmation(envelope.header(), signer, &roles, Some(row.member)) {
            return Ok((RowStatus::Ignored, Some(code.word())));
        }
        let confirmed = Confirmed { envelope: envelope.hash(), member: signer, seq, seen_ms: self.now_ms };
        self.w.note_confirmation(proposal, &confirmed)?;
        let mut held = false;
        for erased in &row.body.folders {
            held |= self.take_off(erased, &row.body)?;
        }
        for entries in &row.body.entries {
            if let Some(proposer) = proposer {
                self.credit_remainders(proposer, entries, true)?;
            }
            held |= self.take_out(entries)?;
        }
        let own = self.identity.device;
        let mut holders = holders(self.w, self.roster)?.into_iter();
        let owes = holders.any(|holder| holder.device == own && holder.owes_its_word(&row.body, seq));
        if held || owes {
            self.w.owe_purge(proposal)?;
        }
        self.sealer()?.replace_erased(&confirmed, &row.body)?;
        Ok(APPLIED)
    }

    /// Everything of the folder but what its writer has to be asked about.
    fn take_off(&mut self, erased: &ErasedFolder, proposal: &ErasureProposal) -> Result<bool, AppError> {
        if self.w.folder(erased.folder)?.is_some() {
            self.flush_folder(erased.folder)?;
        }
        self.documents.retain(|_, open| open.folder != erased.folder);
        let held = self.w.erase_folder(erased, proposal.programme)?;
        self.purged |= held;
        Ok(held)
    }

    /// Single documents, with what of them waits to be sent: their folder stays.
    fn take_out(&mut self, entries: &ErasedEntries) -> Result<bool, AppError> {
        self.documents.retain(|document, _| !entries.holds(*document));
        let held = self.w.erase_entries(entries)?;
        // What else was told in the same envelopes is told once more.
        self.w.set_facts_due(entries.folder)?;
        self.purged |= held;
        Ok(held)
    }

    /// A device's word about what it no longer holds, or about what was read on it.
    pub(crate) fn told_to_offices(&mut self, envelope: &Envelope, signer: MemberId) -> Result<Verdict, AppError> {
        let Ok(receipt) = feltbog_protocol::decode::<PurgeReceipt>(envelope.body()) else {
            return self.readings(envelope, signer);
        };
        self.w.note_purge(envelope.header().device, &receipt)?;
        Ok(APPLIED)
    }
}
