//! How the first device of a municipality and every later one enter.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE32_NOPAD;
use feltbog_domain::TenantId;
use minicbor::{Decode, Encode};

use crate::login::LoginProof;
use crate::receipt::Lease;
use crate::sync_message::{EnvelopeBytes, ServerClock};

const SCHEME: &str = "start-";

/// What the server's installer hands to the first administrator: single use, 128 random bits.
///
/// It carries the server's receipt key too, so that the root certifies the key of this server and no other.
#[derive(Clone, PartialEq, Eq)]
pub struct BootstrapCode {
    /// The municipality.
    pub tenant: TenantId,
    /// Proof of being the first.
    pub secret: [u8; 16],
    /// Ed25519: the key the server signs receipts with.
    pub server_key: [u8; 32],
}

impl fmt::Debug for BootstrapCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BootstrapCode(..)")
    }
}

impl BootstrapCode {
    /// The text that is handed over; upper and lower case are the same.
    #[must_use]
    pub fn to_text(&self) -> String {
        let bytes = [self.tenant.as_bytes().as_slice(), &self.secret, &self.server_key].concat();
        format!("{SCHEME}{}", BASE32_NOPAD.encode(&bytes).to_lowercase())
    }
}

impl FromStr for BootstrapCode {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "startkoden er ikke hel: kopiér den igen fra serverens installation";
        let lower: String = text.split_whitespace().collect::<String>().to_lowercase();
        let encoded = lower.strip_prefix(SCHEME).ok_or(WRONG)?.to_uppercase();
        let bytes = BASE32_NOPAD.decode(encoded.as_bytes()).map_err(|_| WRONG)?;
        let (tenant, rest) = bytes.split_first_chunk::<16>().ok_or(WRONG)?;
        let (secret, server_key) = rest.split_first_chunk::<16>().ok_or(WRONG)?;
        let server_key = <[u8; 32]>::try_from(server_key).map_err(|_| WRONG)?;
        Ok(Self { tenant: TenantId::new(*tenant), secret: *secret, server_key })
    }
}

/// `POST /v1/setup`: the first device.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SetupRequest {
    /// The municipality.
    #[cbor(n(1), with = "crate::id_bytes")]
    pub tenant: TenantId,
    /// From the bootstrap code.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub secret: [u8; 16],
    /// The new root.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub root: [u8; 32],
    /// Kind 7, number 1 of the new device: recovery key, server key, member, device, member's key.
    #[n(4)]
    pub envelope: EnvelopeBytes,
}

/// `POST /v1/enrol`: every later device.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct EnrolRequest {
    /// The municipality.
    #[cbor(n(1), with = "crate::id_bytes")]
    pub tenant: TenantId,
    /// Kind 7, number 1 of the new device: invitation, member, device, member's key; or the device alone, certified by
    /// an earlier device of the same member whose database turned out to be an older copy.
    #[n(2)]
    pub envelope: EnvelopeBytes,
    /// Proof of having been enrolled before, for a server that was restored to an earlier day: invitations run out.
    #[n(3)]
    pub lease: Option<Lease>,
    /// The person's login, where the municipality asks for one.
    #[n(4)]
    pub login: Option<LoginProof>,
}

/// The answer to both. Asking again with the same envelope gives the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct EnrolReply {
    /// Clock and log.
    #[n(1)]
    pub clock: ServerClock,
    /// The row of the device's own certificate: its cursor starts there.
    #[n(2)]
    pub cert_seq: u64,
    /// How long the device may work offline.
    #[n(3)]
    pub lease: Option<Lease>,
}
