//! Whose signature an envelope bears.

use ed25519_dalek::VerifyingKey;
use feltbog_protocol::{Envelope, Roster, VerifiedEnvelope};

/// The envelope, if the device it names is certified and signed it.
pub(crate) fn verified(roster: &Roster, envelope: &Envelope) -> Option<VerifiedEnvelope> {
    let signer = roster.device(envelope.header().device)?;
    let key = VerifyingKey::from_bytes(&signer.sign_public).ok()?;
    envelope.clone().verify(&key).ok()
}
