//! The word a running host and a second process on the same computer know each other by.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use data_encoding::BASE64URL_NOPAD;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::key_file::LocalKey;

const BOUND_TO: &[u8] = b"feltbog/host-token/1";

/// A random token, new at every launch. On disk it lies sealed under the device's own key: whoever wants to call the
/// host must know the passphrase.
#[derive(Clone, PartialEq, Eq)]
pub struct HostToken(Zeroizing<String>);

impl HostToken {
    /// A new token.
    #[must_use]
    pub fn random() -> Self {
        Self(Zeroizing::new(BASE64URL_NOPAD.encode(&crate::random_bytes::<24>())))
    }

    /// The text that travels in the header.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The token as it lies on disk.
    #[must_use]
    pub fn sealed(&self, key: &LocalKey) -> String {
        let nonce: [u8; 12] = crate::random_bytes();
        let body = cipher(key)
            .encrypt(&Nonce::from(nonce), Payload { msg: self.0.as_bytes(), aad: BOUND_TO })
            .unwrap_or_default();
        BASE64URL_NOPAD.encode(&[nonce.as_slice(), &body].concat())
    }

    /// Reads the token on disk; `None` for another device's key.
    #[must_use]
    pub fn open(sealed: &str, key: &LocalKey) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
        let (nonce, body) = bytes.split_first_chunk::<12>()?;
        let opened = cipher(key).decrypt(&Nonce::from(*nonce), Payload { msg: body, aad: BOUND_TO }).ok()?;
        String::from_utf8(opened).ok().map(|token| Self(Zeroizing::new(token)))
    }
}

impl fmt::Debug for HostToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HostToken(..)")
    }
}

fn cipher(key: &LocalKey) -> ChaCha20Poly1305 {
    let mut derived = Zeroizing::new([0; 32]);
    let expanded = Hkdf::<Sha256>::new(None, key.database().expose()).expand(BOUND_TO, derived.as_mut());
    debug_assert!(expanded.is_ok(), "HKDF refused 32 bytes");
    ChaCha20Poly1305::new(&Key::from(*derived))
}
