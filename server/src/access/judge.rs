//! Whether one envelope enters the log, and what it changes there.

use std::sync::Arc;

use feltbog_domain::{MemberId, RoleGrant};
use feltbog_protocol::{
    CertificateBundle, CertificateError, FolderFacts, FolderMade, Grant, Header, Issuer, KeyRecord, RefusalCode,
    Statement, judge_content, judge_grant, judge_key_record,
};

use super::parcel::{Readable, ReadableBody};
use super::rosters::SeenRoster;
use super::{Admitted, Effect};
use crate::log::{ReadTx, StoreError};

/// Judges the envelopes of one member, one after the other, each in the light of those before it.
pub(super) struct Judge<'t> {
    transaction: &'t ReadTx<'t>,
    roster: Arc<SeenRoster>,
    signer: MemberId,
    now_ms: i64,
}

impl<'t> Judge<'t> {
    pub(super) fn new(transaction: &'t ReadTx<'t>, roster: Arc<SeenRoster>, signer: MemberId, now_ms: i64) -> Self {
        Self { transaction, roster, signer, now_ms }
    }

    /// Admits an envelope or says why not.
    pub(super) fn judge<'e>(
        &mut self,
        readable: &'e Readable,
    ) -> Result<Result<Admitted<'e>, RefusalCode>, StoreError> {
        let header = readable.envelope.header();
        let verdict = match &readable.body {
            ReadableBody::Sealed => judge_content(header, self.facts(header)?.as_ref()).map(|()| Effect::StoredOnly),
            ReadableBody::KeyRecord(record) => self.key_record(header, record, self.facts(header)?.as_ref()),
            ReadableBody::Grant(grant) => self.grant(header, grant, self.facts(header)?.as_ref()),
            ReadableBody::Certificates(bundle) => self.certificates(header, bundle),
            // Cold bundles, revocations, erasures and deposits each need more than a row in the log; until that is
            // here a device must not believe that the server acted on one.
            ReadableBody::Untaken => Err(RefusalCode::NoGrant),
            ReadableBody::Opaque => Ok(Effect::StoredOnly),
        };
        Ok(verdict.map(|effect| Admitted::new(&readable.envelope, effect)))
    }

    /// The row of the certificates that were just admitted.
    pub(super) fn certified_at(&mut self, seq: u64) {
        Arc::make_mut(&mut self.roster).seen = seq;
    }

    /// The roster with everything admitted on the way.
    pub(super) fn into_roster(self) -> Arc<SeenRoster> {
        self.roster
    }

    fn facts(&self, header: &Header) -> Result<Option<FolderFacts>, StoreError> {
        self.transaction.folder_facts(header.tenant, header.folder, self.signer, self.now_ms)
    }

    fn key_record(
        &self,
        header: &Header,
        record: &KeyRecord,
        folder: Option<&FolderFacts>,
    ) -> Result<Effect, RefusalCode> {
        let recovery_epoch = self.roster.roster.recovery().map(|key| key.epoch);
        Ok(match judge_key_record(header, record, folder, self.roles(self.signer), recovery_epoch)? {
            FolderMade::New { kind, programme } => Effect::FolderMade { kind, programme, maker: self.signer },
            FolderMade::Rotated => Effect::FolderRotated,
            FolderMade::Widened => Effect::StoredOnly,
        })
    }

    fn grant(&self, header: &Header, grant: &Grant, folder: Option<&FolderFacts>) -> Result<Effect, RefusalCode> {
        if self.roster.roster.member(grant.member).is_none() {
            return Err(RefusalCode::NoGrant);
        }
        let rights = judge_grant(header, grant, folder, self.roles(grant.member))?;
        Ok(Effect::Granted { member: grant.member, rights, until_ms: grant.until_ms })
    }

    fn certificates(&mut self, header: &Header, bundle: &CertificateBundle) -> Result<Effect, RefusalCode> {
        if !header.folder.is_none() || bundle.statements.is_empty() {
            return Err(RefusalCode::BadFrame);
        }
        // Whoever joins by invitation comes through enrolment, where its time is looked at; here it would be passed by.
        if bundle.statements.iter().any(|signed| matches!(signed.issuer, Issuer::Invitation(_))) {
            return Err(RefusalCode::NoGrant);
        }
        Arc::make_mut(&mut self.roster).roster.admit(bundle).map_err(refusal_of)?;
        Ok(Effect::Certified(devices_in(bundle)))
    }

    fn roles(&self, member: MemberId) -> &[RoleGrant] {
        self.roster.roster.roles(member)
    }
}

/// The devices a bundle certifies, and whose they are.
pub(super) fn devices_in(bundle: &CertificateBundle) -> Vec<(feltbog_domain::DeviceId, MemberId)> {
    bundle
        .statements
        .iter()
        .filter_map(|signed| match signed.statement()? {
            Statement::Device { device, member, .. } => Some((device, member)),
            _ => None,
        })
        .collect()
}

fn refusal_of(error: CertificateError) -> RefusalCode {
    match error {
        CertificateError::Unreadable => RefusalCode::BadFrame,
        CertificateError::Signature => RefusalCode::BadSignature,
        CertificateError::NotEntitled | CertificateError::InvitationUsed | CertificateError::Exists => {
            RefusalCode::NoGrant
        }
    }
}
