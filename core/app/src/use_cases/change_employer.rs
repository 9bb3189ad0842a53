//! What the team writes into the register of employers.

use feltbog_domain::{
    ContactBy, ContactPerson, CvrNumber, DocumentId, DocumentKind, EmployerFields, EmployerUnit, FolderKind, Opening,
    OpeningState, PNumber, fold,
};
use feltbog_notes::{ActorBytes, Change, Document, NotesError};
use feltbog_sealing::random_id;
use feltbog_store::FolderRow;

use crate::device::Device;
use crate::error::AppError;
use crate::team_text::TeamTexts;
use crate::use_cases::entry_wish::{checked_hours, coming_day, job_type, line, non_empty};
use crate::use_cases::log_entry::write_employer;

/// What was typed about an employer; what is `None` stays as it was, an empty text takes the value away.
#[derive(Debug, Clone, Default)]
pub struct EmployerChanges {
    /// Its name.
    pub name: Option<String>,
    /// Trade.
    pub trade: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Postal code.
    pub postcode: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Whether somebody looked it up.
    pub verified: Option<bool>,
}

/// What was typed about somebody who works there, in the same way.
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

/// What was typed about an opening, in the same way.
#[derive(Debug, Clone, Default)]
pub struct OpeningWish {
    /// Which; a new one when absent.
    pub opening: Option<DocumentId>,
    /// What is looked for.
    pub text: Option<String>,
    /// Hours a week.
    pub hours_per_week: Option<u32>,
    /// Code or word of its terms.
    pub job_type: Option<String>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// Code or word of what became of it.
    pub state: Option<String>,
}

/// What was typed about a production unit, in the same way.
#[derive(Debug, Clone, Default)]
pub struct UnitWish {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Postal code.
    pub postcode: Option<String>,
    /// Town.
    pub town: Option<String>,
}

impl Device {
    /// Changes what the register says of an employer, or puts a new one into it: unverified, until somebody says that it
    /// was looked up.
    ///
    /// # Errors
    /// A number that cannot be one, a name that is a citizen's, a new employer without a name, or a role without a
    /// register. Nothing is changed then.
    pub fn change_employer(&mut self, employer: &str, changes: &EmployerChanges) -> Result<(), AppError> {
        let cvr: CvrNumber = employer.trim().parse()?;
        let guard = TeamTexts::of(self)?;
        for text in [&changes.name, &changes.trade, &changes.address, &changes.town] {
            guard.check_name(text.as_deref())?;
        }
        let Some(folder) = self.register_of(cvr)? else { return self.add_employer(cvr, changes) };
        if changes.name.as_deref().is_some_and(|name| non_empty(Some(name)).is_none()) {
            return Err(AppError::Unclear("skriv virksomhedens navn".into()));
        }
        let (editor, changes) = (self.editor(), changes.clone());
        let id = employer_id(&folder, cvr);
        let typed = changes.read()?;
        self.store.write(|w| {
            editor.edit(w, &folder, id, DocumentKind::Employer, |document, actor| {
                let before = document.employer()?;
                document.write_employer(actor, &typed.applied_to(before))
            })?;
            Ok(())
        })
    }

    fn add_employer(&mut self, cvr: CvrNumber, changes: &EmployerChanges) -> Result<(), AppError> {
        let name = non_empty(changes.name.as_deref())
            .ok_or_else(|| AppError::Unclear("virksomheden er ikke i listen: skriv dens navn".into()))?;
        let folder = self.writable_register()?.ok_or(AppError::NotAllowed("skrive i virksomhedslisten"))?;
        let new = EmployerFields { unverified: true, ..EmployerFields::new(cvr, name) };
        let fields = changes.read()?.applied_to(new);
        let editor = self.editor();
        self.store.write(|w| write_employer(w, editor, &folder, &fields).map(|_| ()))
    }

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

    /// Notes or puts right what an employer looks for.
    ///
    /// # Errors
    /// As [`Self::change_employer`]; an unknown opening, a new one without words, and one that ends before it begins.
    pub fn put_opening(&mut self, employer: &str, wish: &OpeningWish) -> Result<DocumentId, AppError> {
        let (cvr, folder) = self.known_employer(employer)?;
        TeamTexts::of(self)?.check_text(wish.text.as_deref())?;
        let today = self.now().date();
        let new = || {
            let text = line(wish.text.as_deref(), "det, der søges,")?;
            let text = text.ok_or_else(|| AppError::Unclear("skriv, hvad virksomheden søger".into()))?;
            Ok::<_, AppError>(Opening {
                employer: cvr,
                text,
                hours_per_week: None,
                job_type: None,
                from: None,
                until: None,
                state: OpeningState::Open,
                noted_on: today,
            })
        };
        let (folder, id, before) = self.row_or_new(folder, wish.opening, DocumentKind::Opening, Document::opening)?;
        let opening = wish.applied_to(before.map_or_else(new, Ok)?, today)?;
        self.write_row(&folder, id, DocumentKind::Opening, |document, actor| document.write_opening(actor, &opening))
    }

    /// Notes or puts right a production unit of an employer.
    ///
    /// # Errors
    /// As [`Self::change_employer`]; a number that is no unit's.
    pub fn put_unit(&mut self, employer: &str, wish: &UnitWish) -> Result<(), AppError> {
        let (cvr, folder) = self.known_employer(employer)?;
        let number: PNumber = wish.number.parse().map_err(|error| AppError::Unclear(format!("{error}")))?;
        let guard = TeamTexts::of(self)?;
        for text in [&wish.name, &wish.address, &wish.town] {
            guard.check_name(text.as_deref())?;
        }
        let typed = [
            typed_line(wish.name.as_deref(), "navnet")?,
            typed_line(wish.address.as_deref(), "adressen")?,
            typed_line(wish.postcode.as_deref(), "postnummeret")?,
            typed_line(wish.town.as_deref(), "byen")?,
        ];
        let id = employer_id(&folder, cvr);
        self.write_row(&folder, id, DocumentKind::Employer, |document, actor| {
            let mut fields = document.employer()?;
            put_unit(&mut fields.units, number, typed);
            document.write_employer(actor, &fields)
        })?;
        Ok(())
    }

    /// The register that has the employer, if this member may write in it.
    pub(crate) fn register_of(&self, cvr: CvrNumber) -> Result<Option<FolderRow>, AppError> {
        let r = self.store.reader();
        for folder in self.writable_registers()? {
            if r.has_document(employer_id(&folder, cvr))? {
                return Ok(Some(folder));
            }
        }
        Ok(None)
    }

    pub(crate) fn writable_registers(&self) -> Result<Vec<FolderRow>, AppError> {
        let r = self.store.reader();
        let mut writable = Vec::new();
        for folder in r.folders()?.into_iter().filter(|folder| folder.kind == FolderKind::Employers && !folder.closed) {
            let rights = r.rights(folder.id, self.me())?;
            if rights.is_some_and(|rights| rights.covers(feltbog_domain::Rights::WRITE)) {
                writable.push(folder);
            }
        }
        Ok(writable)
    }

    /// Where a new employer goes: the only programme's register.
    pub(crate) fn writable_register(&self) -> Result<Option<FolderRow>, AppError> {
        let mut writable = self.writable_registers()?;
        if writable.len() > 1 {
            let programme = self.programme(None)?;
            writable.retain(|folder| folder.programme == programme);
        }
        Ok(writable.into_iter().next())
    }

    fn known_employer(&self, employer: &str) -> Result<(CvrNumber, FolderRow), AppError> {
        let cvr: CvrNumber = employer.trim().parse()?;
        if self.writable_registers()?.is_empty() {
            return Err(AppError::NotAllowed("skrive i virksomhedslisten"));
        }
        Ok((cvr, self.register_of(cvr)?.ok_or(AppError::UnknownEmployer)?))
    }

    /// What a row of the register said before, in the register it stands in; a new id where none was named.
    fn row_or_new<T>(
        &self,
        folder: FolderRow,
        id: Option<DocumentId>,
        kind: DocumentKind,
        read: impl Fn(&Document) -> Result<T, NotesError>,
    ) -> Result<(FolderRow, DocumentId, Option<T>), AppError> {
        let Some(id) = id else { return Ok((folder, random_id(), None)) };
        let r = self.store.reader();
        let row = r.document(id)?.filter(|row| row.kind == kind).ok_or(AppError::UnknownEntry)?;
        let home = self.writable_registers()?.into_iter().find(|folder| folder.id == row.folder);
        let before = read(&Document::load(kind, &row.saved)?)?;
        Ok((home.ok_or(AppError::NotAllowed("skrive i virksomhedslisten"))?, id, Some(before)))
    }

    fn write_row(
        &mut self,
        folder: &FolderRow,
        id: DocumentId,
        kind: DocumentKind,
        edit: impl FnOnce(&mut Document, ActorBytes) -> Result<Option<Change>, NotesError>,
    ) -> Result<DocumentId, AppError> {
        let editor = self.editor();
        self.store.write(|w| editor.edit(w, folder, id, kind, edit).map(|_| id))
    }
}

/// The id every device arrives at for an employer.
pub(crate) fn employer_id(register: &FolderRow, cvr: CvrNumber) -> DocumentId {
    feltbog_notes::document_id(register.id, DocumentKind::Employer, &cvr.to_string())
}

/// The id every device arrives at for a person whom a file or an older version named.
pub(crate) fn person_id(register: &FolderRow, cvr: CvrNumber, name: &str, function: Option<&str>) -> DocumentId {
    let key = format!("{cvr}/{}/{}", fold(name), fold(function.unwrap_or_default()));
    feltbog_notes::document_id(register.id, DocumentKind::ContactPerson, &key)
}

/// A typed value: nothing typed, taken away, or a new one.
type Typed = Option<Option<String>>;

fn typed_line(typed: Option<&str>, what: &str) -> Result<Typed, AppError> {
    typed.map(|text| line(Some(text), what)).transpose()
}

fn replace(field: &mut Option<String>, typed: Typed) {
    if let Some(value) = typed {
        *field = value;
    }
}

/// Writes what was typed about a unit (name, address, postcode, town), making it where it is new.
pub(crate) fn put_unit(units: &mut Vec<EmployerUnit>, number: PNumber, typed: [Typed; 4]) {
    if !units.iter().any(|unit| unit.number == number) {
        units.push(EmployerUnit { number, name: None, address: None, postcode: None, town: None });
    }
    let [name, address, postcode, town] = typed;
    if let Some(unit) = units.iter_mut().find(|unit| unit.number == number) {
        replace(&mut unit.name, name);
        replace(&mut unit.address, address);
        replace(&mut unit.postcode, postcode);
        replace(&mut unit.town, town);
    }
}

/// What was typed about an employer, understood.
struct EmployerTyped {
    name: Typed,
    trade: Typed,
    address: Typed,
    postcode: Typed,
    town: Typed,
    verified: Option<bool>,
}

impl EmployerChanges {
    fn read(&self) -> Result<EmployerTyped, AppError> {
        Ok(EmployerTyped {
            name: typed_line(self.name.as_deref(), "navnet")?,
            trade: typed_line(self.trade.as_deref(), "branchen")?,
            address: typed_line(self.address.as_deref(), "adressen")?,
            postcode: typed_line(self.postcode.as_deref(), "postnummeret")?,
            town: typed_line(self.town.as_deref(), "byen")?,
            verified: self.verified,
        })
    }
}

impl EmployerTyped {
    fn applied_to(&self, mut fields: EmployerFields) -> EmployerFields {
        if let Some(Some(name)) = &self.name {
            fields.name.clone_from(name);
        }
        replace(&mut fields.trade, self.trade.clone());
        replace(&mut fields.address, self.address.clone());
        replace(&mut fields.postcode, self.postcode.clone());
        replace(&mut fields.town, self.town.clone());
        fields.unverified = self.verified.map_or(fields.unverified, |verified| !verified);
        fields
    }
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

impl OpeningWish {
    fn applied_to(&self, mut opening: Opening, today: jiff::civil::Date) -> Result<Opening, AppError> {
        if let Some(text) = self.text.as_deref() {
            let text = line(Some(text), "det, der søges,")?;
            opening.text = text.ok_or_else(|| AppError::Unclear("skriv, hvad virksomheden søger".into()))?;
        }
        opening.hours_per_week = checked_hours(self.hours_per_week)?.or(opening.hours_per_week);
        if self.job_type.is_some() {
            opening.job_type = job_type(self.job_type.as_deref())?;
        }
        let day = |typed: &str| non_empty(Some(typed)).map(|day| coming_day(day, today)).transpose();
        if let Some(typed) = self.from.as_deref() {
            opening.from = day(typed)?;
        }
        if let Some(typed) = self.until.as_deref() {
            opening.until = day(typed)?;
        }
        if let Some(word) = non_empty(self.state.as_deref()) {
            opening.state = opening_state(word)?;
        }
        if opening.from.zip(opening.until).is_some_and(|(from, until)| until < from) {
            return Err(AppError::Unclear("den sidste dag er før den første".into()));
        }
        Ok(opening)
    }
}

pub(crate) fn opening_state(word: &str) -> Result<OpeningState, AppError> {
    OpeningState::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = OpeningState::words().collect();
        AppError::Unclear(format!("tilstanden findes ikke; vælg mellem: {}", words.join(", ")))
    })
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
