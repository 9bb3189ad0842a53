//! Appointments and next steps, by day.

use feltbog_domain::{CaseId, DocumentId, EntryKind, NextStep, StepOutcome};
use feltbog_store::EntryReadRow;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::device::Device;
use crate::error::AppError;
use crate::use_cases::entry_wish::{NextStepWish, coming_day, non_empty};
use crate::use_cases::log_entry::Logged;
use crate::use_cases::own_cases::OwnCases;

/// Whose appointments and steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AgendaOf {
    /// What one agreed oneself, and everything about the citizens one is responsible for or looks after for somebody.
    #[default]
    Own,
    /// Everything this device may see: for whoever leads.
    Team,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// The entry that agreed it.
    pub entry: DocumentId,
    /// Its case.
    pub case: Option<CaseId>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// The kind of the entry that agreed it.
    pub kind: EntryKind,
    /// The employer's name, where there is one.
    pub employer_name: Option<String>,
    /// Who is responsible for the citizen, where it is a colleague.
    pub colleague: Option<String>,
    /// What, when.
    pub step: NextStep,
    /// Its day is over.
    pub overdue: bool,
}

impl Device {
    /// Steps that are still to come or were never settled, by day, up to a day; those without a day last. Overdue ones
    /// stay until somebody says what became of them. The citizens' names stand in the read log before this returns.
    ///
    /// # Errors
    /// When the day cannot be understood, or the database refuses.
    pub fn agenda(&mut self, until: Option<&str>, of: AgendaOf) -> Result<Vec<AgendaItem>, AppError> {
        let today = self.now().date();
        let until = non_empty(until).map(|day| coming_day(day, today)).transpose()?;
        let steps = self.store.reader().open_steps()?;
        let is_wanted = |step: &NextStep| step.on.zip(until).is_none_or(|(day, until)| day <= until);
        self.agenda_items(steps, today, of, is_wanted)
    }

    /// The seven days from a Monday, also what is settled: what took place and what did not. Any day of the week names it.
    ///
    /// # Errors
    /// When the day cannot be understood, or the database refuses.
    pub fn week(&mut self, day: &str, of: AgendaOf) -> Result<Vec<AgendaItem>, AppError> {
        let unclear = || AppError::Unclear("skriv en dag i ugen som åååå-mm-dd".into());
        let day: Date = day.trim().parse().map_err(|_| unclear())?;
        let into_week = day.weekday().to_monday_zero_offset();
        let monday = day.checked_sub(into_week.days()).map_err(|_| unclear())?;
        let sunday = monday.checked_add(6.days()).map_err(|_| unclear())?;
        let steps = self.store.reader().steps_between(monday, sunday)?;
        self.agenda_items(steps, self.now().date(), of, |_| true)
    }

    fn agenda_items(
        &mut self,
        rows: Vec<EntryReadRow>,
        today: Date,
        of: AgendaOf,
        is_wanted: impl Fn(&NextStep) -> bool,
    ) -> Result<Vec<AgendaItem>, AppError> {
        let own = OwnCases::load(self)?;
        let r = self.store.reader();
        let mut items: Vec<AgendaItem> = Vec::new();
        for row in rows {
            let Some(step) = row.fields.next_step.filter(&is_wanted) else { continue };
            let case = r.case_of_folder(row.folder)?;
            if of == AgendaOf::Own && !self.is_own_step(&own, row.document, case.as_ref().map(|case| case.case))? {
                continue;
            }
            items.push(AgendaItem {
                colleague: case.as_ref().and_then(|case| own.colleague(case.case)),
                entry: row.document,
                case: case.as_ref().map(|case| case.case),
                case_name: case.map(|case| case.name),
                kind: row.fields.kind,
                employer_name: row.fields.employer.map(|cvr| r.employer_name(cvr)).transpose()?.flatten(),
                overdue: step.is_open() && step.on.is_some_and(|day| day < today),
                step,
            });
        }
        items.sort_by_key(|item| (item.step.on.is_none(), item.step.on, item.step.time, item.entry));
        drop(own);
        self.note_named(items.iter().filter_map(|item| item.case))?;
        Ok(items)
    }

    /// What one agreed oneself, and what is about a citizen one looks after.
    pub(super) fn is_own_step(
        &self,
        own: &OwnCases,
        entry: DocumentId,
        case: Option<CaseId>,
    ) -> Result<bool, AppError> {
        let is_looked_after = case.is_some_and(|case| own.has(case));
        Ok(is_looked_after || self.store.reader().authors(entry)?.contains(&self.me()))
    }

    /// Says what became of a step: held, did not come, moved to another day, dropped.
    ///
    /// # Errors
    /// An unknown entry, one without an open step, or a move without a day.
    pub fn settle_step(
        &mut self,
        entry: DocumentId,
        outcome: &str,
        moved_to: &NextStepWish,
    ) -> Result<Logged, AppError> {
        let outcome = StepOutcome::from_word(outcome).ok_or_else(|| {
            let words: Vec<&str> = StepOutcome::words().collect();
            AppError::Unclear(format!("skriv, hvad der blev af aftalen: {}", words.join(", ")))
        })?;
        let moved = moved_to.parse(self.now().date())?;
        self.rewrite(entry, |fields| {
            let step = fields.next_step.as_mut().filter(|step| step.is_open());
            let step = step.ok_or_else(|| AppError::Unclear("her er ingen åben aftale".into()))?;
            match (outcome, moved.and_then(|moved| moved.on.map(|on| (on, moved.time)))) {
                // A step that was moved is the same step on another day, and open.
                (StepOutcome::Moved, Some((on, time))) => (step.on, step.time) = (Some(on), time),
                (StepOutcome::Moved, None) => {
                    return Err(AppError::Unclear("skriv, hvilken dag aftalen er flyttet til".into()));
                }
                (other, _) => step.settled = Some(other),
            }
            Ok(())
        })
    }
}
