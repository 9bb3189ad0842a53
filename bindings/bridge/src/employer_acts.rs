//! What is done with an employer, from request to use case.

use feltbog_app::{App, AppError, EmployerChanges as AppChanges, OpeningWish, PersonWish, UnitWish};
use feltbog_domain::DocumentId;

use crate::reply::EmployerSaved;
use crate::request::{EmployerAct, EmployerTyped, OpeningTyped, PersonTyped, UnitTyped};

pub(crate) fn on_employer(app: &App, employer: String, act: EmployerAct) -> Result<EmployerSaved, AppError> {
    let id = app.save(|d| match act {
        EmployerAct::Change(typed) => d.change_employer(&employer, &changes(typed)).map(|()| None),
        EmployerAct::Person(typed) => d.put_contact_person(&employer, &person(typed)?).map(Some),
        EmployerAct::Opening(typed) => d.put_opening(&employer, &opening(typed)?).map(Some),
        EmployerAct::Unit(typed) => d.put_unit(&employer, &unit(typed)).map(|()| None),
        EmployerAct::Merge { into } => d.merge_employers(&employer, &into).map(|()| None),
        EmployerAct::Unmerge => d.unmerge_employer(&employer).map(|()| None),
        EmployerAct::Part { from } => d.part_employers(&employer, &from).map(|()| None),
        EmployerAct::CompareAgain { with } => d.compare_employers_again(&employer, &with).map(|()| None),
    })?;
    Ok(EmployerSaved { employer, id: id.map(|id| id.to_string()) })
}

fn changes(typed: EmployerTyped) -> AppChanges {
    AppChanges {
        name: typed.name,
        trade: typed.trade,
        address: typed.address,
        postcode: typed.postcode,
        town: typed.town,
        verified: typed.verified,
    }
}

fn person(typed: PersonTyped) -> Result<PersonWish, AppError> {
    Ok(PersonWish {
        person: known(typed.person)?,
        name: typed.name,
        function: typed.function,
        phone: typed.phone,
        mail: typed.mail,
        prefers: typed.prefers,
        in_charge: typed.in_charge,
        left: typed.left,
    })
}

fn opening(typed: OpeningTyped) -> Result<OpeningWish, AppError> {
    Ok(OpeningWish {
        opening: known(typed.opening)?,
        text: typed.text,
        hours_per_week: typed.hours_per_week,
        job_type: typed.job_type,
        from: typed.from,
        until: typed.until,
        state: typed.state,
    })
}

fn unit(typed: UnitTyped) -> UnitWish {
    UnitWish {
        number: typed.number,
        name: typed.name,
        address: typed.address,
        postcode: typed.postcode,
        town: typed.town,
    }
}

fn known(id: Option<String>) -> Result<Option<DocumentId>, AppError> {
    id.map(|id| id.parse().map_err(|_| AppError::UnknownEntry)).transpose()
}
