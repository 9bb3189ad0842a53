//! A restored server that has forgotten this device: the same enrolment once more, byte for byte.

use feltbog_protocol::{EnrolRequest, EnvelopeBytes, Lease};

use crate::device::Device;
use crate::enrolment::post;
use crate::error::AppError;
use crate::in_turn::InTurn;
use crate::transport::Transport;

/// The newest lease as the server signed it, in meta.
pub(crate) const LEASE: &str = "lease";

/// Shows the server the certificates this device joined with, and a lease as proof that it took them before: the
/// invitation may have run out since.
pub(crate) async fn enrol_again(device: &InTurn<Device>, transport: &dyn Transport) -> Result<(), AppError> {
    let (url, request) = {
        let device = device.lock();
        (device.identity.url.clone(), device.first_request()?)
    };
    let Some(request) = request else { return Err(AppError::Exchange(UNKNOWN)) };
    post(transport, &url, "/v1/enrol", feltbog_protocol::encode(&request)).await.map_err(AppError::Exchange)?;
    Ok(())
}

const UNKNOWN: feltbog_sync::Failure = feltbog_sync::Failure::Refused(feltbog_protocol::ErrorCode::UnknownDevice);

impl Device {
    fn first_request(&self) -> Result<Option<EnrolRequest>, AppError> {
        let r = self.store.reader();
        let Some(first) = r.own_envelope(self.identity.device, 1)? else { return Ok(None) };
        let lease = r.meta(LEASE)?.and_then(|bytes| feltbog_protocol::decode::<Lease>(&bytes).ok());
        Ok(Some(EnrolRequest { tenant: self.identity.tenant, envelope: EnvelopeBytes(first), lease, login: None }))
    }
}
