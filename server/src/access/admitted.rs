//! Proof that an envelope was judged.

use feltbog_domain::{DeviceId, FolderKind, MemberId, ProgrammeId, Rights};
use feltbog_protocol::{Envelope, VerifiedEnvelope};

/// An envelope that may enter the log, with what it changes. Made only by `access`, after the judge; the log takes
/// nothing else, so a path that forgot the judge does not compile.
pub(crate) struct Admitted<'e> {
    envelope: &'e VerifiedEnvelope,
    effect: Effect,
}

impl<'e> Admitted<'e> {
    pub(super) fn new(envelope: &'e VerifiedEnvelope, effect: Effect) -> Self {
        Self { envelope, effect }
    }

    /// The envelope.
    pub(crate) fn envelope(&self) -> &Envelope {
        self.envelope.envelope()
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
    /// These devices were certified.
    Certified(Vec<(DeviceId, MemberId)>),
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
}

impl Effect {
    /// The member whose access changes.
    pub(crate) fn about(&self) -> Option<MemberId> {
        match self {
            Effect::FolderMade { maker, .. } => Some(*maker),
            Effect::Granted { member, .. } => Some(*member),
            Effect::StoredOnly | Effect::Certified(_) | Effect::FolderRotated => None,
        }
    }
}
