//! The file a municipality gives a region: figures of groups, and the proof of where they come from.
//!
//! It is written in one way only: what reads differently when it is written again was changed, or is not ours. That leaves nothing in
//! it that is neither signed nor part of the proof.

use data_encoding::HEXLOWER;
use feltbog_domain::{DeviceId, TenantId};
use feltbog_protocol::{AggregateProof, AggregateProofError, root_fingerprint};
use feltbog_reports::{Aggregate, Fingerprint, NoAggregate};
use serde::{Deserialize, Serialize};

/// Bytes of the longest file: many times any municipality's.
const MOST_BYTES: usize = 256 * 1024;
/// The form of the file.
const VERSION: u32 = 1;

/// Figures and where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegionFile {
    pub(crate) aggregate: Aggregate,
    pub(crate) proof: AggregateProof,
}

/// Why a file is not added to the region's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoRegionFile {
    #[error("the file is too large")]
    TooLarge,
    #[error("the file is none of a municipality's figures")]
    NotOne,
    #[error("the file has the newer form {0}")]
    Newer(u32),
    #[error("the file was changed after it was written")]
    Changed,
    #[error("{0}")]
    Proof(AggregateProofError),
    #[error("{0}")]
    Figures(NoAggregate),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    feltbog_region_file: u32,
    tenant: TenantId,
    root: String,
    figures: Aggregate,
    signed_by: DeviceId,
    certificates: String,
    signature: String,
}

/// Looked at first, so that a newer form is told from a text of any kind.
#[derive(Deserialize)]
struct Form {
    feltbog_region_file: u32,
}

/// The bytes of the figures that are signed.
pub(crate) fn signed_figures(aggregate: &Aggregate) -> Option<Vec<u8>> {
    serde_json::to_vec(aggregate).ok()
}

impl RegionFile {
    /// The text of the file.
    pub(crate) fn text(&self) -> Option<String> {
        let Self { aggregate, proof } = self;
        let written = Written {
            feltbog_region_file: VERSION,
            tenant: proof.tenant,
            root: HEXLOWER.encode(&proof.root),
            figures: aggregate.clone(),
            signed_by: proof.device,
            certificates: HEXLOWER.encode(&feltbog_protocol::encode(&proof.certificates)),
            signature: HEXLOWER.encode(&proof.signature),
        };
        Some(serde_json::to_string_pretty(&written).ok()? + "\n")
    }

    /// Reads a file and looks at everything that can be looked at without knowing the municipality.
    pub(crate) fn read(text: &str) -> Result<Self, NoRegionFile> {
        if text.len() > MOST_BYTES {
            return Err(NoRegionFile::TooLarge);
        }
        // Mail programs end lines in their own way.
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let form: Form = serde_json::from_str(&text).map_err(|_| NoRegionFile::NotOne)?;
        if form.feltbog_region_file != VERSION {
            return Err(NoRegionFile::Newer(form.feltbog_region_file));
        }
        let written: Written = serde_json::from_str(&text).map_err(|_| NoRegionFile::NotOne)?;
        let read = Self::of(written).ok_or(NoRegionFile::NotOne)?;
        if read.text().is_none_or(|again| again.trim_end() != text.trim_end()) {
            return Err(NoRegionFile::Changed);
        }
        let figures = signed_figures(&read.aggregate).ok_or(NoRegionFile::NotOne)?;
        read.proof.check(read.aggregate.programme, &figures).map_err(NoRegionFile::Proof)?;
        read.aggregate.check().map_err(NoRegionFile::Figures)?;
        Ok(read)
    }

    fn of(written: Written) -> Option<Self> {
        let bytes = |text: &str| HEXLOWER.decode(text.as_bytes()).ok();
        let proof = AggregateProof {
            tenant: written.tenant,
            root: bytes(&written.root)?.try_into().ok()?,
            device: written.signed_by,
            certificates: feltbog_protocol::decode(&bytes(&written.certificates)?).ok()?,
            signature: bytes(&written.signature)?.try_into().ok()?,
        };
        Some(Self { aggregate: written.figures, proof })
    }

    /// What the region knows the municipality by.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint(root_fingerprint(self.proof.tenant, &self.proof.root))
    }
}
