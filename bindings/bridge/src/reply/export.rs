//! What is taken out as a file.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::CasePage;

/// A file, whole, to be kept by whoever asked for it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportedFile {
    /// What stands in it; of a file that is no text, its bytes in base64.
    pub text: String,
    /// Whether it is no text.
    #[serde(default)]
    pub base64: bool,
    /// Citizens in it.
    pub cases: u32,
    /// Places that name others and are to be looked at before it is handed out.
    pub review: u32,
    /// Entries in it that are only on this device.
    pub own_unsent: u32,
}

impl ExportedFile {
    /// What to write; nothing where the base64 is none.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        if self.base64 { BASE64.decode(self.text.as_bytes()).ok() } else { Some(self.text.clone().into_bytes()) }
    }
}

/// The file of one citizen, as JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CaseFile {
    /// To be looked at before it is handed out.
    pub review: Vec<ToReviewRow>,
    /// Why the list may be too short, and what may be missing.
    pub caution: Vec<String>,
    /// When it was made.
    pub exported_at: String,
    /// By whom.
    pub exported_by: String,
    /// Entries in it that are only on this device.
    pub own_unsent: u32,
    /// The consents with who hands out and who receives.
    pub consent_parties: Vec<ConsentOfFile>,
    /// Date of birth.
    pub born_on: Option<String>,
    /// Municipality of residence.
    pub municipality: Option<String>,
    /// District.
    pub district: Option<String>,
    /// The case, oldest entry first, each addendum below what it adds to.
    #[serde(flatten)]
    pub page: CasePage,
}

/// A consent with who hands out and who receives.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConsentOfFile {
    /// Types of information.
    pub types: Vec<String>,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Who hands out.
    pub giver: Option<String>,
    /// Who receives.
    pub receiver: Option<String>,
}

/// Something that names another person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ToReviewRow {
    /// The entry; nothing for the case's own facts.
    pub entry: Option<String>,
    /// The field.
    pub field: String,
    /// The word that names somebody.
    pub name: String,
    /// `staff`, `employer_contact` or `citizen`.
    pub who: String,
}
