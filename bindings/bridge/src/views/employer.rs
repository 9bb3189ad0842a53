//! Employers: the register, the team's contacts, and what may be said.

use feltbog_app::{
    ContactPersonRow, ContactView, DoorCard as AppDoorCard, EmployerSummary, EmployersFile as AppEmployersFile,
    EmployersImport, OpeningView,
};
use feltbog_domain::{Agreement, CvrNumber, EmployerUnit, LooksLike, Outcome};

use super::refused_line;
use crate::reply::{
    AgreementRow, ContactRow, DoorCard, EmployerRow, EmployersAdded, EmployersFile, EmployersImported, OpeningRow,
    PersonRow, RecentContact, SameEmployer, UnitRow,
};

pub(crate) fn employer_row(employer: EmployerSummary) -> EmployerRow {
    let contact_person = employer.ask_for().map(str::to_owned);
    let open = u32::try_from(employer.open_openings().count()).unwrap_or(u32::MAX);
    let fields = employer.fields;
    EmployerRow {
        postcode: fields.postcode,
        unverified: fields.unverified,
        people: employer.people.into_iter().map(person_row).collect(),
        openings: employer.openings.into_iter().map(opening_row).collect(),
        open,
        units: fields.units.into_iter().map(unit_row).collect(),
        also: employer.also.into_iter().map(|(cvr, name)| same(cvr, name, None)).collect(),
        likely: employer.likely.into_iter().map(|(cvr, name, why)| same(cvr, name, Some(why))).collect(),
        apart: employer.apart.into_iter().map(|(cvr, name)| same(cvr, name, None)).collect(),
        recent: employer.recent.map(|(by, at)| RecentContact { by, at: at.to_string() }),
        cvr: fields.cvr.to_string(),
        name: fields.name,
        trade: fields.trade,
        address: fields.address,
        town: fields.town,
        contact_person,
        last_visit: employer.last_visit.map(|at| at.to_string()),
        last_by: employer.last_by,
    }
}

fn person_row(row: ContactPersonRow) -> PersonRow {
    let person = row.person;
    PersonRow {
        person: row.document.to_string(),
        name: person.name,
        function: person.function,
        phone: person.phone,
        mail: person.mail,
        prefers_name: person.prefers.as_ref().map(|way| way.danish().to_owned()),
        prefers: person.prefers.as_ref().map(|way| way.code().to_owned()),
        in_charge: person.in_charge,
        left: person.left,
    }
}

fn opening_row(view: OpeningView) -> OpeningRow {
    let opening = view.opening;
    OpeningRow {
        opening: view.id.to_string(),
        text: opening.text,
        hours_per_week: opening.hours_per_week,
        job_type_name: opening.job_type.as_ref().map(|terms| terms.danish().to_owned()),
        job_type: opening.job_type.as_ref().map(|terms| terms.code().to_owned()),
        from: opening.from.map(|day| day.to_string()),
        until: opening.until.map(|day| day.to_string()),
        state: opening.state.code().to_owned(),
        state_name: opening.state.danish().to_owned(),
        is_open: view.is_open,
        noted_on: opening.noted_on.to_string(),
        by: view.by,
    }
}

fn unit_row(unit: EmployerUnit) -> UnitRow {
    UnitRow {
        number: unit.number.to_string(),
        name: unit.name,
        address: unit.address,
        postcode: unit.postcode,
        town: unit.town,
    }
}

fn same(cvr: CvrNumber, name: String, why: Option<LooksLike>) -> SameEmployer {
    SameEmployer {
        cvr: cvr.to_string(),
        name,
        why: why.map(|why| why.code().to_owned()),
        why_name: why.map(|why| why.danish().to_owned()),
    }
}

pub(crate) fn employers_file(file: AppEmployersFile) -> EmployersFile {
    EmployersFile { text: file.text, employers: file.employers, left_out: file.left_out }
}

pub(crate) fn employers_imported(report: EmployersImport) -> EmployersImported {
    EmployersImported {
        added: EmployersAdded {
            employers: report.employers,
            units: report.units,
            people: report.people,
            openings: report.openings,
        },
        changed: report.changed,
        unchanged: report.unchanged,
        refused: report.refused.into_iter().map(refused_line).collect(),
    }
}

pub(crate) fn agreement_row(agreement: Agreement, employer_name: Option<String>) -> AgreementRow {
    AgreementRow {
        employer: agreement.employer.to_string(),
        employer_name,
        decision: agreement.disclosure.code().to_owned(),
        decision_name: agreement.disclosure.danish().to_owned(),
        may_say: agreement.may_say,
        may_not_say: agreement.may_not_say,
        decided_at: agreement.decided_at.to_string(),
    }
}

pub(crate) fn door_card(card: AppDoorCard) -> DoorCard {
    let units = card.known.as_ref().map(|known| known.fields.units.clone()).unwrap_or_default();
    DoorCard {
        employer: card.employer.to_string(),
        agreement: card.agreement.map(|agreement| agreement_row(agreement, card.name.clone())),
        name: card.name,
        contact_person: card.contact_person,
        known: card.known.map(employer_row),
        contacts: card.contacts.into_iter().map(|contact| contact_row(contact, &units)).collect(),
    }
}

fn contact_row(view: ContactView, units: &[EmployerUnit]) -> ContactRow {
    let contact = view.contact;
    let unit = contact.unit.and_then(|number| units.iter().find(|unit| unit.number == number));
    ContactRow {
        at: contact.at.to_string(),
        kind: contact.kind.code().to_owned(),
        kind_name: contact.kind.danish().to_owned(),
        by: view.by,
        mine: view.mine,
        contact_person: contact.contact_person,
        unit: contact.unit.map(|number| number.to_string()),
        unit_name: unit.and_then(|unit| unit.name.clone()),
        outcome: contact.outcome.as_ref().map(Outcome::code).map(str::to_owned),
        outcome_name: contact.outcome.as_ref().map(Outcome::danish).map(str::to_owned),
        about: contact.about,
    }
}
