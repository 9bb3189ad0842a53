//! The register of employers as a file for the municipality's own entrance for companies (*virksomhedsindgang*): companies,
//! units, contact persons, openings, and how often the team was there. No citizen stands in it, and no note of one.

use feltbog_domain::{CvrNumber, JobType, danish_date};
use feltbog_store::ContactPersonRow;

use crate::device::Device;
use crate::error::AppError;
use crate::spreadsheet::spreadsheet;
use crate::team_text::TeamTexts;
use crate::use_cases::{EmployerSummary, OpeningView};

/// The headings, for every kind of row; each row fills those that belong to it.
pub(crate) const HEADINGS: [&str; 23] = [
    "raekke",
    "cvr",
    "p_nummer",
    "navn",
    "branche",
    "adresse",
    "postnr",
    "by",
    "funktion",
    "telefon",
    "email",
    "foretraekker",
    "ansvarlig",
    "fratraadt",
    "timer_pr_uge",
    "ansaettelse",
    "fra",
    "til",
    "tilstand",
    "besoeg",
    "kontakter",
    "sidst_besoegt",
    "bekraeftet",
];
/// Words of the first column.
pub(crate) const COMPANY: &str = "virksomhed";
pub(crate) const UNIT: &str = "enhed";
pub(crate) const PERSON: &str = "kontaktperson";
pub(crate) const OPENING: &str = "åbning";

/// The register as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployersFile {
    /// What stands in it.
    pub text: String,
    /// Companies in it.
    pub employers: u32,
    /// Texts that were left out because they would give a citizen away.
    pub left_out: u32,
}

impl Device {
    /// The register of employers as a file. Companies that are one are one row. It holds no citizen, so nobody's read log
    /// tells of it; a text that names one all the same, as an older version let through, is left out and counted.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn export_employers(&self) -> Result<EmployersFile, AppError> {
        let mut lines = Lines { guard: TeamTexts::of(self)?, records: Vec::new(), left_out: 0 };
        let employers = self.employers("")?;
        let mut count = 0;
        for employer in &employers {
            let members: Vec<CvrNumber> =
                employer.also.iter().map(|(cvr, _)| *cvr).chain([employer.fields.cvr]).collect();
            let (mut visits, mut contacts) = (0, 0);
            for member in &members {
                let (met, all) = self.store.reader().employer_contact_counts(*member)?;
                (visits, contacts) = (visits + met, contacts + all);
            }
            let last = self.contacts_with(&members, 1)?.first().map(|view| danish_date(view.contact.at.date()));
            if lines.company(employer, visits, contacts, last) {
                count += 1;
            }
        }
        Ok(EmployersFile { employers: count, left_out: lines.left_out, text: lines.written()? })
    }

    /// Reads the text of such a file in, in one transaction; see [`crate::EmployersImport`]. A dry run does everything and
    /// saves nothing.
    ///
    /// # Errors
    /// When the role has no register to write in, or the text is not of this form; single lines are in the report.
    pub fn import_employers(&mut self, text: &str, dry_run: bool) -> Result<crate::EmployersImport, AppError> {
        crate::import::import_employers(self, text, dry_run)
    }
}

type Record = [String; HEADINGS.len()];

struct Lines {
    guard: TeamTexts,
    records: Vec<Record>,
    left_out: u32,
}

impl Lines {
    fn company(&mut self, employer: &EmployerSummary, visits: u32, contacts: u32, last: Option<String>) -> bool {
        let fields = &employer.fields;
        let Some(name) = self.name(Some(&fields.name)) else { return false };
        let cvr = fields.cvr.to_string();
        let record = [
            ("raekke", Some(COMPANY.to_owned())),
            ("cvr", Some(cvr.clone())),
            ("navn", Some(name)),
            ("branche", self.name(fields.trade.as_deref())),
            ("adresse", self.name(fields.address.as_deref())),
            ("postnr", fields.postcode.clone()),
            ("by", self.name(fields.town.as_deref())),
            ("besoeg", Some(visits.to_string())),
            ("kontakter", Some(contacts.to_string())),
            ("sidst_besoegt", last),
            ("bekraeftet", Some(yes_no(!fields.unverified))),
        ];
        self.add(&record);
        for unit in &fields.units {
            let record = [
                ("raekke", Some(UNIT.to_owned())),
                ("cvr", Some(cvr.clone())),
                ("p_nummer", Some(unit.number.to_string())),
                ("navn", self.name(unit.name.as_deref())),
                ("adresse", self.name(unit.address.as_deref())),
                ("postnr", unit.postcode.clone()),
                ("by", self.name(unit.town.as_deref())),
            ];
            self.add(&record);
        }
        employer.people.iter().for_each(|row| self.person(&cvr, row));
        if employer.people.is_empty() {
            let name = self.name(fields.contact_person.as_deref());
            if name.is_some() {
                self.add(&[("raekke", Some(PERSON.to_owned())), ("cvr", Some(cvr.clone())), ("navn", name)]);
            }
        }
        employer.openings.iter().for_each(|opening| self.opening(&cvr, opening));
        true
    }

    fn person(&mut self, cvr: &str, row: &ContactPersonRow) {
        let person = &row.person;
        let Some(name) = self.name(Some(&person.name)) else { return };
        let record = [
            ("raekke", Some(PERSON.to_owned())),
            ("cvr", Some(cvr.to_owned())),
            ("navn", Some(name)),
            ("funktion", self.text(person.function.as_deref())),
            ("telefon", self.name(person.phone.as_deref())),
            ("email", self.name(person.mail.as_deref())),
            ("foretraekker", person.prefers.as_ref().map(|way| way.danish().to_owned())),
            ("ansvarlig", person.in_charge.then(|| yes_no(true))),
            ("fratraadt", person.left.then(|| yes_no(true))),
        ];
        self.add(&record);
    }

    fn opening(&mut self, cvr: &str, view: &OpeningView) {
        let opening = &view.opening;
        let Some(text) = self.text(Some(&opening.text)) else { return };
        let record = [
            ("raekke", Some(OPENING.to_owned())),
            ("cvr", Some(cvr.to_owned())),
            ("navn", Some(text)),
            ("timer_pr_uge", opening.hours_per_week.map(|hours| hours.to_string())),
            ("ansaettelse", opening.job_type.as_ref().map(JobType::danish).map(str::to_owned)),
            ("fra", opening.from.map(danish_date)),
            ("til", opening.until.map(danish_date)),
            ("tilstand", Some(opening.state.danish().to_owned())),
        ];
        self.add(&record);
    }

    fn name(&mut self, name: Option<&str>) -> Option<String> {
        let refused = name.and_then(|name| self.guard.refuses_name(name)).is_some();
        self.unless(refused, name)
    }

    fn text(&mut self, text: Option<&str>) -> Option<String> {
        let refused = text.and_then(|text| self.guard.refuses_text(text)).is_some();
        self.unless(refused, text)
    }

    fn unless(&mut self, refused: bool, text: Option<&str>) -> Option<String> {
        self.left_out += u32::from(refused);
        text.filter(|_| !refused).map(str::to_owned)
    }

    fn add(&mut self, cells: &[(&str, Option<String>)]) {
        let cell =
            |heading: &str| cells.iter().find(|(name, _)| *name == heading).and_then(|(_, value)| value.as_deref());
        self.records.push(HEADINGS.map(|heading| cell(heading).unwrap_or_default().to_owned()));
    }

    fn written(self) -> Result<String, AppError> {
        spreadsheet(&HEADINGS, self.records)
    }
}

fn yes_no(yes: bool) -> String {
    if yes { "ja" } else { "nej" }.to_owned()
}
