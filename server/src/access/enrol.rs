//! Every later device: it comes with an invitation, and is a member at once with nobody else online.

use std::sync::Arc;

use feltbog_domain::{DeviceId, TenantId};
use feltbog_protocol::{
    CertificateBundle, CertificateError, DeviceState, EnrolReply, EnrolRequest, ErrorCode, Issuer, Lease, Statement,
    limits::STATION_MS,
};

use super::entry::{Entered, Entry};
use super::login::Shown;
use super::rosters::SeenRoster;
use super::{Access, Refusal};
use crate::log::{LoginRow, ReadLog, WriteLog};

impl Access {
    /// Takes in an invited device. Asking again with the same envelope gives the same answer.
    ///
    /// Where staff log in, the invitation is judged first: nobody is sent to log in for one that is over.
    pub(crate) async fn enrol(self: &Arc<Self>, request: EnrolRequest) -> Result<EnrolReply, Refusal> {
        let EnrolRequest { tenant, envelope, lease, login } = request;
        let opened = self
            .blocking(move |this| {
                this.log.read(|transaction| transaction.tenant(tenant))?.ok_or(ErrorCode::UnknownTenant)?;
                let entry = Entry::open(tenant, envelope)?;
                let was_in = lease.is_some_and(|lease| this.gave(&lease, entry.tenant, entry.device));
                let logs_in =
                    this.asks_for_login(tenant) && this.log.read(|log| this.has_to_log_in(log, &entry, was_in))?;
                Ok((entry, was_in, logs_in))
            })
            .await?;
        let (entry, was_in, logs_in) = opened;
        let shown =
            if logs_in { self.must_log_in(tenant, entry.device, &entry.sign_public, login).await? } else { None };
        let (device, this) = (entry.device, Arc::clone(self));
        let entered =
            self.log.write(move |transaction| this.enter(transaction, &entry, was_in, shown.as_ref())).await?;
        self.blocking(move |this| this.welcome(tenant, device, &entered)).await
    }

    /// Not whoever is in already, or was before the log was put back; not the successor of a device, which goes on with what
    /// that one had; and not a recovery station, which is there for the day when nobody can log in.
    fn has_to_log_in(&self, log: &dyn ReadLog, entry: &Entry, was_in: bool) -> Result<bool, Refusal> {
        let is_new = matches!(self.judge_entry(log, entry, was_in)?, Judged::New(_));
        Ok(is_new && !was_in && !entry.is_station() && !succeeds(&entry.bundle, entry.device))
    }

    /// A lease is the server's word that the device was in: where the log was put back to a day before that, the device
    /// comes back although its invitation has run out by now.
    fn gave(&self, lease: &Lease, tenant: TenantId, device: DeviceId) -> bool {
        lease.is_signed_by(&self.key.public(), tenant, device)
    }

    fn enter(
        &self,
        transaction: &dyn WriteLog,
        entry: &Entry,
        was_in: bool,
        shown: Option<&Shown>,
    ) -> Result<Entered, Refusal> {
        let roster = match self.judge_entry(transaction, entry, was_in)? {
            Judged::Before(entered) => {
                self.begin_days_without_login(transaction, entry, entry.device)?;
                return Ok(entered);
            }
            Judged::New(roster) => roster,
        };
        let now_ms = self.around.now_ms();
        let member = roster.roster.device(entry.device).map(|device| device.member);
        if let (Some(shown), Some(member)) = (shown, member) {
            self.note_login(transaction, (entry.tenant, member, entry.device), shown)?;
        } else if let Some(before) = predecessor(&entry.bundle) {
            self.begin_days_without_login(transaction, entry, before)?;
            if let Some(login) = transaction.login(entry.tenant, before)? {
                transaction.note_login(entry.tenant, entry.device, login)?;
            }
        }
        self.begin_days_without_login(transaction, entry, entry.device)?;
        Ok(entry.append(transaction, *roster, now_ms)?)
    }

    /// The days of a device that nobody logged in on begin once: else it could have them again by asking here again.
    fn begin_days_without_login(
        &self,
        transaction: &dyn WriteLog,
        entry: &Entry,
        device: DeviceId,
    ) -> Result<(), Refusal> {
        if self.asks_for_login(entry.tenant)
            && !entry.is_station()
            && transaction.login(entry.tenant, device)?.is_none()
        {
            let asked = LoginRow { at_ms: self.around.now_ms(), is_login: false };
            transaction.note_login(entry.tenant, device, asked)?;
        }
        Ok(())
    }

    /// Whether the device may come in; it was in before, or the roster holds it now.
    fn judge_entry(&self, log: &dyn ReadLog, entry: &Entry, was_in: bool) -> Result<Judged, Refusal> {
        let tenant = log.tenant(entry.tenant)?.ok_or(ErrorCode::UnknownTenant)?;
        let root = tenant.root.ok_or(ErrorCode::InvitationRefused)?;
        let mut roster = SeenRoster::clone(&*self.rosters.seen_by(log, entry.tenant, root)?);
        if let Some(before) = entry.entered_before(log)? {
            // The answer holds a lease, which a device that is not served shall not get by asking here.
            if let Some(device) = roster.roster.device(entry.device) {
                self.refuse_stopped(entry.device, device.member)?;
            }
            return match roster.roster.device(entry.device).map(|device| device.state) {
                Some(DeviceState::Blocked) => Err(ErrorCode::DeviceBlocked.into()),
                Some(DeviceState::Revoked) => Err(ErrorCode::DeviceRevoked.into()),
                _ => Ok(Judged::Before(before)),
            };
        }
        let expires_ms = expiry_of(&entry.bundle, entry.device).ok_or(ErrorCode::InvitationRefused)?;
        roster.roster.admit(&entry.bundle, tenant.head.saturating_add(1)).map_err(|error| match error {
            CertificateError::InvitationUsed => ErrorCode::InvitationUsed,
            _ => ErrorCode::InvitationRefused,
        })?;
        // A new device of somebody who is stopped would go round it.
        if let Some(device) = roster.roster.device(entry.device) {
            self.refuse_stopped(entry.device, device.member)?;
        }
        let now_ms = self.around.now_ms();
        if entry.is_station()
            && expires_ms.saturating_sub(now_ms) > STATION_MS.saturating_add(self.limits.clock_skew_ms())
        {
            return Err(ErrorCode::InvitationRefused.into());
        }
        if expires_ms < now_ms && !was_in {
            return Err(ErrorCode::InvitationExpired.into());
        }
        Ok(Judged::New(Box::new(roster)))
    }
}

/// What the log says of a device that wants to come in.
enum Judged {
    Before(Entered),
    New(Box<SeenRoster>),
}

/// The device that a successor was certified by.
fn predecessor(bundle: &CertificateBundle) -> Option<DeviceId> {
    match bundle.statements.as_slice() {
        [one] => match one.issuer {
            Issuer::Device(before) => Some(before),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the bundle is the device alone, certified by an earlier device whose database turned out to be an older copy.
/// Whose it may be, the roster judges.
fn succeeds(bundle: &CertificateBundle, own: DeviceId) -> bool {
    let [device] = bundle.statements.as_slice() else { return false };
    matches!(device.issuer, Issuer::Device(_))
        && matches!(device.statement(), Some(Statement::Device { device, .. }) if device == own)
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
