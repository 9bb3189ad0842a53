//! What can be said of an erasure: which devices have confirmed that nothing is left, and which have not.
//!
//! A pure function of signed rows, so that whoever holds them comes to the same certificate. It claims nothing for a device
//! that has not said so itself.

use std::collections::BTreeSet;

use feltbog_domain::{DeviceId, DocumentId, FolderId, MemberId};

use crate::erase::ErasureProposal;

/// A device of the municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HolderDevice {
    /// The device.
    pub device: DeviceId,
    /// Whose it is.
    pub member: MemberId,
    /// The row of its certificate; nothing while that has no place in the log.
    pub certified_at: Option<u64>,
    /// Whether it was shut out for good: then it may never confirm, and is named apart.
    pub shut_out: bool,
}

impl HolderDevice {
    /// Whether the device may have held what was erased by row `confirmed_at`: it belongs to somebody who ever had a grant,
    /// and was there before or nobody can tell.
    #[must_use]
    pub fn owes_its_word(&self, proposal: &ErasureProposal, confirmed_at: u64) -> bool {
        self.certified_at.is_none_or(|at| at < confirmed_at) && proposal.members.contains(&self.member)
    }
}

/// A purge receipt whose signature and cause were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purge {
    /// Who signed it.
    pub device: DeviceId,
    /// What the device says is gone.
    pub folders: Vec<FolderId>,
    /// Single documents that the device says are gone.
    pub documents: Vec<DocumentId>,
}

/// How far an erasure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErasureState {
    /// Proposed; nothing is erased.
    Proposed,
    /// Erased at the server; devices are still to confirm.
    Confirmed,
    /// Every device that may have held it has confirmed or was shut out.
    Complete,
}

impl ErasureState {
    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            ErasureState::Proposed => "proposed",
            ErasureState::Confirmed => "confirmed",
            ErasureState::Complete => "complete",
        }
    }
}

/// Who has confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureCertificate {
    /// How far it is.
    pub state: ErasureState,
    /// Devices that said all of it is gone.
    pub confirmed: Vec<DeviceId>,
    /// Devices that may hold it still.
    pub missing: Vec<DeviceId>,
    /// Devices that were shut out and have not confirmed.
    pub shut_out: Vec<DeviceId>,
}

/// The certificate of an erasure that was confirmed by row `confirmed_at`; nothing while it is only proposed.
///
/// Every device of everybody who ever had a grant counts, if it was certified before the confirmation or nobody can tell. A
/// receipt counts when it names every folder and every single document: an older version names folders only.
#[must_use]
pub fn erasure_certificate(
    proposal: &ErasureProposal,
    confirmed_at: Option<u64>,
    devices: &[HolderDevice],
    purges: &[Purge],
) -> ErasureCertificate {
    let mut certificate = ErasureCertificate {
        state: ErasureState::Proposed,
        confirmed: Vec::new(),
        missing: Vec::new(),
        shut_out: Vec::new(),
    };
    let Some(confirmed_at) = confirmed_at else { return certificate };
    let folders: BTreeSet<FolderId> = proposal.folders.iter().map(|erased| erased.folder).collect();
    let is_whole = |purge: &&Purge| {
        folders.iter().all(|folder| purge.folders.contains(folder))
            && proposal.documents().all(|document| purge.documents.contains(&document))
    };
    let said: BTreeSet<DeviceId> = purges.iter().filter(is_whole).map(|purge| purge.device).collect();
    for holder in devices {
        if said.contains(&holder.device) {
            certificate.confirmed.push(holder.device);
        } else if holder.owes_its_word(proposal, confirmed_at) {
            let list = if holder.shut_out { &mut certificate.shut_out } else { &mut certificate.missing };
            list.push(holder.device);
        }
    }
    certificate.state = if certificate.missing.is_empty() { ErasureState::Complete } else { ErasureState::Confirmed };
    certificate
}
