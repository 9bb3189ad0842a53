//! *I har begge skrevet her*: a note in which somebody else wrote after this member had. What came from others is marked
//! until this member has seen it.

use feltbog_domain::{DocumentId, DocumentKind, MemberId};
use feltbog_notes::{ActorBytes, Document, Heads};
use feltbog_store::{FolderRow, Reader, Writer};

use crate::device::Device;
use crate::error::AppError;
use crate::take_in::Intake;
use crate::use_cases::Logged;

/// Letters of a note that stand together.
#[derive(Clone, PartialEq, Eq)]
pub struct NotePassage {
    /// The letters.
    pub text: String,
    /// Who wrote them since this member saw the note last; nothing where they stood there, or are the member's own.
    pub by: Option<String>,
}

impl std::fmt::Debug for NotePassage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NotePassage({} bytes)", self.text.len())
    }
}

/// Remembers the state a member saw, where somebody else has written since.
pub(crate) fn note_if_both_wrote(
    w: &Writer<'_>,
    me: MemberId,
    folder: &FolderRow,
    id: DocumentId,
    document: &Document,
    seen: &Heads,
) -> Result<(), AppError> {
    let passages = document.passages_since(seen)?;
    for actor in passages.iter().filter_map(|passage| passage.since) {
        if writer(w, me, folder, actor)? != Some(me) {
            return Ok(w.note_both_wrote(id, folder.id, &seen.to_string())?);
        }
    }
    Ok(())
}

/// Whose an actor is, as far as this device knows.
fn writer(r: &Reader<'_>, me: MemberId, folder: &FolderRow, actor: ActorBytes) -> Result<Option<MemberId>, AppError> {
    if actor.0 == folder.actor {
        return Ok(Some(me));
    }
    Ok(r.actor_owner(folder.id, actor.0)?.map(|(member, _)| member))
}

impl Intake<'_> {
    /// Others wrote in an entry: if this member had, it is told.
    pub(crate) fn tell_if_both_wrote(&self, id: DocumentId, document: &Document, seen: &Heads) -> Result<(), AppError> {
        let me = self.identity.member;
        let writers = self.w.authors(id)?;
        // On a new device everything comes in for the first time, and its owner has seen it on the old one.
        if !writers.contains(&me) || self.w.progress()?.last_exchange_ms == 0 {
            return Ok(());
        }
        let Ok(entry) = document.entry() else { return Ok(()) };
        if entry.fields.recorded_by.is_some() && writers.first() == Some(&me) {
            // Whoever read a file in has written none of it.
            return Ok(());
        }
        let row = self.w.document(id)?.map(|row| self.w.folder(row.folder)).transpose()?.flatten();
        match row {
            Some(folder) => note_if_both_wrote(self.w, me, &folder, id, document, seen),
            None => Ok(()),
        }
    }
}

impl Device {
    /// The note in passages, where somebody else wrote in it since this member saw it; else nothing.
    pub(crate) fn passages(&self, id: DocumentId, document: &Document) -> Result<Vec<NotePassage>, AppError> {
        let r = self.store.reader();
        let seen = r.seen_before(id)?.and_then(|seen| seen.parse::<Heads>().ok());
        let (Some(seen), Some(row)) = (seen, r.document(id)?) else { return Ok(Vec::new()) };
        let Some(folder) = r.folder(row.folder)? else { return Ok(Vec::new()) };
        let mut passages: Vec<NotePassage> = Vec::new();
        for passage in document.passages_since(&seen)? {
            let by = match passage.since.map(|actor| writer(&r, self.me(), &folder, actor)).transpose()? {
                Some(Some(member)) if member == self.me() => None,
                Some(member) => Some(self.name_of_writer(member)?),
                None => None,
            };
            match passages.last_mut() {
                Some(last) if last.by == by => last.text.push_str(&passage.text),
                _ => passages.push(NotePassage { text: passage.text, by }),
            }
        }
        Ok(passages)
    }

    fn name_of_writer(&self, member: Option<MemberId>) -> Result<String, AppError> {
        let name = member.map(|member| self.staff_name(member)).transpose()?.flatten();
        Ok(name.unwrap_or_else(|| "en kollega".into()))
    }

    /// The member has seen what others wrote in a note.
    ///
    /// # Errors
    /// [`AppError::UnknownEntry`], and when the database refuses.
    pub fn saw_both_wrote(&mut self, entry: DocumentId) -> Result<Logged, AppError> {
        let row = self.store.reader().document(entry)?.ok_or(AppError::UnknownEntry)?;
        if row.kind != DocumentKind::Entry {
            return Err(AppError::UnknownEntry);
        }
        self.store.write(|w| Ok::<_, AppError>(w.saw_both_wrote(entry)?))?;
        self.as_logged(entry)
    }
}
