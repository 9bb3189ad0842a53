//! The file of one citizen on paper.

use std::collections::BTreeMap;

use feltbog_domain::{EntryState, danish_date};
use feltbog_paper::{Align, Block, Column, Level, Paper, PaperError, Table};
use jiff::civil::Date;

use super::marked::marked;
use super::said::{Fact, administration, case_facts, consents, entry_facts, field, side};
use super::{CaseExport, OTHERS_UNSENT, OtherDevices, ToReview};
use crate::made_at::made_at;
use crate::others_named::Other;
use crate::use_cases::show_case::EntryView;

/// What stands on everything that is to be looked at.
const REVIEW: &str = "Gennemgå før udlevering";

impl CaseExport {
    /// The file as a PDF. Words that name others stand in ⟦ ⟧, here as in the text.
    ///
    /// # Errors
    /// [`PaperError`]; nothing that is written in a case leads to one.
    pub fn pdf(&self) -> Result<Vec<u8>, PaperError> {
        self.paper().pdf()
    }

    pub(crate) fn paper(&self) -> Paper {
        let (number, name) = self.named();
        let mut blocks = self.headline();
        blocks.extend(self.what_to_review());
        if let Some(case) = &self.view.case {
            blocks.push(heading(Level::Two, "Sagen"));
            blocks.push(facts(case_facts(case)));
            let consents = consents(case);
            if !consents.is_empty() {
                blocks.push(heading(Level::Two, "Samtykker"));
            }
            for (consent, parties) in consents {
                blocks.push(Block::Text(consent));
                blocks.extend((!parties.is_empty()).then(|| facts(parties)));
            }
        }
        blocks.extend(self.agreements_on_paper());
        blocks.extend(self.timeline());
        Paper {
            title: format!("Udtræk af sag {number}, {name}"),
            language: "da".to_owned(),
            author: self.by.clone(),
            made: made_at(self.at),
            foot: format!("Sag {number}, lavet {}", self.at.danish()),
            counting: ("Side".to_owned(), "af".to_owned()),
            blocks,
        }
    }

    fn named(&self) -> (&str, &str) {
        self.view.case.as_ref().map_or(("", ""), |case| (&case.number, &case.name))
    }

    fn headline(&self) -> Vec<Block> {
        let (number, name) = self.named();
        let list = |words: Vec<&str>| words.join(", ");
        let mut folders: Vec<&str> =
            self.view.case.iter().flat_map(|case| &case.folders).map(|(_, kind)| side(*kind)).collect();
        folders.sort_unstable();
        let made = vec![
            ("Sagsnummer", number.to_owned()),
            ("Lavet", self.at.danish()),
            ("Lavet af", self.by.clone()),
            ("Forvaltning", list(self.sides.iter().map(|side| administration(*side)).collect())),
            ("Indeholder", format!("det, denne enhed må se: {}", list(folders))),
            ("Registreringer", self.view.entries.len().to_string()),
            ("Kun på denne enhed", self.own_unsent.to_string()),
        ];
        let mut blocks = vec![heading(Level::One, name), facts(made), Block::Text(OTHERS_UNSENT.to_owned())];
        if !self.others.is_empty() {
            blocks.push(Block::List(self.others.iter().map(OtherDevices::danish).collect()));
        }
        blocks
    }

    fn what_to_review(&self) -> Vec<Block> {
        let mut blocks = vec![heading(Level::Two, REVIEW)];
        if self.review.is_empty() {
            blocks.push(text("Ingen kendte navne på andre er fundet. Læs alligevel teksten igennem."));
            return blocks;
        }
        blocks.push(Block::Notice(
            "Her nævnes andre. Listen kender kun navne, der findes på enheden; læs også teksten.".to_owned(),
        ));
        let mut places: BTreeMap<(&str, Other), BTreeMap<&str, Vec<String>>> = BTreeMap::new();
        for mark in &self.review {
            let of = places.entry((&mark.name, mark.who)).or_default().entry(field(mark.field)).or_default();
            of.extend(self.number(mark).map(|number| number.to_string()));
        }
        let rows = places.into_iter().map(|((name, who), fields)| {
            let fields = fields.into_iter().map(|(field, numbers)| match numbers.as_slice() {
                [] => format!("sagen, {field}"),
                numbers => format!("{field}: nr. {}", numbers.join(", ")),
            });
            vec![name.to_owned(), who.danish().to_owned(), fields.collect::<Vec<_>>().join("; ")]
        });
        let column = |heading: &str, share| Column { heading: heading.to_owned(), share, align: Align::Start };
        let columns = vec![column("Navn", 2), column("Hvem", 2), column("Hvor", 4)];
        blocks.push(Block::Table(Table { columns, rows: rows.collect() }));
        blocks
    }

    /// Which entry it is in, as they are counted in the file.
    fn number(&self, mark: &ToReview) -> Option<usize> {
        let entry = mark.entry?;
        self.view.entries.iter().position(|row| row.entry == entry).map(|at| at + 1)
    }

    fn agreements_on_paper(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        if !self.view.agreements.is_empty() {
            blocks.push(heading(Level::Two, "Aftaler om virksomheder"));
        }
        for (agreement, name) in &self.view.agreements {
            let employer = name.clone().unwrap_or_else(|| agreement.employer.to_string());
            let mut said = vec![
                ("Virksomhed", employer),
                ("Aftalt", agreement.decided_at.danish()),
                ("Over for den", agreement.disclosure.danish().to_owned()),
            ];
            said.extend(agreement.may_say.clone().map(|words| ("Må siges", words)));
            said.extend(agreement.may_not_say.clone().map(|words| ("Må ikke siges", words)));
            blocks.push(facts(said));
        }
        blocks
    }

    fn timeline(&self) -> Vec<Block> {
        let mut blocks = vec![heading(Level::Two, &format!("Registreringer ({})", self.view.entries.len()))];
        let mut day: Option<Date> = None;
        for (number, entry) in (1_usize..).zip(&self.view.entries) {
            let own = entry.fields.at.date();
            // An addendum stands below what it adds to, on that one's day.
            if day.is_none() || (day != Some(own) && entry.fields.addendum_to.is_none()) {
                blocks.push(heading(Level::Three, &danish_date(own)));
                day = Some(own);
            }
            blocks.extend(self.entry_on_paper(number, entry));
        }
        blocks
    }

    fn entry_on_paper(&self, number: usize, entry: &EntryView) -> Vec<Block> {
        let fields = &entry.fields;
        let title = format!("{number}. {}, {} ({})", fields.kind.danish(), fields.at.danish(), side(entry.folder));
        let mut blocks = vec![heading(Level::Four, &title)];
        let to = fields.addendum_to.and_then(|to| self.view.entries.iter().position(|row| row.entry == to));
        let addendum = fields.addendum_to.map(|_| match to {
            Some(at) => format!("Tilføjelse til nr. {}. ", at + 1),
            None => "Tilføjelse. ".to_owned(),
        });
        let local = if entry.state == EntryState::LocalOnly { ". Kun på denne enhed" } else { "" };
        let authors = entry.authors.join(", ");
        blocks.push(Block::Quiet(format!("{}Skrevet af {authors}{local}", addendum.unwrap_or_default())));
        if let Some(reason) = &fields.marks.mistaken {
            blocks.push(Block::Notice(format!("Fejlregistreret: {reason}")));
        }
        // That staff wrote it stands on every entry; here stands who is named in what was written.
        let named: Vec<&ToReview> = self.review.iter().filter(|mark| mark.entry == Some(entry.entry)).collect();
        let mut names: Vec<&str> = named
            .iter()
            .filter(|mark| !matches!(mark.field, "authors" | "imported_by"))
            .map(|mark| mark.name.as_str())
            .collect();
        names.dedup();
        if !names.is_empty() {
            blocks.push(Block::Notice(format!("{REVIEW}: {}", names.join(", "))));
        }
        let mut said: Vec<(String, String)> = own(entry_facts(entry));
        said.extend(
            entry
                .conflicts
                .iter()
                .map(|(name, values)| (format!("To har skrevet forskelligt ({})", field(name)), values.join(" / "))),
        );
        blocks.extend((!said.is_empty()).then_some(Block::Facts(said)));
        let in_note: Vec<&ToReview> = named.into_iter().filter(|mark| mark.field == "note").collect();
        let note = marked(entry.note.trim(), &in_note);
        blocks.extend((!note.is_empty()).then_some(Block::Text(note)));
        blocks
    }
}

fn heading(level: Level, words: &str) -> Block {
    Block::Heading(level, words.to_owned())
}

fn text(words: &str) -> Block {
    Block::Text(words.to_owned())
}

fn facts(facts: Vec<Fact>) -> Block {
    Block::Facts(own(facts))
}

fn own(facts: Vec<Fact>) -> Vec<(String, String)> {
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
