//! The file of one citizen as a text that can be read and printed.

use std::fmt::Write;

use feltbog_domain::EntryState;

use super::marked::marked;
use super::said::{administration, case_facts, consents, entry_facts, field, side};
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
        let sides = self.sides.iter().map(|side| administration(*side)).collect::<Vec<_>>().join(" og ");
        let _ = writeln!(text, "Lavet {} af {}, {sides}.", self.at.danish(), self.by);
        let sides = self.view.case.iter().flat_map(|case| &case.folders).map(|(_, kind)| side(*kind));
        let _ = writeln!(text, "Indeholder det, denne enhed må se: {}.", sides.collect::<Vec<_>>().join(", "));
        let _ = writeln!(text, "Registreringer kun på denne enhed: {}. {OTHERS_UNSENT}", self.own_unsent);
        for other in &self.others {
            let _ = writeln!(text, "- {}", other.danish());
        }
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
        for (name, value) in entry_facts(entry) {
            let _ = writeln!(text, "   {name}: {value}");
        }
        for (name, values) in &entry.conflicts {
            let _ = writeln!(text, "   To har skrevet forskelligt ({}): {}", field(name), values.join(" / "));
        }
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
    let _ = writeln!(text, "\nSAGEN");
    for (name, value) in case_facts(case) {
        let _ = writeln!(text, "{name}: {value}");
    }
    for (consent, parties) in consents(case) {
        let _ = writeln!(text, "{consent}");
        for (name, value) in parties {
            let _ = writeln!(text, "  {name}: {value}");
        }
    }
}

fn line(text: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = writeln!(text, "{name}: {value}");
    }
}
