//! Employers: the register, the team's contacts, and what may be said.

use feltbog_app::{ContactView, DoorCard as AppDoorCard, EmployerSummary};
use feltbog_domain::{Agreement, Outcome};

use crate::reply::{AgreementRow, ContactRow, DoorCard, EmployerRow};

pub(crate) fn employer_row(employer: EmployerSummary) -> EmployerRow {
    let fields = employer.fields;
    EmployerRow {
        cvr: fields.cvr.to_string(),
        name: fields.name,
        trade: fields.trade,
        address: fields.address,
        town: fields.town,
        contact_person: fields.contact_person,
        last_visit: employer.last_visit.map(|at| at.to_string()),
        last_by: employer.last_by,
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
    DoorCard {
        employer: card.employer.to_string(),
        agreement: card.agreement.map(|agreement| agreement_row(agreement, card.name.clone())),
        name: card.name,
        contact_person: card.contact_person,
        contacts: card.contacts.into_iter().map(contact_row).collect(),
    }
}

fn contact_row(view: ContactView) -> ContactRow {
    let contact = view.contact;
    ContactRow {
        at: contact.at.to_string(),
        kind: contact.kind.code().to_owned(),
        kind_name: contact.kind.danish().to_owned(),
        by: view.by,
        mine: view.mine,
        contact_person: contact.contact_person,
        outcome: contact.outcome.as_ref().map(Outcome::code).map(str::to_owned),
        outcome_name: contact.outcome.as_ref().map(Outcome::danish).map(str::to_owned),
        about: contact.about,
    }
}
