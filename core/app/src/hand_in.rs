//! Handing in work that found no open folder: whoever wrote it has lost the folder, and the leaders get it instead.

use feltbog_domain::{DocumentId, FolderId, MemberId, Role, Standing};
use feltbog_protocol::{Deposit, Envelope, EnvelopeKind, Principal, Recipient, RefusalCode};
use feltbog_sealing::{FolderKey, FolderKeyContext, Secret};
use feltbog_store::{FolderRow, HandedIn};

use crate::error::AppError;
use crate::opening::fitting_key;
use crate::reserve::Wraps;
use crate::seal_pending::{Sealer, batches};
use crate::staff_names::StaffNames;

/// Number of an envelope that was never sent by itself: it travels inside a deposit only.
pub(crate) const NEVER_SENT: u64 = 0;

impl Sealer<'_> {
    /// Hands in everything of a folder that the server has not taken, sealed or not. To be called before the folder's
    /// keys and texts are taken off the device, in the same transaction.
    pub(crate) fn hand_in_folder(&mut self, folder: &FolderRow, reason: RefusalCode) -> Result<(), AppError> {
        for untaken in self.w.untaken(folder.id)? {
            self.hand_in(folder, &untaken.envelope, &untaken.documents, reason)?;
        }
        let Some(key) = self.w.folder_key(folder.id, folder.key_epoch)? else { return Ok(()) };
        let key = FolderKey::from_secret(Secret::new(*key));
        for batch in batches(self.w.pending(folder.id)?) {
            let (envelope, documents) = self.sealed_batch(folder, &key, &batch, NEVER_SENT)?;
            self.w.remove_pending(&batch.iter().map(|change| change.id).collect::<Vec<_>>())?;
            self.hand_in(folder, &envelope, &documents, reason)?;
        }
        Ok(())
    }

    /// Hands in one envelope. What it carries counts as sent when the deposit has its receipt.
    pub(crate) fn hand_in(
        &mut self,
        folder: &FolderRow,
        envelope: &Envelope,
        documents: &[(DocumentId, i64)],
        reason: RefusalCode,
    ) -> Result<(), AppError> {
        let epoch = envelope.header().key_epoch;
        let Some(deposit) = self.deposit_of(folder, envelope, reason, &mut Wraps::new())? else { return Ok(()) };
        let body = feltbog_protocol::encode(&deposit);
        let sent = self.enqueue_carrying(EnvelopeKind::Deposit, folder.id, epoch, &body, documents.to_vec())?;
        if envelope.header().dseq != NEVER_SENT {
            self.w.resolve(envelope.header().dseq)?;
        }
        if leads(folder, self.roster.roles(self.identity.member)) {
            // Her own row comes back as one that needs nothing more, so it is laid there now.
            self.w.lay_in_tray(&sent, self.identity.member, reason.word(), self.now_ms)?;
        }
        self.tell_the_writer(folder.id, documents, reason, &self.leaders_of(folder))
    }

    /// An envelope with its key wrapped for the leaders; nothing where the key is not here.
    pub(crate) fn deposit_of(
        &self,
        folder: &FolderRow,
        envelope: &Envelope,
        reason: RefusalCode,
        wraps: &mut Wraps,
    ) -> Result<Option<Deposit>, AppError> {
        let epoch = envelope.header().key_epoch;
        let own = self.own(envelope);
        let Some(key) = own.map(|own| fitting_key(self.w, &own)).transpose()?.flatten() else { return Ok(None) };
        let context = FolderKeyContext { tenant: self.identity.tenant, folder: folder.id, epoch };
        let receivers = self.keys_of(&self.leaders_of(folder));
        let commitment = key.commitment(&context);
        let recipients = match wraps.get(&commitment) {
            Some((made_for, recipients)) if *made_for == receivers => recipients.clone(),
            _ => {
                let made = self.wraps_for(&receivers, &key, &context)?;
                wraps.insert(commitment, (receivers, made.clone()));
                made
            }
        };
        Ok(Some(Deposit { reason, envelope: envelope.bytes().to_vec(), commitment, recipients }))
    }

    /// Leaders and deputies who can open the folder by office.
    fn leaders_of(&self, folder: &FolderRow) -> Vec<MemberId> {
        self.roster.members().filter(|(_, entry)| leads(folder, &entry.roles)).map(|(member, _)| member).collect()
    }

    /// Members with the keys that are wrapped for now.
    fn keys_of(&self, members: &[MemberId]) -> Vec<(MemberId, u32)> {
        let key = |member: &MemberId| Some((*member, self.roster.sound_user_key(*member)?.epoch));
        members.iter().filter_map(key).collect()
    }

    fn wraps_for(
        &self,
        receivers: &[(MemberId, u32)],
        key: &FolderKey,
        context: &FolderKeyContext,
    ) -> Result<Vec<Recipient>, AppError> {
        let mut wraps = Vec::with_capacity(receivers.len());
        for (member, epoch) in receivers {
            if let Some(user_key) = self.roster.sound_user_key(*member) {
                wraps.push(key.wrap_for(context, Principal::Member(*member), *epoch, &user_key.public)?);
            }
        }
        Ok(wraps)
    }

    fn tell_the_writer(
        &self,
        folder: FolderId,
        documents: &[(DocumentId, i64)],
        reason: RefusalCode,
        leaders: &[MemberId],
    ) -> Result<(), AppError> {
        let names = StaffNames::load(self.w, self.roster)?;
        let receivers: Vec<String> = leaders.iter().filter_map(|member| names.of(*member)).collect();
        let case = self.w.case_of_folder(folder)?;
        for (document, _) in documents {
            let Some(entry) = self.w.entry(*document)? else { continue };
            self.w.note_handed_in(&HandedIn {
                document: *document,
                dseq: self.progress.last_dseq,
                kind: entry.fields.kind.code().to_owned(),
                at: entry.fields.at.to_string(),
                case_number: case.as_ref().map(|row| row.number.clone()),
                reason: reason.word().to_owned(),
                receivers: receivers.clone(),
                handed_ms: self.now_ms,
            })?;
        }
        Ok(())
    }
}

/// Whether roles make somebody a leader or deputy who opens the folder by office.
pub(crate) fn leads(folder: &FolderRow, roles: &[feltbog_domain::RoleGrant]) -> bool {
    roles.iter().any(|grant| {
        matches!(grant.role, Role::Leader | Role::Deputy)
            && folder.kind.standing(folder.programme, std::slice::from_ref(grant)) == Standing::ByOffice
    })
}
