//! An employer of the programme's register.

use feltbog_domain::{CvrNumber, DocumentKind, EmployerFields, EmployerUnit, PNumber};

use crate::change::{ActorBytes, Change};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::registers::Registers;

/// What a unit says beside its number, each under a name of its own, so that two people may put right different parts.
const UNIT_NAME: &str = "unit_name";
const UNIT_ADDRESS: &str = "unit_address";
const UNIT_POSTCODE: &str = "unit_postcode";
const UNIT_TOWN: &str = "unit_town";

impl Document {
    /// Writes what differs.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn write_employer(&mut self, actor: ActorBytes, fields: &EmployerFields) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Employer)?;
        let was_unverified = self.reader().flag("unverified") == Some(true);
        let mut registers = Registers::default()
            .text("cvr", fields.cvr.to_string())
            .text("name", &fields.name)
            .optional_text("trade", fields.trade.as_ref())
            .optional_text("address", fields.address.as_ref())
            .optional_text("postcode", fields.postcode.as_ref())
            .optional_text("town", fields.town.as_ref())
            .optional_text("contact_person", fields.contact_person.as_ref())
            // What was never in doubt says nothing of it, as every employer before this field.
            .flag("unverified", (fields.unverified || was_unverified).then_some(fields.unverified))
            .optional_text("merged_into", fields.merged_into)
            .list("apart_from", fields.apart_from.iter().map(ToString::to_string), is_company)
            .list("units", fields.units.iter().map(|unit| unit.number.to_string()), is_unit);
        for unit in &fields.units {
            let number = unit.number.to_string();
            registers = registers
                .detail(UNIT_NAME, &number, unit.name.as_deref())
                .detail(UNIT_ADDRESS, &number, unit.address.as_deref())
                .detail(UNIT_POSTCODE, &number, unit.postcode.as_deref())
                .detail(UNIT_TOWN, &number, unit.town.as_deref());
        }
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads an employer.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while company number or name is not here.
    pub fn employer(&self) -> Result<EmployerFields, NotesError> {
        self.require(DocumentKind::Employer)?;
        let read = self.reader();
        Ok(EmployerFields {
            cvr: read.required("cvr")?,
            name: read.required_text("name")?,
            trade: read.text("trade"),
            address: read.text("address"),
            postcode: read.text("postcode"),
            town: read.text("town"),
            contact_person: read.text("contact_person"),
            unverified: read.flag("unverified") == Some(true),
            merged_into: read.parsed("merged_into"),
            apart_from: read.list("apart_from").iter().filter_map(|number| number.parse().ok()).collect(),
            units: read.list("units").iter().filter_map(|number| self.unit(number)).collect(),
        })
    }

    fn unit(&self, number: &str) -> Option<EmployerUnit> {
        let read = self.reader();
        Some(EmployerUnit {
            number: number.parse().ok().filter(|_| is_unit(number))?,
            name: read.detail(UNIT_NAME, number),
            address: read.detail(UNIT_ADDRESS, number),
            postcode: read.detail(UNIT_POSTCODE, number),
            town: read.detail(UNIT_TOWN, number),
        })
    }
}

fn is_company(number: &str) -> bool {
    number.parse::<CvrNumber>().is_ok_and(|parsed| parsed.to_string() == number)
}

/// One unit, one spelling: else the same one could stand twice.
fn is_unit(number: &str) -> bool {
    number.parse::<PNumber>().is_ok_and(|parsed| parsed.to_string() == number)
}
