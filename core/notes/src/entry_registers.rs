//! An entry's fields as registers, and back.

use feltbog_domain::{EntryFields, EntryKind, EntryMarks, JobType, NextStep, Outcome, Purpose, StepOutcome};

use crate::registers::Registers;

/// The fields as registers, in the order they are written.
pub(crate) fn registers(fields: &EntryFields) -> Registers {
    let step = fields.next_step.as_ref();
    let marks = &fields.marks;
    Registers::default()
        .text("kind", fields.kind.code())
        .text("at", fields.at.to_string())
        .number("minutes", fields.minutes)
        .optional_text("place", fields.place.as_ref())
        .optional_text("employer", fields.employer)
        .optional_text("unit", fields.unit)
        .optional_text("contact_person", fields.contact_person.as_ref())
        .flag("face_to_face", fields.face_to_face)
        .optional_text("outcome", fields.outcome.as_ref().map(Outcome::code))
        .number("hours_per_week", fields.hours_per_week)
        .optional_text("job_title", fields.job_title.as_ref())
        .flag("permanent", fields.permanent)
        .optional_text("recorded_by", fields.recorded_by.as_ref())
        .flag("client_specific", fields.client_specific)
        .optional_text("purpose", fields.purpose.as_ref().map(Purpose::code))
        .optional_text("job_type", fields.job_type.as_ref().map(JobType::code))
        .flag("fits_wish", fields.fits_wish)
        .optional_text("next_step", step.map(|step| &step.text))
        .optional_text("next_step_on", step.and_then(|step| step.on))
        .optional_text("next_step_time", step.and_then(|step| step.time).map(|time| time.strftime("%H:%M").to_string()))
        .optional_text("next_step_settled", step.and_then(|step| step.settled.as_ref()).map(StepOutcome::code))
        .optional_text("visit", fields.visit)
        .optional_text("addendum_to", fields.addendum_to)
        .optional_text("mistaken", marks.mistaken.as_ref())
        .optional_text("journal_number", marks.journal_number.as_ref())
        .optional_text("journalised_at", marks.journalised_at)
        .flag("journal_not_needed", marks.journal_not_needed)
        .optional_text("read_together_at", marks.read_together_at)
}

/// Where registers are read from.
pub(crate) trait Source {
    fn text(&self, key: &'static str) -> Option<String>;
    fn number(&self, key: &'static str) -> Option<u32>;
    fn flag(&self, key: &'static str) -> Option<bool>;
    /// A value that is kept as text and means something.
    fn parsed<T: std::str::FromStr>(&self, key: &'static str) -> Option<T>;
}

/// The fields, if kind and time are there.
pub(crate) fn fields(from: &impl Source) -> Option<EntryFields> {
    Some(EntryFields {
        kind: EntryKind::from_code(&from.text("kind")?),
        at: from.parsed("at")?,
        minutes: from.number("minutes"),
        place: from.text("place"),
        employer: from.parsed("employer"),
        unit: from.parsed("unit"),
        contact_person: from.text("contact_person"),
        face_to_face: from.flag("face_to_face"),
        outcome: from.text("outcome").map(|code| Outcome::from_code(&code)),
        hours_per_week: from.number("hours_per_week"),
        job_title: from.text("job_title"),
        permanent: from.flag("permanent"),
        recorded_by: from.text("recorded_by"),
        client_specific: from.flag("client_specific"),
        purpose: from.text("purpose").map(|code| Purpose::from_code(&code)),
        job_type: from.text("job_type").map(|code| JobType::from_code(&code)),
        fits_wish: from.flag("fits_wish"),
        next_step: next_step(from),
        visit: from.parsed("visit"),
        addendum_to: from.parsed("addendum_to"),
        marks: EntryMarks {
            mistaken: from.text("mistaken"),
            journal_number: from.text("journal_number"),
            journalised_at: from.parsed("journalised_at"),
            journal_not_needed: from.flag("journal_not_needed"),
            read_together_at: from.parsed("read_together_at"),
        },
    })
}

/// A step whose words somebody took away at the same time as another gave it a day is still a step: nobody forgets it.
fn next_step(from: &impl Source) -> Option<NextStep> {
    let (text, on) = (from.text("next_step"), from.parsed("next_step_on"));
    (text.is_some() || on.is_some()).then(|| NextStep {
        text: text.unwrap_or_default(),
        on,
        time: from.parsed("next_step_time"),
        settled: from.text("next_step_settled").map(|code| StepOutcome::from_code(&code)),
    })
}
