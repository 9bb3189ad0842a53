//! Taking in access rows: keys, grants, revocations, deposits.

use ed25519_dalek::VerifyingKey;
use feltbog_domain::{DeviceId, FolderId, MemberId, Rights};
use feltbog_protocol::{
    Deposit, FolderFacts, FolderMade, Grant, KeyRecord, KeyRecordForm, Principal, RefusalCode, Revoke,
    VerifiedEnvelope, judge_deposit, judge_grant, judge_key_record, judge_revoke,
};
use feltbog_sealing::{FolderKey, FolderKeyContext, Secret, WrapPair, random_bytes};
use feltbog_store::{FolderRow, RowStatus, StoredRow};

use crate::error::AppError;
use crate::hand_in::leads;
use crate::room::Room;
use crate::seal_pending::Sealer;
use crate::take_in::{APPLIED, Intake, Verdict};
use crate::take_in_cover::members_of;

impl Intake<'_> {
    pub(crate) fn key_record(
        &mut self,
        seq: u64,
        envelope: &VerifiedEnvelope,
        signer: MemberId,
    ) -> Result<Verdict, AppError> {
        let header = envelope.header();
        let Ok(record) = feltbog_protocol::decode::<KeyRecord>(envelope.body()) else {
            return Ok((RowStatus::Quarantined, Some("bad_frame")));
        };
        let facts = self.w.folder_facts(header.folder, signer, seq, self.restored_at)?;
        // History is judged by the recovery key of its own time; one that never was in force is no recovery key.
        let recovery_epoch = record
            .recipients
            .iter()
            .find(|recipient| recipient.principal == Principal::Recovery)
            .map(|recipient| recipient.epoch)
            .filter(|epoch| self.roster.recovery().is_some_and(|key| *epoch <= key.epoch));
        let facts = facts.map(|facts| self.as_station_sees(header.device, record.form, facts));
        let roles = self.roster.roles_behind(header.device, signer, self.place(seq));
        match judge_key_record(header, &record, facts.as_ref(), &roles, recovery_epoch) {
            Err(RefusalCode::UnknownEpoch) if self.is_a_key_of_before(header.key_epoch, &record, facts.as_ref()) => {}
            Err(code) => return Ok((RowStatus::Ignored, Some(code.word()))),
            Ok(FolderMade::New { kind, programme }) => {
                let folder = FolderRow {
                    id: header.folder,
                    kind,
                    programme,
                    key_epoch: 1,
                    creator: signer,
                    announced: true,
                    actor: random_bytes(),
                    prev: feltbog_protocol::EnvelopeHash::default(),
                    seen_seq: 0,
                    seen_digest: [0; 16],
                    closed: false,
                    rotation_due: false,
                };
                self.w.insert_folder(&folder, seq)?;
            }
            Ok(FolderMade::Rotated) => {
                self.w.set_key_epoch(header.folder, header.key_epoch)?;
                self.w.settle_ended_covers(header.folder, &members_of(&record))?;
            }
            Ok(FolderMade::Widened) => {}
        }
        self.take_key(header.device, header.folder, header.key_epoch, &record)?;
        self.judge_again(header.folder)?;
        Ok(APPLIED)
    }

    /// A recovery station has no grant, and may wrap what is there for whoever lost their devices.
    fn as_station_sees(&self, signer: DeviceId, form: KeyRecordForm, facts: FolderFacts) -> FolderFacts {
        let is_station = self.roster.device(signer).is_some_and(|entry| entry.station_until_ms.is_some());
        let signer = if is_station && form == KeyRecordForm::AddedWraps { Some(Rights::READ) } else { facts.signer };
        FolderFacts { signer, ..facts }
    }

    /// In a restored log a key may come back after another was made in its place; both are in use then.
    fn is_a_key_of_before(&self, epoch: u32, record: &KeyRecord, facts: Option<&FolderFacts>) -> bool {
        self.restored_at.is_some()
            && record.form == KeyRecordForm::NewEpoch
            && facts.is_some_and(|facts| epoch <= facts.key_epoch)
    }

    /// In a restored log content may stand before the grant it was written under: what was passed over for lack of one is
    /// judged again.
    fn judge_again(&self, folder: FolderId) -> Result<(), AppError> {
        if let Some(base) = self.restored_at {
            self.w.retry_judged(folder, base)?;
        }
        Ok(())
    }

    pub(crate) fn take_key(
        &mut self,
        author: DeviceId,
        folder: FolderId,
        epoch: u32,
        record: &KeyRecord,
    ) -> Result<(), AppError> {
        let context = FolderKeyContext { tenant: self.identity.tenant, folder, epoch };
        self.recover_key(author, &context, record)?;
        for recipient in &record.recipients {
            let Principal::Member(member) = recipient.principal else { continue };
            self.w.set_wrap(folder, epoch, member, recipient.epoch)?;
            if member != self.identity.member {
                continue;
            }
            let Some(seed) = self.w.user_key(recipient.epoch)? else { continue };
            let pair = WrapPair::from_seed(&Secret::new(*seed));
            // A wrap that does not open is the sender's fault; another member's wrap may still come.
            if let Ok(key) = FolderKey::unwrap(&context, recipient, &pair, &record.commitment) {
                self.w.set_folder_key(folder, epoch, key.secret().expose())?;
                self.reveal_older_keys(folder, epoch, key, record)?;
                self.w.retry_waiting(folder)?;
                if self.w.folder(folder)?.is_some_and(|row| row.kind.is_read_log()) {
                    self.w.retry_read_log()?;
                }
            }
        }
        Ok(())
    }

    /// Every key hides in the record of the next one, so that a later member needs one wrap. The record at hand may be
    /// about more wraps only; the one that made the key is here already then.
    pub(crate) fn reveal_older_keys(
        &mut self,
        folder: FolderId,
        mut epoch: u32,
        mut key: FolderKey,
        record: &KeyRecord,
    ) -> Result<(), AppError> {
        let mut hidden = record.predecessor.clone();
        while epoch > 1 && self.w.folder_key(folder, epoch - 1)?.is_none() {
            let in_log = if hidden.is_some() { Vec::new() } else { self.predecessors_in_log(folder, epoch)? };
            let context = FolderKeyContext { tenant: self.identity.tenant, folder, epoch };
            let mut all = hidden.take().into_iter().chain(in_log);
            let Some(older) = all.find_map(|hidden| key.reveal_predecessor(&context, &hidden).ok()) else { break };
            epoch -= 1;
            self.w.set_folder_key(folder, epoch, older.secret().expose())?;
            key = older;
        }
        Ok(())
    }

    /// In a restored log there may be two keys of one number, each with another before it.
    fn predecessors_in_log(&self, folder: FolderId, epoch: u32) -> Result<Vec<Vec<u8>>, AppError> {
        let records = self.w.key_records(folder, epoch)?;
        let records = records.iter().filter_map(|record| feltbog_protocol::decode::<KeyRecord>(record.body()).ok());
        Ok(records.filter_map(|record| record.predecessor).collect())
    }

    pub(crate) fn grant(
        &mut self,
        seq: u64,
        envelope: &VerifiedEnvelope,
        signer: MemberId,
    ) -> Result<Verdict, AppError> {
        let header = envelope.header();
        let Ok(grant) = feltbog_protocol::decode::<Grant>(envelope.body()) else {
            return Ok((RowStatus::Quarantined, Some("bad_frame")));
        };
        let facts = self.w.folder_facts(header.folder, signer, seq, self.restored_at)?;
        let roles = self.roster.roles_at(grant.member, self.place(seq));
        match judge_grant(header, &grant, facts.as_ref(), &roles) {
            Ok(rights) => {
                self.let_in(header.folder, &grant, rights, seq)?;
                self.judge_again(header.folder)?;
                Ok(APPLIED)
            }
            Err(code) => Ok((RowStatus::Ignored, Some(code.word()))),
        }
    }

    pub(crate) fn revoke(
        &mut self,
        seq: u64,
        envelope: &VerifiedEnvelope,
        signer: MemberId,
    ) -> Result<Verdict, AppError> {
        let header = envelope.header();
        let Ok(revoke) = feltbog_protocol::decode::<Revoke>(envelope.body()) else {
            return Ok((RowStatus::Quarantined, Some("bad_frame")));
        };
        let facts = self.w.folder_facts(header.folder, signer, seq, self.restored_at)?;
        // An office keeps its holder in. In a restored log it may be over by then: whoever took it away is believed.
        let office = |member| self.roster.roles_for_certain(member, self.place(seq));
        let roles = revoke.member.map(office).unwrap_or_default();
        if let Err(code) = judge_revoke(header, &revoke, facts.as_ref(), &roles) {
            if facts.is_none() && revoke.member == Some(self.identity.member) {
                // Let in and shut out between two pages: the folder's beginning is not sent any more. Whoever is let in
                // again is sent everything.
                self.w.drop_waiting(header.folder, seq)?;
            }
            return Ok((RowStatus::Ignored, Some(code.word())));
        }
        self.put_revoke_into_effect(seq, header.folder, &revoke)?;
        Ok(APPLIED)
    }

    /// An own revocation has its place now, and with it counts for what others wrote after it.
    pub(crate) fn place_own_revoke(&mut self, row: &StoredRow) -> Result<(), AppError> {
        match feltbog_protocol::decode::<Revoke>(row.envelope.body()) {
            Ok(Revoke { member: Some(member), .. }) if member != self.identity.member => {
                Ok(self.w.place_revoke(row.envelope.header().folder, member, row.seq)?)
            }
            Ok(revoke) => self.put_revoke_into_effect(row.seq, row.envelope.header().folder, &revoke),
            Err(_) => Ok(()),
        }
    }

    fn put_revoke_into_effect(&mut self, seq: u64, folder: FolderId, revoke: &Revoke) -> Result<(), AppError> {
        let Some(member) = revoke.member else { return Ok(self.w.close_folder(folder, seq)?) };
        if member == self.identity.member && !self.is_granted_after(folder, seq)? {
            self.tell_to_whom(folder, revoke)?;
            return self.leave(folder);
        }
        Ok(self.w.end_grant(folder, member, seq)?)
    }

    /// Whether this member was let in again later: then the revocation is history.
    fn is_granted_after(&self, folder: FolderId, seq: u64) -> Result<bool, AppError> {
        let names_me = |body: &[u8]| {
            feltbog_protocol::decode::<Grant>(body).is_ok_and(|grant| grant.member == self.identity.member)
        };
        Ok(self.w.grants_after(folder, seq)?.iter().any(|envelope| names_me(envelope.body())))
    }

    /// What signs for this device, in the same transaction.
    pub(crate) fn sealer(&self) -> Result<Sealer<'_>, AppError> {
        Ok(Sealer {
            w: self.w,
            identity: self.identity,
            signing: self.signing,
            roster: self.roster,
            progress: self.w.progress()?,
            now_ms: self.now_ms,
            room: Room::ENDLESS,
        })
    }

    /// Hands in what was not sent, then takes the folder off this device: one transaction, so nothing is lost between.
    fn leave(&mut self, folder: FolderId) -> Result<(), AppError> {
        if let Some(row) = self.w.folder(folder)? {
            self.flush_folder(folder)?;
            self.sealer()?.leave(&row)?;
        } else {
            // It was left before the log was restored: own rows that came back since would wait for its key for ever.
            self.w.purge_folder(folder)?;
        }
        self.documents.retain(|_, open| open.folder != folder);
        self.purged = true;
        Ok(())
    }

    pub(crate) fn deposit(
        &mut self,
        seq: u64,
        envelope: &VerifiedEnvelope,
        signer: MemberId,
        sign_public: &[u8; 32],
    ) -> Result<Verdict, AppError> {
        let header = envelope.header();
        let Ok(deposit) = feltbog_protocol::decode::<Deposit>(envelope.body()) else {
            return Ok((RowStatus::Quarantined, Some("bad_frame")));
        };
        let Some(folder) = self.w.folder(header.folder)? else {
            return Ok((RowStatus::WaitingKey, Some("no_folder")));
        };
        let facts = self.w.folder_facts(header.folder, signer, seq, self.restored_at)?;
        let inside = match judge_deposit(header, &deposit, facts.as_ref()) {
            Ok(inside) => inside,
            Err(code) => return Ok((RowStatus::Ignored, Some(code.word()))),
        };
        let signed = VerifyingKey::from_bytes(sign_public).is_ok_and(|key| inside.clone().verify(&key).is_ok());
        if !signed {
            return Ok((RowStatus::Quarantined, Some("bad_signature")));
        }
        if !leads(&folder, self.roster.roles(self.identity.member)) {
            return Ok((RowStatus::Ignored, Some("not_for_us")));
        }
        self.take_deposit_key(header.folder, inside.header().key_epoch, &deposit)?;
        self.w.lay_in_tray(header, signer, deposit.reason.word(), self.now_ms)?;
        Ok(APPLIED)
    }

    /// A leader who joined after the key was made finds it with the deposit.
    fn take_deposit_key(&mut self, folder: FolderId, epoch: u32, deposit: &Deposit) -> Result<(), AppError> {
        if self.w.folder_key(folder, epoch)?.is_some() {
            return Ok(());
        }
        let context = FolderKeyContext { tenant: self.identity.tenant, folder, epoch };
        let mine = deposit.recipients.iter().filter(|r| r.principal == Principal::Member(self.identity.member));
        for recipient in mine {
            let Some(seed) = self.w.user_key(recipient.epoch)? else { continue };
            let pair = WrapPair::from_seed(&Secret::new(*seed));
            if let Ok(key) = FolderKey::unwrap(&context, recipient, &pair, &deposit.commitment) {
                self.w.set_folder_key(folder, epoch, key.secret().expose())?;
            }
        }
        Ok(())
    }
}
