//! The journal, and the days to come.

use feltbog_app::{AgendaItem, AgendaOf, Calendar, JournalText as AppJournalText, MissingInJournal};

use super::entry::next_step;
use crate::reply::{AgendaRow, CalendarFile, JournalText, MissingInJournalRow, NeutralStepRow, Reply};

pub(crate) fn journal_text(text: AppJournalText) -> JournalText {
    JournalText { date: text.date, theme: text.theme, text: text.text }
}

pub(crate) fn missing_in_journal(row: MissingInJournal) -> MissingInJournalRow {
    MissingInJournalRow {
        entry: row.entry.to_string(),
        case: row.case.map(|case| case.to_string()),
        case_name: row.case_name,
        kind: row.kind.code().to_owned(),
        kind_name: row.kind.danish().to_owned(),
        at: row.at.to_string(),
    }
}

/// The team's, or one's own.
pub(crate) const fn agenda_of(team: bool) -> AgendaOf {
    if team { AgendaOf::Team } else { AgendaOf::Own }
}

pub(crate) fn agenda(items: Vec<AgendaItem>) -> Reply {
    Reply::Agenda { agenda: items.into_iter().map(agenda_row).collect() }
}

fn agenda_row(item: AgendaItem) -> AgendaRow {
    AgendaRow {
        entry: item.entry.to_string(),
        case: item.case.map(|case| case.to_string()),
        case_name: item.case_name,
        kind: item.kind.code().to_owned(),
        kind_name: item.kind.danish().to_owned(),
        employer_name: item.employer_name,
        colleague: item.colleague,
        overdue: item.overdue,
        step: next_step(item.step),
    }
}

pub(crate) fn calendar_file(calendar: Calendar) -> CalendarFile {
    CalendarFile {
        ics: calendar.file,
        events: calendar.events,
        neutral: calendar
            .neutral
            .into_iter()
            .map(|step| NeutralStepRow { entry: step.entry.to_string(), why: step.why })
            .collect(),
        without_day: calendar.without_day,
    }
}
