//! Erasing: one who answers for a case proposes, an administrator confirms, and with the confirmation it is gone.

use feltbog_protocol::{
    Envelope, Erase, ErasedEntries, ErasureProposal, Header, RefusalCode, judge_erasure_confirmation,
    judge_erasure_proposal, limits,
};

use super::Effect;
use super::judge::Judge;
use crate::log::{ProposalRow, StoreError};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Judge<'_> {
    /// Whether a step of an erasure is taken, and what it changes.
    pub(super) fn erase(&self, envelope: &Envelope, erase: &Erase) -> Result<Result<Effect, RefusalCode>, StoreError> {
        match erase {
            Erase::Proposal(proposal) => self.proposed(envelope, proposal),
            Erase::Confirmation { proposal } => {
                let header = envelope.header();
                let found = self.transaction.proposal(header.tenant, *proposal)?;
                let in_time = found
                    .filter(|row| self.now_ms.saturating_sub(row.received_ms) <= days(limits::ERASURE_PROPOSAL_DAYS));
                let proposer =
                    in_time.as_ref().and_then(|row| self.roster.roster.device(row.device)).map(|device| device.member);
                let judged = judge_erasure_confirmation(header, self.signer, self.roles(self.signer), proposer);
                Ok(judged.and_then(|()| in_time.ok_or(RefusalCode::UnknownProposal)).map(erased_by))
            }
        }
    }

    fn proposed(
        &self,
        envelope: &Envelope,
        proposal: &ErasureProposal,
    ) -> Result<Result<Effect, RefusalCode>, StoreError> {
        let header = envelope.header();
        if proposal.places().count() > limits::ERASED_FOLDERS {
            return Ok(Err(RefusalCode::BadFrame));
        }
        let mut known = Vec::with_capacity(proposal.folders.len());
        for erased in proposal.places() {
            let folder = self.transaction.folder(header.tenant, erased.folder, self.signer, self.now_ms)?;
            known.push((erased, folder.map(|folder| folder.facts)));
        }
        let judged = judge_erasure_proposal(header, proposal, &known, self.roles(self.signer));
        if let Err(code) = judged {
            return Ok(Err(code));
        }
        let mut all_here = known.iter().all(|(_, facts)| facts.is_some());
        for entries in &proposal.entries {
            all_here &= self.is_in_the_log(header, entries)?;
        }
        Ok(if all_here { Ok(Effect::StoredOnly) } else { Err(RefusalCode::NoGrant) })
    }

    /// Whether every envelope stands where it is said to, and what else it held stands anew already: the bodies go with the
    /// confirmation, and by then nothing may be left to bring.
    fn is_in_the_log(&self, header: &Header, entries: &ErasedEntries) -> Result<bool, StoreError> {
        for part in &entries.parts {
            let known = self.transaction.known(header.tenant, part.device, part.dseq)?;
            if known.is_none_or(|known| known.hash.0 != part.hash || known.seq != Some(part.seq)) {
                return Ok(false);
            }
            let Some(remainder) = part.remainder else { continue };
            let anew = self.transaction.known(header.tenant, header.device, remainder)?;
            if remainder >= header.dseq || anew.is_none_or(|known| known.seq.is_none()) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What comes back after a restore was judged before. The two steps come in any order; with the second of them it is
    /// erased again.
    pub(super) fn erase_again(&self, envelope: &Envelope, erase: &Erase) -> Result<Effect, StoreError> {
        let tenant = envelope.header().tenant;
        Ok(match erase {
            Erase::Proposal(proposal) if self.transaction.is_confirmed(tenant, envelope.hash())? => {
                Effect::Erased(Box::new(proposal.clone()))
            }
            Erase::Proposal(_) => Effect::StoredOnly,
            Erase::Confirmation { proposal } => {
                self.transaction.proposal(tenant, *proposal)?.map_or(Effect::StoredOnly, erased_by)
            }
        })
    }
}

fn erased_by(row: ProposalRow) -> Effect {
    Effect::Erased(Box::new(row.proposal))
}

const fn days(number: i64) -> i64 {
    number.saturating_mul(DAY_MS)
}
