//! Envelopes: the frame, its signature, and what is sealed inside.

use ed25519_dalek::VerifyingKey;
use feltbog_protocol::{Draft, Envelope, SIGNATURE_LEN};
use feltbog_sealing::open;

use crate::specimens::{self, folder_key, sealing_pair, signer_of_records};

/// There is one encoding of an envelope, and every bit of it is under the signature.
#[must_use]
pub fn envelope(data: &[u8]) -> bool {
    let Ok(read) = Envelope::decode(data.to_vec()) else { return false };
    assert_eq!(read.bytes(), data, "an envelope is kept as it came");
    let signature = data[data.len() - SIGNATURE_LEN..].try_into().unwrap();
    let again = Draft::new(read.header().clone(), read.body()).expect("what was read can be written").signed(signature);
    assert_eq!(again.bytes(), data, "a second encoding of the same envelope");
    for public in [signer_of_records(), sealing_pair().public()] {
        let key = VerifyingKey::from_bytes(&public).unwrap();
        if read.clone().verify(&key).is_ok() {
            assert!(specimens::signed_envelopes().any(|signed| signed == data), "a signature that nobody made");
        }
    }
    true
}

/// A member who alters an envelope and signs it again: the body opens only under the header it was sealed for.
#[must_use]
pub fn resigned_envelope(data: &[u8]) -> bool {
    let Ok(read) = Envelope::decode(data.to_vec()) else { return false };
    let draft = Draft::new(read.header().clone(), read.body()).expect("what was read can be written");
    let forged = sealing_pair().sign_envelope(draft);
    let verified = forged.verify(&VerifyingKey::from_bytes(&sealing_pair().public()).unwrap()).expect("just signed");
    let Ok(opened) = open(&verified, &folder_key()) else { return false };
    let unsigned = |bytes: &[u8]| bytes[..bytes.len() - SIGNATURE_LEN].to_vec();
    assert_eq!(unsigned(data), unsigned(specimens::SEALED), "an altered envelope opened");
    !opened.documents().is_empty()
}
