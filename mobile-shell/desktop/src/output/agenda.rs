//! Appointments and next steps.

use feltbog_bridge::{AgendaRow, NextStepRow};

use super::when;

/// By day; what is overdue says so.
pub(super) fn text(agenda: &[AgendaRow]) -> String {
    if agenda.is_empty() {
        return "Ingen aftaler.\n".to_owned();
    }
    agenda.iter().map(one).collect()
}

fn one(row: &AgendaRow) -> String {
    let overdue = if row.overdue { "  (overskredet)" } else { "" };
    let about = [row.case_name.as_deref(), row.employer_name.as_deref()];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let what = if row.step.text.is_empty() { &row.kind_name } else { &row.step.text };
    format!("{}{overdue}  {what}  {about}  [{}]\n", day(&row.step), row.entry)
}

/// `12-03-2026 kl. 10:30`, or that there is no day.
pub(super) fn day(step: &NextStepRow) -> String {
    match (&step.on, &step.time) {
        (Some(on), Some(time)) => format!("{} kl. {time}", when::day(on)),
        (Some(on), None) => when::day(on),
        _ => "uden dag".to_owned(),
    }
}
