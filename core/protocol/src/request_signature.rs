//! How a device signs a request: `Authorization: Feltbog-Device <device>.<time>.<nonce>.<signature>`.
//!
//! The municipality stands in a header of its own, [`RequestSignature::TENANT_HEADER`], and is under the signature.

use std::fmt;
use std::str::FromStr;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::{Signature, VerifyingKey};
use feltbog_domain::{DeviceId, TenantId};
use sha2::{Digest, Sha256};

const SCHEME: &str = "Feltbog-Device ";
const SIGNED_PREFIX: &[u8] = b"feltbog/request/1\0";

/// The `Authorization` value of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestSignature {
    /// The signing device.
    pub device: DeviceId,
    /// The device's best guess of the server's clock, milliseconds since 1970.
    pub time_ms: i64,
    /// Random, so that two equal requests differ.
    pub nonce: [u8; 16],
    /// Ed25519.
    pub signature: [u8; 64],
}

/// The header is no signature of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the Authorization header is not a device's signature")]
pub struct RequestSignatureError;

impl RequestSignature {
    /// Name of the header that carries the tenant's id.
    pub const TENANT_HEADER: &'static str = "feltbog-tenant";

    /// What the device signs.
    #[must_use]
    pub fn signed_bytes(
        tenant: TenantId,
        method: &str,
        path: &str,
        body: &[u8],
        time_ms: i64,
        nonce: &[u8; 16],
    ) -> Vec<u8> {
        let body_hash: [u8; 32] = Sha256::digest(body).into();
        [
            SIGNED_PREFIX,
            tenant.as_bytes(),
            method.as_bytes(),
            b"\0",
            path.as_bytes(),
            b"\0",
            &body_hash,
            &time_ms.to_be_bytes(),
            nonce,
        ]
        .concat()
    }

    /// Whether this key signed this request.
    #[must_use]
    pub fn is_signed_by(&self, public: &[u8; 32], tenant: TenantId, method: &str, path: &str, body: &[u8]) -> bool {
        let signed = Self::signed_bytes(tenant, method, path, body, self.time_ms, &self.nonce);
        VerifyingKey::from_bytes(public)
            .is_ok_and(|key| key.verify_strict(&signed, &Signature::from_bytes(&self.signature)).is_ok())
    }
}

impl fmt::Display for RequestSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{SCHEME}{}.{}.{}.{}",
            self.device,
            self.time_ms,
            HEXLOWER.encode(&self.nonce),
            BASE64URL_NOPAD.encode(&self.signature)
        )
    }
}

impl FromStr for RequestSignature {
    type Err = RequestSignatureError;

    fn from_str(text: &str) -> Result<Self, RequestSignatureError> {
        let rest = text.strip_prefix(SCHEME).ok_or(RequestSignatureError)?;
        let parts: Vec<&str> = rest.split('.').collect();
        let [device, time, nonce, signature] = parts.as_slice() else { return Err(RequestSignatureError) };
        Ok(Self {
            device: device.parse().map_err(|_| RequestSignatureError)?,
            time_ms: time.parse().map_err(|_| RequestSignatureError)?,
            nonce: exactly(HEXLOWER.decode(nonce.as_bytes()))?,
            signature: exactly(BASE64URL_NOPAD.decode(signature.as_bytes()))?,
        })
    }
}

fn exactly<const N: usize>(
    decoded: Result<Vec<u8>, data_encoding::DecodeError>,
) -> Result<[u8; N], RequestSignatureError> {
    decoded.ok().and_then(|bytes| bytes.try_into().ok()).ok_or(RequestSignatureError)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};

    #[test]
    fn a_signature_fits_one_request_of_one_tenant_only() {
        let key = SigningKey::from_bytes(&[3; 32]);
        let public = key.verifying_key().to_bytes();
        let tenant = TenantId::new([1; 16]);
        let signed = RequestSignature::signed_bytes(tenant, "POST", "/v1/sync", b"body", 1_000, &[9; 16]);
        let value = RequestSignature {
            device: DeviceId::new([2; 16]),
            time_ms: 1_000,
            nonce: [9; 16],
            signature: key.sign(&signed).to_bytes(),
        };
        let read: RequestSignature = value.to_string().parse().unwrap();
        assert_eq!(read, value);
        assert!(read.is_signed_by(&public, tenant, "POST", "/v1/sync", b"body"));
        assert!(!read.is_signed_by(&public, tenant, "POST", "/v1/sync", b"bodY"));
        assert!(!read.is_signed_by(&public, tenant, "POST", "/v1/enrol", b"body"));
        assert!(!read.is_signed_by(&public, TenantId::new([7; 16]), "POST", "/v1/sync", b"body"));
    }
}
