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
/// What any of the administration page's endpoints may say to programs; where there is no page, the first.
const OF_ANY_PAGE: [(u16, ErrorCode); 4] = [(404, BadRequest), (429, Busy), (500, Internal), (503, Busy)];
/// What whoever signs may be told.
const OF_ANY_SIGNER: [ErrorCode; 7] =
    [UnknownTenant, UnknownDevice, BadSignature, ClockSkew, StoppedByIt, DeviceBlocked, DeviceRevoked];

impl Endpoint {
    /// How it is asked, in small letters.
    #[must_use]
    pub const fn method(self) -> &'static str {
        match self {
            Endpoint::Live | Endpoint::Ready | Endpoint::AdminPage => "get",
            _ => "post",
        }
    }

    /// The fields of the form that is posted to it; none where it takes no form.
    #[must_use]
    pub const fn form(self) -> &'static [&'static str] {
        match self {
            Endpoint::AdminLogin => &["password", "lang"],
            Endpoint::AdminLogout => &["lang"],
            _ => &[],
        }
    }

    /// What it answers to people: statuses, and a sentence for each.
    #[must_use]
    pub const fn pages(self) -> &'static [(u16, &'static str)] {
        match self {
            Endpoint::AdminPage => &[(200, "The page, or the question for the password.")],
            Endpoint::AdminLogin => &[
                (303, "Logged in: on to the page, with a cookie."),
                (403, "The password is another, or was sent from elsewhere or in clear; the page says so."),
                (429, "Too many wrong passwords came from there; the page says for how long."),
            ],
            Endpoint::AdminLogout => {
                &[(200, "Logged out: the question for the password."), (403, "Sent from elsewhere; the page says so.")]
            }
            _ => &[],
        }
    }

    /// Its messages; none where it answers a line of text, or people.
    #[must_use]
    pub const fn messages(self) -> Option<Messages> {
        let (request, reply, is_signed) = match self {
            Endpoint::Setup => ("SetupRequest", "EnrolReply", false),
            Endpoint::Enrol => ("EnrolRequest", "EnrolReply", false),
            Endpoint::Sync => ("SyncRequest", "SyncReply", true),
            Endpoint::Login => ("LoginRequest", "LoginReply", true),
            Endpoint::Report => ("ReportRequest", "ReportReply", true),
            Endpoint::HandIn => ("HandInRequest", "HandInReply", false),
            Endpoint::Live | Endpoint::Ready | Endpoint::AdminPage | Endpoint::AdminLogin | Endpoint::AdminLogout => {
                return None;
            }
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
            Endpoint::AdminPage => return OF_ANY_PAGE.to_vec(),
            Endpoint::AdminLogin | Endpoint::AdminLogout => {
                let mut all = [&OF_ANY_BODY[..], &OF_ANY_PAGE[..]].concat();
                all.sort_unstable();
                all.dedup();
                return all;
            }
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
    fn a_code_that_stands_under_another_status_than_its_own_is_one_of_four() {
        for endpoint in Endpoint::ALL {
            let refusals = endpoint.refusals();
            let other: Vec<_> =
                refusals.iter().filter(|(status, code)| status_of(*code).as_u16() != *status).copied().collect();
            let known = [(404, BadRequest), (408, Busy), (415, BadRequest), (429, Busy)];
            assert!(other.iter().all(|refusal| known.contains(refusal)), "{endpoint:?}: {other:?}");
            let mut once = refusals.clone();
            once.dedup();
            assert_eq!(once, refusals, "{endpoint:?}: each once");
        }
    }
}
