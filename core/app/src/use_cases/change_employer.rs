//! What the team writes into the register of employers.

mod contact_person;
mod opening;

use feltbog_domain::{CvrNumber, DocumentId, DocumentKind, EmployerFields, EmployerUnit, FolderKind, PNumber};
use feltbog_notes::{ActorBytes, Change, Document, NotesError};
use feltbog_sealing::random_id;
use feltbog_store::FolderRow;

use crate::device::Device;
use crate::error::AppError;
use crate::team_text::TeamTexts;
use crate::use_cases::entry_wish::{line, non_empty};
use crate::use_cases::log_entry::write_employer;

pub use self::contact_person::PersonWish;
pub(crate) use self::contact_person::person_id;
pub use self::opening::OpeningWish;
pub(crate) use self::opening::opening_state;

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
