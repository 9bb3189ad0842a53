//! Who a request says it is from.

use feltbog_domain::TenantId;
use feltbog_protocol::{ErrorCode, RequestSignature};

use crate::access::{Claim, Seat};

/// Path of an exchange; it is under the device's signature.
pub(super) const SYNC: &str = "/v1/sync";
/// Path of a login; likewise.
pub(super) const LOGIN: &str = "/v1/login";
/// Path of a report; likewise.
pub(super) const REPORT: &str = "/v1/report";

/// Reads the two headers of a request that a device signs.
pub(super) fn claim(
    path: &'static str,
    authorization: Option<&str>,
    tenant: Option<&str>,
    body: Vec<u8>,
    seat: Seat,
) -> Result<Claim, ErrorCode> {
    let tenant: Option<TenantId> = tenant.and_then(|text| text.parse().ok());
    let signature: Option<RequestSignature> = authorization.and_then(|text| text.parse().ok());
    Ok(Claim {
        tenant: tenant.ok_or(ErrorCode::BadRequest)?,
        signature: signature.ok_or(ErrorCode::BadSignature)?,
        method: "POST",
        path,
        body,
        seat,
    })
}
