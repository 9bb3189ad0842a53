//! Who works for an employer.

use feltbog_domain::{ContactBy, ContactPerson, CvrNumber, DocumentId, DocumentKind, fold};
use feltbog_notes::Document;
use feltbog_store::FolderRow;

use super::{Typed, employer_id, replace, typed_line};
use crate::device::Device;
use crate::error::AppError;
use crate::team_text::TeamTexts;
use crate::use_cases::entry_wish::{line, non_empty};

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
        let typed = wish.read()?;
        let (folder, id, before) =
            self.row_or_new(folder, wish.person, DocumentKind::ContactPerson, Document::contact_person)?;
        let before = match before {
            Some(person) => person,
            None => ContactPerson::new(cvr, typed.name.clone().flatten().ok_or_else(nameless)?),
        };
        let person = typed.applied_to(before);
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

/// What was typed about a person, understood.
struct PersonTyped {
    name: Typed,
    function: Typed,
    phone: Typed,
    mail: Typed,
    prefers: Option<Option<ContactBy>>,
    in_charge: Option<bool>,
    left: Option<bool>,
}

fn nameless() -> AppError {
    AppError::Unclear("skriv personens navn".into())
}

impl PersonWish {
    fn read(&self) -> Result<PersonTyped, AppError> {
        let name = typed_line(self.name.as_deref(), "navnet")?;
        if name == Some(None) {
            return Err(nameless());
        }
        Ok(PersonTyped {
            name,
            function: typed_line(self.function.as_deref(), "funktionen")?,
            phone: self.phone.as_deref().map(|text| phone(Some(text))).transpose()?,
            mail: self.mail.as_deref().map(|text| mail(Some(text))).transpose()?,
            prefers: self.prefers.as_deref().map(prefers).transpose()?,
            in_charge: self.in_charge,
            left: self.left,
        })
    }
}

impl PersonTyped {
    fn applied_to(self, mut person: ContactPerson) -> ContactPerson {
        if let Some(Some(name)) = self.name {
            person.name = name;
        }
        replace(&mut person.function, self.function);
        replace(&mut person.phone, self.phone);
        replace(&mut person.mail, self.mail);
        if let Some(prefers) = self.prefers {
            person.prefers = prefers;
        }
        person.in_charge = self.in_charge.unwrap_or(person.in_charge);
        person.left = self.left.unwrap_or(person.left);
        person
    }
}

/// How somebody wants to be reached; nothing typed is nothing.
pub(crate) fn prefers(word: &str) -> Result<Option<ContactBy>, AppError> {
    let Some(word) = non_empty(Some(word)) else { return Ok(None) };
    ContactBy::from_word(word).map(Some).ok_or_else(|| {
        let words: Vec<&str> = ContactBy::words().collect();
        AppError::Unclear(format!("måden findes ikke; vælg mellem: {}", words.join(", ")))
    })
}

/// A telephone number, as it can be called.
pub(crate) fn phone(text: Option<&str>) -> Result<Option<String>, AppError> {
    let Some(text) = line(text, "telefonnummeret")? else { return Ok(None) };
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if (3..=15).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " +()-".contains(c)) {
        return Ok(Some(text));
    }
    Err(AppError::Unclear("telefonnummeret forstås ikke: skriv kun tal, mellemrum og +".into()))
}

/// An e-mail address, as it can be written to.
pub(crate) fn mail(text: Option<&str>) -> Result<Option<String>, AppError> {
    let Some(text) = line(text, "e-mailen")? else { return Ok(None) };
    let is_one = text.split_once('@').is_some_and(|(who, at)| {
        let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || ".-_+".contains(c));
        plain(who) && plain(at) && at.contains('.')
    });
    if is_one {
        Ok(Some(text))
    } else {
        Err(AppError::Unclear("e-mailen forstås ikke: skriv fx navn@firma.dk".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_addresses_are_such_as_can_be_called_and_written_to() {
        for number in ["12 34 56 78", "+45 12345678", "112"] {
            assert_eq!(phone(Some(number)).unwrap().as_deref(), Some(number));
        }
        for number in ["ring til Bo", "12;tel:1", "1", "1234567890123456"] {
            assert!(phone(Some(number)).is_err(), "{number}");
        }
        assert_eq!(mail(Some(" bo@køkkenet.dk ")).unwrap().as_deref(), Some("bo@køkkenet.dk"));
        for address in ["bo", "bo@", "@example.dk", "bo@example.dk?bcc=a@b.dk", "bo lind@example.dk", "bo@dk"] {
            assert!(mail(Some(address)).is_err(), "{address}");
        }
        assert_eq!((phone(Some(" ")).unwrap(), mail(None).unwrap()), (None, None));
    }
}
