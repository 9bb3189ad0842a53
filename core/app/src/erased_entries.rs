//! Taking single documents out of a folder that stays: what else their envelopes held is sealed anew, before anybody proposes
//! that they go.

use std::collections::BTreeSet;

use feltbog_domain::{DeviceId, DocumentId, FactRef, FolderId};
use feltbog_protocol::{
    Deposit, DocumentBytes, Envelope, EnvelopeKind, ErasedEntries, ErasedPart, FactBatch, Roster, VerifiedEnvelope,
};
use feltbog_sealing::{FolderKey, Payload, Pseudonyms, SealedDocument, Secret, Stands, seal};
use feltbog_store::{FolderRow, Origin, Reader, SealedRow};

use crate::error::AppError;
use crate::opening::open_with_any;
use crate::programme_pseudonyms::pseudonyms_of;
use crate::seal_pending::Sealer;
use crate::signers::verified;
use crate::take_in::Intake;

impl Sealer<'_> {
    /// Finds every envelope of a folder that holds one of the documents, and seals anew what else it holds. The remainders go
    /// to the server before the proposal does, so that nothing is lost wherever it stops.
    pub(crate) fn take_out(
        &mut self,
        folder: &FolderRow,
        documents: &BTreeSet<DocumentId>,
        may_write: bool,
    ) -> Result<ErasedEntries, AppError> {
        let mut parts = Vec::new();
        let told = self.what_stands_for(folder, documents)?;
        for (seq, envelope) in self.w.written_in(folder.id)? {
            if let Some(batch) = told_in(&envelope) {
                if told.as_ref().is_none_or(|ids| holds_any(&batch, ids)) {
                    parts.push(part_of(&envelope, seq, None));
                }
                continue;
            }
            let Some(held) = contents(self.w, self.roster, &envelope)? else { continue };
            if !held.iter().any(|part| documents.contains(&part.document)) {
                continue;
            }
            let header = envelope.header();
            let remainder = if header.known_kind() == Some(EnvelopeKind::Deposit) {
                if self.w.waits_in_tray(header.device, header.dseq)? {
                    return Err(AppError::Unclear(
                        "der ligger afleveret arbejde i samme registrering; tag det ind først (feltbog deposits)"
                            .into(),
                    ));
                }
                None
            } else {
                self.seal_remainder(folder, without(held, documents), may_write)?
            };
            parts.push(part_of(&envelope, seq, remainder));
        }
        let documents = documents.iter().copied().map(DocumentBytes).collect();
        Ok(ErasedEntries { folder: folder.id, kind: folder.kind.code(), documents, parts })
    }

    /// What stands for the documents in batches of facts. Nothing where this member has no key of the pseudonyms: then every
    /// batch of the folder goes, and whoever has it tells the rest once more.
    fn what_stands_for(
        &self,
        folder: &FolderRow,
        documents: &BTreeSet<DocumentId>,
    ) -> Result<Option<BTreeSet<FactRef>>, AppError> {
        let pseudonyms = pseudonyms_of(self.w, self.identity.tenant, folder.programme)?;
        let stands_for = |pseudonyms: Pseudonyms| {
            let of = |document: &DocumentId| pseudonyms.pseudonym(Stands::Entry, document.as_bytes());
            documents.iter().map(of).map(FactRef::new).collect()
        };
        Ok(pseudonyms.map(stands_for))
    }

    fn seal_remainder(
        &mut self,
        folder: &FolderRow,
        documents: Vec<SealedDocument>,
        may_write: bool,
    ) -> Result<Option<u64>, AppError> {
        if documents.is_empty() {
            return Ok(None);
        }
        if !may_write || folder.closed {
            return Err(AppError::Unclear(
                "registreringen blev sendt sammen med andet, som skal bevares; en leder eller stedfortræder, der kan skrive i \
                 mappen, skal foreslå det"
                    .into(),
            ));
        }
        let key = self.w.folder_key(folder.id, folder.key_epoch)?.ok_or(AppError::NothingFetchedYet)?;
        let payload = Payload { seen: folder.seen_digest, documents };
        let mut header = self.next_header(EnvelopeKind::ChangeSet, folder.id, folder.key_epoch)?;
        header.base_seq = folder.seen_seq;
        let dseq = header.dseq;
        let envelope = seal(header, &payload, &FolderKey::from_secret(Secret::new(*key)), self.signing)?;
        // It stands for nothing that waits to be sent: everybody has it already.
        self.enqueue(&SealedRow { envelope, documents: Vec::new() })?;
        Ok(Some(dseq))
    }
}

fn part_of(envelope: &Envelope, seq: u64, remainder: Option<u64>) -> ErasedPart {
    let header = envelope.header();
    let (hash, device, dseq) = (envelope.hash().0, header.device, header.dseq);
    ErasedPart { hash, device, dseq, seq, kind: header.kind, remainder }
}

/// What an envelope tells, where it is one that tells facts.
fn told_in(envelope: &Envelope) -> Option<FactBatch> {
    if envelope.header().known_kind() != Some(EnvelopeKind::FactBatch) {
        return None;
    }
    Some(feltbog_protocol::decode(envelope.body()).unwrap_or_default())
}

fn holds_any(batch: &FactBatch, ids: &BTreeSet<FactRef>) -> bool {
    batch.told.iter().map(|fact| &fact.id).chain(&batch.taken_back).any(|id| ids.contains(id))
}

fn without(held: Vec<SealedDocument>, documents: &BTreeSet<DocumentId>) -> Vec<SealedDocument> {
    held.into_iter().filter(|part| !documents.contains(&part.document)).collect()
}

/// What an envelope of a folder says, or the one inside a deposit; nothing where it cannot be opened.
fn contents(r: &Reader<'_>, roster: &Roster, envelope: &Envelope) -> Result<Option<Vec<SealedDocument>>, AppError> {
    let readable: Option<VerifiedEnvelope> = match envelope.header().known_kind() {
        Some(EnvelopeKind::ChangeSet) => verified(roster, envelope),
        Some(EnvelopeKind::Deposit) => feltbog_protocol::decode::<Deposit>(envelope.body())
            .ok()
            .and_then(|deposit| verified(roster, &Envelope::decode(deposit.envelope).ok()?)),
        _ => None,
    };
    let Some(readable) = readable else { return Ok(None) };
    let opened = open_with_any(r, &readable)?.and_then(Result::ok);
    Ok(opened.map(|opened| opened.documents().to_vec()))
}

impl Intake<'_> {
    /// From here on what the proposal's remainders say counts as said by whom, and where, it was said first. Whoever holds the
    /// original compares; who does not goes by the word of the two people.
    pub(crate) fn credit_remainders(
        &mut self,
        proposer: DeviceId,
        entries: &ErasedEntries,
        decided: bool,
    ) -> Result<(), AppError> {
        entries.parts.iter().try_for_each(|part| self.credit_remainder(proposer, entries, part, decided))
    }

    /// What a proposal names may come after it, with a folder that is fetched later or to a restored log.
    pub(crate) fn credit_what_came(&mut self, device: DeviceId, dseq: u64, folder: FolderId) -> Result<(), AppError> {
        for open in self.w.proposed_in(folder)? {
            for entries in open.body.entries.iter().filter(|entries| entries.folder == folder) {
                let names_it = |part: &&ErasedPart| {
                    (part.device, part.dseq) == (device, dseq)
                        || (open.proposer, part.remainder) == (device, Some(dseq))
                };
                for part in entries.parts.iter().filter(names_it) {
                    self.credit_remainder(open.proposer, entries, part, false)?;
                }
            }
        }
        Ok(())
    }

    fn credit_remainder(
        &mut self,
        proposer: DeviceId,
        entries: &ErasedEntries,
        part: &ErasedPart,
        decided: bool,
    ) -> Result<(), AppError> {
        let (Some(dseq), Some(author)) = (part.remainder, self.roster.device(part.device)) else { return Ok(()) };
        let member = author.member;
        let original = self.stored(part.device, part.dseq)?.filter(|envelope| envelope.hash().0 == part.hash);
        let believed = match original {
            Some(original) => {
                let anew = self.stored(proposer, dseq)?;
                anew.map(|anew| self.says_the_rest(&original, &anew, entries)).transpose()?.unwrap_or(false)
            }
            None => decided,
        };
        // An own one changed nothing here when it was written.
        if believed && proposer != self.identity.device {
            self.w.note_remainder(proposer, dseq, entries.folder, Origin { member, place: part.seq })?;
        }
        Ok(())
    }

    fn stored(&self, device: DeviceId, dseq: u64) -> Result<Option<Envelope>, AppError> {
        Ok(self.w.own_envelope(device, dseq)?.and_then(|bytes| Envelope::decode(bytes).ok()))
    }

    fn says_the_rest(&self, original: &Envelope, anew: &Envelope, entries: &ErasedEntries) -> Result<bool, AppError> {
        let (Some(original), Some(anew)) =
            (contents(self.w, self.roster, original)?, contents(self.w, self.roster, anew)?)
        else {
            return Ok(false);
        };
        let rest: Vec<_> = original.into_iter().filter(|part| !entries.holds(part.document)).collect();
        Ok(rest == anew)
    }
}
