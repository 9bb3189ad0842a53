//! Erasing a case: one who answers for it proposes, an administrator who is somebody else confirms.

use std::collections::BTreeSet;

use feltbog_domain::{
    DeviceId, DocumentId, DocumentKind, ErasureReason, MemberId, Moment, ProgrammeId, Rights, Role, RoleGrant, Standing,
};
use feltbog_protocol::{
    CaseRef, EnvelopeHash, EnvelopeKind, Erase, ErasedFolder, ErasureProposal, ErasureState, erasure_certificate,
};
use feltbog_sealing::random_bytes;
use feltbog_store::{ErasedWork, ErasureRow, FolderRow};

use crate::device::Device;
use crate::erasures::holders;
use crate::error::AppError;
use crate::folders::find_case;
use crate::register::row_id;
use crate::room::Room;
use crate::seal_pending::Sealer;

/// An erasure as those see it who follow it to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureSummary {
    /// Names the proposal, to confirm it.
    pub proposal: String,
    /// What the two people call the case between them; nobody's number.
    pub case_ref: String,
    /// How far it is.
    pub state: ErasureState,
    /// Why.
    pub reason: Option<ErasureReason>,
    /// Who proposed.
    pub proposed_by: String,
    /// Who confirmed.
    pub confirmed_by: Option<String>,
    /// Kinds of the folders that go whole.
    pub folders: Vec<&'static str>,
    /// Kinds of the folders of which single entries go.
    pub entries: Vec<&'static str>,
    /// When the proposal came here.
    pub at: Moment,
    /// When the confirmation came here.
    pub confirmed_at: Option<Moment>,
    /// Devices that said nothing is left.
    pub confirmed: Vec<ErasureDevice>,
    /// Devices that may hold it still.
    pub missing: Vec<ErasureDevice>,
    /// Devices that were shut out before they said so.
    pub shut_out: Vec<ErasureDevice>,
    /// Whether this member may confirm it.
    pub may_confirm: bool,
}

/// A device in a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureDevice {
    /// The device.
    pub device: DeviceId,
    /// Name of the member whose it is.
    pub member: String,
}

/// What was proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureProposed {
    /// Names the proposal.
    pub proposal: String,
    /// What to call the case when talking to whoever confirms.
    pub case_ref: String,
}

impl Device {
    /// Proposes to erase a case: every folder of it this member answers for. It goes to the server at the next exchange, and
    /// nothing is gone before somebody confirms.
    ///
    /// # Errors
    /// An unknown case, or one whose side this member does not answer for.
    pub fn propose_erasure(&mut self, case: &str, reason: ErasureReason) -> Result<ErasureProposed, AppError> {
        let r = self.store.reader();
        let case = find_case(&r, case)?;
        let folders: Vec<FolderRow> =
            case.folders.iter().filter(|folder| answers_for(folder, self.my_roles())).cloned().collect();
        let programme =
            folders.first().map(|folder| folder.programme).ok_or(AppError::NotAllowed("slette borgeren"))?;
        let mut singles = Vec::new();
        for folder in r.folders()?.into_iter().filter(|folder| folder.kind.registers().is_some()) {
            let row = row_id(&r, &folder, case.head.case)?;
            if folder.programme == programme && answers_for(&folder, self.my_roles()) && r.has_document(row)? {
                singles.push((folder, BTreeSet::from([row])));
            }
        }
        self.propose(&folders, &singles, programme, reason)
    }

    /// Proposes to erase one entry with its addenda. Everything else of the case stays, also what was sent together with it.
    ///
    /// # Errors
    /// An unknown entry or one of another case, one that was not sent yet, or one this member does not answer for.
    pub fn propose_entry_erasure(
        &mut self,
        case: Option<&str>,
        entry: DocumentId,
        reason: ErasureReason,
    ) -> Result<ErasureProposed, AppError> {
        let r = self.store.reader();
        let row = r.document(entry)?.filter(|row| row.kind == DocumentKind::Entry).ok_or(AppError::UnknownEntry)?;
        if let Some(case) = case
            && !find_case(&r, case)?.folders.iter().any(|folder| folder.id == row.folder)
        {
            return Err(AppError::UnknownEntry);
        }
        let folder = r.folder(row.folder)?.ok_or(AppError::UnknownEntry)?;
        if !answers_for(&folder, self.my_roles()) {
            return Err(AppError::NotAllowed("slette registreringen"));
        }
        let addenda = r.entries(folder.id)?.into_iter().filter(|other| other.fields.addendum_to == Some(entry));
        let documents: BTreeSet<DocumentId> = addenda.map(|other| other.document).chain([entry]).collect();
        let programme = folder.programme;
        self.propose(&[], &[(folder, documents)], programme, reason)
    }

    fn propose(
        &mut self,
        folders: &[FolderRow],
        singles: &[(FolderRow, BTreeSet<DocumentId>)],
        programme: ProgrammeId,
        reason: ErasureReason,
    ) -> Result<ErasureProposed, AppError> {
        let me = self.me();
        let r = self.store.reader();
        let mut members = BTreeSet::from([me]);
        for folder in folders.iter().chain(singles.iter().map(|(folder, _)| folder)) {
            members.extend(r.ever_granted(folder.id)?);
        }
        for document in singles.iter().flat_map(|(_, documents)| documents) {
            if !r.is_sent(*document)? {
                // What is sent afterwards would not go with it.
                return Err(AppError::Unclear("noget af det er ikke sendt endnu; udveksl først (feltbog sync)".into()));
            }
        }
        let case_ref = CaseRef(random_bytes());
        let folders = folders.iter().map(|f| ErasedFolder { folder: f.id, kind: f.kind.code() }).collect();
        let (identity, signing, roster, now_ms) = (&self.identity, &self.signing, &self.roster, self.clock.now_ms());
        let signed = self.store.write(|w| -> Result<EnvelopeHash, AppError> {
            let mut sealer =
                Sealer { w, identity, signing, roster, progress: w.progress()?, now_ms, room: Room::ENDLESS };
            let mut entries = Vec::with_capacity(singles.len());
            for (folder, documents) in singles {
                let may_write = w.rights(folder.id, me)?.is_none_or(|rights| rights.covers(Rights::WRITE));
                entries.push(sealer.take_out(folder, documents, may_write)?);
            }
            let members = members.into_iter().collect();
            let (reason, subjects) = (reason.code(), Vec::new());
            let wish = ErasureProposal { folders, entries, programme, reason, subjects, members, case_ref };
            sign(sealer, &Erase::Proposal(wish))
        })?;
        Ok(ErasureProposed { proposal: signed.to_string(), case_ref: case_ref.to_string() })
    }

    /// Confirms an erasure, named by its proposal or the beginning of it. From the next exchange on the case is gone for
    /// ever.
    ///
    /// # Errors
    /// No such proposal, one of this member's own, or a member who is no administrator.
    pub fn confirm_erasure(&mut self, proposal: &str) -> Result<(), AppError> {
        let row = self.the_proposal(proposal)?;
        if row.confirmed.is_some() {
            return Err(AppError::Unclear("sletningen er allerede bekræftet".into()));
        }
        if row.member == self.me() {
            return Err(AppError::Unclear("en anden end den, der foreslog sletningen, skal bekræfte den".into()));
        }
        if !self.my_roles().iter().any(|grant| grant.role == Role::Administrator) {
            return Err(AppError::NotAllowed("bekræfte en sletning"));
        }
        self.sign_step(&Erase::Confirmation { proposal: row.proposal })?;
        Ok(())
    }

    fn the_proposal(&self, named: &str) -> Result<ErasureRow, AppError> {
        let wanted = named.trim().to_lowercase();
        let mut found =
            self.store.reader().erasures()?.into_iter().filter(|row| row.proposal.to_string().starts_with(&wanted));
        match (found.next(), found.next()) {
            (Some(only), None) if wanted.len() >= 8 => Ok(only),
            (Some(_), _) => {
                Err(AppError::Unclear("skriv mindst otte tegn af forslagets nummer, og nok til at kende det".into()))
            }
            (None, _) => Err(AppError::Unclear("der er intet forslag om sletning med det nummer".into())),
        }
    }

    fn sign_step(&mut self, step: &Erase) -> Result<EnvelopeHash, AppError> {
        let (identity, signing, roster, now_ms) = (&self.identity, &self.signing, &self.roster, self.clock.now_ms());
        self.store.write(|w| -> Result<EnvelopeHash, AppError> {
            sign(Sealer { w, identity, signing, roster, progress: w.progress()?, now_ms, room: Room::ENDLESS }, step)
        })
    }

    /// Every erasure with its certificate, newest first; empty for members who do not follow them.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn erasures(&self) -> Result<Vec<ErasureSummary>, AppError> {
        if !self.my_roles().iter().any(|grant| follows_erasures(grant.role)) {
            return Ok(Vec::new());
        }
        let r = self.store.reader();
        let holders = holders(&r, &self.roster)?;
        r.erasures()?
            .into_iter()
            .map(|row| {
                let purges = row.confirmed.map(|confirmed| r.purges(confirmed.envelope)).transpose()?;
                let confirmed_at = row.confirmed.map(|confirmed| confirmed.seq);
                let certificate = erasure_certificate(&row.body, confirmed_at, &holders, &purges.unwrap_or_default());
                Ok(ErasureSummary {
                    proposal: row.proposal.to_string(),
                    case_ref: row.body.case_ref.to_string(),
                    state: certificate.state,
                    reason: ErasureReason::from_code(row.body.reason),
                    proposed_by: self.name_of(row.member)?,
                    confirmed_by: row.confirmed.map(|confirmed| self.name_of(confirmed.member)).transpose()?,
                    folders: row.body.folders.iter().filter_map(|f| Some(f.known_kind()?.word())).collect(),
                    entries: row.body.entries.iter().filter_map(|e| Some(e.place().known_kind()?.word())).collect(),
                    at: Moment::from_unix_ms(row.seen_ms),
                    confirmed_at: row.confirmed.map(|confirmed| Moment::from_unix_ms(confirmed.seen_ms)),
                    confirmed: self.named(&certificate.confirmed)?,
                    missing: self.named(&certificate.missing)?,
                    shut_out: self.named(&certificate.shut_out)?,
                    may_confirm: row.confirmed.is_none() && self.may_confirm(&row),
                })
            })
            .collect()
    }

    fn may_confirm(&self, row: &ErasureRow) -> bool {
        row.member != self.me() && self.my_roles().iter().any(|grant| grant.role == Role::Administrator)
    }

    fn named(&self, devices: &[DeviceId]) -> Result<Vec<ErasureDevice>, AppError> {
        let name = |device: &DeviceId| {
            let member = self.roster.device(*device).map(|entry| self.name_of(entry.member)).transpose()?;
            Ok(ErasureDevice { device: *device, member: member.unwrap_or_default() })
        };
        devices.iter().map(name).collect()
    }

    fn name_of(&self, member: MemberId) -> Result<String, AppError> {
        Ok(self.staff_name(member)?.unwrap_or_else(|| member.to_string()))
    }

    /// Own entries of erased cases that never reached the server: their writer decides what becomes of them.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn erased_work(&self) -> Result<Vec<ErasedWork>, AppError> {
        Ok(self.store.reader().erased_work()?)
    }

    /// Lets an entry of an erased case go. When the last of a case is gone this device says so at the next exchange.
    ///
    /// # Errors
    /// [`AppError::UnknownEntry`].
    pub fn discard_erased_work(&mut self, entry: DocumentId) -> Result<(), AppError> {
        let gone = self.store.write(|w| w.discard_erased_work(entry).map_err(AppError::from))?;
        self.store.checkpoint()?;
        if gone { Ok(()) } else { Err(AppError::UnknownEntry) }
    }
}

/// Puts a step behind whatever the sealer has sealed.
fn sign(mut sealer: Sealer<'_>, step: &Erase) -> Result<EnvelopeHash, AppError> {
    sealer.enqueue_clear(EnvelopeKind::Erase, None, 0, &feltbog_protocol::encode(step))?;
    let dseq = sealer.progress.last_dseq;
    sealer.w.set_progress(&sealer.progress)?;
    Ok(sealer.w.envelope_hash(sealer.identity.device, dseq)?.unwrap_or_default())
}

fn answers_for(folder: &FolderRow, roles: &[RoleGrant]) -> bool {
    roles.iter().any(|grant| {
        matches!(grant.role, Role::Leader | Role::Deputy | Role::Records)
            && folder.kind.standing(folder.programme, std::slice::from_ref(grant)) == Standing::ByOffice
    })
}

const fn follows_erasures(role: Role) -> bool {
    matches!(role, Role::Administrator | Role::Leader | Role::Deputy | Role::Records)
}
