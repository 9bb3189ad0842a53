//! Reading the register of employers from the municipality's own entrance for companies, in the form it is exported in.
//!
//! A line changes what it has a value for; an empty cell leaves what is there. Companies are known by their number, units by
//! theirs, persons and openings by their words, so a second run changes nothing. Counts and days of visits are only told.

use std::collections::HashSet;

use feltbog_domain::{
    ContactPerson, CvrNumber, DocumentId, DocumentKind, EmployerFields, EmployerGroups, JobType, Opening, OpeningState,
    PNumber, fold,
};
use feltbog_notes::{Document, document_id};
use feltbog_store::{ContactPersonRow, FolderRow, OpeningRow, Writer};
use jiff::civil::Date;

use super::csv_lines::Table;
use super::fields::{FieldError, Fields};
use super::{Ended, LineRefusal};
use crate::device::Device;
use crate::editing::Editor;
use crate::employers_csv::{COMPANY, OPENING, PERSON, UNIT};
use crate::error::AppError;
use crate::spreadsheet_cell::as_written;
use crate::team_text::TeamTexts;
use crate::use_cases::{contact_by, employer_id, mail, opening_state, person_id, phone, put_unit};

/// What the import of a register did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmployersImport {
    /// New companies.
    pub employers: u32,
    /// New units.
    pub units: u32,
    /// New contact persons.
    pub people: u32,
    /// New openings.
    pub openings: u32,
    /// Lines that changed what was there.
    pub changed: u32,
    /// Lines that said nothing new.
    pub unchanged: u32,
    /// Lines that were not taken.
    pub refused: Vec<LineRefusal>,
}

const FILE: &str = "virksomheder";
const HOURS: u32 = 168;

/// Reads what stands in a file in.
pub(crate) fn import_employers(device: &mut Device, text: &str, dry_run: bool) -> Result<EmployersImport, AppError> {
    let table = Table::parse(text);
    if !["raekke", "cvr", "navn"].iter().all(|needed| table.headings.iter().any(|heading| heading == needed)) {
        return Err(AppError::Unclear("filen har ikke overskrifterne raekke, cvr og navn".into()));
    }
    let registers = device.writable_registers()?;
    let home = device.writable_register()?.ok_or(AppError::NotAllowed("skrive i virksomhedslisten"))?;
    let (guard, groups) = (TeamTexts::of(device)?, device.employer_groups()?);
    let (editor, today) = (device.editor(), device.now().date());
    let result = device.store.write(|w| {
        let (people, openings) = (w.contact_people()?, w.openings()?);
        let mut import = RegisterImport {
            w,
            editor,
            registers: &registers,
            home: &home,
            guard: &guard,
            groups: &groups,
            people,
            openings,
            met: HashSet::new(),
            today,
            report: EmployersImport::default(),
        };
        for line in &table.lines {
            let done = match Fields::of(&table, line) {
                Ok(fields) => import.line(&fields)?,
                Err(wrong) => Err(wrong),
            };
            match done {
                Ok(Done::Changed) => import.report.changed += 1,
                Ok(Done::Unchanged) => import.report.unchanged += 1,
                Ok(Done::Added(count)) => *count(&mut import.report) += 1,
                Err((field, reason)) => import.report.refused.push(LineRefusal {
                    file: FILE,
                    line: line.number,
                    field: field.to_owned(),
                    reason,
                }),
            }
        }
        if dry_run { Err(Ended::Dry(Box::new(import.report))) } else { Ok(import.report) }
    });
    match result {
        Ok(report) => Ok(report),
        Err(Ended::Dry(report)) => Ok(*report),
        Err(Ended::Failed(error)) => Err(error),
    }
}

/// What became of a line.
enum Done {
    Added(fn(&mut EmployersImport) -> &mut u32),
    Changed,
    Unchanged,
}

impl Done {
    const fn of(changed: bool) -> Self {
        if changed { Done::Changed } else { Done::Unchanged }
    }
}

/// Refused for its own sake, or the whole import failed.
type LineResult = Result<Result<Done, FieldError>, AppError>;

struct RegisterImport<'a> {
    w: &'a Writer<'a>,
    editor: Editor,
    registers: &'a [FolderRow],
    home: &'a FolderRow,
    guard: &'a TeamTexts,
    groups: &'a EmployerGroups,
    people: Vec<ContactPersonRow>,
    openings: Vec<OpeningRow>,
    /// Persons that a line told of already: a second one of the same name is another.
    met: HashSet<DocumentId>,
    today: Date,
    report: EmployersImport,
}

/// Gives a refused field back as what became of the line.
macro_rules! or_refuse {
    ($read:expr) => {
        match $read {
            Ok(value) => value,
            Err(wrong) => return Ok(Err(wrong)),
        }
    };
}

impl RegisterImport<'_> {
    fn line(&mut self, fields: &Fields<'_>) -> LineResult {
        let cvr = or_refuse!(fields.required("cvr"));
        let cvr: CvrNumber =
            or_refuse!(cvr.parse().map_err(|error: feltbog_domain::CvrError| ("cvr", error.to_string())));
        let row = or_refuse!(fields.required("raekke")).to_lowercase();
        match row.as_str() {
            COMPANY => self.company(cvr, fields),
            UNIT => self.unit(cvr, fields),
            PERSON => self.person(cvr, fields),
            OPENING => self.opening(cvr, fields),
            _ => Ok(Err(("raekke", format!("skal være {COMPANY}, {UNIT}, {PERSON} eller {OPENING}")))),
        }
    }

    fn company(&mut self, cvr: CvrNumber, fields: &Fields<'_>) -> LineResult {
        let name = or_refuse!(fields.required("navn").map(as_written));
        for heading in ["navn", "branche", "adresse", "by"] {
            or_refuse!(self.check_name(fields, heading));
        }
        let verified = or_refuse!(fields.flag("bekraeftet"));
        let known = self.register_of(cvr)?;
        let register = known.as_ref().unwrap_or(self.home).clone();
        let changed = self.editor.edit(
            self.w,
            &register,
            employer_id(&register, cvr),
            DocumentKind::Employer,
            |document, actor| {
                let before = match known {
                    Some(_) => document.employer()?,
                    None => EmployerFields { unverified: verified == Some(false), ..EmployerFields::new(cvr, name) },
                };
                let keep = |heading, before: Option<String>| cell(fields, heading).or(before);
                let after = EmployerFields {
                    name: name.to_owned(),
                    trade: keep("branche", before.trade),
                    address: keep("adresse", before.address),
                    postcode: keep("postnr", before.postcode),
                    town: keep("by", before.town),
                    unverified: before.unverified && verified != Some(true),
                    ..before
                };
                document.write_employer(actor, &after)
            },
        )?;
        Ok(Ok(if known.is_some() { Done::of(changed) } else { Done::Added(|report| &mut report.employers) }))
    }

    fn unit(&mut self, cvr: CvrNumber, fields: &Fields<'_>) -> LineResult {
        let number = or_refuse!(fields.required("p_nummer"));
        let number: PNumber =
            or_refuse!(number.parse().map_err(|error: feltbog_domain::PNumberError| ("p_nummer", error.to_string())));
        for heading in ["navn", "adresse", "by"] {
            or_refuse!(self.check_name(fields, heading));
        }
        let Some(register) = self.register_of(cvr)? else { return Ok(Err(unknown_company())) };
        let mut is_new = false;
        let typed = ["navn", "adresse", "postnr", "by"].map(|heading| cell(fields, heading).map(Some));
        let id = employer_id(&register, cvr);
        let changed = self.editor.edit(self.w, &register, id, DocumentKind::Employer, |document, actor| {
            let mut employer = document.employer()?;
            is_new = !employer.units.iter().any(|unit| unit.number == number);
            put_unit(&mut employer.units, number, typed);
            document.write_employer(actor, &employer)
        })?;
        Ok(Ok(if is_new { Done::Added(|report| &mut report.units) } else { Done::of(changed) }))
    }

    fn person(&mut self, cvr: CvrNumber, fields: &Fields<'_>) -> LineResult {
        let name = or_refuse!(fields.required("navn").map(as_written));
        for heading in ["navn", "telefon", "email"] {
            or_refuse!(self.check_name(fields, heading));
        }
        or_refuse!(self.check_text(fields, "funktion"));
        let function = cell(fields, "funktion");
        let phone = or_refuse!(at("telefon", phone(fields.text("telefon").map(as_written))));
        let mail = or_refuse!(at("email", mail(fields.text("email").map(as_written))));
        let prefers = or_refuse!(at("foretraekker", contact_by(fields.text("foretraekker"))));
        let (in_charge, left) = (or_refuse!(fields.flag("ansvarlig")), or_refuse!(fields.flag("fratraadt")));
        let Some(register) = self.register_of(cvr)? else { return Ok(Err(unknown_company())) };
        let own_id = person_id(&register, cvr, name, function.as_deref());
        let known = self.known_person(cvr, name, function.as_deref(), own_id);
        let says_more = function.is_some() || phone.is_some() || mail.is_some() || prefers.is_some();
        if known.is_none() && !says_more && left != Some(true) && self.is_old_contact_person(cvr, &register, name)? {
            return Ok(Ok(Done::Unchanged));
        }
        let register = known.as_ref().map_or(Ok(register), |row| self.register(row.folder))?;
        let (id, before) = known
            .as_ref()
            .map_or_else(|| (own_id, ContactPerson::new(cvr, name)), |row| (row.document, row.person.clone()));
        let person = ContactPerson {
            function: function.or(before.function),
            phone: phone.or(before.phone),
            mail: mail.or(before.mail),
            prefers: prefers.or(before.prefers),
            in_charge: in_charge.unwrap_or(before.in_charge),
            left: left.unwrap_or(before.left),
            ..before
        };
        let changed = self.editor.edit(self.w, &register, id, DocumentKind::ContactPerson, |document, actor| {
            document.write_contact_person(actor, &person)
        })?;
        self.met.insert(id);
        self.people.retain(|row| row.document != id);
        self.people.push(ContactPersonRow { document: id, folder: register.id, person });
        Ok(Ok(if known.is_some() { Done::of(changed) } else { Done::Added(|report| &mut report.people) }))
    }

    fn opening(&mut self, cvr: CvrNumber, fields: &Fields<'_>) -> LineResult {
        let text = or_refuse!(fields.required("navn").map(as_written));
        or_refuse!(self.check_text(fields, "navn"));
        let hours_per_week = or_refuse!(fields.number("timer_pr_uge", HOURS));
        let job_type = or_refuse!(job_type(fields));
        let (from, until) = (or_refuse!(fields.date("fra")), or_refuse!(fields.date("til")));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            return Ok(Err(("til", "den sidste dag er før den første".into())));
        }
        let state = or_refuse!(fields.text("tilstand").map(|word| at("tilstand", opening_state(word))).transpose());
        let Some(register) = self.register_of(cvr)? else { return Ok(Err(unknown_company())) };
        let first_day = from.map(|day| day.to_string()).unwrap_or_default();
        let key = format!("{cvr}/{}/{first_day}", fold(text));
        let own_id = document_id(register.id, DocumentKind::Opening, &key);
        let is = |row: &&OpeningRow| {
            let same = fold(&row.opening.text) == fold(text) && row.opening.from == from;
            row.document == own_id || (same && self.groups.together(row.opening.employer, cvr))
        };
        let known = self.openings.iter().find(is).cloned();
        let register = known.as_ref().map_or(Ok(register), |row| self.register(row.folder))?;
        let (id, before) = known.as_ref().map_or_else(
            || {
                (
                    own_id,
                    Opening {
                        employer: cvr,
                        text: text.to_owned(),
                        hours_per_week: None,
                        job_type: None,
                        from,
                        until: None,
                        state: OpeningState::Open,
                        noted_on: self.today,
                    },
                )
            },
            |row| (row.document, row.opening.clone()),
        );
        let opening = Opening {
            hours_per_week: hours_per_week.or(before.hours_per_week),
            job_type: job_type.or(before.job_type),
            until: until.or(before.until),
            state: state.unwrap_or(before.state),
            ..before
        };
        let changed = self.editor.edit(self.w, &register, id, DocumentKind::Opening, |document, actor| {
            document.write_opening(actor, &opening)
        })?;
        self.openings.retain(|row| row.document != id);
        self.openings.push(OpeningRow { document: id, folder: register.id, opening, by: None });
        Ok(Ok(if known.is_some() { Done::of(changed) } else { Done::Added(|report| &mut report.openings) }))
    }

    /// The same name at the same company, of the same function first; somebody a line told of already is another.
    fn known_person(
        &self,
        cvr: CvrNumber,
        name: &str,
        function: Option<&str>,
        own_id: DocumentId,
    ) -> Option<ContactPersonRow> {
        let same = |row: &&ContactPersonRow| {
            let here = self.groups.together(row.person.employer, cvr) && fold(&row.person.name) == fold(name);
            !self.met.contains(&row.document) && (here || row.document == own_id)
        };
        let of_function = |row: &&ContactPersonRow| {
            row.person.function.as_deref().map(fold) == function.map(fold) || row.document == own_id
        };
        let mut candidates = self.people.iter().filter(same);
        candidates.clone().find(of_function).or_else(|| candidates.next()).cloned()
    }

    /// Whether it only says whom the register named before persons had rows of their own.
    fn is_old_contact_person(&self, cvr: CvrNumber, register: &FolderRow, name: &str) -> Result<bool, AppError> {
        let Some(row) = self.w.document(employer_id(register, cvr))? else { return Ok(false) };
        let employer = Document::load(DocumentKind::Employer, &row.saved)?.employer()?;
        Ok(employer.contact_person.is_some_and(|known| fold(&known) == fold(name)))
    }

    fn register_of(&self, cvr: CvrNumber) -> Result<Option<FolderRow>, AppError> {
        for register in self.registers {
            if self.w.has_document(employer_id(register, cvr))? {
                return Ok(Some(register.clone()));
            }
        }
        Ok(None)
    }

    fn register(&self, folder: feltbog_domain::FolderId) -> Result<FolderRow, AppError> {
        let found = self.registers.iter().find(|register| register.id == folder).cloned();
        found.ok_or(AppError::NotAllowed("skrive i virksomhedslisten"))
    }

    fn check_name(&self, fields: &Fields<'_>, heading: &'static str) -> Result<(), FieldError> {
        let refused = fields.text(heading).and_then(|text| self.guard.refuses_name(as_written(text)));
        refused.map_or(Ok(()), |why| Err((heading, why)))
    }

    fn check_text(&self, fields: &Fields<'_>, heading: &'static str) -> Result<(), FieldError> {
        let refused = fields.text(heading).and_then(|text| self.guard.refuses_text(as_written(text)));
        refused.map_or(Ok(()), |why| Err((heading, why)))
    }
}

fn cell(fields: &Fields<'_>, heading: &str) -> Option<String> {
    fields.text(heading).map(as_written).map(str::to_owned)
}

/// What cannot be understood, at the field it stands in.
fn at<T>(heading: &'static str, read: Result<T, AppError>) -> Result<T, FieldError> {
    read.map_err(|error| (heading, error.to_string()))
}

fn job_type(fields: &Fields<'_>) -> Result<Option<JobType>, FieldError> {
    let Some(word) = fields.text("ansaettelse") else { return Ok(None) };
    JobType::from_word(word).map(Some).ok_or_else(|| ("ansaettelse", "ansættelsens slags findes ikke".to_owned()))
}

fn unknown_company() -> FieldError {
    ("cvr", "virksomheden er ikke i listen; dens egen linje skal stå før".to_owned())
}
