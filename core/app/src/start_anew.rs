//! Going on as a new device after the database turned out to be an older copy (protocol, invariant 7).
//!
//! Somebody restored a phone from a backup: a twin has sent envelopes under this device's name that are not here. Numbers
//! and automerge actors may never be used twice, so this one takes a new identity, certified by the old one, and says
//! everything that was not sent once more in its own words.

use feltbog_domain::{DocumentKind, FolderId};
use feltbog_notes::{ActorBytes, Caps, Document, Heads, NotesError, apply};
use feltbog_protocol::{
    CertificateBundle, EnrolReply, EnrolRequest, Envelope, EnvelopeBytes, EnvelopeKind, Issuer, Roster,
};
use feltbog_sealing::{FolderKey, Secret, open, random_bytes};
use feltbog_store::{DocumentRow, FolderRow, Identity, Progress, RowStatus, Writer};

use crate::device::Device;
use crate::enrolment::{Newcomer, post};
use crate::error::AppError;
use crate::in_turn::InTurn;
use crate::projection::project;
use crate::room::Room;
use crate::seal_pending::{PREV_UNBOUND, Sealer};
use crate::seal_readings::tell_readings_anew;
use crate::signers::verified;
use crate::transport::Transport;

/// The identity that is being certified, in meta: a lost answer must not make a third device.
const RENEWAL: &str = "renewal";

/// Becomes a new device of the same member.
pub(crate) async fn start_anew(device: &InTurn<Device>, transport: &dyn Transport) -> Result<(), AppError> {
    let lock = || device.lock();
    let renewal = lock().renewal()?;
    let request = EnrolRequest {
        tenant: renewal.identity.tenant,
        envelope: EnvelopeBytes(renewal.envelope.bytes().to_vec()),
        lease: None,
        login: None,
    };
    let body = feltbog_protocol::encode(&request);
    let reply = post(transport, &renewal.identity.url, "/v1/enrol", body).await.map_err(AppError::Exchange)?;
    lock().become_new(&renewal, &reply)
}

struct Renewal {
    identity: Identity,
    envelope: Envelope,
}

impl Device {
    /// The new identity with its certificate; the same at every try.
    fn renewal(&mut self) -> Result<Renewal, AppError> {
        let old = &self.identity;
        let stored = self.store.reader().meta(RENEWAL)?;
        let seeds: [u8; 80] = match stored.and_then(|bytes| bytes.try_into().ok()) {
            Some(seeds) => seeds,
            None => {
                let seeds = random_bytes::<80>();
                self.store.write(|w| w.set_meta(RENEWAL, &seeds))?;
                seeds
            }
        };
        let newcomer = Newcomer::renewed(old, &seeds);
        let incarnation = self.roster.device(old.device).map_or(1, |entry| entry.incarnation) + 1;
        let statement = newcomer.device_statement(incarnation);
        let bundle = CertificateBundle {
            statements: vec![self.signing.certify(old.tenant, Issuer::Device(old.device), &statement)],
        };
        Ok(Renewal { envelope: newcomer.envelope(&bundle)?, identity: newcomer.identity })
    }

    fn become_new(&mut self, renewal: &Renewal, reply: &EnrolReply) -> Result<(), AppError> {
        let old = self.identity.clone();
        let unsent = self.store.reader().unsent_envelopes()?;
        let signing = feltbog_sealing::SigningPair::from_seed(&Secret::new(*renewal.identity.sign_seed));
        let (roster, now_ms) = (&self.roster, self.clock.now_ms());
        self.store.write(|w| -> Result<(), AppError> {
            let progress = w.progress()?;
            w.set_identity(&renewal.identity)?;
            w.give_up_outbox(old.device)?;
            w.store_row(reply.cert_seq, &renewal.envelope, RowStatus::Stored)?;
            w.set_meta(PREV_UNBOUND, &renewal.envelope.hash().0)?;
            tell_readings_anew(w, renewal.identity.device)?;
            let mut sealer = Sealer {
                w,
                identity: &renewal.identity,
                signing: &signing,
                roster,
                progress: Progress { last_dseq: 1, ..progress },
                now_ms,
                room: Room::ENDLESS,
            };
            for envelope in &unsent {
                match (envelope.header().known_kind(), verified(roster, envelope)) {
                    (Some(EnvelopeKind::ChangeSet), Some(verified)) => queue_again(w, &verified, now_ms)?,
                    (Some(EnvelopeKind::KeyRecord | EnvelopeKind::Grant | EnvelopeKind::Revoke), Some(_)) => {
                        let (kind, header) = (EnvelopeKind::from_code(envelope.header().kind), envelope.header());
                        let kind = kind.unwrap_or(EnvelopeKind::Grant);
                        sealer.enqueue_clear(kind, Some(header.folder), header.key_epoch, envelope.body())?;
                    }
                    _ => {}
                }
            }
            let progress = sealer.progress;
            w.set_progress(&progress)?;
            for folder in w.folders()? {
                say_again(w, roster, &folder, now_ms)?;
            }
            Ok(w.remove_meta(RENEWAL)?)
        })?;
        self.identity = renewal.identity.clone();
        self.signing = signing;
        self.reload_roster()
    }
}

/// Puts the changes of an envelope that was not sent back among those that wait to be sealed.
fn queue_again(w: &Writer<'_>, envelope: &feltbog_protocol::VerifiedEnvelope, now_ms: i64) -> Result<(), AppError> {
    let header = envelope.header();
    let Some(key) = w.folder_key(header.folder, header.key_epoch)? else { return Ok(()) };
    let Ok(opened) = open(envelope, &FolderKey::from_secret(Secret::new(*key))) else { return Ok(()) };
    for part in opened.documents() {
        let Some(kind) = DocumentKind::from_code(part.kind) else { continue };
        for change in &part.changes {
            w.add_pending(header.folder, part.document, kind, change, now_ms)?;
        }
    }
    Ok(())
}

/// Replaces everything that waits in a folder by the same content written by a new actor, on top of what the log holds.
fn say_again(w: &Writer<'_>, roster: &Roster, folder: &FolderRow, now_ms: i64) -> Result<(), AppError> {
    let actor = random_bytes();
    w.begin_anew(folder.id, &actor)?;
    let waiting = w.pending(folder.id)?;
    let mut documents: Vec<_> = waiting.iter().map(|change| change.document).collect();
    documents.sort_unstable();
    documents.dedup();
    w.remove_pending(&waiting.iter().map(|change| change.id).collect::<Vec<_>>())?;
    for id in documents {
        let Some(row) = w.document(id)? else { continue };
        let wanted = Document::load(row.kind, &row.saved)?;
        let mut document = from_log(w, roster, folder.id, &row)?;
        if let Some(change) = write_like(&mut document, &wanted, ActorBytes(actor))? {
            w.add_pending(folder.id, id, row.kind, &change.bytes, now_ms)?;
        }
        w.put_document(&DocumentRow { saved: document.save(), ..row })?;
        project(w, folder.id, id, &document)?;
    }
    Ok(())
}

/// A document as the log has it, without anything that is only here.
fn from_log(w: &Writer<'_>, roster: &Roster, folder: FolderId, row: &DocumentRow) -> Result<Document, AppError> {
    let mut document = Document::new(row.kind);
    for placed in w.placed_content(folder)? {
        let Some(key) = w.folder_key(folder, placed.header().key_epoch)? else { continue };
        let Some(placed) = verified(roster, &placed) else { continue };
        let Ok(opened) = open(&placed, &FolderKey::from_secret(Secret::new(*key))) else { continue };
        for part in opened.documents().iter().filter(|part| part.document == row.id) {
            // What did not fit then does not fit now.
            let _ = apply(&mut document, &part.changes, &Caps::default());
        }
    }
    Ok(document)
}

/// Writes into `document` what `wanted` says, as one change of one actor.
fn write_like(
    document: &mut Document,
    wanted: &Document,
    actor: ActorBytes,
) -> Result<Option<feltbog_notes::Change>, NotesError> {
    match wanted.kind() {
        DocumentKind::Entry => {
            let entry = wanted.entry()?;
            document.edit_entry(actor, &Heads::newest(), &entry.fields, &entry.note)
        }
        DocumentKind::Profile => document.write_profile(actor, &wanted.profile()?),
        DocumentKind::Head => document.write_head(actor, &wanted.head()?),
        DocumentKind::Consent => document.write_consent(actor, &wanted.consent()?),
        DocumentKind::ShareHolders => document.write_share_holders(actor, &wanted.share_holders()?),
        DocumentKind::EmployerContact => document.write_employer_contact(actor, &wanted.employer_contact()?),
        DocumentKind::Agreement => document.write_agreement(actor, &wanted.agreement()?),
        DocumentKind::Employer => document.write_employer(actor, &wanted.employer()?),
        DocumentKind::ContactPerson => document.write_contact_person(actor, &wanted.contact_person()?),
        DocumentKind::Opening => document.write_opening(actor, &wanted.opening()?),
        DocumentKind::Evidence => document.write_evidence(actor, &wanted.evidence()?),
        DocumentKind::FidelityReview => document.write_fidelity_review(actor, &wanted.fidelity_review()?),
        DocumentKind::Staff => document.write_staff(actor, &wanted.staff()?),
        DocumentKind::Programme => document.write_programme(actor, &wanted.programme()?),
        DocumentKind::RegisterRow => document.write_register_row(actor, &wanted.register_row()?),
    }
}
