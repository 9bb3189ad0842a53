//! Receipts that come back: the server's own word on envelopes that a restored log does not know.

use feltbog_protocol::{ErrorCode, Problem, ReceiptProof, limits};

use super::authenticate::Caller;
use super::parcel::{Parcel, Proven};
use super::{Access, Refusal};

impl Access {
    /// Notes on each pushed envelope what a receipt says of it. A receipt of any epoch holds, as the key is the same. Only
    /// receipts that speak for something pushed are checked, each once, and none can be longer than a request was.
    pub(super) fn believe(&self, caller: &Caller, parcel: &mut Parcel, proofs: &[ReceiptProof]) -> Result<(), Refusal> {
        if proofs.len() > limits::PROOFS {
            let limit = u64::try_from(limits::PROOFS).ok();
            return Err(Problem { limit, ..Problem::new(ErrorCode::TooLarge) }.into());
        }
        let own = self.key.public();
        for proof in proofs.iter().filter(|proof| proof.disposed.len() <= limits::PUSH_ENVELOPES) {
            let speaks = parcel.items.iter().any(|item| proof.disposition(item.dseq, item.hash).is_some());
            if speaks && proof.is_signed_by(&own, caller.tenant, caller.device) {
                parcel.items.iter_mut().for_each(|item| {
                    if let Some(code) = proof.disposition(item.dseq, item.hash) {
                        item.believe(Proven { code, epoch: proof.epoch });
                    }
                });
            }
        }
        Ok(())
    }
}
