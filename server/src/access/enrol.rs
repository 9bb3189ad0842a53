//! Every later device: it comes with an invitation, and is a member at once with nobody else online.

use std::sync::Arc;

use feltbog_domain::{DeviceId, TenantId};
use feltbog_protocol::{
    CertificateBundle, CertificateError, DeviceState, EnrolReply, EnrolRequest, ErrorCode, Issuer, Lease, Statement,
    limits::STATION_MS,
};

use super::entry::{Entered, Entry};
use super::rosters::SeenRoster;
use super::{Access, Refusal};
use crate::log::WriteLog;

impl Access {
    /// Takes in an invited device. Asking again with the same envelope gives the same answer.
    pub(crate) async fn enrol(self: &Arc<Self>, request: EnrolRequest) -> Result<EnrolReply, Refusal> {
        let opened = self
            .blocking(move |this| {
                this.log.read(|transaction| transaction.tenant(request.tenant))?.ok_or(ErrorCode::UnknownTenant)?;
                let entry = Entry::open(request.tenant, request.envelope)?;
                let was_in = request.lease.is_some_and(|lease| this.gave(&lease, entry.tenant, entry.device));
                Ok((entry, was_in))
            })
            .await?;
        let (entry, was_in) = opened;
        let (tenant, device, this) = (entry.tenant, entry.device, Arc::clone(self));
        let entered = self.log.write(move |transaction| this.enter(transaction, &entry, was_in)).await?;
        self.blocking(move |this| this.welcome(tenant, device, &entered)).await
    }

    /// A lease is the server's word that the device was in: where the log was put back to a day before that, the device
    /// comes back although its invitation has run out by now.
    fn gave(&self, lease: &Lease, tenant: TenantId, device: DeviceId) -> bool {
        lease.is_signed_by(&self.key.public(), tenant, device)
    }

    fn enter(&self, transaction: &dyn WriteLog, entry: &Entry, was_in: bool) -> Result<Entered, Refusal> {
        let tenant = transaction.tenant(entry.tenant)?.ok_or(ErrorCode::UnknownTenant)?;
        let root = tenant.root.ok_or(ErrorCode::InvitationRefused)?;
        let mut roster = SeenRoster::clone(&*self.rosters.seen_by(transaction, entry.tenant, root)?);
        if let Some(before) = entry.entered_before(transaction)? {
            // The answer holds a lease, which a device that is not served shall not get by asking here.
            return match roster.roster.device(entry.device).map(|device| device.state) {
                Some(DeviceState::Blocked) => Err(ErrorCode::DeviceBlocked.into()),
                Some(DeviceState::Revoked) => Err(ErrorCode::DeviceRevoked.into()),
                _ => Ok(before),
            };
        }
        let expires_ms = expiry_of(&entry.bundle, entry.device).ok_or(ErrorCode::InvitationRefused)?;
        roster.roster.admit(&entry.bundle, tenant.head.saturating_add(1)).map_err(|error| match error {
            CertificateError::InvitationUsed => ErrorCode::InvitationUsed,
            _ => ErrorCode::InvitationRefused,
        })?;
        let now_ms = self.around.now_ms();
        if is_station(&entry.bundle)
            && expires_ms.saturating_sub(now_ms) > STATION_MS.saturating_add(self.limits.clock_skew_ms())
        {
            return Err(ErrorCode::InvitationRefused.into());
        }
        if expires_ms < now_ms && !was_in {
            return Err(ErrorCode::InvitationExpired.into());
        }
        Ok(entry.append(transaction, roster, now_ms)?)
    }
}

/// Whether the bundle is the device alone, certified by an earlier device whose database turned out to be an older copy.
/// Whose it may be, the roster judges.
fn succeeds(bundle: &CertificateBundle, own: DeviceId) -> bool {
    let [device] = bundle.statements.as_slice() else { return false };
    matches!(device.issuer, Issuer::Device(_))
        && matches!(device.statement(), Some(Statement::Device { device, .. }) if device == own)
}

/// Whether the bundle is a recovery station alone; it is for a day, however long its certificate would have it.
fn is_station(bundle: &CertificateBundle) -> bool {
    matches!(bundle.statements.as_slice(), [one] if matches!(one.statement(), Some(Statement::Station { .. })))
}

/// When the invitation runs out, if the bundle is an invitation, the member (or none, for one more device of a member),
/// the device and the member's key, all of one invitation and one device: else a live invitation could stand in front of
/// one that has run out.
fn expiry_of(bundle: &CertificateBundle, own: DeviceId) -> Option<i64> {
    if succeeds(bundle, own) {
        return Some(i64::MAX);
    }
    if let [station] = bundle.statements.as_slice()
        && let Some(Statement::Station { expires_ms, .. }) = station.statement()
    {
        return Some(expires_ms);
    }
    let (invitation, device, user_key) = match bundle.statements.as_slice() {
        [invitation, member, device, user_key] => {
            let Statement::Invitation { public, .. } = invitation.statement()? else { return None };
            let joins =
                member.issuer == Issuer::Invitation(public) && matches!(member.statement()?, Statement::Member { .. });
            joins.then_some((invitation, device, user_key))?
        }
        [invitation, device, user_key] => matches!(invitation.statement()?, Statement::DeviceInvitation { .. })
            .then_some((invitation, device, user_key))?,
        _ => return None,
    };
    let (Statement::Invitation { public, expires_ms, .. } | Statement::DeviceInvitation { public, expires_ms, .. }) =
        invitation.statement()?
    else {
        return None;
    };
    let holds = device.issuer == Issuer::Invitation(public)
        && user_key.issuer == Issuer::Device(own)
        && matches!(device.statement()?, Statement::Device { device, .. } if device == own)
        && matches!(user_key.statement()?, Statement::UserKey { .. });
    holds.then_some(expires_ms)
}
