//! The programme's figures, each with its definition and what is behind it.

use feltbog_domain::{CaseId, DocumentId};
use feltbog_reports::{Figure, Measure, Period, Question, QuestionError, Scope};
use jiff::civil::Date;

use crate::counted_facts::CountedFacts;
use crate::counted_programme::CountedProgramme;
use crate::device::Device;
use crate::error::AppError;
use crate::report_csv::{evidence_csv, figures_csv};
use crate::use_cases::new_case::typed_day;

/// What is asked, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct ReportWish {
    /// The measure's name; all of them when absent.
    pub measure: Option<String>,
    /// The programme; may be absent while there is one.
    pub programme: Option<String>,
    /// First day of the period.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
    /// The day at whose end it is answered; today when absent.
    pub at: Option<String>,
}

/// One figure with what is behind it.
#[derive(Debug, Clone)]
pub struct Report {
    /// The figure.
    pub figure: Figure,
    /// The programme's name.
    pub programme: String,
    /// Whose figure it is.
    pub scope: Scope,
    /// Who is in it.
    pub evidence: Vec<EvidenceLine>,
    /// The same by consultant and week, by name: nobody is ranked.
    pub rows: Vec<StaffLine>,
}

/// One citizen or piece of work behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceLine {
    /// The case and its number; nothing for work without one.
    pub case: Option<(CaseId, String)>,
    /// Whether it is above the line as well.
    pub counts: bool,
    /// The entries that say so.
    pub entries: Vec<DocumentId>,
}

impl EvidenceLine {
    fn number(&self) -> Option<&str> {
        self.case.as_ref().map(|(_, number)| number.as_str())
    }
}

/// What one consultant has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffLine {
    /// The name.
    pub name: String,
    /// Year and number of the ISO week.
    pub week: Option<(i16, i8)>,
    /// How many.
    pub count: u64,
}

impl Device {
    /// Answers with one figure, or with all that can be asked for these days. That the citizens behind a figure were listed stands in
    /// the read log before this returns.
    ///
    /// # Errors
    /// When the name or the days cannot be understood, or do not go together.
    pub fn report(&mut self, wish: &ReportWish) -> Result<Vec<Report>, AppError> {
        let CountedProgramme { name, facts, scope } = self.counted(wish.programme.as_deref())?;
        let days = self.days(wish)?;
        let questions = match wish.measure.as_deref() {
            Some(name) => vec![question(measure(name, known_here())?, days)?],
            None => known_here().filter_map(|m| question(m, days).ok()).collect(),
        };
        let report = |question: Question| {
            let figure = question.answer(&facts.book);
            // Who is behind a figure is shown, and written down, where somebody asks for that figure.
            let evidence = if wish.measure.is_some() { facts.evidence(&figure) } else { Vec::new() };
            let rows = facts.rows(&figure);
            Report { programme: name.clone(), scope, evidence, rows, figure }
        };
        let reports: Vec<Report> = questions.into_iter().map(report).collect();
        if wish.measure.is_some() {
            self.note_named(
                reports.iter().flat_map(|report| &report.evidence).filter_map(|line| Some(line.case.as_ref()?.0)),
            )?;
        }
        Ok(reports)
    }

    /// The same as a file for a spreadsheet: the figures, or what is behind one.
    ///
    /// # Errors
    /// As [`Device::report`].
    pub fn report_csv(&mut self, wish: &ReportWish) -> Result<String, AppError> {
        let reports = self.report(wish)?;
        match (&wish.measure, reports.as_slice()) {
            (Some(_), [only]) => evidence_csv(only),
            _ => figures_csv(&reports),
        }
    }

    pub(super) fn days(&self, wish: &ReportWish) -> Result<(Date, Option<Period>), AppError> {
        let day = |typed: &Option<String>| typed_day(typed.as_deref());
        let as_of = day(&wish.at)?.unwrap_or_else(|| self.now().date());
        let period = match (day(&wish.from)?, day(&wish.to)?) {
            (None, None) => None,
            // Nothing is older than this.
            (from, to) => Some(period(from.unwrap_or(Date::ZERO), to.unwrap_or(as_of))?),
        };
        Ok((as_of, period))
    }
}

/// When the server had what somebody else wrote is nothing a device is told.
fn known_here() -> impl Iterator<Item = Measure> {
    Measure::all().filter(|measure| *measure != Measure::DaysOccurredToReceived)
}

pub(super) fn measure(name: &str, known: impl Iterator<Item = Measure>) -> Result<Measure, AppError> {
    let wanted = name.trim().to_lowercase().replace('-', "_");
    let known: Vec<Measure> = known.collect();
    known.iter().copied().find(|measure| measure.code() == wanted).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|measure| measure.code()).collect();
        AppError::Unclear(format!("målet findes ikke; vælg et af: {}", names.join(", ")))
    })
}

pub(super) fn question(measure: Measure, (as_of, period): (Date, Option<Period>)) -> Result<Question, AppError> {
    Question::new(measure, as_of, period).map_err(unclear)
}

fn period(from: Date, to: Date) -> Result<Period, AppError> {
    Period::new(from, to).map_err(unclear)
}

/// The sentence, and how the command line is asked otherwise.
pub(super) fn unclear(error: QuestionError) -> AppError {
    let instead = match error {
        QuestionError::StatusOfAPeriod => "; skriv dagen med --at",
        QuestionError::NoQuarter => "; skriv dem med --from og --to",
        QuestionError::NoCut => "; skriv et kvartals sidste dag med --at, fx --at 30-09-2026",
        QuestionError::EndsBeforeItBegins | QuestionError::NotOverYet | QuestionError::NotTold => "",
    };
    AppError::Unclear(format!("{}{instead}", said(error)))
}

/// Why a question has no answer, wherever it was asked.
pub(super) const fn said(error: QuestionError) -> &'static str {
    match error {
        QuestionError::EndsBeforeItBegins => "perioden slutter, før den begynder",
        QuestionError::StatusOfAPeriod => "målet viser, hvordan det står til på én dag, og har ingen periode",
        QuestionError::NoQuarter => "målet gælder et kvartal, fra dets første dag til dets sidste",
        QuestionError::NotOverYet => "perioden slutter efter den dag, tallet skal gælde for",
        QuestionError::NoCut => {
            "tal om grupper gælder alt til og med et kvartal, der er forbi, og har ingen anden periode"
        }
        QuestionError::NotTold => "målet vises ikke i grupper: med de andre tal kunne nogle få borgere læses ud af det",
    }
}

impl CountedFacts {
    fn evidence(&self, figure: &Figure) -> Vec<EvidenceLine> {
        let mut lines: Vec<EvidenceLine> = figure
            .evidence
            .iter()
            .map(|one| EvidenceLine {
                case: one
                    .subject
                    .and_then(|subject| self.cases.get(&subject))
                    .map(|row| (row.case, row.number.clone())),
                counts: one.counts,
                entries: one.facts.iter().filter_map(|fact| self.entries.get(fact).copied()).collect(),
            })
            .collect();
        lines.sort_by(|a, b| (!a.counts, a.number(), &a.entries).cmp(&(!b.counts, b.number(), &b.entries)));
        lines
    }

    fn rows(&self, figure: &Figure) -> Vec<StaffLine> {
        let name = |staff| self.staff.get(&staff).cloned().unwrap_or_default();
        let line = |row: &feltbog_reports::Row| StaffLine {
            name: row.staff.map(name).unwrap_or_default(),
            week: row.week,
            count: row.count,
        };
        let mut rows: Vec<StaffLine> = figure.rows.iter().map(line).collect();
        rows.sort_by(|a, b| (&a.name, a.week).cmp(&(&b.name, b.week)));
        rows
    }
}
