//! What setup and enrolment share: the first envelope of a new device, and the answer to it.

use std::sync::Arc;

use ed25519_dalek::VerifyingKey;
use feltbog_domain::{DeviceId, FolderId, TenantId};
use feltbog_protocol::{
    CertificateBundle, EnrolReply, Envelope, EnvelopeBytes, EnvelopeKind, ErrorCode, Statement, VerifiedEnvelope,
};

use super::rosters::SeenRoster;
use super::{Access, Admitted, Certified, Effect, Refusal};
use crate::log::{ReadLog, StoreError, WriteLog};

/// A new device's own certificates, signed by the key they certify.
pub(super) struct Entry {
    pub(super) tenant: TenantId,
    pub(super) device: DeviceId,
    pub(super) bundle: CertificateBundle,
    pub(super) sign_public: [u8; 32],
    envelope: VerifiedEnvelope,
}

/// A device that is in.
pub(super) struct Entered {
    pub(super) cert_seq: u64,
    /// Whether it is a recovery station, of which no login is asked.
    pub(super) is_station: bool,
    pub(super) roster: Option<Arc<SeenRoster>>,
}

impl Entry {
    /// Reads the envelope and checks its signature with the key inside.
    pub(super) fn open(tenant: TenantId, bytes: EnvelopeBytes) -> Result<Self, Refusal> {
        let envelope = Envelope::decode(bytes.0).map_err(|_| ErrorCode::BadRequest)?;
        let header = envelope.header();
        let is_first = header.known_kind() == Some(EnvelopeKind::Certificate)
            && header.folder == FolderId::NONE
            && header.dseq == 1
            && header.tenant == tenant;
        if !is_first {
            return Err(ErrorCode::BadRequest.into());
        }
        let device = header.device;
        let bundle: CertificateBundle = feltbog_protocol::decode(envelope.body()).map_err(|_| ErrorCode::BadRequest)?;
        let key = own_key(&bundle, device).ok_or(ErrorCode::BadRequest)?;
        let envelope = envelope.verify(&key).map_err(|_| ErrorCode::BadSignature)?;
        Ok(Self { tenant, device, bundle, sign_public: key.to_bytes(), envelope })
    }

    /// Whether it is a recovery station alone; it is for a day, however long its certificate would have it.
    pub(super) fn is_station(&self) -> bool {
        let statements = self.bundle.statements.as_slice();
        matches!(statements, [one] if matches!(one.statement(), Some(Statement::Station { .. })))
    }

    /// The row of this very envelope, if it was taken before: the reply may have been lost.
    pub(super) fn entered_before(&self, transaction: &dyn ReadLog) -> Result<Option<Entered>, StoreError> {
        let known = transaction.known(self.tenant, self.device, 1)?;
        Ok(known
            .filter(|known| known.hash == self.envelope.envelope().hash())
            .and_then(|known| known.seq)
            .map(|cert_seq| Entered { cert_seq, is_station: self.is_station(), roster: None }))
    }

    /// Puts the envelope into the log; `roster` holds its certificates already.
    pub(super) fn append(
        &self,
        transaction: &dyn WriteLog,
        mut roster: SeenRoster,
        now_ms: i64,
    ) -> Result<Entered, StoreError> {
        let admitted = Admitted::new(&self.envelope, Effect::Certified(Certified::by(&self.bundle, &roster.roster)));
        let cert_seq = transaction.append(&admitted, now_ms)?;
        roster.seen = cert_seq;
        Ok(Entered { cert_seq, is_station: self.is_station(), roster: Some(Arc::new(roster)) })
    }
}

impl Access {
    /// The answer after the commit.
    pub(super) fn welcome(&self, tenant: TenantId, device: DeviceId, entered: &Entered) -> Result<EnrolReply, Refusal> {
        if let Some(roster) = &entered.roster {
            self.rosters.publish(roster);
        }
        let now_ms = self.around.now_ms();
        let (row, login) = self.log.read(|transaction| {
            let row = transaction.tenant(tenant)?.ok_or(ErrorCode::UnknownTenant)?;
            Ok::<_, Refusal>((row, transaction.login(tenant, device)?))
        })?;
        let due_ms = self.due_after(tenant, login, now_ms).filter(|_| !entered.is_station);
        Ok(EnrolReply {
            clock: row.clock(now_ms),
            cert_seq: entered.cert_seq,
            lease: Some(self.key.lease(tenant, device, self.lease_until(due_ms, now_ms))),
        })
    }
}

fn own_key(bundle: &CertificateBundle, own: DeviceId) -> Option<VerifyingKey> {
    bundle.statements.iter().find_map(|signed| match signed.statement()? {
        Statement::Device { device, sign_public, .. } | Statement::Station { device, sign_public, .. }
            if device == own =>
        {
            VerifyingKey::from_bytes(&sign_public).ok()
        }
        _ => None,
    })
}
