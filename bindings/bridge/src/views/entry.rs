//! Entries of a timeline.

use feltbog_app::{EntryView, Logged as AppLogged, OpenedEntry};
use feltbog_domain::{EntryState, NextStep, StepOutcome};

use super::choices::choice;
use crate::reply::{EntryPage, EntryRow, Logged, NextStepRow, NotePassageRow};

fn state_word(state: EntryState) -> String {
    match state {
        EntryState::LocalOnly => "local_only",
        EntryState::Sent => "sent",
        EntryState::Journalised => "journalised",
    }
    .to_owned()
}

pub(crate) fn entry_row(view: EntryView) -> EntryRow {
    let fields = view.fields;
    EntryRow {
        entry: view.entry.to_string(),
        case: view.case.map(|case| case.to_string()),
        kind: fields.kind.code().to_owned(),
        kind_name: fields.kind.danish().to_owned(),
        at: fields.at.to_string(),
        minutes: fields.minutes,
        employer: fields.employer.map(|cvr| cvr.to_string()),
        employer_name: view.employer_name,
        unit: fields.unit.map(|unit| unit.to_string()),
        contact_person: fields.contact_person,
        place: fields.place,
        outcome: fields.outcome.as_ref().map(|outcome| outcome.code().to_owned()),
        outcome_name: fields.outcome.as_ref().map(|outcome| outcome.danish().to_owned()),
        face_to_face: fields.face_to_face,
        hours_per_week: fields.hours_per_week,
        job_title: fields.job_title,
        permanent: fields.permanent,
        client_specific: fields.client_specific,
        purpose: fields.purpose.as_ref().map(|purpose| choice(purpose.code(), purpose.danish())),
        job_type: fields.job_type.as_ref().map(|terms| choice(terms.code(), terms.danish())),
        fits_wish: fields.fits_wish,
        next_step: fields.next_step.map(next_step),
        linked: fields.visit.is_some(),
        addendum_to: fields.addendum_to.map(|entry| entry.to_string()),
        mistaken: fields.marks.mistaken,
        journal_number: fields.marks.journal_number,
        journalised_at: fields.marks.journalised_at.map(|at| at.to_string()),
        journal_not_needed: fields.marks.journal_not_needed == Some(true),
        read_together_at: fields.marks.read_together_at.map(|at| at.to_string()),
        note: view.note,
        folder: view.folder.word().to_owned(),
        authors: view.authors,
        recorded_by: fields.recorded_by,
        imported_by: view.imported_by,
        state: state_word(view.state),
        conflicts: view.conflicts,
        both_wrote: view.both_wrote,
    }
}

pub(super) fn next_step(step: NextStep) -> NextStepRow {
    NextStepRow {
        text: step.text,
        on: step.on.map(|day| day.to_string()),
        time: step.time.map(|time| time.strftime("%H:%M").to_string()),
        settled: step.settled.as_ref().map(StepOutcome::code).map(str::to_owned),
    }
}

pub(crate) fn entry_page(opened: OpenedEntry) -> EntryPage {
    let passages = opened.passages.into_iter().map(|passage| NotePassageRow { text: passage.text, by: passage.by });
    EntryPage { entry: entry_row(opened.entry), heads: opened.heads, passages: passages.collect() }
}

pub(crate) fn logged(logged: AppLogged) -> Logged {
    let linked = logged.linked.iter().map(ToString::to_string).collect();
    Logged { entry: logged.entry.to_string(), state: state_word(logged.state), warning: logged.warning, linked }
}
