//! From a document to the read model.

use feltbog_domain::{DocumentId, DocumentKind, FolderId};
use feltbog_notes::{Document, EntryReading};
use feltbog_store::{CaseFolderRow, EntryRowWrite, ProgrammeReadRow, RegisterReadRow, StaffReadRow, Writer};

use crate::error::AppError;

/// Writes what a document says now. A document that lacks required fields (its first change has not come yet) has no
/// row until it is whole.
pub(crate) fn project(w: &Writer<'_>, folder: FolderId, id: DocumentId, document: &Document) -> Result<(), AppError> {
    match document.kind() {
        DocumentKind::Entry => {
            if let Ok(entry) = document.entry() {
                project_entry(w, folder, id, &entry)?;
            }
        }
        DocumentKind::Head => {
            if let Ok(head) = document.head() {
                w.put_case_folder(&CaseFolderRow {
                    folder,
                    case: head.case,
                    number: head.number,
                    name: head.name,
                    programme: head.programme,
                })?;
            }
        }
        DocumentKind::Profile => {
            if let Ok(profile) = document.profile() {
                w.put_profile(folder, &profile)?;
            }
        }
        DocumentKind::Employer => {
            if let Ok(employer) = document.employer() {
                w.put_employer(id, folder, &employer)?;
            }
        }
        DocumentKind::EmployerContact => {
            if let Ok(contact) = document.employer_contact() {
                w.put_employer_contact(id, folder, &contact)?;
            }
        }
        DocumentKind::ContactPerson => {
            if let Ok(person) = document.contact_person() {
                w.put_contact_person(id, folder, &person)?;
            }
        }
        DocumentKind::Opening => {
            if let Ok(opening) = document.opening() {
                w.put_opening(id, folder, &opening)?;
            }
        }
        DocumentKind::Agreement => {
            if let Ok(agreement) = document.agreement() {
                w.put_agreement(id, folder, &agreement)?;
            }
        }
        DocumentKind::Staff => {
            if let Ok(staff) = document.staff() {
                let (member, name, organisation) = (staff.member, staff.name, staff.organisation);
                w.put_staff(id, &StaffReadRow { member, name, organisation })?;
            }
        }
        DocumentKind::Programme => {
            if let Ok(programme) = document.programme() {
                let (settings, name) = (programme.settings, programme.name);
                w.put_programme(id, &ProgrammeReadRow { id: programme.programme, name, settings })?;
            }
        }
        DocumentKind::RegisterRow => {
            if let Ok(row) = document.register_row() {
                w.put_register_row(&RegisterReadRow {
                    document: id,
                    folder,
                    case: row.case,
                    number: row.number,
                    name: row.name,
                    folders: row.folders,
                    consultants: row.consultants,
                    therapists: row.therapists,
                })?;
            }
        }
        // Read where somebody asks: the document is the list.
        DocumentKind::ShareHolders => {}
        // Read whenever the scale is: few hundred rows at the most.
        DocumentKind::Evidence | DocumentKind::FidelityReview => {}
        DocumentKind::Consent => {
            if let Ok(consent) = document.consent() {
                w.put_consent(id, folder, &consent)?;
            }
        }
    }
    Ok(())
}

/// Writes what an entry says.
pub(crate) fn project_entry(
    w: &Writer<'_>,
    folder: FolderId,
    id: DocumentId,
    entry: &EntryReading,
) -> Result<(), AppError> {
    let conflicts = match entry.conflicts.is_empty() {
        true => "{}".to_owned(),
        false => serde_json::to_string(&entry.conflicts).unwrap_or_else(|_| "{}".into()),
    };
    let row = EntryRowWrite { document: id, folder, fields: &entry.fields, note: &entry.note, conflicts: &conflicts };
    Ok(w.put_entry(&row)?)
}
