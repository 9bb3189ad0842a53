//! Accepting once more what was accepted before the log was put back from a copy.
//!
//! The receipt is the server's own signed word, so nothing is judged a second time: an accepted envelope is a row again, a
//! refused one is refused as before. What remains to be decided is the *effect* of key records, grants and revocations,
//! which come back in whatever order the devices do. A row never undoes what was truly later:
//!
//! - Rows that the copy still had when the receipt's epoch ended were before it.
//! - Rows judged afresh since then were after it.
//! - Two rows that both come back on their receipts are put in order by their device's count where one device signed
//!   both, else by the row each author had seen (`base_seq`); where that says nothing, the revocation counts as the
//!   later one, since shutting somebody out too long can be mended and showing too much cannot.

use std::sync::Arc;

use feltbog_domain::{FolderKind, MemberId, ProgrammeId, Rights};
use feltbog_protocol::{
    CertificateBundle, Envelope, EnvelopeKind, Grant, Header, KeyRecord, KeyRecordForm, RefusalCode, Revoke,
};

use super::judge::{Judge, effect_of};
use super::parcel::{Proven, Readable, ReadableBody};
use super::{Admitted, Certified, Effect};
use crate::log::{AccessRow, ReadLog, StoreError, WriteLog};

impl Judge<'_> {
    /// Admits an envelope on the word of its receipt.
    pub(super) fn admit_again<'e>(
        &mut self,
        readable: &'e Readable,
        proven: &Proven,
    ) -> Result<Result<Admitted<'e>, RefusalCode>, StoreError> {
        let header = readable.envelope.header();
        if self.facts(header)?.is_some_and(|facts| facts.erased) {
            return Ok(Err(RefusalCode::Erased));
        }
        let effect = match &readable.body {
            ReadableBody::Certificates(bundle) => self.certified_again(header, bundle),
            ReadableBody::Bundle => Effect::Bundled,
            ReadableBody::Deposit(_) => Effect::Deposited,
            ReadableBody::KeyRecord(_) | ReadableBody::Grant(_) | ReadableBody::Revoke(_) => {
                let boundary = self.end_of(header, &proven.epoch)?;
                let row = AccessBody::of(&readable.body);
                self.access_again(header, row, boundary)?
            }
            ReadableBody::Erase(erase) => self.erase_again(readable.envelope.envelope(), erase)?,
            ReadableBody::Readings(row) => Effect::ReadingsTold { key: row.key.folder },
            ReadableBody::Purge(receipt) => Effect::Purged { cause: receipt.cause },
            ReadableBody::Sealed | ReadableBody::Facts | ReadableBody::Opaque => Effect::StoredOnly,
        };
        Ok(Ok(Admitted::new(&readable.envelope, effect).with_code(proven.code).on_its_receipt()))
    }

    /// Puts into effect what came back before its folder did.
    pub(super) fn replay(&self, transaction: &dyn WriteLog, made: &Envelope, at: u64) -> Result<(), StoreError> {
        let header = made.header();
        for row in self.transaction.access_rows(header.tenant, header.folder, 0)? {
            if row.seq >= at {
                continue;
            }
            let own = row.envelope.header();
            // A folder that was not there had no rows but those of receipts: all of them are put in order by each other.
            let effect = self.access_again(own, AccessBody::read(&row.envelope), 0)?;
            transaction.put_into_effect(own, &effect, row.seq, self.now_ms)?;
        }
        Ok(())
    }

    /// Rows up to here were before everything a receipt of this epoch speaks for. An epoch the log does not know began
    /// after the copy was made, so after every row of it.
    fn end_of(&self, header: &Header, epoch: &[u8; 16]) -> Result<u64, StoreError> {
        let known = self.transaction.end_of_epoch(header.tenant, epoch)?;
        let current = self.transaction.tenant(header.tenant)?.map_or(0, |tenant| tenant.epoch_base_seq);
        Ok(known.unwrap_or(current))
    }

    /// A certificate that does not hold any more, for want of another that has not come back, stays a row without effect.
    fn certified_again(&mut self, header: &Header, bundle: &CertificateBundle) -> Effect {
        let place = self.next_place(header);
        if Arc::make_mut(&mut self.roster).roster.admit(bundle, place).is_ok() {
            Effect::Certified(Certified::by(bundle, &self.roster.roster))
        } else {
            Effect::StoredOnly
        }
    }

    fn access_again(&self, header: &Header, row: Option<AccessBody>, boundary: u64) -> Result<Effect, StoreError> {
        let Some(row) = row else { return Ok(Effect::StoredOnly) };
        let folder = self.facts(header)?;
        let effect = match (row, folder) {
            (AccessBody::Made { kind, programme }, None) => Effect::FolderMade { kind, programme, maker: self.signer },
            (AccessBody::NewKey, Some(facts)) if header.key_epoch > facts.key_epoch => Effect::FolderRekeyed,
            (AccessBody::Made { .. } | AccessBody::NewKey, _) => Effect::StoredOnly,
            (AccessBody::Granted(grant), None) => Effect::Waiting { about: Some(grant.member) },
            (AccessBody::Revoked(revoke), None) => Effect::Waiting { about: revoke.member },
            (AccessBody::Granted(grant), Some(_)) => {
                let has_left = self.roster.roster.member(grant.member).is_some_and(|member| member.left);
                if has_left || overtaken(self.transaction, header, grant.member, false, boundary)? {
                    Effect::StoredOnly
                } else {
                    let rights = Rights::from_bits(grant.rights);
                    Effect::Granted { member: grant.member, rights, until_ms: grant.until_ms }
                }
            }
            (AccessBody::Revoked(revoke), Some(_)) => match revoke.member {
                Some(member) if overtaken(self.transaction, header, member, true, boundary)? => Effect::StoredOnly,
                _ => effect_of(&revoke),
            },
        };
        Ok(effect)
    }
}

/// What a row says about access to its folder.
#[derive(Debug, Clone, Copy)]
enum AccessBody {
    Made { kind: FolderKind, programme: ProgrammeId },
    NewKey,
    Granted(Grant),
    Revoked(Revoke),
}

impl AccessBody {
    fn of(body: &ReadableBody) -> Option<Self> {
        match body {
            ReadableBody::KeyRecord(record) => Self::of_key_record(record),
            ReadableBody::Grant(grant) => Some(AccessBody::Granted(*grant)),
            ReadableBody::Revoke(revoke) => Some(AccessBody::Revoked(*revoke)),
            _ => None,
        }
    }

    fn read(envelope: &Envelope) -> Option<Self> {
        match envelope.header().known_kind()? {
            EnvelopeKind::KeyRecord => Self::of_key_record(&feltbog_protocol::decode(envelope.body()).ok()?),
            EnvelopeKind::Grant => feltbog_protocol::decode(envelope.body()).ok().map(AccessBody::Granted),
            EnvelopeKind::Revoke => feltbog_protocol::decode(envelope.body()).ok().map(AccessBody::Revoked),
            _ => None,
        }
    }

    fn of_key_record(record: &KeyRecord) -> Option<Self> {
        if record.form != KeyRecordForm::NewEpoch {
            return None;
        }
        let kind = record.folder_kind.and_then(FolderKind::from_code);
        let programme = record.programme.map_or(ProgrammeId::NONE, |programme| programme.0);
        Some(kind.map_or(AccessBody::NewKey, |kind| AccessBody::Made { kind, programme }))
    }

    /// The member it lets in or shuts out, and whether it shuts out.
    fn about(self) -> Option<(MemberId, bool)> {
        match self {
            AccessBody::Granted(grant) => Some((grant.member, false)),
            AccessBody::Revoked(revoke) => Some((revoke.member?, true)),
            AccessBody::Made { .. } | AccessBody::NewKey => None,
        }
    }
}

/// Whether the log has a row that says the opposite of this one about the member, and was later.
fn overtaken(
    transaction: &dyn ReadLog,
    own: &Header,
    member: MemberId,
    shuts_out: bool,
    boundary: u64,
) -> Result<bool, StoreError> {
    let rows = transaction.access_rows(own.tenant, own.folder, boundary)?;
    Ok(rows.iter().any(|row| {
        AccessBody::read(&row.envelope).and_then(AccessBody::about) == Some((member, !shuts_out))
            && is_later(row, own, shuts_out)
    }))
}

fn is_later(row: &AccessRow, own: &Header, shuts_out: bool) -> bool {
    let other = row.envelope.header();
    if !row.proven {
        return true;
    }
    if other.device == own.device {
        return other.dseq > own.dseq;
    }
    if other.base_seq != own.base_seq {
        return other.base_seq > own.base_seq;
    }
    !shuts_out
}
