//! Taking in rows that others wrote: check, open, apply, one batch per transaction.
//!
//! The server is not trusted: every signature, certificate, grant and key record is checked here again. A row that
//! cannot be taken in is kept and marked, and never stops the rows behind it.

use std::collections::BTreeMap;

use ed25519_dalek::VerifyingKey;
use feltbog_domain::{DeviceId, DocumentId, DocumentKind, FolderId, MemberId};
use feltbog_notes::{Caps, Document, FirstEntry, Heads, apply, holds};
use feltbog_protocol::{
    CertificateBundle, EnvelopeKind, KeyRecord, Place, RefusalCode, Roster, VerifiedEnvelope, belongs_to_a_hand_in,
    judge_content,
};
use feltbog_sealing::{OpenError, SealedDocument, SigningPair};
use feltbog_store::{Claim, DocumentRow, Identity, RowStatus, StoredRow, Writer};

use crate::actor_binding::ACTOR_OF_ANOTHER;
use crate::device::Device;
use crate::error::AppError;
use crate::opening::open_with_any;
use crate::projection::{project, project_entry};
use crate::recovery::Recovery;
use crate::reserve::Kept;
use crate::roster_by_place::roster_with;

/// Rows taken in per transaction.
const BATCH: usize = 200;
/// Bytes of envelopes per transaction: some hundred entries, a second of work on a slow phone.
const BATCH_BYTES: usize = 64 * 1024;
const UNKNOWN_DEVICE: &str = "unknown_device";
/// A device that was shut out signed it afterwards.
const SHUT_OUT: &str = "shut_out";
/// Why a row was put aside that ended the app.
pub(crate) const CRASHED: &str = "crashed";
/// How often a row may be under way when the app ends before it is put aside.
pub(crate) const CRASHES: u32 = 3;

/// What became of one row.
pub(crate) type Verdict = (RowStatus, Option<&'static str>);

pub(crate) const APPLIED: Verdict = (RowStatus::Applied, None);

impl Device {
    /// Takes in one batch of what is stored. Returns whether there was anything; call again until there is not. Between
    /// batches whoever uses the device gets a turn.
    pub(crate) fn take_in_some(&mut self) -> Result<bool, AppError> {
        let careful = self.put_aside_what_crashed()?;
        let rows = self.store.reader().rows_to_apply(if careful { 1 } else { BATCH }, BATCH_BYTES)?;
        if rows.is_empty() {
            return Ok(false);
        }
        // Marked in a transaction of its own: it must outlive whatever the rows do to this process.
        self.store.write(|w| w.mark_applying(&rows).map_err(AppError::from))?;
        if let Err(error) = self.take_in_batch(&rows) {
            // The database refused, the rows are not to blame: a full disk is no corruption.
            self.store.write(|w| rows.iter().try_for_each(|row| clear_mark(w, row)))?;
            self.reload_roster()?;
            return Err(error);
        }
        Ok(true)
    }

    /// What was under way when the app ended is taken in one by one. Most apps are ended by their system or a flat
    /// battery, so a row is put aside only when it was there several times. Returns whether to be careful.
    fn put_aside_what_crashed(&mut self) -> Result<bool, AppError> {
        let interrupted = self.store.reader().interrupted()?;
        if interrupted.is_empty() {
            return Ok(false);
        }
        self.store.write(|w| {
            for (device, dseq, _) in interrupted.iter().filter(|(_, _, attempts)| *attempts >= CRASHES) {
                w.set_row_status(*device, *dseq, RowStatus::Quarantined, Some(CRASHED))?;
                w.clear_applying(*device, *dseq)?;
            }
            Ok::<_, AppError>(true)
        })
    }

    pub(crate) fn take_in_batch(&mut self, rows: &[StoredRow]) -> Result<(), AppError> {
        let (identity, signing, roster, now_ms) =
            (&self.identity, &self.signing, &mut self.roster, self.clock.now_ms());
        let recovery = self.recovery.as_mut();
        let purged = self.store.write(|w| {
            let restored_at = w.restored_at()?;
            let mut intake = Intake {
                w,
                identity,
                signing,
                roster,
                now_ms,
                restored_at,
                documents: BTreeMap::new(),
                purged: false,
                recovery,
            };
            for row in rows {
                intake.row(row)?;
                clear_mark(w, row)?;
            }
            intake.flush()?;
            Ok::<_, AppError>(intake.purged)
        })?;
        if purged {
            // What was taken off the device shall not go on living in the write-ahead log, nor beside the database.
            self.store.checkpoint()?;
            self.keep_reserve(Kept::Everything);
        }
        Ok(())
    }
}

fn clear_mark(w: &Writer<'_>, row: &StoredRow) -> Result<(), AppError> {
    let header = row.envelope.header();
    Ok(w.clear_applying(header.device, header.dseq)?)
}

/// Rows on their way into documents, inside one transaction.
pub(crate) struct Intake<'a> {
    pub(crate) w: &'a Writer<'a>,
    pub(crate) identity: &'a Identity,
    pub(crate) signing: &'a SigningPair,
    pub(crate) roster: &'a mut Roster,
    pub(crate) now_ms: i64,
    /// Where a restored log began anew.
    pub(crate) restored_at: Option<u64>,
    pub(crate) documents: BTreeMap<DocumentId, Open>,
    /// Whether a folder was taken off the device.
    pub(crate) purged: bool,
    /// What opens every wrap, on a recovery station.
    pub(crate) recovery: Option<&'a mut Recovery>,
}

/// A document that rows of this batch change.
pub(crate) struct Open {
    pub(crate) folder: FolderId,
    document: Document,
    /// How it was on this device; nothing for what comes for the first time.
    before: Option<Heads>,
    /// Somebody else wrote in it.
    by_others: bool,
    dirty: bool,
}

impl Intake<'_> {
    fn row(&mut self, row: &StoredRow) -> Result<(), AppError> {
        let header = row.envelope.header().clone();
        let is_gone = self.w.is_erased(header.folder)? || self.w.is_hollow(&row.envelope)?;
        if header.device != self.identity.device && is_gone {
            // No honest server sends it; kept, it would be back on this device.
            return Ok(self.w.drop_row(header.device, header.dseq)?);
        }
        let (status, reason) = self.verdict(row)?;
        if row.purged {
            // Let in again: the chain of one's own envelopes goes on where it was.
            self.w.relink_folder(header.folder)?;
        }
        self.w.witness(row.seq, &row.envelope)?;
        self.w.set_row_status(header.device, header.dseq, status, reason)?;
        if header.known_kind() == Some(EnvelopeKind::ChangeSet) {
            self.credit_what_came(header.device, header.dseq, header.folder)?;
        }
        Ok(())
    }

    fn verdict(&mut self, row: &StoredRow) -> Result<Verdict, AppError> {
        let header = row.envelope.header();
        let kind = header.known_kind();
        if header.tenant != self.identity.tenant {
            return Ok((RowStatus::Ignored, Some("other_tenant")));
        }
        if header.device == self.identity.device && !row.purged {
            return self.own_row(row);
        }
        if kind == Some(EnvelopeKind::Certificate) {
            return self.certificates(row);
        }
        let Some(signer) = self.roster.device(header.device).cloned() else {
            return Ok((RowStatus::WaitingKey, Some(UNKNOWN_DEVICE)));
        };
        if !self.roster.may_sign(header.device, kind, self.place(row.seq)) && !self.is_handed_in(row)? {
            return Ok((RowStatus::Ignored, Some(SHUT_OUT)));
        }
        let verified =
            VerifyingKey::from_bytes(&signer.sign_public).ok().and_then(|key| row.envelope.clone().verify(&key).ok());
        let Some(envelope) = verified else {
            return Ok((RowStatus::Quarantined, Some("bad_signature")));
        };
        match kind {
            Some(EnvelopeKind::KeyRecord) => self.key_record(row.seq, &envelope, signer.member),
            Some(EnvelopeKind::Grant) => self.grant(row.seq, &envelope, signer.member),
            Some(EnvelopeKind::ColdBundle) => self.cold_bundle(row.seq, &envelope),
            Some(EnvelopeKind::Revoke) => self.revoke(row.seq, &envelope, signer.member),
            Some(EnvelopeKind::Deposit) => self.deposit(row.seq, &envelope, signer.member, &signer.sign_public),
            Some(EnvelopeKind::ChangeSet) => self.change_set(row.seq, &envelope, signer.member),
            Some(EnvelopeKind::FactBatch) => self.facts_told(row.seq, &envelope, signer.member),
            Some(EnvelopeKind::Erase) => self.erase(row.seq, envelope.envelope(), signer.member),
            Some(EnvelopeKind::ReadLog) => self.told_to_offices(envelope.envelope(), signer.member),
            // Kinds of later slices and of newer versions are kept and skipped, never an error.
            _ => Ok((RowStatus::Ignored, Some("kind"))),
        }
    }

    /// Whether a row of a device that was shut out only makes room for the work it hands in.
    fn is_handed_in(&self, row: &StoredRow) -> Result<bool, AppError> {
        let header = row.envelope.header();
        let Some(shut_out_at) = self.roster.revoked_at(header.device) else { return Ok(false) };
        let record = feltbog_protocol::decode::<KeyRecord>(row.envelope.body()).ok();
        let begun = self.w.folder_begun(header.folder)?;
        Ok(belongs_to_a_hand_in(header, shut_out_at, record.as_ref(), begun))
    }

    /// An own row that came back only tells its place: everything else was done when it was written.
    fn own_row(&mut self, row: &StoredRow) -> Result<Verdict, AppError> {
        let own = VerifyingKey::from_bytes(&self.signing.public());
        if !own.is_ok_and(|own| row.envelope.clone().verify(&own).is_ok()) {
            // Our name on what we did not sign: a revocation in it would take a folder off this device.
            return Ok((RowStatus::Quarantined, Some("bad_signature")));
        }
        match row.envelope.header().known_kind() {
            Some(EnvelopeKind::Certificate) => {
                self.admit(row)?;
            }
            Some(EnvelopeKind::Revoke) => self.place_own_revoke(row)?,
            // An own step counts when it has its place: the server may have refused it.
            Some(EnvelopeKind::Erase) => return self.erase(row.seq, &row.envelope, self.identity.member),
            Some(EnvelopeKind::ReadLog) => {
                self.told_to_offices(&row.envelope, self.identity.member)?;
            }
            Some(EnvelopeKind::Grant) => self.place_own_grant(row)?,
            _ => {}
        }
        self.w.place_author(row.envelope.header().dseq, self.identity.member, row.seq)?;
        Ok(APPLIED)
    }

    fn certificates(&mut self, row: &StoredRow) -> Result<Verdict, AppError> {
        Ok(if self.admit(row)? { APPLIED } else { (RowStatus::Ignored, Some("certificate")) })
    }

    fn admit(&mut self, row: &StoredRow) -> Result<bool, AppError> {
        let Ok(bundle) = feltbog_protocol::decode::<CertificateBundle>(row.envelope.body()) else { return Ok(false) };
        let admitted = self.admitted_by_place(row.seq, &bundle)?;
        if admitted {
            self.w.retry_unknown_signers()?;
            self.obey(&bundle, row.seq)?;
        }
        Ok(admitted)
    }

    fn admitted_by_place(&mut self, seq: u64, bundle: &CertificateBundle) -> Result<bool, AppError> {
        if self.roster.admit(bundle, seq).is_ok() {
            return Ok(true);
        }
        // Only then is everything judged again: it costs a signature for each certificate there is.
        if !self.w.has_own_certificates_after(seq)? {
            return Ok(false);
        }
        let (roster, admitted) = roster_with(self.w, self.identity, seq, bundle)?;
        *self.roster = roster;
        Ok(admitted)
    }

    /// Where a row stands, for what held there.
    pub(crate) fn place(&self, seq: u64) -> Place {
        Place::of(seq, self.restored_at)
    }

    fn change_set(&mut self, seq: u64, envelope: &VerifiedEnvelope, signer: MemberId) -> Result<Verdict, AppError> {
        let header = envelope.header();
        let mut facts = self.w.folder_facts(header.folder, signer, seq, self.restored_at)?;
        if facts.is_none() {
            return Ok((RowStatus::WaitingKey, Some("no_folder")));
        }
        if let Some(facts) = &mut facts {
            // Written under a key that has been renewed since: the server saw it in time.
            facts.key_epoch = facts.key_epoch.min(header.key_epoch);
        }
        if let Err(code) = judge_content(header, facts.as_ref()) {
            return Ok((RowStatus::Ignored, Some(code.word())));
        }
        if self.outlasts_its_cover(seq, header, signer)? {
            return Ok((RowStatus::Ignored, Some(RefusalCode::UnknownEpoch.word())));
        }
        let Some(outcome) = open_with_any(self.w, envelope)? else {
            return Ok((RowStatus::WaitingKey, Some("no_key")));
        };
        match outcome {
            // In a restored log a second key of the epoch may still be on its way.
            Err(OpenError::WrongKey) if self.restored_at.is_some() => Ok((RowStatus::WaitingKey, Some("no_key"))),
            Ok(opened) => {
                self.w.compare(&Claim {
                    device: header.device,
                    dseq: header.dseq,
                    folder: header.folder,
                    base_seq: header.base_seq,
                    seen: *opened.seen(),
                })?;
                self.documents_of(seq, header.folder, header.device, header.dseq, signer, opened.documents())
            }
            Err(OpenError::UnknownSuite) => Ok((RowStatus::Ignored, Some("suite"))),
            Err(_) => Ok((RowStatus::Quarantined, Some("does_not_open"))),
        }
    }

    /// One poisoned document hurts itself only: the others of its envelope are taken in.
    fn documents_of(
        &mut self,
        seq: u64,
        folder: FolderId,
        device: DeviceId,
        dseq: u64,
        signer: MemberId,
        sealed: &[SealedDocument],
    ) -> Result<Verdict, AppError> {
        let mut verdict = APPLIED;
        let Some(place) = self.w.folder(folder)?.map(|row| row.kind) else { return Ok(verdict) };
        // What is said anew after an erasure counts as said where and by whom it was said first.
        let origin = self.w.origin_of(device, dseq)?;
        let (resealed_by, resealed_at) = (signer, seq);
        let (signer, seq) = origin.map_or((signer, seq), |origin| (origin.member, origin.place));
        for part in sealed {
            let Some(kind) = DocumentKind::from_code(part.kind) else { continue };
            if self.w.is_erased_document(part.document)? {
                continue;
            }
            if origin.is_some() {
                self.w.forget_author(part.document, resealed_by, resealed_at)?;
                self.disown_actors(folder, resealed_by, resealed_at, &part.changes)?;
            }
            let outcome = if !kind.belongs_in(place) {
                Some("wrong_folder")
            } else if self.uses_anothers_actor(folder, signer, seq, &part.changes)?
                && self.uses_anothers_actor(folder, signer, seq, &self.unknown_of(part, kind)?)?
            {
                Some(ACTOR_OF_ANOTHER)
            } else {
                self.apply_to(folder, part, kind)?
            };
            match outcome {
                None => {
                    self.own_actors(folder, signer, seq, &part.changes)?;
                    self.w.add_author(part.document, signer, seq)?;
                    if let Some(open) = self.documents.get_mut(&part.document) {
                        open.by_others |= signer != self.identity.member;
                    }
                    if kind == DocumentKind::Entry {
                        self.tell_who_was_stood_in_for(seq, folder, part.document, signer)?;
                    }
                }
                Some(code) => {
                    self.w.quarantine(device, dseq, part.document, code, self.now_ms)?;
                    verdict = (RowStatus::Quarantined, Some(code));
                }
            }
        }
        Ok(verdict)
    }

    /// Changes that are not here yet: what was handed in and brought in by a leader may come from its writer once more.
    fn unknown_of(&self, part: &SealedDocument, kind: DocumentKind) -> Result<Vec<Vec<u8>>, AppError> {
        let loaded = match (self.documents.get(&part.document), self.w.document(part.document)?) {
            (Some(open), _) => open.document.clone(),
            (None, Some(row)) => Document::load(row.kind, &row.saved)?,
            (None, None) => Document::new(kind),
        };
        let is_new = |change: &&Vec<u8>| !holds(&loaded, change, &Caps::default());
        Ok(part.changes.iter().filter(is_new).cloned().collect())
    }

    fn apply_to(
        &mut self,
        folder: FolderId,
        part: &SealedDocument,
        kind: DocumentKind,
    ) -> Result<Option<&'static str>, AppError> {
        if !self.documents.contains_key(&part.document) {
            if kind == DocumentKind::Entry && self.take_first_entry(folder, part)? {
                return Ok(None);
            }
            let document = match self.w.document(part.document)? {
                Some(row) => {
                    let document = Document::load(row.kind, &row.saved)?;
                    let before = Some(document.heads());
                    Open { folder: row.folder, document, before, by_others: false, dirty: false }
                }
                None => Open { folder, document: Document::new(kind), before: None, by_others: false, dirty: false },
            };
            self.documents.insert(part.document, document);
        }
        let Some(open) = self.documents.get_mut(&part.document) else { return Ok(None) };
        // A document lies in one folder for ever: else somebody could write into it from a folder of their own.
        if open.folder != folder || open.document.kind() != kind {
            return Ok(Some("other_folder"));
        }
        match apply(&mut open.document, &part.changes, &Caps::default()) {
            Ok(_) => {
                open.dirty = true;
                Ok(None)
            }
            Err(refusal) => Ok(Some(refusal.code())),
        }
    }

    /// The short way for an entry nothing is known of: written once, as this program writes it. Nearly every row of a
    /// first exchange is one.
    fn take_first_entry(&mut self, folder: FolderId, part: &SealedDocument) -> Result<bool, AppError> {
        if self.w.has_document(part.document)? {
            return Ok(false);
        }
        let Some(entry) = FirstEntry::read(&part.changes, &Caps::default()) else { return Ok(false) };
        let row = DocumentRow { id: part.document, folder, kind: DocumentKind::Entry, saved: entry.save() };
        self.w.fulfil_hint(part.document)?;
        self.w.put_document(&row)?;
        project_entry(self.w, folder, part.document, &entry.into_reading())?;
        Ok(true)
    }

    /// Writes what is open of one folder, so that what follows reads it.
    pub(crate) fn flush_folder(&mut self, folder: FolderId) -> Result<(), AppError> {
        let (of_folder, others) =
            std::mem::take(&mut self.documents).into_iter().partition(|(_, open)| open.folder == folder);
        self.documents = of_folder;
        self.flush()?;
        self.documents = others;
        Ok(())
    }

    fn flush(&mut self) -> Result<(), AppError> {
        for (id, open) in std::mem::take(&mut self.documents).into_iter().filter(|(_, open)| open.dirty) {
            let row = DocumentRow { id, folder: open.folder, kind: open.document.kind(), saved: open.document.save() };
            self.w.fulfil_hint(id)?;
            self.w.put_document(&row)?;
            project(self.w, open.folder, id, &open.document)?;
            let is_entry = open.document.kind() == DocumentKind::Entry;
            if let Some(seen) = open.before.filter(|_| is_entry && open.by_others) {
                self.tell_if_both_wrote(id, &open.document, &seen)?;
            }
        }
        Ok(())
    }
}
