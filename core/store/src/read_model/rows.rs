//! What the read model's rows hold.

use feltbog_domain::{
    CaseId, CaseProfile, Consent, ContactPerson, DocumentId, EmployerFields, EntryFields, EntryKind, FolderId,
    MemberId, Moment, Opening, ProgrammeId, ProgrammeSettings,
};

/// Which case a folder belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFolderRow {
    /// The folder.
    pub folder: FolderId,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The citizen's name.
    pub name: String,
    /// Its programme.
    pub programme: ProgrammeId,
}

/// A case's own facts, by employment folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileReadRow {
    /// The employment folder.
    pub folder: FolderId,
    /// The facts.
    pub profile: CaseProfile,
}

/// An entry to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRowWrite<'a> {
    /// The document.
    pub document: DocumentId,
    /// Where it lies.
    pub folder: FolderId,
    /// Its fields.
    pub fields: &'a EntryFields,
    /// Its note.
    pub note: &'a str,
    /// Fields with several values, as JSON.
    pub conflicts: &'a str,
}

/// An entry as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryReadRow {
    /// The document.
    pub document: DocumentId,
    /// Where it lies.
    pub folder: FolderId,
    /// Its fields.
    pub fields: EntryFields,
    /// Its note.
    pub note: String,
    /// Fields with several values, as JSON.
    pub conflicts: String,
}

/// An employer as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployerReadRow {
    /// The document.
    pub document: DocumentId,
    /// The register it stands in.
    pub folder: FolderId,
    /// What the register says.
    pub fields: EmployerFields,
    /// When somebody was last there.
    pub last_visit: Option<Moment>,
}

/// Somebody who works for an employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPersonRow {
    /// The document.
    pub document: DocumentId,
    /// The register it stands in.
    pub folder: FolderId,
    /// Who it is.
    pub person: ContactPerson,
}

/// What an employer looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningRow {
    /// The document.
    pub document: DocumentId,
    /// The register it stands in.
    pub folder: FolderId,
    /// What it is.
    pub opening: Opening,
    /// Who noted it: whoever signed it first.
    pub by: Option<MemberId>,
}

/// A member of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffReadRow {
    /// The member.
    pub member: MemberId,
    /// The name.
    pub name: String,
    /// Where the member is employed, where that is said.
    pub organisation: Option<String>,
}

/// A programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeReadRow {
    /// The programme.
    pub id: ProgrammeId,
    /// Its name.
    pub name: String,
    /// What its leader has set.
    pub settings: ProgrammeSettings,
}

/// One row of the case register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterReadRow {
    /// The document.
    pub document: DocumentId,
    /// The register it stands in.
    pub folder: FolderId,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The citizen's name.
    pub name: String,
    /// The case's folders, as far as this side knows them.
    pub folders: Vec<FolderId>,
    /// Consultants by name.
    pub consultants: Vec<String>,
    /// Treatment workers by name.
    pub therapists: Vec<String>,
}

/// One consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentReadRow {
    /// The shared folder it opens.
    pub folder: FolderId,
    /// What was agreed.
    pub consent: Consent,
}

/// The newest entry of its kind and of its answer to "face to face" in one folder: all that phases and signals need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindOutline {
    /// Where it lies.
    pub folder: FolderId,
    /// What was done.
    pub kind: EntryKind,
    /// Whether people met, if that was said.
    pub face_to_face: Option<bool>,
    /// When it was done last.
    pub latest: Moment,
}
