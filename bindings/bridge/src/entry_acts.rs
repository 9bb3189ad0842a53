//! Writing entries and what is done with one, from request to use case.

use feltbog_app::{
    AlsoAbout as AppAlsoAbout, App, AppError, EntryChanges as AppEntryChanges, LogWish, Logged, NextStepWish,
};
use feltbog_domain::DocumentId;

use crate::request::{EntryAct, EntryChanges, LogEntry, NextStepTyped};

pub(crate) fn on_entry(app: &App, entry: DocumentId, act: EntryAct) -> Result<Logged, AppError> {
    app.save(|d| match act {
        EntryAct::Change { heads, changes } => d.change_entry(entry, &heads, &changes_of(*changes)),
        EntryAct::Settle { field, value } => d.settle_field(entry, &field, &value),
        EntryAct::Mistaken { reason } => d.mark_mistaken(entry, &reason),
        EntryAct::NotMistaken => d.not_mistaken(entry),
        EntryAct::Addendum { text } => d.add_addendum(entry, &text),
        EntryAct::Journal { number } => d.journalise(entry, &number),
        EntryAct::LeaveOut { left_out } => d.leave_out_of_journal(entry, left_out),
        EntryAct::ReadTogether => d.read_together(entry),
        EntryAct::SawBothWrote => d.saw_both_wrote(entry),
        EntryAct::SettleStep { outcome, to } => d.settle_step(entry, &outcome, &next_step(to)),
    })
}

pub(crate) fn log_wish(entry: LogEntry) -> LogWish {
    LogWish {
        case: entry.case,
        kind: entry.kind,
        at: entry.at,
        minutes: entry.minutes,
        employer: entry.employer,
        unit: entry.unit,
        employer_name: entry.employer_name,
        contact_person: entry.contact_person,
        place: entry.place,
        outcome: entry.outcome,
        face_to_face: entry.face_to_face,
        about_employer: entry.about_employer,
        client_specific: entry.client_specific,
        purpose: entry.purpose,
        job_title: entry.job_title,
        job_type: entry.job_type,
        hours_per_week: entry.hours_per_week,
        permanent: entry.permanent,
        fits_wish: entry.fits_wish,
        next_step: next_step(entry.next_step),
        note: entry.note,
        shared: entry.shared,
        also: entry.also.into_iter().map(|also| AppAlsoAbout { case: also.case, note: also.note }).collect(),
    }
}

fn changes_of(changes: EntryChanges) -> AppEntryChanges {
    AppEntryChanges {
        kind: changes.kind,
        at: changes.at,
        minutes: changes.minutes,
        place: changes.place,
        employer: changes.employer,
        unit: changes.unit,
        contact_person: changes.contact_person,
        outcome: changes.outcome,
        face_to_face: changes.face_to_face,
        client_specific: changes.client_specific,
        purpose: changes.purpose,
        job_title: changes.job_title,
        job_type: changes.job_type,
        hours_per_week: changes.hours_per_week,
        permanent: changes.permanent,
        fits_wish: changes.fits_wish,
        next_step: changes.next_step.map(next_step),
    }
}

fn next_step(step: NextStepTyped) -> NextStepWish {
    NextStepWish { text: step.text, on: step.on, time: step.time }
}
