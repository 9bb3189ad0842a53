//! The status note on one page, for whoever writes the budget note.

use feltbog_domain::{Moment, danish_date};
use feltbog_paper::{Align, Block, Column, Level, Paper, PaperError, Table};
use feltbog_reports::{Figure, HeldAgainst, Scope, Unit};

use super::CountedNote;
use crate::made_at::made_at;

impl CountedNote {
    /// The note as a PDF, made at a moment by somebody.
    ///
    /// # Errors
    /// [`PaperError`]; nothing that is written in a programme's file leads to one.
    pub fn pdf(&self, at: Moment, by: &str) -> Result<Vec<u8>, PaperError> {
        self.paper(at, by).pdf()
    }

    pub(crate) fn paper(&self, at: Moment, by: &str) -> Paper {
        let mut blocks = vec![heading(Level::One, &format!("Status for {}", self.note.name)), self.about()];
        if self.scope == Scope::Own {
            blocks.push(Block::Notice(
                "Målene gælder hele programmet, og her er kun egne borgere talt: intet mål er afgjort.".to_owned(),
            ));
        }
        blocks.extend(self.figures());
        blocks.extend(self.targets());
        let years = self.note.years.iter().map(|year| year.sentence(self.scope).da);
        blocks.extend(list("Hvad et år kostede", years.collect()));
        let saving = self.note.saving.iter().map(|saving| saving.sentence().da);
        blocks.extend(list("Mod normalindsatsen", saving.collect()));
        let unlike = self.note.contradictions.iter().map(|found| found.sentence().da);
        blocks.extend(list("Det, der ikke passer sammen i programmets egen tekst", unlike.collect()));
        Paper {
            title: format!("Status for {}, {}", self.note.name, danish_date(self.at)),
            language: "da".to_owned(),
            author: by.to_owned(),
            made: made_at(at),
            foot: format!("{}, status pr. {}", self.note.name, danish_date(self.at)),
            counting: ("Side".to_owned(), "af".to_owned()),
            blocks,
        }
    }

    fn about(&self) -> Block {
        let scope = match self.scope {
            Scope::Programme => "hele programmet",
            Scope::Own => "egne borgere",
        };
        let facts = [
            ("Program", self.programme.clone()),
            ("Talt", format!("{scope}, pr. {}", danish_date(self.at))),
            ("Holdt op mod", format!("{} (efter {})", self.note.name, self.note.source)),
        ];
        let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
        Block::Facts(said.map(|(name, value)| (name.to_owned(), value)).collect())
    }

    fn figures(&self) -> Vec<Block> {
        if self.note.figures.is_empty() {
            return Vec::new();
        }
        let columns = vec![start("Tal", 6), start("Værdi", 2), start("Talt af", 4)];
        let rows = self.note.figures.iter().map(counted).collect();
        vec![heading(Level::Two, "Talt siden begyndelsen"), Block::Table(Table { columns, rows })]
    }

    fn targets(&self) -> Vec<Block> {
        let heading = heading(Level::Two, "Mål");
        if self.note.targets.is_empty() {
            return vec![heading, Block::Text("Programmets fil nævner intet mål.".to_owned())];
        }
        let columns = vec![start("Mål", 4), start("Periode", 3), start("Sådan står det", 5)];
        let rows = self.note.targets.iter().map(row).collect();
        let mut blocks = vec![heading, Block::Table(Table { columns, rows })];
        let says = self.note.targets.iter().map(|held| format!("Kilden siger: {}", held.target.says));
        blocks.extend(says.map(Block::Quiet));
        blocks
    }
}

fn start(heading: &str, share: u16) -> Column {
    Column { heading: heading.to_owned(), share, align: Align::Start }
}

/// A figure with the two numbers it is made of, so that whoever reads it can hold it against another.
fn counted(figure: &Figure) -> Vec<String> {
    let measure = figure.question.measure();
    let value = figure.value().unwrap_or_default();
    let decimal = |value: f64| format!("{value:.1}").replace('.', ",");
    let (above, below) = (figure.numerator, figure.denominator.unwrap_or_default());
    let (value, of) = match measure.unit() {
        Unit::Share => (format!("{} pct.", decimal(value * 100.0)), format!("{above} af {below}")),
        Unit::Days => (format!("{} dage", decimal(value)), format!("{below} personer")),
        Unit::Persons => (above.to_string(), "personer".to_owned()),
        Unit::PerWeek => (decimal(value), format!("{above} møder, {below} konsulentuger")),
        Unit::PerConsultant => (decimal(value), format!("{above} borgere, {below} konsulenter")),
    };
    vec![measure.title().da.to_owned(), value, of]
}

fn row(held: &HeldAgainst) -> Vec<String> {
    let target = &held.target;
    let said: Vec<String> = held.sentences().into_iter().map(|sentence| sentence.da).collect();
    vec![
        format!("{}: mindst {} pct.", target.measure.title().da, target.at_least_percent),
        format!("{} til {}", danish_date(target.from), danish_date(target.to)),
        said.join(" "),
    ]
}

fn heading(level: Level, words: &str) -> Block {
    Block::Heading(level, words.to_owned())
}

fn list(words: &str, items: Vec<String>) -> Vec<Block> {
    if items.is_empty() { Vec::new() } else { vec![heading(Level::Two, words), Block::List(items)] }
}
