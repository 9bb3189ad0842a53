//! The file of one citizen as a text that can be read and printed.

use std::fmt::Write;

use feltbog_domain::{CodeList, ContactBy, EntryState, ExitReason, FolderKind, JobType, Outcome, Purpose, danish_date};

use super::{CaseExport, OTHERS_UNSENT, ToReview};
use crate::use_cases::caseload::CaseSummary;
use crate::use_cases::show_case::EntryView;

impl CaseExport {
    /// What to look at comes first; words that name others stand in »⟦ ⟧« in the notes.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.heading(&mut text);
        self.to_review(&mut text);
        if let Some(case) = &self.view.case {
            facts(&mut text, case);
        }
        self.agreements(&mut text);
        let _ = writeln!(text, "\nREGISTRERINGER ({})", self.view.entries.len());
        for (number, entry) in (1_usize..).zip(&self.view.entries) {
            self.entry(&mut text, number, entry);
        }
        text
    }

    fn heading(&self, text: &mut String) {
        let (number, name) = self.view.case.as_ref().map_or(("", ""), |case| (&case.number, &case.name));
        let _ = writeln!(text, "UDTRÆK AF SAG {number}, {name}");
        let _ = writeln!(text, "Lavet {} af {}.", self.at.danish(), self.by);
        let sides = self.view.case.iter().flat_map(|case| &case.folders).map(|(_, kind)| side(*kind));
        let _ = writeln!(text, "Indeholder det, denne enhed må se: {}.", sides.collect::<Vec<_>>().join(", "));
        let _ = writeln!(text, "Registreringer kun på denne enhed: {}. {OTHERS_UNSENT}", self.own_unsent);
    }

    fn to_review(&self, text: &mut String) {
        let _ = writeln!(text, "\nGENNEMSE FØR UDLEVERING");
        if self.review.is_empty() {
            let _ = writeln!(text, "Ingen kendte navne på andre er fundet. Læs alligevel teksten igennem.");
            return;
        }
        let _ = writeln!(text, "Her nævnes andre. Listen kender kun navne, der findes på enheden; læs også teksten.");
        for mark in &self.review {
            let place = mark.entry.and_then(|entry| self.view.entries.iter().position(|row| row.entry == entry));
            let place = place.map_or("sagen".to_owned(), |at| format!("nr. {}", at + 1));
            let _ = writeln!(text, "- {} ({}), {place}, {}", mark.name, mark.who.danish(), field(mark.field));
        }
    }

    fn agreements(&self, text: &mut String) {
        for (agreement, name) in &self.view.agreements {
            let employer = name.clone().unwrap_or_else(|| agreement.employer.to_string());
            let _ = write!(text, "Aftale om {employer}, {}: ", agreement.decided_at.danish());
            let _ = writeln!(text, "{}", agreement.disclosure.danish());
            line(text, "  Må siges", agreement.may_say.as_deref());
            line(text, "  Må ikke siges", agreement.may_not_say.as_deref());
        }
    }

    fn entry(&self, text: &mut String, number: usize, entry: &EntryView) {
        let fields = &entry.fields;
        let _ = writeln!(text, "\n{number}. {}, {} ({})", fields.kind.danish(), fields.at.danish(), side(entry.folder));
        if let Some(reason) = &fields.marks.mistaken {
            let _ = writeln!(text, "   FEJLREGISTRERET: {reason}");
        }
        if let Some(to) = fields.addendum_to {
            let to = self.view.entries.iter().position(|row| row.entry == to).map(|at| format!(" til nr. {}", at + 1));
            let _ = writeln!(text, "   Tilføjelse{}", to.unwrap_or_default());
        }
        let _ = writeln!(text, "   Skrevet af {}", entry.authors.join(", "));
        line(text, "   Læst ind af", entry.imported_by.as_deref());
        line(text, "   Ifølge", entry.according_to.as_deref());
        line(text, "   Varighed", fields.minutes.map(|minutes| format!("{minutes} min")).as_deref());
        line(text, "   Sted", fields.place.as_deref());
        line(text, "   Virksomhed", entry.employer_name.as_deref());
        line(text, "   CVR", fields.employer.map(|cvr| cvr.to_string()).as_deref());
        line(text, "   Kontaktperson", fields.contact_person.as_deref());
        line(text, "   Mødtes personligt", fields.face_to_face.map(yes_or_no));
        line(text, "   Om borgeren", fields.client_specific.map(yes_or_no));
        line(text, "   Formål", fields.purpose.as_ref().map(Purpose::danish));
        line(text, "   Resultat", fields.outcome.as_ref().map(Outcome::danish));
        line(text, "   Stilling", fields.job_title.as_deref());
        line(text, "   Ansættelse", fields.job_type.as_ref().map(JobType::danish));
        line(text, "   Timer om ugen", fields.hours_per_week.map(|hours| hours.to_string()).as_deref());
        line(text, "   Fast", fields.permanent.map(yes_or_no));
        line(text, "   Passer til ønsket", fields.fits_wish.map(yes_or_no));
        if let Some(step) = &fields.next_step {
            let day = step.on.map(|day| format!(" ({})", danish_date(day))).unwrap_or_default();
            let settled = step.settled.as_ref().map(|outcome| format!(", {}", outcome.danish())).unwrap_or_default();
            let _ = writeln!(text, "   Næste skridt: {}{day}{settled}", step.text);
        }
        for (name, values) in &entry.conflicts {
            let _ = writeln!(text, "   To har skrevet forskelligt ({}): {}", field(name), values.join(" / "));
        }
        let marks = &fields.marks;
        line(text, "   Læst sammen", marks.read_together_at.map(|at| at.danish()).as_deref());
        line(text, "   Journalnummer", marks.journal_number.as_deref());
        line(text, "   Journaliseret", marks.journalised_at.map(|at| at.danish()).as_deref());
        if entry.state == EntryState::LocalOnly {
            let _ = writeln!(text, "   Kun på denne enhed");
        }
        let named: Vec<&ToReview> =
            self.review.iter().filter(|mark| mark.entry == Some(entry.entry) && mark.field == "note").collect();
        for row in marked(entry.note.trim(), &named).lines() {
            let _ = writeln!(text, "   {row}");
        }
    }
}

fn facts(text: &mut String, case: &CaseSummary) {
    let profile = &case.profile;
    let day = |day: Option<jiff::civil::Date>| day.map(danish_date);
    let _ = writeln!(text, "\nSAGEN");
    line(text, "Program", case.programme.as_deref());
    line(text, "Første dag", day(profile.enrolled_on).as_deref());
    line(text, "Sidste dag", day(profile.exited_on).as_deref());
    line(text, "Grund", profile.exit_reason.as_deref().map(ExitReason::in_danish).as_deref());
    line(text, "Efterværn fra", day(profile.aftercare_from).as_deref());
    line(text, "Født", day(profile.born_on).as_deref());
    line(text, "Kommune", profile.municipality.as_deref());
    line(text, "Bydel", profile.district.as_deref());
    line(text, "Ydelse", profile.benefit.as_deref().map(|code| CodeList::Benefit.danish(code)));
    line(text, "Målgruppe", profile.target_group.as_deref().map(|code| CodeList::TargetGroup.danish(code)));
    line(text, "Spor", profile.track.as_deref());
    line(text, "Konsulent", profile.consultant.as_deref());
    line(text, "Behandler", profile.therapist.as_deref());
    line(text, "Behandlingssted", profile.treatment_site.as_deref());
    line(text, "Telefon", profile.phone.as_deref());
    line(text, "Helst kontakt via", profile.contact_by.as_ref().map(ContactBy::danish));
    line(text, "Jobønske", profile.job_wish.as_deref());
    for former in &profile.former_wishes {
        let _ = writeln!(text, "Ønskede til {}: {}", danish_date(former.until), former.wish);
    }
    line(text, "Plan", profile.plan.as_deref());
    line(text, "Styrker", profile.strengths.as_deref());
    line(text, "Støtte", profile.support.as_deref());
    if case.folders.iter().any(|(_, kind)| *kind == FolderKind::Employment) {
        line(text, "Over for virksomheder", Some(profile.disclosure.danish()));
    }
    for consent in &case.consents {
        let (types, from, until) = (consent.types.join(", "), danish_date(consent.from), danish_date(consent.until));
        let _ = writeln!(text, "Samtykke {from} til {until}: {types}");
        line(text, "  Fra", consent.giver.as_deref());
        line(text, "  Til", consent.receiver.as_deref());
    }
}

fn line(text: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = writeln!(text, "{name}: {value}");
    }
}

/// The text with the words in question between brackets.
fn marked(note: &str, named: &[&ToReview]) -> String {
    let mut text = String::with_capacity(note.len());
    let mut rest = note;
    while let Some(from) = rest.find(char::is_alphanumeric) {
        let (between, word_on) = rest.split_at(from);
        let end = word_on.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(word_on.len());
        let (word, after) = word_on.split_at(end);
        text.push_str(between);
        if named.iter().any(|mark| mark.name == word) {
            let _ = write!(text, "⟦{word}⟧");
        } else {
            text.push_str(word);
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

const fn yes_or_no(yes: bool) -> &'static str {
    if yes { "ja" } else { "nej" }
}

const fn side(kind: FolderKind) -> &'static str {
    match kind {
        FolderKind::Employment => "beskæftigelsessiden",
        FolderKind::Treatment => "behandlingssiden",
        FolderKind::Shared => "fælles",
        _ => "andet",
    }
}

fn field(code: &str) -> &str {
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
