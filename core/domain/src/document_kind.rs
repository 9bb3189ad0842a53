//! Kinds of documents inside a folder.

/// What one document is. The code travels sealed, beside the document's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum DocumentKind {
    /// Ties a folder to its case: id, number, name, programme.
    Head = 1,
    /// A case's own facts on the employment side.
    Profile = 2,
    /// One journal entry.
    Entry = 3,
    /// One employer of the programme's register.
    Employer = 4,
    /// One member of the staff.
    Staff = 5,
    /// One programme's name and settings.
    Programme = 6,
    /// One row of the case register.
    RegisterRow = 7,
    /// One consent of the citizen.
    Consent = 8,
}

impl DocumentKind {
    /// Every kind, in order of its code.
    pub const ALL: [DocumentKind; 8] = [
        DocumentKind::Head,
        DocumentKind::Profile,
        DocumentKind::Entry,
        DocumentKind::Employer,
        DocumentKind::Staff,
        DocumentKind::Programme,
        DocumentKind::RegisterRow,
        DocumentKind::Consent,
    ];

    /// The code on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The kind of a code, if this version knows it; unknown kinds are kept and skipped.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
