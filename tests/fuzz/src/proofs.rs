//! What is signed outside of envelopes: receipts, leases, requests.

use feltbog_protocol::{Lease, ReceiptProof, RequestSignature};

use crate::specimens::{self, DEVICE, TENANT, server_public, signer_of_records};
use crate::wire::message;

/// A receipt with its chain: the server's key signed for exactly these envelopes, or it proves nothing.
#[must_use]
pub fn receipt_proof(data: &[u8]) -> bool {
    let Some(proof) = message::<ReceiptProof>(data) else { return false };
    if proof.is_signed_by(&server_public(), TENANT, DEVICE) {
        let genuine: ReceiptProof = feltbog_protocol::decode(specimens::RECEIPT_PROOF).unwrap();
        assert!(proof == genuine, "a receipt that the server did not sign");
    }
    for (link, dseq) in proof.disposed.iter().zip(proof.receipt.first..) {
        let told = proof.disposition(dseq, feltbog_protocol::EnvelopeHash(link.hash));
        assert_eq!(told, Some(link.code));
    }
    true
}

/// A lease.
#[must_use]
pub fn lease(data: &[u8]) -> bool {
    let Some(lease) = message::<Lease>(data) else { return false };
    if lease.is_signed_by(&server_public(), TENANT, DEVICE) {
        let genuine: Lease = feltbog_protocol::decode(specimens::LEASE).unwrap();
        assert!(lease == genuine, "a lease that the server did not sign");
    }
    true
}

/// The `Authorization` header of a request.
#[must_use]
pub fn request_signature(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let Ok(read) = text.parse::<RequestSignature>() else { return false };
    assert!(read.to_string().parse::<RequestSignature>().is_ok_and(|again| again == read));
    if read.is_signed_by(&signer_of_records(), TENANT, "POST", "/v1/sync", b"") {
        let genuine: RequestSignature = specimens::REQUEST_SIGNATURE.parse().unwrap();
        // The device only says whose key to look up; everything else is under the signature.
        assert!(RequestSignature { device: genuine.device, ..read } == genuine, "a signature that nobody made");
    }
    true
}
