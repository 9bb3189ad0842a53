//! Steps of an erasure that a restored log did not know what to do with: they wait for what they name, and are signed once more.

use feltbog_domain::MemberId;
use feltbog_protocol::{EnvelopeHash, EnvelopeKind, Erase, ErasureProposal, RefusalCode};
use feltbog_store::{Reader, Unresolved};

use crate::error::AppError;
use crate::seal_pending::Sealer;
use crate::waits_for_the_log::waits_for_the_log;

/// What a refused step may still become.
enum Prospect {
    /// Something it names is not back in the log.
    Waits,
    /// Everything is where this says.
    Again(Erase),
    /// It was refused for what it asks.
    Refused,
}

impl Sealer<'_> {
    /// Looks after a refused step of an erasure. What was sealed anew for it stands in the log already and counts as this
    /// member's own words until a proposal names it.
    pub(crate) fn step_of_erasure_refused(&mut self, refused: &Unresolved) -> Result<(), AppError> {
        let dseq = refused.envelope.header().dseq;
        let Ok(step) = feltbog_protocol::decode::<Erase>(refused.envelope.body()) else { return Ok(()) };
        match self.prospect(step, refused)? {
            Prospect::Waits => Ok(self.w.try_again_later(dseq)?),
            Prospect::Again(step) => {
                self.enqueue_clear(EnvelopeKind::Erase, None, 0, &feltbog_protocol::encode(&step))?;
                Ok(self.w.resolve(dseq)?)
            }
            Prospect::Refused => Ok(()),
        }
    }

    fn prospect(&self, step: Erase, refused: &Unresolved) -> Result<Prospect, AppError> {
        if self.w.restored_at()?.is_none() {
            return Ok(Prospect::Refused);
        }
        match step {
            Erase::Proposal(proposal) if refused.code == RefusalCode::NoGrant => {
                let Some(now) = as_it_stands(self.w, &proposal, self.identity.member)? else {
                    return Ok(Prospect::Waits);
                };
                // A second proposal word for word is only worth it where the log has become another one meanwhile.
                let is_new = refused.later || now != proposal;
                Ok(if is_new { Prospect::Again(Erase::Proposal(now)) } else { Prospect::Refused })
            }
            Erase::Confirmation { proposal } if refused.code == RefusalCode::UnknownProposal => {
                Ok(match self.w.place_of_erasure(proposal)? {
                    None => Prospect::Waits,
                    Some(_) if refused.later => Prospect::Again(Erase::Confirmation { proposal }),
                    Some(_) => Prospect::Refused,
                })
            }
            Erase::Proposal(_) | Erase::Confirmation { .. } => Ok(Prospect::Refused),
        }
    }
}

/// The proposal with today's places; nothing while one of its folders or envelopes is not back in the log.
fn as_it_stands(r: &Reader<'_>, proposal: &ErasureProposal, me: MemberId) -> Result<Option<ErasureProposal>, AppError> {
    for erased in proposal.places() {
        if let Some(folder) = r.folder(erased.folder)?
            && waits_for_the_log(r, &folder, me)?
        {
            return Ok(None);
        }
    }
    let mut now = proposal.clone();
    for part in now.entries.iter_mut().flat_map(|entries| &mut entries.parts) {
        let Some(place) = r.place_of(part.device, part.dseq, EnvelopeHash(part.hash))? else { return Ok(None) };
        part.seq = place;
    }
    Ok(Some(now))
}
