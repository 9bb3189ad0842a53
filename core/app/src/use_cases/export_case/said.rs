//! What a file says of a case and of its entries, as names with values: the same in every form.

use feltbog_domain::{
    CodeList, ContactBy, EntryFields, ExitReason, FolderKind, JobType, Outcome, Person, Purpose, Side, danish_date,
};

use crate::use_cases::caseload::CaseSummary;
use crate::use_cases::show_case::EntryView;

/// A name with its value.
pub(super) type Fact = (&'static str, String);

/// What the case says of the citizen.
pub(super) fn case_facts(case: &CaseSummary) -> Vec<Fact> {
    let profile = &case.profile;
    let day = |day: Option<jiff::civil::Date>| day.map(danish_date);
    let mut facts = Facts::default();
    facts.text("Program", case.programme.as_deref());
    facts.add("Første dag", day(profile.enrolled_on));
    facts.add("Sidste dag", day(profile.exited_on));
    facts.add("Grund", profile.exit_reason.as_deref().map(ExitReason::in_danish));
    facts.add("Efterværn fra", day(profile.aftercare_from));
    facts.add("Født", day(profile.born_on));
    facts.text("Kommune", profile.municipality.as_deref());
    facts.text("Bydel", profile.district.as_deref());
    facts.text("Ydelse", profile.benefit.as_deref().map(|code| CodeList::Benefit.danish(code)));
    facts.text("Målgruppe", profile.target_group.as_deref().map(|code| CodeList::TargetGroup.danish(code)));
    facts.text("Spor", profile.track.as_deref());
    facts.text("Konsulent", profile.consultant.as_deref());
    facts.text("Behandler", profile.therapist.as_deref());
    facts.text("Behandlingssted", profile.treatment_site.as_deref());
    facts.text("Telefon", profile.phone.as_deref());
    facts.text("Helst kontakt via", profile.contact_by.as_ref().map(ContactBy::danish));
    facts.text("Jobønske", profile.job_wish.as_deref());
    for former in &profile.former_wishes {
        facts.add("Tidligere ønske", Some(format!("{} (til {})", former.wish, danish_date(former.until))));
    }
    facts.text("Plan", profile.plan.as_deref());
    facts.text("Styrker", profile.strengths.as_deref());
    facts.text("Støtte", profile.support.as_deref());
    for person in &profile.people {
        facts.add("Omkring borgeren", Some(around(person)));
    }
    if case.folders.iter().any(|(_, kind)| *kind == FolderKind::Employment) {
        facts.text("Over for virksomheder", Some(profile.disclosure.danish()));
    }
    facts.0
}

/// What the citizen allowed to be handed on, each consent by itself.
pub(super) fn consents(case: &CaseSummary) -> Vec<(String, Vec<Fact>)> {
    let consent = |consent: &feltbog_domain::Consent| {
        let (from, until) = (danish_date(consent.from), danish_date(consent.until));
        let mut facts = Facts::default();
        facts.text("Fra", consent.giver.as_deref());
        facts.text("Til", consent.receiver.as_deref());
        (format!("Samtykke {from} til {until}: {}", consent.types.join(", ")), facts.0)
    };
    case.consents.iter().map(consent).collect()
}

/// What an entry says beside its note, its writers and its marks.
pub(super) fn entry_facts(entry: &EntryView) -> Vec<Fact> {
    let fields = &entry.fields;
    let mut facts = Facts::default();
    facts.text("Læst ind af", entry.imported_by.as_deref());
    facts.text("Ifølge", entry.according_to.as_deref());
    facts.add("Varighed", fields.minutes.map(|minutes| format!("{minutes} min")));
    facts.text("Sted", fields.place.as_deref());
    facts.text("Virksomhed", entry.employer_name.as_deref());
    facts.add("CVR", fields.employer.map(|cvr| cvr.to_string()));
    facts.text("Kontaktperson", fields.contact_person.as_deref());
    facts.text("Mødtes personligt", fields.face_to_face.map(yes_or_no));
    facts.text("Om borgeren", fields.client_specific.map(yes_or_no));
    facts.text("Formål", fields.purpose.as_ref().map(Purpose::danish));
    facts.text("Resultat", fields.outcome.as_ref().map(Outcome::danish));
    facts.text("Stilling", fields.job_title.as_deref());
    facts.text("Ansættelse", fields.job_type.as_ref().map(JobType::danish));
    facts.add("Timer om ugen", fields.hours_per_week.map(|hours| hours.to_string()));
    facts.text("Fast", fields.permanent.map(yes_or_no));
    facts.text("Passer til ønsket", fields.fits_wish.map(yes_or_no));
    facts.add("Næste skridt", next_step(fields));
    facts.add("Læst sammen", fields.marks.read_together_at.map(|at| at.danish()));
    facts.text("Journalnummer", fields.marks.journal_number.as_deref());
    facts.add("Journaliseret", fields.marks.journalised_at.map(|at| at.danish()));
    facts.0
}

/// Somebody around the citizen, in one line.
fn around(person: &Person) -> String {
    let channel = person.contact_by.as_ref().map(|channel| format!("helst via {}", channel.danish()));
    let gone = person.until.map(|day| format!("ikke omkring borgeren siden {}", danish_date(day)));
    let parts = [
        Some(person.name.clone()),
        person.relation.clone(),
        person.organisation.clone(),
        person.phone.clone(),
        person.email.clone(),
        channel,
        person.note.clone(),
        gone,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn next_step(fields: &EntryFields) -> Option<String> {
    let step = fields.next_step.as_ref()?;
    let day = step.on.map(|day| format!(" ({})", danish_date(day))).unwrap_or_default();
    let settled = step.settled.as_ref().map(|outcome| format!(", {}", outcome.danish())).unwrap_or_default();
    Some(format!("{}{day}{settled}", step.text))
}

#[derive(Default)]
struct Facts(Vec<Fact>);

impl Facts {
    fn add(&mut self, name: &'static str, value: Option<String>) {
        self.0.extend(value.map(|value| (name, value)));
    }

    fn text(&mut self, name: &'static str, value: Option<&str>) {
        self.add(name, value.map(str::to_owned));
    }
}

const fn yes_or_no(yes: bool) -> &'static str {
    if yes { "ja" } else { "nej" }
}

/// Whose a folder is.
pub(super) const fn side(kind: FolderKind) -> &'static str {
    match kind {
        FolderKind::Employment => "beskæftigelsessiden",
        FolderKind::Treatment => "behandlingssiden",
        FolderKind::Shared => "fælles",
        _ => "andet",
    }
}

/// The heading a field is known by.
pub(super) fn field(code: &str) -> &str {
    match code {
        "contact_person" => "kontaktperson",
        "authors" => "skrevet af",
        "imported_by" => "læst ind af",
        "note" => "notatet",
        "next_step" => "næste skridt",
        "place" => "sted",
        "job_title" => "stilling",
        "mistaken" => "grunden til fejlregistrering",
        "conflicts" => "det, to har skrevet forskelligt",
        "agreement" => "aftale om virksomhed",
        "consultant" => "konsulent",
        "therapist" => "behandler",
        "people" => "omkring borgeren",
        "job_wish" => "jobønske",
        "former_wishes" => "tidligere ønske",
        "plan" => "plan",
        "strengths" => "styrker",
        "support" => "støtte",
        "exit_reason" => "grunden til afslutning",
        "minutes" => "varighed",
        "at" => "tidspunkt",
        "kind" => "slags",
        "outcome" => "resultat",
        "employer" => "virksomhed",
        other => other,
    }
}

/// The administration a person works for.
pub(super) const fn administration(side: Side) -> &'static str {
    match side {
        Side::Employment => "beskæftigelsessiden",
        Side::Treatment => "behandlingssiden",
    }
}
