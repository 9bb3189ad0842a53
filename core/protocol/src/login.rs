//! Staff login, where the municipality asks for one: OpenID Connect, the code flow with PKCE, done by the device.
//!
//! The login proves to the server that somebody's account is open; it opens no folder and certifies nobody. What it comes
//! back with is bound to the device's own key by the nonce, so that it is worth nothing to another device.

use data_encoding::BASE64URL_NOPAD;
use feltbog_domain::{DeviceId, TenantId};
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use crate::codes::LoginFault;
use crate::receipt::Lease;

const NONCE_PREFIX: &[u8] = b"feltbog/login/1\0";

/// What a login has to be, and where it is done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct LoginTerms {
    /// The identity provider, as its tokens name it.
    #[n(1)]
    pub issuer: String,
    /// What Feltbog is called there.
    #[n(2)]
    pub client_id: String,
    /// What is asked for, `openid` among it.
    #[n(3)]
    pub scope: String,
    /// How sure the provider must be of who it is; any of these. Empty where the municipality leaves it to the provider.
    #[cbor(n(4), decode_with = "crate::bounded::decode", skip_if = "Vec::is_empty")]
    pub acr_values: Vec<String>,
    /// Where the person goes.
    #[n(5)]
    pub authorization_endpoint: String,
    /// Where the code is changed into a token.
    #[n(6)]
    pub token_endpoint: String,
    /// How many seconds ago the person may have logged in at the provider.
    #[n(7)]
    pub max_age_s: u32,
    /// Where the provider sends the person back to: an address of this computer. Without a port, any port will do.
    #[n(8)]
    pub redirect_uri: String,
    /// Whether the provider says in its answer who it is (RFC 9207); then an answer that does not is not taken.
    #[n(9)]
    pub names_issuer: bool,
}

/// A login, as a device shows it.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct LoginProof {
    /// What the nonce was made with.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub random: [u8; 16],
    /// The ID token, as the provider gave it.
    #[n(2)]
    pub id_token: String,
}

impl std::fmt::Debug for LoginProof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LoginProof(..)")
    }
}

/// `POST /v1/login`, signed like an exchange: the terms, or a login that is due.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct LoginRequest {
    /// Absent to ask for the terms.
    #[n(1)]
    pub proof: Option<LoginProof>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct LoginReply {
    /// Absent where the municipality asks for no login, and where one was taken.
    #[n(1)]
    pub terms: Option<LoginTerms>,
    /// When the next login is due, milliseconds since 1970.
    #[n(2)]
    pub due_ms: Option<i64>,
    /// How long the device may work offline from now on.
    #[n(3)]
    pub lease: Option<Lease>,
}

/// Why a login is asked for, in a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct LoginWanted {
    /// What it has to be.
    #[n(1)]
    pub terms: LoginTerms,
    /// What was wrong with the one that was shown; absent where none was.
    #[n(2)]
    pub fault: Option<LoginFault>,
}

/// The nonce of a device's login. Only the device that chose `random` and signs with `sign_public` can make a login worth
/// something here: its requests and its first envelope are signed with that key.
#[must_use]
pub fn login_nonce(tenant: TenantId, device: DeviceId, sign_public: &[u8; 32], random: &[u8; 16]) -> String {
    let hash = Sha256::new()
        .chain_update(NONCE_PREFIX)
        .chain_update(tenant.as_bytes())
        .chain_update(device.as_bytes())
        .chain_update(sign_public)
        .chain_update(random)
        .finalize();
    BASE64URL_NOPAD.encode(&hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_device_key_municipality_or_try_makes_another_nonce() {
        let (tenant, device) = (TenantId::new([1; 16]), DeviceId::new([2; 16]));
        let nonce = login_nonce(tenant, device, &[3; 32], &[4; 16]);
        assert_eq!(nonce.len(), 43);
        for other in [
            login_nonce(TenantId::new([9; 16]), device, &[3; 32], &[4; 16]),
            login_nonce(tenant, DeviceId::new([9; 16]), &[3; 32], &[4; 16]),
            login_nonce(tenant, device, &[9; 32], &[4; 16]),
            login_nonce(tenant, device, &[3; 32], &[9; 16]),
        ] {
            assert_ne!(nonce, other);
        }
    }

    #[test]
    fn a_token_is_not_printed() {
        let proof = LoginProof { random: [0; 16], id_token: "eyJ".into() };
        assert_eq!(format!("{proof:?}"), "LoginProof(..)");
    }
}
