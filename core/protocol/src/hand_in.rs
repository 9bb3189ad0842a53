//! Handing in from beside a locked database: what was sealed for the leaders before anybody forgot a passphrase.

use feltbog_domain::TenantId;
use minicbor::{Decode, Encode};

use crate::receipt::Receipt;
use crate::sync_message::{EnvelopeBytes, PushResult, ServerClock};

/// `POST /v1/hand-in`: deposits with reserve numbers. Nobody signs the request, since the key that could is locked away:
/// every envelope in it is signed, and handing one in a second time changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct HandInRequest {
    /// The municipality.
    #[cbor(n(1), with = "crate::id_bytes")]
    pub tenant: TenantId,
    /// Kind 11 of one device, numbers rising, each at least [`limits::RESERVE_NUMBERS`](crate::limits::RESERVE_NUMBERS).
    #[n(2)]
    pub envelopes: Vec<EnvelopeBytes>,
}

/// The answer: what became of each. What is refused is not remembered, and may be handed in again.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct HandInReply {
    /// Clock and log.
    #[n(1)]
    pub clock: ServerClock,
    /// One for each envelope, in order.
    #[n(2)]
    pub results: Vec<PushResult>,
    /// The server's word for them.
    #[n(3)]
    pub receipt: Receipt,
}
