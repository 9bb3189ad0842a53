//! Key pairs: Ed25519 to sign, X25519 to receive wrapped keys.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey};
use feltbog_domain::{DeviceId, TenantId};
use feltbog_protocol::{AggregateProof, Draft, Envelope, Issuer, RequestSignature, SignedStatement, Statement};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use zeroize::Zeroizing;

use crate::folder_key::WrapError;
use crate::random::Source;
use crate::secret::Secret;

const ENCAPPED_LEN: usize = 32;

/// An Ed25519 key pair (RFC 8032), kept as its seed.
#[derive(Clone)]
pub struct SigningPair(SigningKey);

impl SigningPair {
    /// The pair of a seed.
    #[must_use]
    pub fn from_seed(seed: &Secret) -> Self {
        Self(SigningKey::from_bytes(seed.expose()))
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs an envelope; its bytes never change again.
    #[must_use]
    pub fn sign_envelope(&self, draft: Draft) -> Envelope {
        let signature = self.0.sign(&draft.signed_bytes()).to_bytes();
        draft.signed(signature)
    }

    /// Signs a certificate.
    #[must_use]
    pub fn certify(&self, tenant: TenantId, issuer: Issuer, statement: &Statement) -> SignedStatement {
        let statement = feltbog_protocol::encode(statement);
        let signature = self.0.sign(&SignedStatement::signed_bytes(tenant, &statement)).to_bytes();
        SignedStatement { statement, issuer, signature }
    }

    /// Signs figures for a region; the proof's certificates lead to this pair.
    #[must_use]
    pub fn sign_aggregate(&self, tenant: TenantId, device: DeviceId, figures: &[u8]) -> [u8; 64] {
        self.0.sign(&AggregateProof::signed_bytes(tenant, device, figures)).to_bytes()
    }

    /// Signs a request for the `Authorization` header.
    #[must_use]
    pub fn sign_request(
        &self,
        tenant: TenantId,
        device: DeviceId,
        method: &str,
        path: &str,
        body: &[u8],
        time_ms: i64,
    ) -> RequestSignature {
        let nonce = crate::random_bytes();
        let signed = RequestSignature::signed_bytes(tenant, method, path, body, time_ms, &nonce);
        RequestSignature { device, time_ms, nonce, signature: self.0.sign(&signed).to_bytes() }
    }
}

impl fmt::Debug for SigningPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningPair(..)")
    }
}

/// An X25519 key pair for HPKE base mode (RFC 9180), kept as its seed.
#[derive(Clone)]
pub struct WrapPair {
    private: <X25519HkdfSha256 as Kem>::PrivateKey,
    public: [u8; 32],
}

impl WrapPair {
    /// The pair derived from a seed (RFC 9180, `DeriveKeyPair`).
    #[must_use]
    pub fn from_seed(seed: &Secret) -> Self {
        let (private, public) = X25519HkdfSha256::derive_keypair(seed.expose());
        Self { private, public: public.to_bytes().into() }
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.public
    }

    /// Opens what was wrapped for this pair: 80 bytes for a 32-byte secret.
    ///
    /// # Errors
    /// [`WrapError::DoesNotOpen`] for another key, purpose or altered bytes.
    pub fn open(&self, wrap: &[u8], purpose: &[u8], bound_to: &[u8]) -> Result<Secret, WrapError> {
        let (encapped, sealed) = wrap.split_at_checked(ENCAPPED_LEN).ok_or(WrapError::DoesNotOpen)?;
        let encapped =
            <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapped).map_err(|_| WrapError::DoesNotOpen)?;
        let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.private,
            &encapped,
            purpose,
            sealed,
            bound_to,
        )
        .map(Zeroizing::new)
        .map_err(|_| WrapError::DoesNotOpen)?;
        Secret::from_slice(&opened).ok_or(WrapError::DoesNotOpen)
    }

    /// Wraps a secret for the holder of `public`.
    ///
    /// # Errors
    /// [`WrapError::BadPublicKey`] when `public` is no usable point.
    pub fn wrap_for(public: &[u8; 32], secret: &Secret, purpose: &[u8], bound_to: &[u8]) -> Result<Vec<u8>, WrapError> {
        let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(public).map_err(|_| WrapError::BadPublicKey)?;
        let (encapped, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public,
            purpose,
            secret.expose(),
            bound_to,
            &mut Source,
        )
        .map_err(|_| WrapError::BadPublicKey)?;
        Ok([encapped.to_bytes().as_slice(), &sealed].concat())
    }
}

impl fmt::Debug for WrapPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WrapPair(..)")
    }
}
