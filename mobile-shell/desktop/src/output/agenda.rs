//! Appointments and next steps.

use feltbog_bridge::{AgendaRow, CalendarFile, NextStepRow};

use super::number::count;
use super::when;

/// By day; what is overdue says so.
pub(super) fn text(agenda: &[AgendaRow]) -> String {
    if agenda.is_empty() {
        return "Ingen aftaler.\n".to_owned();
    }
    agenda.iter().map(one).collect()
}

fn one(row: &AgendaRow) -> String {
    let overdue = match (&row.step.settled, row.overdue) {
        (Some(_), _) => "  (afsluttet)",
        (None, true) => "  (overskredet)",
        (None, false) => "",
    };
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

/// What does not stand in a calendar file, and why.
pub(super) fn left_out(calendar: &CalendarFile) -> Vec<String> {
    let mut lines = Vec::new();
    if !calendar.neutral.is_empty() {
        let number = u32::try_from(calendar.neutral.len()).unwrap_or(u32::MAX);
        let what = count(number, "aftale", "aftaler");
        lines.push(format!(
            "{what} står kun som »Aftale«, fordi ordene ville fortælle, hvem det handler om, eller hvorfor:"
        ));
        lines.extend(calendar.neutral.iter().map(|step| format!("  {}: {}", step.entry, step.why)));
    }
    if calendar.without_day > 0 {
        lines.push(format!("{} uden dag er ikke med.", count(calendar.without_day, "aftale", "aftaler")));
    }
    lines
}
