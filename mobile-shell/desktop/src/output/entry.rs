//! One entry of a timeline.

use feltbog_bridge::{EntryAct, EntryRow, Logged, NextStepRow, Request};

use super::number::count;
use super::{agenda, when};

/// The entry: a heading, what is known, the note.
pub(super) fn text(entry: &EntryRow) -> String {
    let minutes = entry.minutes.map(|minutes| format!(", {minutes} min")).unwrap_or_default();
    let mut text = String::new();
    if let Some(reason) = &entry.mistaken {
        text.push_str(&format!("FEJLREGISTRERET: {reason}\n"));
    }
    text.push_str(&format!("{}  {}{minutes}  ({})\n", when::moment(&entry.at), entry.kind_name, state(&entry.state)));
    for line in facts(entry) {
        push(&mut text, &line);
    }
    for line in entry.note.lines() {
        push(&mut text, line);
    }
    for (field, values) in &entry.conflicts {
        push(&mut text, &format!("I har begge skrevet her: {}: {}", field_name(field), values.join(" / ")));
    }
    push(&mut text, &format!("{}  [{}]", written_by(entry), entry.entry));
    text
}

/// An entry that was saved just now.
pub(super) fn saved(logged: &Logged) -> String {
    let place = match logged.state.as_str() {
        "local_only" => "Gemt på denne computer",
        "sent" => "Gemt og sendt",
        _ => "Gemt",
    };
    format!("{place} ({}).\n", logged.entry)
}

/// What was done with an entry.
pub(super) fn done(request: &Request, logged: &Logged) -> String {
    let Request::OnEntry { act, .. } = request else { return saved(logged) };
    let what = match act {
        EntryAct::Change { .. } => "Rettelsen er gemt på denne computer.",
        EntryAct::Settle { .. } => "Nu står der kun den værdi, du valgte.",
        EntryAct::Mistaken { .. } => "Fejlregistreret. Den bliver stående og tæller ikke.",
        EntryAct::NotMistaken => "Den tæller med igen.",
        EntryAct::Addendum { .. } => "Tilføjelsen er gemt.",
        EntryAct::Journal { .. } => "Journaliseret. Teksten er låst; skriv en tilføjelse, hvis noget skal rettes.",
        EntryAct::LeaveOut { left_out: true } => "Den skal ikke i journalen.",
        EntryAct::LeaveOut { left_out: false } => "Den skal i journalen.",
        EntryAct::ReadTogether => "Læst sammen.",
        EntryAct::SawBothWrote => "Set.",
        EntryAct::SettleStep { .. } => "Aftalen er opdateret.",
    };
    format!("{what} ({})\n", logged.entry)
}

/// An entry that could not be shared, in its writer's own folder now.
pub(super) fn kept(logged: &Logged) -> String {
    format!("Lagt i din egen mappe, og kun på denne computer, til der er sendt ({}).\n", logged.entry)
}

/// A state by its code.
fn state(code: &str) -> &str {
    match code {
        "local_only" => "kun på denne computer",
        "sent" => "sendt",
        "journalised" => "journaliseret",
        other => other,
    }
}

fn facts(entry: &EntryRow) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(employer(entry));
    facts.extend(entry.place.as_ref().map(|place| format!("Sted: {place}")));
    let outcome = entry.outcome_name.as_ref().or(entry.outcome.as_ref());
    facts.extend(outcome.map(|outcome| format!("Resultat: {outcome}")));
    facts.extend(entry.face_to_face.map(|met| format!("Ansigt til ansigt: {}", if met { "ja" } else { "nej" })));
    facts.extend(entry.purpose.as_ref().map(|purpose| format!("Formål: {}", purpose.name)));
    facts.extend(entry.fits_wish.map(|fits| format!("Passer til ønsket: {}", if fits { "ja" } else { "nej" })));
    facts.extend(job(entry));
    facts.extend(entry.next_step.as_ref().map(next_step));
    facts.extend(entry.addendum_to.as_ref().map(|entry| format!("Tilføjelse til [{entry}]")));
    facts.extend(entry.journal_number.as_ref().map(|number| format!("Journalnummer: {number}")));
    facts.extend(entry.read_together_at.as_ref().map(|at| format!("Læst sammen {}", when::moment(at))));
    facts.extend(folder(&entry.folder).map(str::to_owned));
    facts
}

fn employer(entry: &EntryRow) -> Option<String> {
    let with = entry.contact_person.as_ref().map(|person| format!("talt med {person}"));
    let employer = match (&entry.employer_name, &entry.employer) {
        (Some(name), Some(cvr)) => Some(format!("{name} (CVR {cvr})")),
        (Some(name), None) => Some(name.clone()),
        (None, Some(cvr)) => Some(format!("CVR {cvr}")),
        (None, None) => None,
    };
    let parts: Vec<String> = employer.into_iter().chain(with).collect();
    (!parts.is_empty()).then(|| format!("Virksomhed: {}", parts.join(", ")))
}

fn job(entry: &EntryRow) -> Option<String> {
    let hours = entry.hours_per_week.map(|hours| format!("{} om ugen", count(hours, "time", "timer")));
    let terms = entry.job_type.as_ref().map(|terms| terms.name.clone());
    let permanent = entry.permanent.map(|yes| if yes { "fast job" } else { "ikke fast" }.to_owned());
    let parts: Vec<String> = entry.job_title.clone().into_iter().chain(terms).chain(hours).chain(permanent).collect();
    (!parts.is_empty()).then(|| format!("Job: {}", parts.join(", ")))
}

fn next_step(step: &NextStepRow) -> String {
    let settled = match step.settled.as_deref() {
        Some("held") => ", holdt",
        Some("no_show") => ", kom ikke",
        Some("dropped") => ", droppet",
        _ => "",
    };
    format!("Næste skridt: {} ({}{settled})", step.text, agenda::day(step))
}

fn folder(code: &str) -> Option<&'static str> {
    match code {
        "shared" => Some("Delt mellem beskæftigelse og behandling"),
        "treatment" => Some("Kun behandling"),
        _ => None,
    }
}

fn written_by(entry: &EntryRow) -> String {
    let authors = entry.authors.join(", ");
    match (&entry.imported_by, &entry.recorded_by) {
        (Some(reader), Some(writer)) => format!("Indlæst af {reader}, skrevet af {writer}"),
        (Some(reader), None) => format!("Indlæst af {reader}"),
        (None, _) => format!("Skrevet af {authors}"),
    }
}

fn field_name(code: &str) -> &str {
    match code {
        "at" => "tidspunkt",
        "client_specific" => "om borgeren",
        "contact_person" => "talt med",
        "employer" => "virksomhed",
        "fits_wish" => "passer til ønsket",
        "job_type" => "ansættelsens slags",
        "journal_number" => "journalnummer",
        "mistaken" => "fejlregistreret",
        "next_step" => "næste skridt",
        "next_step_on" => "næste skridts dag",
        "next_step_time" => "næste skridts klokkeslæt",
        "purpose" => "formål",
        "face_to_face" => "ansigt til ansigt",
        "hours_per_week" => "timer om ugen",
        "job_title" => "stilling",
        "kind" => "slags",
        "minutes" => "minutter",
        "outcome" => "resultat",
        "permanent" => "fast job",
        "place" => "sted",
        other => other,
    }
}

fn push(text: &mut String, line: &str) {
    text.push_str(format!("    {line}").trim_end());
    text.push('\n');
}
