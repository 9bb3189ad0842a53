//! The invitation: what a leader hands to a colleague, as text or QR code, never through the server.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE64URL_NOPAD;
use feltbog_domain::TenantId;
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use crate::certificate::{SignedStatement, Statement};

const SCHEME: &str = "feltbog:";
const CHECK_LEN: usize = 6;

/// All a new device needs. Whoever holds it can join once, so it is a secret until used: it prints only through
/// [`Invitation::to_text`].
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Invitation {
    /// Address of the server.
    #[n(0)]
    pub url: String,
    /// The municipality.
    #[cbor(n(1), with = "crate::id_bytes")]
    pub tenant: TenantId,
    /// The root to pin.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub root: [u8; 32],
    /// Seed of the invitation's own key pair.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub seed: [u8; 32],
    /// The inviter's signed statement.
    #[n(4)]
    pub statement: SignedStatement,
    /// The invited person's name, to greet with; it never goes to the server.
    #[n(5)]
    pub name: String,
    /// The recovery key, signed by the root: the new member's key is wrapped for it before anything else is known.
    #[n(6)]
    pub recovery: SignedStatement,
}

/// Why a text is no invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvitationError {
    /// It does not begin as one.
    #[error("teksten er ikke en invitation: en invitation begynder med \"feltbog:\"")]
    NotOne,
    /// It was changed, or not copied whole.
    #[error("invitationen er ændret eller ikke kopieret helt: bed om at få den sendt igen")]
    Altered,
}

impl Invitation {
    /// The text that is handed over.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = crate::encode(self);
        let check = check(&bytes);
        bytes.extend_from_slice(&check);
        format!("{SCHEME}{}", BASE64URL_NOPAD.encode(&bytes))
    }

    /// When it runs out, milliseconds since 1970; `None` if the statement inside is no invitation.
    #[must_use]
    pub fn expires_ms(&self) -> Option<i64> {
        match self.statement.statement()? {
            Statement::Invitation { expires_ms, .. } | Statement::DeviceInvitation { expires_ms, .. } => {
                Some(expires_ms)
            }
            _ => None,
        }
    }
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Invitation(..)")
    }
}

impl FromStr for Invitation {
    type Err = InvitationError;

    /// Spaces and line breaks inside are ignored: people copy it from letters.
    fn from_str(text: &str) -> Result<Self, InvitationError> {
        let compact: String = text.split_whitespace().collect();
        let encoded = compact.strip_prefix(SCHEME).ok_or(InvitationError::NotOne)?;
        let bytes = BASE64URL_NOPAD.decode(encoded.as_bytes()).map_err(|_| InvitationError::Altered)?;
        let (body, given) = bytes.split_last_chunk::<CHECK_LEN>().ok_or(InvitationError::Altered)?;
        if *given != check(body) {
            return Err(InvitationError::Altered);
        }
        crate::decode(body).map_err(|_| InvitationError::Altered)
    }
}

fn check(bytes: &[u8]) -> [u8; CHECK_LEN] {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let mut first = [0; CHECK_LEN];
    first.copy_from_slice(hash.get(..CHECK_LEN).unwrap_or(&[0; CHECK_LEN]));
    first
}
