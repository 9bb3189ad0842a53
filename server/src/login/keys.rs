//! The provider's public keys, and whether one of them signed something.

use data_encoding::BASE64URL_NOPAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::Deserialize;

/// More keys than any provider has.
const MOST_KEYS: usize = 64;

/// What a token may be signed with. Nothing else is looked at: no `none`, and nothing symmetric, for which a public key would be
/// the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rs256,
    Ps256,
    Es256,
}

impl Algorithm {
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "PS256" => Some(Self::Ps256),
            "ES256" => Some(Self::Es256),
            _ => None,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Document {
    keys: Vec<serde_json::Value>,
}

/// One key as the provider shows it. What is not needed to verify is not read.
#[derive(Debug, Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    alg: Option<String>,
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Debug, Clone)]
struct Key {
    kid: Option<String>,
    alg: Option<String>,
    public: Public,
}

#[derive(Debug, Clone)]
enum Public {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256([u8; 65]),
}

/// The keys of one provider.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys(Vec<Key>);

/// Why nothing was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unverified {
    /// No key of this name: the provider may have new ones.
    UnknownKey,
    /// It is not signed by the key it names.
    Wrong,
}

impl Keys {
    /// Reads a key set; keys of other kinds and for other purposes are passed over.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let document: Document = serde_json::from_slice(text).ok()?;
        let keys = document.keys.into_iter().take(MOST_KEYS);
        Some(Self(keys.filter_map(|key| serde_json::from_value::<Jwk>(key).ok()?.into_key()).collect()))
    }

    /// Whether the one key that is meant signed this.
    ///
    /// A key counts by its name *and* by its kind: a name that stands for two keys that both fit is nobody's.
    pub(super) fn verify(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
        signed: &[u8],
        signature: &[u8],
    ) -> Result<(), Unverified> {
        let mut fitting =
            self.0.iter().filter(|key| key.fits(algorithm) && (kid.is_none() || key.kid.as_deref() == kid));
        let key = fitting.next().ok_or(Unverified::UnknownKey)?;
        if fitting.next().is_some() {
            return Err(Unverified::Wrong);
        }
        key.public.verify(algorithm, signed, signature).ok_or(Unverified::Wrong)
    }
}

impl Key {
    fn fits(&self, algorithm: Algorithm) -> bool {
        let kind = match self.public {
            Public::Rsa { .. } => matches!(algorithm, Algorithm::Rs256 | Algorithm::Ps256),
            Public::P256(_) => algorithm == Algorithm::Es256,
        };
        kind && self.alg.as_deref().is_none_or(|name| Algorithm::of(name) == Some(algorithm))
    }
}

impl Public {
    /// Short RSA keys are refused by the rules themselves.
    fn verify(&self, algorithm: Algorithm, signed: &[u8], signature: &[u8]) -> Option<()> {
        match (self, algorithm) {
            (Public::Rsa { n, e }, Algorithm::Rs256) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature).ok()
            }
            (Public::Rsa { n, e }, Algorithm::Ps256) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PSS_2048_8192_SHA256, signed, signature).ok()
            }
            (Public::P256(point), Algorithm::Es256) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature).ok()
            }
            _ => None,
        }
    }
}

impl Jwk {
    fn into_key(self) -> Option<Key> {
        if self.purpose.is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        let public = match self.kty.as_str() {
            "RSA" => Public::Rsa { n: whole_number(&self.n?)?, e: whole_number(&self.e?)? },
            "EC" if self.crv.as_deref() == Some("P-256") => {
                let (x, y) = (bytes(&self.x?)?, bytes(&self.y?)?);
                Public::P256([&[4], x.as_slice(), y.as_slice()].concat().try_into().ok()?)
            }
            _ => return None,
        };
        Some(Key { kid: self.kid, alg: self.alg, public })
    }
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    BASE64URL_NOPAD.decode(text.as_bytes()).ok()
}

/// Without the zeros that some write in front, which the rules do not take.
fn whole_number(text: &str) -> Option<Vec<u8>> {
    let bytes = bytes(text)?;
    let first = bytes.iter().position(|byte| *byte != 0)?;
    bytes.get(first..).map(<[u8]>::to_vec)
}
