//! Employers: the register and the card before going in.

use feltbog_bridge::{AgreementRow, ContactRow, DoorCard, EmployerRow};

use super::table::Table;
use super::when;

/// The register.
pub(super) fn register(employers: &[EmployerRow]) -> String {
    let mut table = Table::headed(["CVR", "Navn", "By", "Kontaktperson", "Sidst besøgt", "Af"]);
    for employer in employers {
        table.row([
            employer.cvr.clone(),
            employer.name.clone(),
            employer.town.clone().unwrap_or_default(),
            employer.contact_person.clone().unwrap_or_default(),
            employer.last_visit.as_deref().map(when::day).unwrap_or_default(),
            employer.last_by.clone().unwrap_or_default(),
        ]);
    }
    table.text()
}

/// The card.
pub(super) fn door(card: &DoorCard) -> String {
    let name = card.name.as_deref().unwrap_or("Ikke i virksomhedslisten");
    let mut text = format!("{name} (CVR {})\n", card.employer);
    if let Some(person) = &card.contact_person {
        text.push_str(&format!("Spørg efter {person}\n"));
    }
    text.push_str(&card.agreement.as_ref().map_or_else(|| "Må ikke nævnes\n".to_owned(), agreement));
    for contact in &card.contacts {
        text.push_str(&format!("{}\n", self::contact(contact)));
    }
    text
}

/// One agreement: the decision and the citizen's words.
pub(super) fn agreement(agreement: &AgreementRow) -> String {
    let say = agreement.may_say.as_ref().map(|words| format!(" Må siges: {words}."));
    let not = agreement.may_not_say.as_ref().map(|words| format!(" Må ikke siges: {words}."));
    let day = when::day(&agreement.decided_at);
    format!("{}.{}{} (aftalt {day})\n", agreement.decision_name, say.unwrap_or_default(), not.unwrap_or_default())
}

fn contact(contact: &ContactRow) -> String {
    let rest = [&contact.outcome_name, &contact.about].into_iter().flatten().cloned().collect::<Vec<_>>().join(". ");
    let rest = if rest.is_empty() { rest } else { format!(": {rest}") };
    format!("{}  {}, {}{rest}", when::moment(&contact.at), contact.kind_name, contact.by)
}
