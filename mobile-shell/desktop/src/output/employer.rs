//! Employers: the register and the card before going in.

use feltbog_bridge::{
    AgreementRow, ContactRow, DoorCard, EmployerRow, EmployerSaved, EmployersImported, OpeningRow, PersonRow,
    SameEmployer, UnitRow,
};

use super::number::count;
use super::table::Table;
use super::when;

/// The register.
pub(super) fn register(employers: &[EmployerRow]) -> String {
    let mut table = Table::headed(["CVR", "Navn", "By", "Kontaktperson", "Åbninger", "Sidst besøgt", "Af"]);
    for employer in employers {
        table.row([
            employer.cvr.clone(),
            employer.name.clone(),
            employer.town.clone().unwrap_or_default(),
            employer.contact_person.clone().unwrap_or_default(),
            if employer.open > 0 { employer.open.to_string() } else { String::new() },
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
    if let Some(known) = &card.known {
        text.push_str(&about(known));
    }
    for contact in &card.contacts {
        text.push_str(&format!("{}\n", self::contact(contact)));
    }
    text
}

/// What the register knows beside the name.
fn about(known: &EmployerRow) -> String {
    let mut lines = Vec::new();
    if known.unverified {
        lines.push("Ikke slået op i CVR endnu".to_owned());
    }
    if let Some(recent) = &known.recent {
        lines.push(format!("{} var her {}. Aftal, hvem der gør hvad", recent.by, when::day(&recent.at)));
    }
    lines.extend(known.also.iter().map(|other| format!("Slået sammen med {}", company(other))));
    lines.extend(known.likely.iter().map(|other| {
        let why = other.why_name.as_deref().unwrap_or_default();
        format!("Ligner {}: {why}", company(other))
    }));
    lines.extend(known.apart.iter().map(|other| format!("Er en anden end {}", company(other))));
    lines.extend(known.people.iter().map(person));
    lines.extend(known.openings.iter().map(opening));
    lines.extend(known.units.iter().map(unit));
    lines.into_iter().map(|line| format!("{line}\n")).collect()
}

fn company(other: &SameEmployer) -> String {
    format!("{} (CVR {})", other.name, other.cvr)
}

fn person(person: &PersonRow) -> String {
    let marks = [person.in_charge.then_some("den, du skal spørge efter"), person.left.then_some("holdt op")];
    let parts = [person.function.as_deref(), person.phone.as_deref(), person.mail.as_deref()];
    let prefers = person.prefers_name.as_ref().map(|way| format!("helst {way}"));
    let parts: Vec<&str> = parts.into_iter().chain([prefers.as_deref()]).chain(marks).flatten().collect();
    format!("{}: {} [{}]", person.name, parts.join(", "), person.person)
}

fn opening(opening: &OpeningRow) -> String {
    let state = if opening.is_open || opening.state != "open" { opening.state_name.as_str() } else { "udløbet" };
    let hours = opening.hours_per_week.map(|hours| count(hours, "time", "timer"));
    let until = opening.until.as_deref().map(|day| format!("til {}", when::day(day)));
    let parts = [hours.as_deref(), opening.job_type_name.as_deref(), until.as_deref()];
    let rest: String = parts.into_iter().flatten().map(|part| format!(", {part}")).collect();
    let noted = when::day(&opening.noted_on);
    format!("Søger: {}{rest} ({state}, noteret af {} {noted}) [{}]", opening.text, opening.by, opening.opening)
}

fn unit(unit: &UnitRow) -> String {
    let parts = [&unit.name, &unit.address, &unit.postcode, &unit.town].into_iter().flatten().cloned();
    format!("Enhed {}: {}", unit.number, parts.collect::<Vec<_>>().join(", "))
}

/// What was saved.
pub(super) fn saved(saved: &EmployerSaved) -> String {
    let id = saved.id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
    format!("Gemt på denne computer{id}. Holdet ser det, når der er sendt: feltbog sync.\n")
}

/// What an import of the register did.
pub(super) fn imported(imported: &EmployersImported, dry_run: bool) -> String {
    let added = &imported.added;
    let mut text = format!(
        "{}: {}, {}, {}, {}. Ændret: {}. Uændret: {}.\n",
        if dry_run { "Ville læse ind" } else { "Læst ind" },
        count(added.employers, "virksomhed", "virksomheder"),
        count(added.units, "enhed", "enheder"),
        count(added.people, "kontaktperson", "kontaktpersoner"),
        count(added.openings, "åbning", "åbninger"),
        imported.changed,
        imported.unchanged,
    );
    if !imported.refused.is_empty() {
        let lines = u32::try_from(imported.refused.len()).unwrap_or(u32::MAX);
        text.push_str(&format!("Ikke læst ind: {}.\n", count(lines, "linje", "linjer")));
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
    let unit = contact.unit_name.clone().or_else(|| contact.unit.as_ref().map(|number| format!("P-nummer {number}")));
    let rest =
        [&unit, &contact.outcome_name, &contact.about].into_iter().flatten().cloned().collect::<Vec<_>>().join(". ");
    let rest = if rest.is_empty() { rest } else { format!(": {rest}") };
    format!("{}  {}, {}{rest}", when::moment(&contact.at), contact.kind_name, contact.by)
}
