//! Kinds of documents inside a folder.

use crate::folder_kind::FolderKind;

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
    /// Who keeps the shares of the recovery key.
    ShareHolders = 9,
    /// That somebody of the team was in touch with an employer; no citizen is named.
    EmployerContact = 10,
    /// What a citizen agreed may be said to one employer.
    Agreement = 11,
    /// Somebody who works for an employer.
    ContactPerson = 12,
    /// What an employer looks for.
    Opening = 13,
    /// What somebody says of one item of the scale of fidelity.
    Evidence = 14,
    /// The days a review of fidelity looks at.
    FidelityReview = 15,
}

impl DocumentKind {
    /// Every kind, in order of its code.
    pub const ALL: [DocumentKind; 15] = [
        DocumentKind::Head,
        DocumentKind::Profile,
        DocumentKind::Entry,
        DocumentKind::Employer,
        DocumentKind::Staff,
        DocumentKind::Programme,
        DocumentKind::RegisterRow,
        DocumentKind::Consent,
        DocumentKind::ShareHolders,
        DocumentKind::EmployerContact,
        DocumentKind::Agreement,
        DocumentKind::ContactPerson,
        DocumentKind::Opening,
        DocumentKind::Evidence,
        DocumentKind::FidelityReview,
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

    /// Whether a document of this kind has a place in a folder of that kind.
    ///
    /// Whoever may write in one folder must not be believed about what belongs in another: a row of the case register
    /// inside a citizen's folder could otherwise open the files of others.
    #[must_use]
    pub const fn belongs_in(self, folder: FolderKind) -> bool {
        match self {
            DocumentKind::Head => folder.is_of_a_case(),
            DocumentKind::Profile | DocumentKind::Agreement => matches!(folder, FolderKind::Employment),
            DocumentKind::Entry => folder.is_of_a_case() || folder.is_own_work(),
            DocumentKind::Employer
            | DocumentKind::EmployerContact
            | DocumentKind::ContactPerson
            | DocumentKind::Opening => matches!(folder, FolderKind::Employers),
            DocumentKind::Staff | DocumentKind::Programme | DocumentKind::ShareHolders => {
                matches!(folder, FolderKind::Staff)
            }
            DocumentKind::RegisterRow => folder.registers().is_some(),
            DocumentKind::Consent => matches!(folder, FolderKind::Shared),
            DocumentKind::Evidence | DocumentKind::FidelityReview => matches!(folder, FolderKind::Evidence),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_and_the_staff_list_are_believed_in_their_own_folders_only() {
        for kind in [
            DocumentKind::RegisterRow,
            DocumentKind::Staff,
            DocumentKind::Programme,
            DocumentKind::Employer,
            DocumentKind::Evidence,
            DocumentKind::FidelityReview,
        ] {
            let homes: Vec<FolderKind> =
                FolderKind::ALL.into_iter().filter(|folder| kind.belongs_in(*folder)).collect();
            let sides = if kind == DocumentKind::RegisterRow { 2 } else { 1 };
            assert_eq!(homes.len(), sides, "{kind:?}");
            assert!(homes.iter().all(|home| !home.is_of_a_case()), "{kind:?}");
        }
    }
}
