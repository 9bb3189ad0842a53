//! What setup and enrolment share: the first envelope of a new device, and the answer to it.

use std::sync::Arc;

use ed25519_dalek::VerifyingKey;
use feltbog_domain::{DeviceId, FolderId, TenantId};
use feltbog_protocol::{
    CertificateBundle, EnrolReply, Envelope, EnvelopeBytes, EnvelopeKind, ErrorCode, Statement, VerifiedEnvelope,
};

use super::rosters::SeenRoster;
use super::{Access, Admitted, Certified, Effect, Refusal};
use crate::log::{StoreError, WriteLog};

/// A new device's own certificates, signed by the key they certify.
pub(super) struct Entry {
    pub(super) tenant: TenantId,
    pub(super) device: DeviceId,
    pub(super) bundle: CertificateBundle,
    envelope: VerifiedEnvelope,
}

/// A device that is in.
pub(super) struct Entered {
    pub(super) cert_seq: u64,
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
        Ok(Self { tenant, device, bundle, envelope })
    }

    /// The row of this very envelope, if it was taken before: the reply may have been lost.
    pub(super) fn entered_before(&self, transaction: &dyn WriteLog) -> Result<Option<Entered>, StoreError> {
        let known = transaction.known(self.tenant, self.device, 1)?;
        Ok(known
            .filter(|known| known.hash == self.envelope.envelope().hash())
            .and_then(|known| known.seq)
            .map(|cert_seq| Entered { cert_seq, roster: None }))
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
        Ok(Entered { cert_seq, roster: Some(Arc::new(roster)) })
    }
}

impl Access {
    /// The answer after the commit.
    pub(super) fn welcome(&self, tenant: TenantId, device: DeviceId, entered: &Entered) -> Result<EnrolReply, Refusal> {
        if let Some(roster) = &entered.roster {
            self.rosters.publish(roster);
        }
        let now_ms = self.around.now_ms();
        let row = self.log.read(|transaction| transaction.tenant(tenant))?.ok_or(ErrorCode::UnknownTenant)?;
        Ok(EnrolReply {
            clock: row.clock(now_ms),
            cert_seq: entered.cert_seq,
            lease: Some(self.key.lease(tenant, device, now_ms.saturating_add(self.limits.lease_ms()))),
        })
    }
}

fn own_key(bundle: &CertificateBundle, own: DeviceId) -> Option<VerifyingKey> {
    bundle.statements.iter().find_map(|signed| match signed.statement()? {
        Statement::Device { device, sign_public, .. } if device == own => VerifyingKey::from_bytes(&sign_public).ok(),
        _ => None,
    })
}
