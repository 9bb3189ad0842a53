//! Proof that an envelope was judged.

use feltbog_domain::{FolderId, FolderKind, MemberId, ProgrammeId, Rights};
use feltbog_protocol::{Envelope, EnvelopeHash, ErasureProposal, RefusalCode, VerifiedEnvelope};

use super::Certified;

/// An envelope that may enter the log, with what it changes. Made only by `access`, after the judge; the log takes
/// nothing else, so a path that forgot the judge does not compile.
pub(crate) struct Admitted<'e> {
    envelope: &'e VerifiedEnvelope,
    code: RefusalCode,
    proven: bool,
    effect: Effect,
}

impl<'e> Admitted<'e> {
    pub(super) fn new(envelope: &'e VerifiedEnvelope, effect: Effect) -> Self {
        Self { envelope, code: RefusalCode::Ok, proven: false, effect }
    }

    /// The same, accepted with a reservation.
    pub(super) fn with_code(self, code: RefusalCode) -> Self {
        Self { code, ..self }
    }

    /// The same, accepted on the word of its receipt and not judged again.
    pub(super) fn on_its_receipt(self) -> Self {
        Self { proven: true, ..self }
    }

    /// The envelope.
    pub(crate) fn envelope(&self) -> &Envelope {
        self.envelope.envelope()
    }

    /// What is answered: one of the accepting codes.
    pub(crate) fn code(&self) -> RefusalCode {
        self.code
    }

    /// Whether it was accepted on the word of its receipt.
    pub(crate) fn is_proven(&self) -> bool {
        self.proven
    }

    /// What it changes.
    pub(crate) fn effect(&self) -> &Effect {
        &self.effect
    }
}

/// What an accepted row changes in the projections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing.
    StoredOnly,
    /// Devices and members came or went.
    Certified(Certified),
    /// The row's folder begins.
    FolderMade {
        /// Its kind.
        kind: FolderKind,
        /// Its programme.
        programme: ProgrammeId,
        /// Who may manage it from now on.
        maker: MemberId,
    },
    /// The row's folder has a new key.
    FolderRotated,
    /// A member may open the row's folder.
    Granted {
        /// Who.
        member: MemberId,
        /// What may be done.
        rights: Rights,
        /// When it ends by itself, milliseconds since 1970.
        until_ms: Option<i64>,
    },
    /// A member may no longer open the row's folder, whose key ought to be renewed.
    Revoked {
        /// Who.
        member: MemberId,
    },
    /// The row's folder takes no new content.
    Closed,
    /// The row's folder has this newer key again, after a restore.
    FolderRekeyed,
    /// Nothing yet: the row's folder is not back after a restore.
    Waiting {
        /// Whose access it will change.
        about: Option<MemberId>,
    },
    /// The row's folder has a newer cold bundle; all but the newest two lose their bodies.
    Bundled,
    /// Work was handed in.
    Deposited,
    /// These folders are gone for ever.
    Erased(Box<ErasureProposal>),
    /// Readings were told, to whoever holds this folder's key.
    ReadingsTold {
        /// The folder; [`FolderId::NONE`] for the recovery key.
        key: FolderId,
    },
    /// A device says that it holds nothing of some folders any more, as this row asked.
    Purged {
        /// The row's identity.
        cause: EnvelopeHash,
    },
}

impl Effect {
    /// The member whose access changes.
    pub(crate) fn about(&self) -> Option<MemberId> {
        match self {
            Effect::FolderMade { maker, .. } => Some(*maker),
            Effect::Granted { member, .. } | Effect::Revoked { member } => Some(*member),
            Effect::Waiting { about } => *about,
            Effect::StoredOnly
            | Effect::FolderRekeyed
            | Effect::Certified(_)
            | Effect::FolderRotated
            | Effect::Closed
            | Effect::Bundled
            | Effect::Deposited
            | Effect::Erased(_)
            | Effect::ReadingsTold { .. }
            | Effect::Purged { .. } => None,
        }
    }

    /// Whose key opens readings.
    pub(crate) fn read_log(&self) -> Option<FolderId> {
        if let Effect::ReadingsTold { key } = self { Some(*key) } else { None }
    }

    /// What a purge answers.
    pub(crate) fn purge_cause(&self) -> Option<EnvelopeHash> {
        if let Effect::Purged { cause } = self { Some(*cause) } else { None }
    }
}
