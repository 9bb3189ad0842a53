//! What each endpoint takes and gives, and every way it may refuse. `docs/openapi.json` is written from this.

use feltbog_protocol::ErrorCode;
use feltbog_protocol::ErrorCode::{
    BadRequest, BadSignature, BootstrapRefused, Busy, ClockSkew, DeviceBlocked, DeviceFork, DeviceRevoked,
    EpochChanged, Internal, InvitationExpired, InvitationRefused, InvitationUsed, LoginRequired, NotEntitled,
    SequenceGap, StoppedByIt, TooLarge, UnknownDevice, UnknownTenant,
};

use super::Endpoint;
use super::problem::status_of;

/// The messages of one endpoint, by their names in `core/protocol`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Messages {
    /// What is posted.
    pub request: &'static str,
    /// What comes back.
    pub reply: &'static str,
    /// Whether a device signs the request.
    pub is_signed: bool,
}

/// What any endpoint with a body may say: under the code's own status, or one that says more.
const OF_ANY_BODY: [(u16, ErrorCode); 7] =
    [(400, BadRequest), (408, Busy), (413, TooLarge), (415, BadRequest), (429, Busy), (500, Internal), (503, Busy)];
/// What whoever signs may be told.
const OF_ANY_SIGNER: [ErrorCode; 7] =
    [UnknownTenant, UnknownDevice, BadSignature, ClockSkew, StoppedByIt, DeviceBlocked, DeviceRevoked];

impl Endpoint {
    /// Its messages; none where it is asked with GET and answers a line of text.
    #[must_use]
    pub const fn messages(self) -> Option<Messages> {
        let (request, reply, is_signed) = match self {
            Endpoint::Setup => ("SetupRequest", "EnrolReply", false),
            Endpoint::Enrol => ("EnrolRequest", "EnrolReply", false),
            Endpoint::Sync => ("SyncRequest", "SyncReply", true),
            Endpoint::Login => ("LoginRequest", "LoginReply", true),
            Endpoint::Report => ("ReportRequest", "ReportReply", true),
            Endpoint::HandIn => ("HandInRequest", "HandInReply", false),
            Endpoint::Live | Endpoint::Ready => return None,
        };
        Some(Messages { request, reply, is_signed })
    }

    /// Every refusal it may answer with, and the status that comes under.
    #[must_use]
    pub fn refusals(self) -> Vec<(u16, ErrorCode)> {
        let own: &[ErrorCode] = match self {
            Endpoint::Setup => &[UnknownTenant, BadSignature, BootstrapRefused],
            Endpoint::Enrol => &[
                UnknownTenant,
                BadSignature,
                InvitationUsed,
                InvitationExpired,
                InvitationRefused,
                DeviceBlocked,
                DeviceRevoked,
                StoppedByIt,
                LoginRequired,
            ],
            Endpoint::Sync => &[EpochChanged, DeviceFork, SequenceGap],
            Endpoint::Login => &[LoginRequired],
            Endpoint::Report => &[LoginRequired, NotEntitled],
            Endpoint::HandIn => &[UnknownTenant, UnknownDevice, DeviceRevoked, DeviceFork],
            Endpoint::Live | Endpoint::Ready => return vec![(429, Busy)],
        };
        let signers = if self.messages().is_some_and(|messages| messages.is_signed) { &OF_ANY_SIGNER[..] } else { &[] };
        let by_code = own.iter().chain(signers).map(|code| (status_of(*code).as_u16(), *code));
        let mut all: Vec<_> = OF_ANY_BODY.into_iter().chain(by_code).collect();
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_stands_under_another_status_than_its_own_is_one_of_three() {
        for endpoint in Endpoint::ALL {
            let refusals = endpoint.refusals();
            let other: Vec<_> =
                refusals.iter().filter(|(status, code)| status_of(*code).as_u16() != *status).copied().collect();
            let known = [(408, Busy), (415, BadRequest), (429, Busy)];
            assert!(other.iter().all(|refusal| known.contains(refusal)), "{endpoint:?}: {other:?}");
            let mut once = refusals.clone();
            once.dedup();
            assert_eq!(once, refusals, "{endpoint:?}: each once");
        }
    }
}
