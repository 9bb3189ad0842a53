//! Taking in what has to do with standing in for somebody, and with a case that goes to somebody else.

use feltbog_domain::{DocumentId, FolderId, FolderKind, MemberId, Rights};
use feltbog_protocol::{Grant, Header, KeyRecord, Principal, Revoke, RevokeReason};
use feltbog_store::{Cover, HandedAwayRow, StoredRow};

use crate::error::AppError;
use crate::staff_names::StaffNames;
use crate::take_in::Intake;

/// What was written in somebody's stead is news for this long after the cover ended, so that a new device does not tell of
/// last year's.
const NEWS_MS: i64 = 30 * 24 * 60 * 60 * 1000;

impl Intake<'_> {
    /// Puts a grant into effect.
    pub(crate) fn let_in(&mut self, folder: FolderId, grant: &Grant, rights: Rights, seq: u64) -> Result<(), AppError> {
        if grant.member == self.identity.member {
            self.w.forget_handed_away(folder)?;
        }
        let set = match cover_of(grant) {
            Some(cover) => self.w.set_cover(folder, grant.member, rights, seq, cover),
            None => self.w.set_grant(folder, grant.member, rights, seq),
        };
        Ok(set?)
    }

    /// An own grant has its place now, and with it counts for what its member wrote after it.
    pub(crate) fn place_own_grant(&mut self, row: &StoredRow) -> Result<(), AppError> {
        let Ok(grant) = feltbog_protocol::decode::<Grant>(row.envelope.body()) else { return Ok(()) };
        let folder = row.envelope.header().folder;
        Ok(self.w.place_grant(folder, grant.member, Rights::from_bits(grant.rights), row.seq, cover_of(&grant))?)
    }

    /// Whether somebody who was let in for a time writes under a key that was renewed before: an honest server takes nothing
    /// under an old key, and whoever still has one may not write with it for ever.
    pub(crate) fn outlasts_its_cover(&self, seq: u64, header: &Header, signer: MemberId) -> Result<bool, AppError> {
        // In a restored log rows stand later than they were written.
        Ok(self.restored_at.is_none()
            && self.w.cover_at(header.folder, signer, seq)?.is_some()
            && self.w.is_renewed_before(header.folder, header.key_epoch, seq)?)
    }

    /// Whoever was away sees first what was written meanwhile.
    pub(crate) fn tell_who_was_stood_in_for(
        &self,
        seq: u64,
        folder: FolderId,
        document: DocumentId,
        signer: MemberId,
    ) -> Result<(), AppError> {
        let Some(cover) = self.w.cover_at(folder, signer, seq)? else { return Ok(()) };
        let is_news = cover.until_ms.saturating_add(NEWS_MS) > self.now_ms;
        if cover.of == Some(self.identity.member) && is_news {
            self.w.note_meanwhile(document, folder, signer)?;
        }
        Ok(())
    }

    /// Before a folder that was handed over leaves this device: whose it is now.
    pub(crate) fn tell_to_whom(&mut self, folder: FolderId, revoke: &Revoke) -> Result<(), AppError> {
        let Some(to) = revoke.to.filter(|_| revoke.reason == RevokeReason::HandedOver) else { return Ok(()) };
        self.flush_folder(folder)?;
        let is_own_side = self.w.folder(folder)?.is_some_and(|row| row.kind != FolderKind::Shared);
        let Some(case) = self.w.case_of_folder(folder)?.filter(|_| is_own_side) else { return Ok(()) };
        let receiver = StaffNames::load(self.w, self.roster)?.of(to).unwrap_or_else(|| "en kollega".into());
        let row = HandedAwayRow { case_number: case.number, receiver, at_ms: self.now_ms };
        Ok(self.w.note_handed_away(folder, &row)?)
    }
}

fn cover_of(grant: &Grant) -> Option<Cover> {
    grant.until_ms.map(|until_ms| Cover { of: grant.cover_for, until_ms })
}

/// The members a key is wrapped for in a record.
pub(crate) fn members_of(record: &KeyRecord) -> Vec<MemberId> {
    let member = |principal| match principal {
        Principal::Member(member) => Some(member),
        Principal::Recovery => None,
    };
    record.recipients.iter().filter_map(|recipient| member(recipient.principal)).collect()
}
