//! One case: who and what on top, then the timeline.

use feltbog_bridge::{AroundRow, CaseFacts, CasePage, CaseRow, ConsentRow};

use super::cases::phase;
use super::{employer, entry, when};

/// The page.
pub(super) fn text(page: &CasePage) -> String {
    let mut text = heading(&page.case);
    for line in about(page) {
        text.push_str(&line);
        text.push('\n');
    }
    for signal in &page.case.signals {
        text.push_str(&format!("! {}\n  {} [{}]\n", signal.text, signal.because.rule, signal.because.source));
    }
    if page.entries.is_empty() {
        text.push_str("\nIntet er skrevet endnu.\n");
    }
    for row in &page.entries {
        text.push('\n');
        text.push_str(&entry::text(row));
    }
    text
}

fn heading(case: &CaseRow) -> String {
    if case.number == NO_CASE {
        return format!("{}\n", case.name);
    }
    let days = case.days_in_programme.map(|days| format!("dag {days}"));
    let parts: Vec<String> =
        [Some(phase(&case.phase).to_owned()), days, case.programme.clone()].into_iter().flatten().collect();
    let name = format!("{}  {}", case.number, case.name);
    format!("{}\n{}\n", name.trim(), parts.join(", "))
}

/// Stands for work without a case, here as in what is asked.
const NO_CASE: &str = "-";

fn about(page: &CasePage) -> Vec<String> {
    let case = &page.case;
    let named = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name}: {value}"));
    let mut lines: Vec<String> = [
        named("Konsulent", &case.consultant),
        named("Behandler", &case.therapist),
        named("Jobønske", &page.job_wish),
        named("Over for virksomheder", &page.disclosure),
    ]
    .into_iter()
    .flatten()
    .collect();
    lines.extend(page.facts.iter().flat_map(facts));
    lines.extend(page.consents.iter().map(consent));
    lines.extend(page.agreements.iter().map(|agreed| {
        let name = agreed.employer_name.as_deref().unwrap_or(&agreed.employer);
        format!("{name}: {}", employer::agreement(agreed).trim_end())
    }));
    lines
}

/// What is known of the citizen as a worker, with the wishes before this one.
fn facts(facts: &CaseFacts) -> Vec<String> {
    let named = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name}: {value}"));
    let closed = facts.exited_on.as_deref().map(when::day);
    let reason = facts.exit_reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    let former = facts.former_wishes.iter();
    let former = former.map(|former| Some(format!("Ønskede til {}: {}", when::day(&former.until), former.wish)));
    let codes = facts.former_codes.iter();
    let codes = codes.map(|former| Some(format!("Til {}: {}", when::day(&former.until), former.name)));
    former
        .chain(codes)
        .chain([
            named("Plan", &facts.plan),
            named("Styrker", &facts.strengths),
            named("Støtte", &facts.support),
            named("Telefon", &facts.phone),
            named("Helst kontakt via", &facts.contact_by_name),
            named("Behandlingssted", &facts.treatment_site),
            named("Ydelse", &facts.benefit_name),
            named("Målgruppe", &facts.target_group_name),
            facts.aftercare_from.as_deref().map(|day| format!("Efterværn fra {}", when::day(day))),
            closed.map(|day| format!("Afsluttet {day}{reason}")),
        ])
        .flatten()
        .chain(facts.people.iter().map(|one| person(one, &facts.people)))
        .collect()
}

/// Somebody around the citizen, in one line; with the id where a name does not say who it is.
fn person(person: &AroundRow, people: &[AroundRow]) -> String {
    let namesakes = people.iter().filter(|other| other.name.to_lowercase() == person.name.to_lowercase()).count();
    let id = (namesakes > 1).then(|| format!("[{}]", person.person));
    let gone = person.until.as_deref().map(|day| format!("ikke omkring borgeren siden {}", when::day(day)));
    let channel = person.contact_by_name.as_ref().map(|channel| format!("helst via {channel}"));
    let facts = [&person.relation, &person.organisation, &person.phone, &person.email].into_iter().cloned();
    let facts = facts.chain([channel, person.note.clone(), gone, id]).flatten();
    let parts: Vec<String> = std::iter::once(person.name.clone()).chain(facts).collect();
    format!("Omkring borgeren: {}", parts.join(", "))
}

fn consent(consent: &ConsentRow) -> String {
    let (types, until) = (consent.types.join(", "), when::day(&consent.until));
    if consent.in_force {
        format!("Må deles: {types} (til {until})")
    } else {
        format!("Gælder ikke i dag: samtykke til {types} ({} til {until})", when::day(&consent.from))
    }
}
