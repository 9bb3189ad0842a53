//! Changing what an entry says, and settling what two people wrote differently.

use feltbog_domain::{DocumentId, DocumentKind, EntryFields, EntryKind, EntryState, Moment};
use feltbog_notes::{Document, Heads};
use feltbog_store::FolderRow;

use crate::device::Device;
use crate::error::AppError;
use crate::use_cases::employer_contact::keep_the_team_told;
use crate::use_cases::entry_wish::{
    NextStepWish, changed_unit, checked_hours, checked_minutes, employer, job_type, line, non_empty, outcome, purpose,
};
use crate::use_cases::log_entry::Logged;

/// What a form changed; what is `None` stays as it was. An empty text takes the value away.
#[derive(Debug, Clone, Default)]
pub struct EntryChanges {
    /// Code or word of the kind.
    pub kind: Option<String>,
    /// When it happened.
    pub at: Option<String>,
    /// How long it took.
    pub minutes: Option<u32>,
    /// Where.
    pub place: Option<String>,
    /// Company number.
    pub employer: Option<String>,
    /// Number of one of its production units.
    pub unit: Option<String>,
    /// Whom we spoke with.
    pub contact_person: Option<String>,
    /// Code or word of the outcome.
    pub outcome: Option<String>,
    /// Met in person.
    pub face_to_face: Option<bool>,
    /// About one citizen.
    pub client_specific: Option<bool>,
    /// Code or word of the purpose.
    pub purpose: Option<String>,
    /// Title of the job or education.
    pub job_title: Option<String>,
    /// Code or word of its terms.
    pub job_type: Option<String>,
    /// Its hours a week.
    pub hours_per_week: Option<u32>,
    /// Whether it is permanent.
    pub permanent: Option<bool>,
    /// Whether it fits what the citizen wants.
    pub fits_wish: Option<bool>,
    /// What happens next; replaces the step that was there.
    pub next_step: Option<NextStepWish>,
}

impl Device {
    /// Changes fields of an entry, as a form leaves them that was opened at `heads` (the newest when empty). A field that
    /// a colleague changed meanwhile stays, unless the form changed it too: then both values are kept and shown.
    ///
    /// # Errors
    /// An unknown or journalised entry, or something typed that cannot be understood. Nothing is changed then.
    pub fn change_entry(
        &mut self,
        entry: DocumentId,
        heads: &[String],
        changes: &EntryChanges,
    ) -> Result<Logged, AppError> {
        let now = self.now();
        let opened = opened_heads(heads)?;
        must_not_be_journalised(&self.fields_of(entry)?)?;
        self.rewrite_at(entry, &opened, |fields| changes.apply(fields, now))
    }

    /// Settles a field that two people wrote differently: one of the values becomes the only one.
    ///
    /// # Errors
    /// An unknown entry, or a field or value that is in no such conflict.
    pub fn settle_field(&mut self, entry: DocumentId, field: &str, value: &str) -> Result<Logged, AppError> {
        let folder = self.writable_folder(entry)?;
        let editor = self.editor();
        let settled = self.store.write(|w| {
            let settled = editor
                .edit(w, &folder, entry, DocumentKind::Entry, |document, actor| document.settle(actor, field, value))?;
            keep_the_team_told(w, editor, entry)?;
            Ok::<_, AppError>(settled)
        })?;
        if settled {
            self.as_logged(entry)
        } else {
            Err(AppError::Unclear("der er ikke længere to værdier at vælge mellem".into()))
        }
    }

    /// Writes what differs from the newest state.
    pub(crate) fn rewrite(
        &mut self,
        entry: DocumentId,
        change: impl FnOnce(&mut EntryFields) -> Result<(), AppError>,
    ) -> Result<Logged, AppError> {
        self.rewrite_at(entry, &Heads::newest(), change)
    }

    fn rewrite_at(
        &mut self,
        entry: DocumentId,
        opened: &Heads,
        change: impl FnOnce(&mut EntryFields) -> Result<(), AppError>,
    ) -> Result<Logged, AppError> {
        let folder = self.writable_folder(entry)?;
        let mut fields = self.entry_document(entry)?.fields_at(opened)?;
        change(&mut fields)?;
        let editor = self.editor();
        self.store.write(|w| {
            editor.edit(w, &folder, entry, DocumentKind::Entry, |document, actor| {
                document.edit_fields(actor, opened, &fields)
            })?;
            keep_the_team_told(w, editor, entry)
        })?;
        self.as_logged(entry)
    }

    /// The folder of an entry, if it takes new content.
    pub(crate) fn writable_folder(&self, entry: DocumentId) -> Result<FolderRow, AppError> {
        let r = self.store.reader();
        let row = r.document(entry)?.filter(|row| row.kind == DocumentKind::Entry).ok_or(AppError::UnknownEntry)?;
        let folder = r.folder(row.folder)?.ok_or(AppError::UnknownEntry)?;
        if folder.closed { Err(AppError::FolderClosed) } else { Ok(folder) }
    }

    fn entry_document(&self, entry: DocumentId) -> Result<Document, AppError> {
        let row = self.store.reader().document(entry)?.ok_or(AppError::UnknownEntry)?;
        Ok(Document::load(row.kind, &row.saved)?)
    }

    /// The fields as the read model has them.
    pub(crate) fn fields_of(&self, entry: DocumentId) -> Result<EntryFields, AppError> {
        Ok(self.store.reader().entry(entry)?.ok_or(AppError::UnknownEntry)?.fields)
    }

    pub(crate) fn as_logged(&self, entry: DocumentId) -> Result<Logged, AppError> {
        let r = self.store.reader();
        let row = r.entry(entry)?.ok_or(AppError::UnknownEntry)?;
        Ok(Logged::plain(entry, entry_state(&row.fields, r.is_sent(entry)?)))
    }
}

/// How far an entry has come: that it is journalised weighs more than whether the mark was sent.
pub(crate) const fn entry_state(fields: &EntryFields, sent: bool) -> EntryState {
    match (fields.marks.is_journalised(), sent) {
        (true, _) => EntryState::Journalised,
        (false, true) => EntryState::Sent,
        (false, false) => EntryState::LocalOnly,
    }
}

/// What stands in the journal is not changed; an addendum is written.
pub(crate) fn must_not_be_journalised(fields: &EntryFields) -> Result<(), AppError> {
    if fields.marks.is_journalised() { Err(AppError::Journalised) } else { Ok(()) }
}

/// The state an editor had opened.
pub(crate) fn opened_heads(heads: &[String]) -> Result<Heads, AppError> {
    Heads::from_hex(heads).map_err(|_| AppError::Unclear("notatet blev åbnet på en måde, der ikke forstås".into()))
}

impl EntryChanges {
    fn apply(&self, fields: &mut EntryFields, now: Moment) -> Result<(), AppError> {
        if let Some(kind) = non_empty(self.kind.as_deref()) {
            fields.kind = EntryKind::from_typed(kind).map_err(AppError::Unclear)?;
        }
        if let Some(at) = non_empty(self.at.as_deref()) {
            fields.at = Moment::parse(at, now)?;
        }
        fields.minutes = checked_minutes(self.minutes)?.or(fields.minutes);
        fields.hours_per_week = checked_hours(self.hours_per_week)?.or(fields.hours_per_week);
        fields.face_to_face = self.face_to_face.or(fields.face_to_face);
        fields.client_specific = self.client_specific.or(fields.client_specific);
        fields.permanent = self.permanent.or(fields.permanent);
        fields.fits_wish = self.fits_wish.or(fields.fits_wish);
        replace(&mut fields.place, self.place.as_deref(), |text| line(text, "stedet"))?;
        replace(&mut fields.contact_person, self.contact_person.as_deref(), |text| line(text, "navnet"))?;
        replace(&mut fields.job_title, self.job_title.as_deref(), |text| line(text, "stillingen"))?;
        replace(&mut fields.employer, self.employer.as_deref(), employer)?;
        replace(&mut fields.unit, self.unit.as_deref(), changed_unit)?;
        if fields.employer.is_none() {
            fields.unit = None;
        }
        replace(&mut fields.outcome, self.outcome.as_deref(), outcome)?;
        replace(&mut fields.purpose, self.purpose.as_deref(), purpose)?;
        replace(&mut fields.job_type, self.job_type.as_deref(), job_type)?;
        if let Some(step) = &self.next_step {
            fields.next_step = step.parse(now.date())?;
        }
        Ok(())
    }
}

/// Takes over what was typed, if anything was.
fn replace<T>(
    field: &mut Option<T>,
    typed: Option<&str>,
    read: impl Fn(Option<&str>) -> Result<Option<T>, AppError>,
) -> Result<(), AppError> {
    if typed.is_some() {
        *field = read(typed)?;
    }
    Ok(())
}
