//! Which device asks.

use feltbog_domain::{DeviceId, MemberId, TenantId};
use feltbog_protocol::{DeviceState, ErrorCode, Problem, RequestSignature};

use super::offices::Offices;
use super::seat::Seat;
use super::{Access, Refusal};
use crate::log::{LoginRow, ReadLog, TenantRow};

/// A request and who it says it is from.
pub(crate) struct Claim {
    /// The municipality it is meant for.
    pub(crate) tenant: TenantId,
    /// The device's signature.
    pub(crate) signature: RequestSignature,
    /// As in the request line.
    pub(crate) method: &'static str,
    /// As in the request line.
    pub(crate) path: &'static str,
    /// Every byte of it.
    pub(crate) body: Vec<u8>,
    /// What it came on.
    pub(crate) seat: Seat,
}

/// A device whose signature was checked. Made here only.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) tenant: TenantId,
    pub(super) device: DeviceId,
    pub(super) member: MemberId,
    pub(super) state: DeviceState,
    pub(super) is_station: bool,
    /// Where it was shut out for ever.
    pub(super) revoked_at: Option<u64>,
    pub(super) offices: Offices,
    pub(super) sign_public: [u8; 32],
    pub(super) epoch: [u8; 16],
    pub(super) epoch_base_seq: u64,
    pub(super) healing: bool,
    /// Whether the log was ever put back from a copy, and the device has delivered again what it had receipts for.
    pub(super) restored: bool,
    pub(super) whole: bool,
    pub(super) last_dseq: u64,
    /// When the person last logged in; looked up only where that is asked for.
    pub(super) login: Option<LoginRow>,
}

impl Access {
    /// Checks tenant, device, signature and clock, in this order.
    ///
    /// The clock comes last and only says whether the request is fresh; no row is ever ordered or refused by it.
    pub(super) fn authenticate(
        &self,
        transaction: &dyn ReadLog,
        claim: &Claim,
        now_ms: i64,
    ) -> Result<Caller, Refusal> {
        let caller = self.find_caller(transaction, claim.tenant, claim.signature.device, now_ms)?;
        if !claim.signature.is_signed_by(&caller.sign_public, claim.tenant, claim.method, claim.path, &claim.body) {
            return Err(ErrorCode::BadSignature.into());
        }
        if claim.signature.time_ms.saturating_sub(now_ms).saturating_abs() > self.limits.clock_skew_ms() {
            return Err(Problem { server_time_ms: Some(now_ms), ..Problem::new(ErrorCode::ClockSkew) }.into());
        }
        self.refuse_stopped(caller.device, caller.member)?;
        claim.seat.take(&self.places, (caller.tenant, caller.device))?;
        Ok(caller)
    }

    /// Whom those who run this server have stopped is told so, and nothing else. Handing in asks for no signature of the
    /// request and comes another way: the work is the municipality's.
    pub(super) fn refuse_stopped(&self, device: DeviceId, member: MemberId) -> Result<(), Refusal> {
        if self.stops.hold(device, member) { Err(ErrorCode::StoppedByIt.into()) } else { Ok(()) }
    }

    pub(super) fn find_caller(
        &self,
        transaction: &dyn ReadLog,
        tenant: TenantId,
        device: DeviceId,
        now_ms: i64,
    ) -> Result<Caller, Refusal> {
        let row = transaction.tenant(tenant)?.ok_or(ErrorCode::UnknownTenant)?;
        let TenantRow { epoch, epoch_base_seq, healing, disordered_from, root, .. } = row;
        let restored = disordered_from.is_some();
        let roster = self.rosters.seen_by(transaction, tenant, root.ok_or(ErrorCode::UnknownDevice)?)?;
        self.rosters.publish(&roster);
        let entry = roster.roster.device(device).ok_or(ErrorCode::UnknownDevice)?;
        let is_station = entry.station_until_ms.is_some();
        if entry.station_until_ms.is_some_and(|until_ms| until_ms < now_ms) {
            return Err(ErrorCode::UnknownDevice.into());
        }
        let last_dseq = transaction.last_dseq(tenant, device)?;
        let (member, sign_public, state) = (entry.member, entry.sign_public, entry.state);
        let revoked_at = roster.roster.revoked_at(device);
        let whole = restored && transaction.is_whole(tenant, device, &epoch)?;
        let login = if self.logins.of(tenant).is_some() { transaction.login(tenant, device)? } else { None };
        let offices = Offices::of(roster.roster.roles(member));
        Ok(Caller {
            tenant,
            device,
            member,
            state,
            is_station,
            revoked_at,
            offices,
            sign_public,
            epoch,
            epoch_base_seq,
            healing,
            restored,
            whole,
            last_dseq,
            login,
        })
    }
}
