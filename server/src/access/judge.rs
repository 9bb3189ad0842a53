//! Whether one envelope enters the log, and what it changes there.

use std::sync::Arc;

use feltbog_domain::{DeviceId, MemberId, RoleGrant};
use feltbog_protocol::{
    CertificateBundle, CertificateError, Deposit, Envelope, EnvelopeKind, FolderBegun, FolderFacts, FolderMade, Grant,
    Header, Issuer, KeyRecord, Place, RefusalCode, Revoke, SignedStatement, Statement, belongs_to_a_hand_in,
    judge_content, judge_deposit, judge_facts, judge_grant, judge_key_record, judge_revoke, limits,
};

use super::parcel::{Readable, ReadableBody};
use super::rosters::SeenRoster;
use super::{Admitted, Certified, Effect};
use crate::limits::Limits;
use crate::log::{FolderNow, ReadLog, StoreError, Used};

/// Judges the envelopes of one member, one after the other, each in the light of those before it.
pub(super) struct Judge<'t> {
    pub(super) transaction: &'t dyn ReadLog,
    pub(super) roster: Arc<SeenRoster>,
    pub(super) signer: MemberId,
    pub(super) now_ms: i64,
    /// Where the device was shut out: its work is handed in, nothing else of it is taken.
    pub(super) shut_out_at: Option<u64>,
    /// What is judged was sealed knowing every erasure up to this row, where the device says so.
    pub(super) knows_erasures_to: Option<u64>,
    limits: Limits,
    used: Used,
}

impl<'t> Judge<'t> {
    /// `used` is what the device has used of its quota today.
    pub(super) fn new(
        transaction: &'t dyn ReadLog,
        roster: Arc<SeenRoster>,
        signer: MemberId,
        now_ms: i64,
        limits: Limits,
        used: Used,
    ) -> Self {
        Self { transaction, roster, signer, now_ms, shut_out_at: None, knows_erasures_to: None, limits, used }
    }

    /// Admits an envelope or says why not.
    pub(super) fn judge<'e>(
        &mut self,
        readable: &'e Readable,
    ) -> Result<Result<Admitted<'e>, RefusalCode>, StoreError> {
        let header = readable.envelope.header();
        if !self.is_within_quota(readable) {
            return Ok(Err(RefusalCode::Quota));
        }
        if let Some(shut_out_at) = self.shut_out_at
            && !self.belongs_to_a_hand_in(readable, shut_out_at)?
        {
            return Ok(Err(RefusalCode::NoGrant));
        }
        let verdict = match &readable.body {
            ReadableBody::Sealed => return self.content(readable, Effect::StoredOnly),
            ReadableBody::Bundle => return self.content(readable, Effect::Bundled),
            ReadableBody::KeyRecord(record) => self.key_record(header, record, self.facts(header)?.as_ref()),
            ReadableBody::Grant(grant) => self.grant(header, grant, self.facts(header)?.as_ref()),
            ReadableBody::Revoke(revoke) => self.revoke(header, revoke, self.facts(header)?.as_ref()),
            ReadableBody::Certificates(bundle) => self.certificates(header, bundle),
            ReadableBody::Deposit(deposit) => self.deposit(header, deposit, self.facts(header)?.as_ref()),
            ReadableBody::Erase(erase) => self.erase(readable.envelope.envelope(), erase)?,
            ReadableBody::Readings(row) => self.readings(header, row)?,
            ReadableBody::Purge(receipt) => Ok(Effect::Purged { cause: receipt.cause }),
            ReadableBody::Facts => self.told(header)?,
            ReadableBody::Opaque => Ok(Effect::StoredOnly),
        };
        Ok(verdict.map(|effect| Admitted::new(&readable.envelope, effect)))
    }

    fn belongs_to_a_hand_in(&self, readable: &Readable, shut_out_at: u64) -> Result<bool, StoreError> {
        let header = readable.envelope.header();
        let record = match &readable.body {
            ReadableBody::KeyRecord(record) => Some(record),
            _ => None,
        };
        let first = if header.folder.is_none() {
            None
        } else {
            self.transaction.access_rows(header.tenant, header.folder, 0)?.into_iter().next()
        };
        let begun = first.map(|row| FolderBegun { device: row.envelope.header().device, seq: row.seq });
        Ok(belongs_to_a_hand_in(header, shut_out_at, record, begun))
    }

    /// An envelope of the device's went into the log, and counts for its day.
    pub(super) fn count(&mut self, envelope: &Envelope) {
        let is_deposit = envelope.header().known_kind() == Some(EnvelopeKind::Deposit);
        self.used.add(size_of(envelope), is_deposit);
    }

    /// Who was shut out stays out also where the one who did it had used up the day.
    fn is_within_quota(&self, readable: &Readable) -> bool {
        let bytes = self.used.bytes.saturating_add(size_of(readable.envelope.envelope()));
        matches!(readable.body, ReadableBody::Revoke(_))
            || (self.used.rows < self.limits.envelopes_per_day && bytes <= self.limits.bytes_per_day)
    }

    /// The row of the certificates that were just admitted. One's own word may have shut out the very device that brings it:
    /// what comes after is judged by nobody else as its content, so it has to be handed in.
    pub(super) fn certified_at(&mut self, seq: u64, device: DeviceId) {
        Arc::make_mut(&mut self.roster).seen = seq;
        self.shut_out_at = self.roster.roster.revoked_at(device);
    }

    /// The roster with everything admitted on the way.
    pub(super) fn into_roster(self) -> Arc<SeenRoster> {
        self.roster
    }

    pub(super) fn facts(&self, header: &Header) -> Result<Option<FolderFacts>, StoreError> {
        Ok(self.folder(header)?.map(|folder| folder.facts))
    }

    fn folder(&self, header: &Header) -> Result<Option<FolderNow>, StoreError> {
        self.transaction.folder(header.tenant, header.folder, self.signer, self.now_ms)
    }

    /// What is sealed with the folder's key. While a new key is owed the old one is taken still: the writer's work is
    /// worth more than the hour until somebody renews the key, and nobody who was shut out is sent it.
    fn content<'e>(
        &self,
        readable: &'e Readable,
        effect: Effect,
    ) -> Result<Result<Admitted<'e>, RefusalCode>, StoreError> {
        let header = readable.envelope.header();
        let folder = self.folder(header)?;
        // A bundle adds nothing to a folder, so it may still be made once the folder is closed.
        let still_open = effect == Effect::Bundled;
        let facts = folder.map(|folder| FolderFacts { closed: folder.facts.closed && !still_open, ..folder.facts });
        let code =
            if folder.is_some_and(|folder| folder.rotation_due) { RefusalCode::RotationDue } else { RefusalCode::Ok };
        let verdict = judge_content(header, facts.as_ref()).and(self.knows_what_was_erased(folder));
        Ok(verdict.map(|()| Admitted::new(&readable.envelope, effect).with_code(code)))
    }

    /// What of a folder is counted.
    fn told(&self, header: &Header) -> Result<Result<Effect, RefusalCode>, StoreError> {
        let folder = self.folder(header)?;
        let judged = judge_facts(header, folder.map(|folder| folder.facts).as_ref());
        Ok(judged.and(self.knows_what_was_erased(folder)).map(|()| Effect::StoredOnly))
    }

    /// Else it may hold what was erased meanwhile; its author takes that out and brings the rest.
    fn knows_what_was_erased(&self, folder: Option<FolderNow>) -> Result<(), RefusalCode> {
        let is_before_an_erasure =
            folder.is_some_and(|folder| self.knows_erasures_to.is_some_and(|known| known < folder.cut_seq));
        if is_before_an_erasure { Err(RefusalCode::StaleLineage) } else { Ok(()) }
    }

    fn revoke(&self, header: &Header, revoke: &Revoke, folder: Option<&FolderFacts>) -> Result<Effect, RefusalCode> {
        let roles = revoke.member.map_or(&[][..], |member| self.roles(member));
        judge_revoke(header, revoke, folder, roles)?;
        Ok(effect_of(revoke))
    }

    /// Anybody may hand in work for a folder that exists, so what one device hands in on one day is bounded.
    fn deposit(&self, header: &Header, deposit: &Deposit, folder: Option<&FolderFacts>) -> Result<Effect, RefusalCode> {
        judge_deposit(header, deposit, folder)?;
        let size = u64::try_from(deposit.envelope.len()).unwrap_or(u64::MAX);
        let fits = self.used.deposit_bytes.saturating_add(size) <= self.limits.deposit_bytes_per_day;
        if fits { Ok(Effect::Deposited) } else { Err(RefusalCode::Quota) }
    }

    fn key_record(
        &self,
        header: &Header,
        record: &KeyRecord,
        folder: Option<&FolderFacts>,
    ) -> Result<Effect, RefusalCode> {
        let recovery_epoch = self.roster.roster.recovery().map(|key| key.epoch);
        let roles = self.roster.roster.roles_behind(header.device, self.signer, Place::At(u64::MAX));
        Ok(match judge_key_record(header, record, folder, &roles, recovery_epoch)? {
            FolderMade::New { kind, programme } => Effect::FolderMade { kind, programme, maker: self.signer },
            FolderMade::Rotated => Effect::FolderRotated,
            FolderMade::Widened => Effect::StoredOnly,
        })
    }

    fn grant(&self, header: &Header, grant: &Grant, folder: Option<&FolderFacts>) -> Result<Effect, RefusalCode> {
        if self.roster.roster.member(grant.member).is_none_or(|member| member.left) {
            return Err(RefusalCode::NoGrant);
        }
        let rights = judge_grant(header, grant, folder, self.roles(grant.member))?;
        // Only the server's clock can tell; whoever joins later judges the row without one.
        let longest = self.now_ms.saturating_add(limits::COVER_DAYS * 24 * 60 * 60 * 1000 + limits::CLOCK_SKEW_MS);
        if grant.until_ms.is_some_and(|until| until > longest) {
            return Err(RefusalCode::NoGrant);
        }
        Ok(Effect::Granted { member: grant.member, rights, until_ms: grant.until_ms })
    }

    fn certificates(&mut self, header: &Header, bundle: &CertificateBundle) -> Result<Effect, RefusalCode> {
        if !header.folder.is_none() || bundle.statements.is_empty() {
            return Err(RefusalCode::BadFrame);
        }
        // Every device comes in through enrolment, where an invitation's time and a person's login are looked at; here both
        // would be passed by. An earlier device could certify one successor after the other.
        let enters = |signed: &SignedStatement| {
            matches!(signed.issuer, Issuer::Invitation(_))
                || matches!(signed.statement(), Some(Statement::Device { .. } | Statement::Station { .. }))
        };
        if bundle.statements.iter().any(enters) {
            return Err(RefusalCode::NoGrant);
        }
        let place = self.next_place(header);
        Arc::make_mut(&mut self.roster).roster.admit(bundle, place).map_err(refusal_of)?;
        Ok(Effect::Certified(Certified::by(bundle, &self.roster.roster)))
    }

    /// Where the next row will stand: nobody else writes meanwhile.
    pub(super) fn next_place(&self, header: &Header) -> u64 {
        let tenant = self.transaction.tenant(header.tenant);
        tenant.ok().flatten().map_or(u64::MAX, |tenant| tenant.head.saturating_add(1))
    }

    pub(super) fn roles(&self, member: MemberId) -> &[RoleGrant] {
        self.roster.roster.roles(member)
    }
}

fn size_of(envelope: &Envelope) -> u64 {
    u64::try_from(envelope.bytes().len()).unwrap_or(u64::MAX)
}

/// What a revocation does.
pub(super) fn effect_of(revoke: &Revoke) -> Effect {
    revoke.member.map_or(Effect::Closed, |member| Effect::Revoked { member })
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
