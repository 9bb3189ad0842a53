//! When an exchange starts: debts are paid and pending changes sealed, before anything is sent. From then on those bytes never
//! change.
//!
//! It is done in slices, each a transaction of its own that begins at the beginning: what somebody saves between two of them
//! is looked at in the same order as everything else, and what a crash between two leaves is what an exchange that ended early
//! leaves.

use std::collections::BTreeMap;

use feltbog_domain::{DocumentId, FolderId, MemberId};
use feltbog_protocol::{
    CertificateBundle, Draft, Envelope, EnvelopeHash, EnvelopeKind, Header, KeyRecord, KeyRecordForm, Principal,
    ProgrammeBytes, Recipient, Revoke, Roster, limits,
};
use feltbog_sealing::{FolderKey, FolderKeyContext, Payload, SealedDocument, Secret, SigningPair, seal};
use feltbog_store::{FolderRow, Identity, PendingChange, Progress, SealedRow, Writer};
use feltbog_sync::{Outbox, Queued};

use crate::cold_bundle::owed_bundles;
use crate::debts::{Debt, debts};
use crate::device::Device;
use crate::erasures::owes_word;
use crate::error::AppError;
use crate::room::Room;
use crate::rotation::owes_rotation;

/// Raw bytes of changes in one envelope: even if nothing could be compressed, the body stays under the limit.
const RAW_PER_ENVELOPE: usize = limits::ENVELOPE_BODY - 24 * 1024;

impl Device {
    /// Pays debts and seals what is pending, as much as there is room for in one turn. Returns whether there is more; call again
    /// until there is not. Between two turns whoever uses the device gets one.
    pub(crate) fn seal_some(&mut self) -> Result<bool, AppError> {
        self.mind_the_clock()?;
        self.renew_user_key()?;
        let (identity, signing, roster, now_ms) = (&self.identity, &self.signing, &self.roster, self.clock.now_ms());
        let (refused_before, due_before_ms) =
            (self.refused_before, self.tells_readings.due_before(self.at_least_this_late()?));
        let (more, replaced) = self.store.write(|w| -> Result<_, AppError> {
            let room = Room::OF_ONE_TURN;
            let mut sealer = Sealer { w, identity, signing, roster, progress: w.progress()?, now_ms, room };
            let all = sealer.in_order(refused_before)? && sealer.bundle()? && sealer.seal_readings(due_before_ms)?;
            let replaced = all && (sealer.forget_old_readings()? | sealer.say_purged()?);
            w.set_progress(&sealer.progress)?;
            Ok((!all, replaced))
        })?;
        if replaced {
            // What was erased shall not go on living in the write-ahead log.
            self.store.checkpoint()?;
        }
        Ok(more)
    }

    /// The whole outbox in order.
    pub(crate) fn outbox(&self) -> Result<Outbox, AppError> {
        let r = self.store.reader();
        let queued = r.outbox()?.into_iter().map(|row| Queued { dseq: row.dseq, bytes: row.bytes }).collect();
        Ok(Outbox { queued, proofs: r.proofs()?, knows_erasures_to: r.outbox_knows_erasures_to()? })
    }

    /// Signs certificates into the outbox at once; they take effect here immediately.
    pub(crate) fn publish_certificates(&mut self, bundle: &CertificateBundle) -> Result<(), AppError> {
        let stood = self.standing();
        let (identity, signing, roster, now_ms) = (&self.identity, &self.signing, &self.roster, self.clock.now_ms());
        self.store.write(|w| -> Result<(), AppError> {
            let mut sealer =
                Sealer { w, identity, signing, roster, progress: w.progress()?, now_ms, room: Room::ENDLESS };
            sealer.enqueue_clear(EnvelopeKind::Certificate, None, 0, &feltbog_protocol::encode(bundle))?;
            Ok(w.set_progress(&sealer.progress)?)
        })?;
        self.reload_roster()?;
        self.know_own_act(&stood)
    }

    /// Whether another round of sealing would have something to do.
    pub(crate) fn owes(&self) -> Result<bool, AppError> {
        let r = self.store.reader();
        for folder in r.folders()? {
            if owes_rotation(&r, &folder, self.me())? {
                return Ok(true);
            }
        }
        Ok(!r.folders_with_pending()?.is_empty()
            || !owed_bundles(&r, self.my_roles())?.is_empty()
            || r.has_outbox()?
            || r.was_refused_under_an_older_key()?
            || !r.owed_revokes()?.is_empty()
            || owes_word(&r)?
            || !debts(&r, &self.roster, self.me())?.is_empty()
            || self.owes_facts()?)
    }
}

/// Seals and signs into the outbox, inside one transaction. The caller stores `progress` at its end.
pub(crate) struct Sealer<'a> {
    pub(crate) w: &'a Writer<'a>,
    pub(crate) identity: &'a Identity,
    pub(crate) signing: &'a SigningPair,
    pub(crate) roster: &'a Roster,
    pub(crate) progress: Progress,
    pub(crate) now_ms: i64,
    pub(crate) room: Room,
}

impl Sealer<'_> {
    /// Whoever is let in finds the key, and whoever is shut out finds nothing that is sealed afterwards: the order matters, and
    /// where the room ends nothing later is done. Returns whether all of it is done.
    fn in_order(&mut self, refused_before: u64) -> Result<bool, AppError> {
        self.resolve_refused(refused_before)?;
        if !self.before_handing_over()? {
            return Ok(false);
        }
        self.revoke()?;
        Ok(self.pay_debts()?
            && self.rotate(refused_before)?
            && self.seal_changes(refused_before)?
            && self.tell_facts()?)
    }

    /// Signs what shuts members out or closes folders.
    fn revoke(&mut self) -> Result<(), AppError> {
        for owed in self.w.owed_revokes()? {
            let body = feltbog_protocol::encode(&Revoke { member: owed.member, reason: owed.reason, to: owed.to });
            self.enqueue_clear(EnvelopeKind::Revoke, Some(owed.folder), 0, &body)?;
            match owed.member {
                Some(member) => self.w.shut_out(owed.folder, member)?,
                None => self.w.close_folder(owed.folder, 0)?,
            }
        }
        Ok(())
    }

    /// Returns whether there was room for all of them.
    pub(crate) fn pay_debts(&mut self) -> Result<bool, AppError> {
        for debt in debts(self.w, self.roster, self.identity.member)? {
            if self.room.is_used_up() {
                return Ok(false);
            }
            self.pay(&debt)?;
        }
        Ok(true)
    }

    /// Makes the folders known that were made without a network.
    pub(crate) fn announce_folders(&mut self) -> Result<(), AppError> {
        let debts = debts(self.w, self.roster, self.identity.member)?;
        debts.iter().filter(|debt| !debt.folder.announced).try_for_each(|debt| self.pay(debt))
    }

    /// Wraps first, then grants: whoever is granted finds the key among the rows that came before.
    fn pay(&mut self, debt: &Debt) -> Result<(), AppError> {
        let folder = &debt.folder;
        let context = FolderKeyContext { tenant: self.identity.tenant, folder: folder.id, epoch: folder.key_epoch };
        // In a restored log there may be two keys of one number, and content under either.
        for key in self.w.folder_keys(folder.id, folder.key_epoch)? {
            self.wrap(debt, &FolderKey::from_secret(Secret::new(*key)), &context)?;
        }
        debt.grants.iter().try_for_each(|owed| self.grant(owed))
    }

    fn wrap(&mut self, debt: &Debt, key: &FolderKey, context: &FolderKeyContext) -> Result<(), AppError> {
        let folder = &debt.folder;
        let mut recipients = Vec::with_capacity(debt.wraps.len() + 1);
        if !folder.announced {
            recipients.push(self.recovery_wrap(key, context)?);
        }
        for member in &debt.wraps {
            recipients.extend(self.member_wrap(key, context, *member)?);
        }
        if !recipients.is_empty() {
            let record = KeyRecord {
                form: if folder.announced { KeyRecordForm::AddedWraps } else { KeyRecordForm::NewEpoch },
                commitment: key.commitment(context),
                predecessor: None,
                recipients,
                folder_kind: (!folder.announced).then(|| folder.kind.code()),
                programme: (!folder.announced && !folder.programme.is_none())
                    .then_some(ProgrammeBytes(folder.programme)),
            };
            self.enqueue_clear(
                EnvelopeKind::KeyRecord,
                Some(folder.id),
                folder.key_epoch,
                &feltbog_protocol::encode(&record),
            )?;
            self.w.set_announced(folder.id)?;
        }
        Ok(())
    }

    pub(crate) fn recovery_wrap(&self, key: &FolderKey, context: &FolderKeyContext) -> Result<Recipient, AppError> {
        let recovery = self.roster.recovery().ok_or(AppError::NothingFetchedYet)?;
        Ok(key.wrap_for(context, Principal::Recovery, recovery.epoch, &recovery.public)?)
    }

    pub(crate) fn member_wrap(
        &self,
        key: &FolderKey,
        context: &FolderKeyContext,
        member: MemberId,
    ) -> Result<Option<Recipient>, AppError> {
        let Some(user_key) = self.roster.sound_user_key(member) else { return Ok(None) };
        let recipient = key.wrap_for(context, Principal::Member(member), user_key.epoch, &user_key.public)?;
        self.w.set_wrap(context.folder, context.epoch, member, user_key.epoch)?;
        Ok(Some(recipient))
    }

    fn seal_changes(&mut self, since: u64) -> Result<bool, AppError> {
        for id in self.w.folders_with_pending()? {
            let Some(folder) = self.w.folder(id)? else { continue };
            if self.w.has_proposal(id)? {
                continue;
            }
            let Some(key) = self.w.folder_key(id, folder.key_epoch)? else { continue };
            let key = FolderKey::from_secret(Secret::new(*key));
            self.bring_back_keys(&folder, since)?;
            if !self.seal_batches(&folder, &key, self.w.pending(id)?)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns whether there was room for all of them.
    pub(crate) fn seal_batches(
        &mut self,
        folder: &FolderRow,
        key: &FolderKey,
        pending: Vec<PendingChange>,
    ) -> Result<bool, AppError> {
        for batch in batches(pending) {
            if self.room.is_used_up() {
                return Ok(false);
            }
            self.seal_batch(folder, key, &batch)?;
        }
        Ok(true)
    }

    fn seal_batch(&mut self, folder: &FolderRow, key: &FolderKey, batch: &[PendingChange]) -> Result<(), AppError> {
        let dseq = self.progress.last_dseq + 1;
        let (envelope, documents) = self.sealed_batch(folder, key, batch, dseq)?;
        self.progress.last_dseq = dseq;
        self.room.take_bytes(batch.iter().map(|change| change.change.len()).sum());
        self.enqueue(&SealedRow { envelope, documents })?;
        self.w.remove_pending(&batch.iter().map(|change| change.id).collect::<Vec<_>>())?;
        Ok(())
    }

    /// Seals changes into one envelope with a number the caller has taken.
    pub(crate) fn sealed_batch(
        &self,
        folder: &FolderRow,
        key: &FolderKey,
        batch: &[PendingChange],
        dseq: u64,
    ) -> Result<(Envelope, Vec<(DocumentId, i64)>), AppError> {
        let (documents, saved) = by_document(batch);
        let payload = Payload { seen: folder.seen_digest, documents };
        let mut header = self.header(EnvelopeKind::ChangeSet, folder.id, folder.key_epoch, dseq)?;
        header.base_seq = folder.seen_seq;
        Ok((seal(header, &payload, key, self.signing)?, saved))
    }

    /// Signs a clear envelope that stands for documents, as a deposit does.
    pub(crate) fn enqueue_carrying(
        &mut self,
        kind: EnvelopeKind,
        folder: FolderId,
        key_epoch: u32,
        body: &[u8],
        documents: Vec<(DocumentId, i64)>,
    ) -> Result<Header, AppError> {
        let header = self.next_header(kind, folder, key_epoch)?;
        let draft = Draft::new(header.clone(), body).map_err(feltbog_sealing::SealError::Frame)?;
        self.enqueue(&SealedRow { envelope: self.signing.sign_envelope(draft), documents })?;
        Ok(header)
    }

    pub(crate) fn enqueue_clear(
        &mut self,
        kind: EnvelopeKind,
        folder: Option<FolderId>,
        key_epoch: u32,
        body: &[u8],
    ) -> Result<(), AppError> {
        self.enqueue_carrying(kind, folder.unwrap_or(FolderId::NONE), key_epoch, body, Vec::new()).map(drop)
    }

    pub(crate) fn enqueue(&mut self, sealed: &SealedRow) -> Result<(), AppError> {
        if sealed.envelope.header().folder.is_none() {
            self.w.set_meta(PREV_UNBOUND, &sealed.envelope.hash().0)?;
        }
        self.room.take_envelope();
        Ok(self.w.enqueue(sealed, self.now_ms)?)
    }

    /// The next number is taken with the header; the caller stores the progress in the same transaction.
    pub(crate) fn next_header(
        &mut self,
        kind: EnvelopeKind,
        folder: FolderId,
        key_epoch: u32,
    ) -> Result<Header, AppError> {
        let header = self.header(kind, folder, key_epoch, self.progress.last_dseq + 1)?;
        self.progress.last_dseq = header.dseq;
        Ok(header)
    }

    pub(crate) fn header(
        &self,
        kind: EnvelopeKind,
        folder: FolderId,
        key_epoch: u32,
        dseq: u64,
    ) -> Result<Header, AppError> {
        Ok(Header {
            kind: kind.code(),
            suite: 0,
            codec: 0,
            tenant: self.identity.tenant,
            folder,
            lineage: 0,
            key_epoch,
            device: self.identity.device,
            dseq,
            base_seq: 0,
            prev: self.prev(folder)?,
            salt: [0; 16],
            commitment: [0; 32],
        })
    }

    fn prev(&self, folder: FolderId) -> Result<EnvelopeHash, AppError> {
        if let Some(row) = self.w.folder(folder)? {
            return Ok(row.prev);
        }
        let stored = self.w.meta(PREV_UNBOUND)?.and_then(|bytes| bytes.try_into().ok());
        Ok(EnvelopeHash(stored.unwrap_or_default()))
    }
}

/// Where the newest envelope that is bound to no folder is remembered.
pub(crate) const PREV_UNBOUND: &str = "prev_unbound";

/// Cuts the queue into envelopes: at most so many documents, at most so many bytes.
pub(crate) fn batches(pending: Vec<PendingChange>) -> Vec<Vec<PendingChange>> {
    let mut batches: Vec<Vec<PendingChange>> = Vec::new();
    let (mut bytes, mut documents) = (0, std::collections::HashSet::new());
    for change in pending {
        let is_new = !documents.contains(&change.document);
        let full = (is_new && documents.len() >= limits::DOCUMENTS_PER_ENVELOPE)
            || bytes + change.change.len() > RAW_PER_ENVELOPE;
        if full || batches.is_empty() {
            batches.push(Vec::new());
            (bytes, documents) = (0, std::collections::HashSet::new());
        }
        bytes += change.change.len() + 32;
        documents.insert(change.document);
        if let Some(last) = batches.last_mut() {
            last.push(change);
        }
    }
    batches
}

/// Groups changes by document in the order the documents were first touched, and notes when each was saved first.
fn by_document(batch: &[PendingChange]) -> (Vec<SealedDocument>, Vec<(DocumentId, i64)>) {
    let mut place: BTreeMap<DocumentId, usize> = BTreeMap::new();
    let mut documents: Vec<SealedDocument> = Vec::new();
    let mut saved: Vec<(DocumentId, i64)> = Vec::new();
    for change in batch {
        let at = *place.entry(change.document).or_insert(documents.len());
        if let Some(document) = documents.get_mut(at) {
            document.changes.push(change.change.clone());
            continue;
        }
        documents.push(SealedDocument {
            document: change.document,
            kind: change.kind,
            changes: vec![change.change.clone()],
        });
        saved.push((change.document, change.saved_ms));
    }
    (documents, saved)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(id: i64, document: u8, len: usize) -> PendingChange {
        PendingChange { id, document: DocumentId::new([document; 16]), kind: 3, change: vec![0; len], saved_ms: id }
    }

    #[test]
    fn an_envelope_never_carries_more_than_its_limits() {
        let many: Vec<PendingChange> = (0..450_u16)
            .map(|n| PendingChange {
                document: DocumentId::new([n.to_be_bytes(); 8].concat().try_into().unwrap()),
                ..change(i64::from(n), 0, 300)
            })
            .collect();
        let sizes: Vec<usize> = batches(many).iter().map(Vec::len).collect();
        assert_eq!(sizes, [200, 200, 50]);
        let large = vec![change(1, 1, 200_000), change(2, 2, 100_000), change(3, 1, 10)];
        assert_eq!(batches(large).iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn changes_of_one_document_stay_together_and_in_order() {
        let (documents, saved) = by_document(&[change(1, 1, 1), change(2, 2, 2), change(3, 1, 3)]);
        assert_eq!(documents.len(), 2);
        assert_eq!(documents[0].changes.iter().map(Vec::len).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(saved, [(DocumentId::new([1; 16]), 1), (DocumentId::new([2; 16]), 2)]);
    }
}
