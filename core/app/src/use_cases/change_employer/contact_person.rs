//! Who works for an employer.

use feltbog_domain::{ContactPerson, CvrNumber, DocumentId, DocumentKind, fold};
use feltbog_notes::Document;
use feltbog_store::FolderRow;

use super::employer_id;
use crate::device::Device;
use crate::error::AppError;
use crate::team_text::TeamTexts;
use crate::use_cases::entry_wish::line;
use crate::use_cases::reach::{contact_by, mail, phone};
use crate::use_cases::typed::set;

/// What was typed about somebody who works there; what is `None` stays as it was, an empty text takes the value away.
#[derive(Debug, Clone, Default)]
pub struct PersonWish {
    /// Whose; somebody new when absent.
    pub person: Option<DocumentId>,
    /// The name.
    pub name: Option<String>,
    /// What they do there.
    pub function: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub mail: Option<String>,
    /// Code or word of how they want to be reached.
    pub prefers: Option<String>,
    /// The one to ask for.
    pub in_charge: Option<bool>,
    /// No longer there.
    pub left: Option<bool>,
}

impl Device {
    /// Notes or puts right who works for an employer. A field that a colleague put right meanwhile stays.
    ///
    /// # Errors
    /// As [`Self::change_employer`]; an unknown person, and somebody new without a name.
    pub fn put_contact_person(&mut self, employer: &str, wish: &PersonWish) -> Result<DocumentId, AppError> {
        let (cvr, folder) = self.known_employer(employer)?;
        let guard = TeamTexts::of(self)?;
        for text in [&wish.name, &wish.phone, &wish.mail] {
            guard.check_name(text.as_deref())?;
        }
        guard.check_text(wish.function.as_deref())?;
        let (folder, id, before) =
            self.row_or_new(folder, wish.person, DocumentKind::ContactPerson, Document::contact_person)?;
        let person = wish.applied_to(before.unwrap_or_else(|| ContactPerson::new(cvr, String::new())))?;
        let old = if wish.person.is_none() { self.old_contact_person(&folder, cvr, &person.name)? } else { None };
        let editor = self.editor();
        self.store.write(|w| {
            if let Some(old) = old {
                let id = person_id(&folder, cvr, &old.name, None);
                editor.edit(w, &folder, id, DocumentKind::ContactPerson, |document, actor| {
                    document.write_contact_person(actor, &old)
                })?;
            }
            editor.edit(w, &folder, id, DocumentKind::ContactPerson, |document, actor| {
                document.write_contact_person(actor, &person)
            })?;
            Ok(id)
        })
    }

    /// Whom the register named before persons had rows of their own: gets one beside the first that is noted, so that
    /// nobody is forgotten. The id is the same on every device.
    fn old_contact_person(
        &self,
        folder: &FolderRow,
        cvr: CvrNumber,
        noted: &str,
    ) -> Result<Option<ContactPerson>, AppError> {
        let r = self.store.reader();
        let Some(row) = r.document(employer_id(folder, cvr))? else { return Ok(None) };
        let employer = Document::load(DocumentKind::Employer, &row.saved)?.employer()?;
        let Some(name) = employer.contact_person.filter(|name| fold(name) != fold(noted)) else { return Ok(None) };
        let has_row = r.has_document(person_id(folder, cvr, &name, None))?
            || r.contact_people()?
                .iter()
                .any(|row| row.person.employer == cvr && fold(&row.person.name) == fold(&name));
        Ok((!has_row).then(|| ContactPerson::new(cvr, name)))
    }
}

/// The id every device arrives at for a person whom a file or an older version named.
pub(crate) fn person_id(register: &FolderRow, cvr: CvrNumber, name: &str, function: Option<&str>) -> DocumentId {
    let key = format!("{cvr}/{}/{}", fold(name), fold(function.unwrap_or_default()));
    feltbog_notes::document_id(register.id, DocumentKind::ContactPerson, &key)
}

fn nameless() -> AppError {
    AppError::Unclear("skriv personens navn".into())
}

impl PersonWish {
    fn applied_to(&self, mut person: ContactPerson) -> Result<ContactPerson, AppError> {
        let name = self.name.as_deref().unwrap_or(&person.name);
        person.name = line(Some(name), "navnet")?.ok_or_else(nameless)?;
        set(&mut person.function, &self.function, |text| line(text, "funktionen"))?;
        set(&mut person.phone, &self.phone, phone)?;
        set(&mut person.mail, &self.mail, mail)?;
        set(&mut person.prefers, &self.prefers, contact_by)?;
        person.in_charge = self.in_charge.unwrap_or(person.in_charge);
        person.left = self.left.unwrap_or(person.left);
        Ok(person)
    }
}
