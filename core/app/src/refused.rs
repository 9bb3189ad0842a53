//! What becomes of own envelopes the server refused. Nothing is dropped: each is sealed anew, handed in, or shown.

use feltbog_domain::{DocumentKind, FolderId, FolderKind, Rights};
use feltbog_protocol::{Envelope, EnvelopeKind, KeyRecord, KeyRecordForm, RefusalCode, VerifiedEnvelope};
use feltbog_sealing::{FolderKey, Payload, Secret, seal};
use feltbog_store::{FolderRow, SealedRow, Unresolved};

use crate::error::AppError;
use crate::folders::find_case;
use crate::opening::open_with_any;
use crate::put_back::put_back;
use crate::read_log_key::announces_read_log_key;
use crate::rotation::owes_rotation;
use crate::seal_pending::Sealer;
use crate::user_keys::announces_user_key;
use crate::waits_for_the_log::waits_for_the_log;

impl Sealer<'_> {
    /// Looks after everything refused. `known_up_to` is the last number that was refused before this exchange began: what
    /// waits for another exchange is tried again then, once.
    pub(crate) fn resolve_refused(&mut self, known_up_to: u64) -> Result<(), AppError> {
        for refused in self.w.unresolved()? {
            let dseq = refused.envelope.header().dseq;
            if refused.envelope.header().known_kind() == Some(EnvelopeKind::FactBatch) {
                self.facts_refused(&refused, known_up_to)?;
                continue;
            }
            if refused.envelope.header().known_kind() == Some(EnvelopeKind::Erase) {
                self.step_of_erasure_refused(&refused)?;
                continue;
            }
            if refused.later {
                if dseq <= known_up_to && !self.waits_for_the_log(refused.envelope.header().folder)? {
                    self.seal_again(&refused)?;
                }
                continue;
            }
            self.resolve_one(&refused, known_up_to)?;
        }
        Ok(())
    }

    fn resolve_one(&mut self, refused: &Unresolved, known_up_to: u64) -> Result<(), AppError> {
        let header = refused.envelope.header();
        if header.known_kind() == Some(EnvelopeKind::ColdBundle) {
            // Only a help for new devices; the next one will do.
            return Ok(self.w.resolve(header.dseq)?);
        }
        if header.known_kind() == Some(EnvelopeKind::Certificate)
            && (is_of_user_key(&refused.envelope) || is_of_read_log_key(&refused.envelope))
        {
            // Another device was quicker.
            return Ok(self.w.resolve(header.dseq)?);
        }
        let Some(folder) = self.w.folder(header.folder)? else { return Ok(()) };
        if refused.code == RefusalCode::NoGrant && self.waits_for_the_log(folder.id)? {
            return Ok(self.w.try_again_later(header.dseq)?);
        }
        if header.known_kind() == Some(EnvelopeKind::ReadLog) {
            // Nobody here can do anything about it; the records officer sees that a number is missing.
            return Ok(self.w.resolve(header.dseq)?);
        }
        let is_content = header.known_kind() == Some(EnvelopeKind::ChangeSet);
        if is_content && refused.documents.is_empty() {
            // What an erasure that was not taken left over: everybody has it where it was.
            return Ok(self.w.resolve(header.dseq)?);
        }
        match refused.code {
            RefusalCode::UnknownEpoch if is_content && folder.key_epoch > header.key_epoch => self.seal_again(refused),
            // Something of the folder was erased meanwhile: the rest goes once more, as soon as this device knows what.
            RefusalCode::StaleLineage if is_content && self.w.has_lost_entries(folder.id)? => self.seal_again(refused),
            RefusalCode::StaleLineage if is_content => Ok(self.w.try_again_later(header.dseq)?),
            // A newer key is on its way, and this goes under that one.
            RefusalCode::UnknownEpoch if is_content && self.renews(&folder)? => Ok(()),
            RefusalCode::UnknownEpoch if is_content => self.bring_with_its_key(&folder, refused, known_up_to),
            RefusalCode::NoGrant if is_content => {
                self.hand_in(&folder, &refused.envelope, &refused.documents, refused.code)
            }
            RefusalCode::FolderClosed if is_content => self.cannot_be_shared(&folder, refused),
            RefusalCode::UnknownEpoch if header.known_kind() == Some(EnvelopeKind::KeyRecord) => {
                self.bring_back_as_wraps(refused)
            }
            // A key that was brought back for others' sake; its maker brings it as well.
            _ if makes_a_key(&refused.envelope) && header.key_epoch > 1 => Ok(self.w.resolve(header.dseq)?),
            _ => Ok(()),
        }
    }

    /// Nothing is lost: they are read from the documents again. Whoever may not tell them leaves it to those who may.
    fn facts_refused(&mut self, refused: &Unresolved, known_up_to: u64) -> Result<(), AppError> {
        let header = refused.envelope.header();
        if refused.later && header.dseq > known_up_to {
            return Ok(());
        }
        if refused.later || refused.code == RefusalCode::StaleLineage {
            self.w.set_facts_due(header.folder)?;
        }
        Ok(self.w.resolve(header.dseq)?)
    }

    fn renews(&self, folder: &FolderRow) -> Result<bool, AppError> {
        Ok(self.w.has_proposal(folder.id)? || owes_rotation(self.w, folder, self.identity.member)?)
    }

    /// The server does not know the newest key: its record goes along, where somebody else made it and is not back yet.
    fn bring_with_its_key(&mut self, folder: &FolderRow, refused: &Unresolved, since: u64) -> Result<(), AppError> {
        self.bring_back_keys(folder, since)?;
        if self.w.has_key_on_its_way(folder.id)? {
            self.seal_again(refused)
        } else {
            Ok(self.w.try_again_later(refused.envelope.header().dseq)?)
        }
    }

    /// Whether a restored log lacks the folder, or this member's way into it.
    pub(crate) fn waits_for_the_log(&self, folder: FolderId) -> Result<bool, AppError> {
        let Some(row) = self.w.folder(folder)? else { return Ok(false) };
        waits_for_the_log(self.w, &row, self.identity.member)
    }

    /// The shared folder was closed meanwhile. What it shows here is again what everybody else sees in it, except for
    /// entries that wait for their writer's word.
    fn cannot_be_shared(&mut self, folder: &FolderRow, refused: &Unresolved) -> Result<(), AppError> {
        let Some(payload) = self.payload_of(&refused.envelope)? else { return Ok(()) };
        let asks = self.has_own_side(folder)?;
        if !asks {
            self.hand_in(folder, &refused.envelope, &refused.documents, refused.code)?;
        }
        for part in payload.documents {
            let is_entry = DocumentKind::from_code(part.kind) == Some(DocumentKind::Entry);
            if !(asks && is_entry) {
                put_back(self.w, part.document, &part.changes)?;
                self.w.resolve_document(refused.envelope.header().dseq, part.document)?;
            }
        }
        Ok(())
    }

    /// Whether the writer has a folder of the same case to put it into instead, or may make it; then it is the writer's
    /// to decide.
    fn has_own_side(&self, folder: &FolderRow) -> Result<bool, AppError> {
        let Some(case) = self.w.case_of_folder(folder.id)? else { return Ok(false) };
        let case = find_case(self.w, &case.case.to_string())?;
        for kind in [FolderKind::Employment, FolderKind::Treatment] {
            if let Some(own) = case.of(kind)
                && self.w.rights(own.id, self.identity.member)?.is_some_and(|rights| rights.covers(Rights::WRITE))
            {
                return Ok(true);
            }
        }
        let is_theirs = FolderKind::Treatment.may_be_made_by(folder.programme, self.roster.roles(self.identity.member));
        Ok(is_theirs && case.of(FolderKind::Treatment).is_none())
    }

    /// The same content once more under a new number: sealed under the folder's newest key, or signed again as it was.
    fn seal_again(&mut self, refused: &Unresolved) -> Result<(), AppError> {
        let old = refused.envelope.header().clone();
        match old.known_kind() {
            Some(EnvelopeKind::ChangeSet) => {
                let Some(folder) = self.w.folder(old.folder)? else { return Ok(()) };
                let Some(mut payload) = self.payload_of(&refused.envelope)? else { return Ok(()) };
                let mut documents = refused.documents.clone();
                for part in std::mem::take(&mut payload.documents) {
                    if self.w.is_erased_document(part.document)? {
                        documents.retain(|(document, _)| *document != part.document);
                    } else {
                        payload.documents.push(part);
                    }
                }
                if payload.documents.is_empty() {
                    return Ok(self.w.resolve(old.dseq)?);
                }
                let Some(key) = self.w.folder_key(folder.id, folder.key_epoch)? else { return Ok(()) };
                let mut header = self.next_header(EnvelopeKind::ChangeSet, folder.id, folder.key_epoch)?;
                header.base_seq = folder.seen_seq;
                let payload = Payload { seen: folder.seen_digest, ..payload };
                let envelope = seal(header, &payload, &FolderKey::from_secret(Secret::new(*key)), self.signing)?;
                self.enqueue(&SealedRow { envelope, documents })?;
            }
            Some(EnvelopeKind::KeyRecord) if makes_a_key(&refused.envelope) && old.key_epoch > 1 => {}
            Some(
                kind @ (EnvelopeKind::KeyRecord
                | EnvelopeKind::Grant
                | EnvelopeKind::Revoke
                | EnvelopeKind::ReadLog
                | EnvelopeKind::Certificate),
            ) => {
                self.enqueue_clear(kind, Some(old.folder), old.key_epoch, refused.envelope.body())?;
                self.w.readings_sealed_again(old.dseq, self.progress.last_dseq)?;
            }
            _ => return Ok(()),
        }
        Ok(self.w.resolve(old.dseq)?)
    }

    fn payload_of(&self, envelope: &Envelope) -> Result<Option<Payload>, AppError> {
        let Some(verified) = self.own(envelope) else { return Ok(None) };
        let opened = open_with_any(self.w, &verified)?.and_then(Result::ok);
        Ok(opened.map(|opened| Payload { seen: *opened.seen(), documents: opened.documents().to_vec() }))
    }

    /// An envelope this device signed itself.
    pub(crate) fn own(&self, envelope: &Envelope) -> Option<VerifiedEnvelope> {
        let own = ed25519_dalek::VerifyingKey::from_bytes(&self.signing.public()).ok()?;
        envelope.clone().verify(&own).ok()
    }
}

/// A rotation that lost is not tried again: the folder has its new key.
fn makes_a_key(envelope: &Envelope) -> bool {
    feltbog_protocol::decode::<KeyRecord>(envelope.body()).is_ok_and(|record| record.form == KeyRecordForm::NewEpoch)
}

fn is_of_user_key(envelope: &Envelope) -> bool {
    feltbog_protocol::decode(envelope.body()).is_ok_and(|bundle| announces_user_key(&bundle))
}

fn is_of_read_log_key(envelope: &Envelope) -> bool {
    feltbog_protocol::decode(envelope.body()).is_ok_and(|bundle| announces_read_log_key(&bundle))
}
