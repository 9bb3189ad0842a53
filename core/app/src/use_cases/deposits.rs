//! *Afleveret arbejde*: what colleagues wrote in folders that had been closed to them.

use feltbog_domain::{DocumentId, DocumentKind, EntryKind, FolderId, FolderKind, MemberId, Moment, Rights};
use feltbog_notes::{Caps, Document, Heads, apply, holds};
use feltbog_protocol::{Deposit, Envelope};
use feltbog_sealing::{SealedDocument, random_id};
use feltbog_store::{DocumentRow, FolderRow, Reader, TrayRow, Writer};

use crate::device::Device;
use crate::editing::{Editor, UNPLACED};
use crate::error::AppError;
use crate::folders::find_case;
use crate::opening::open_with_any;
use crate::projection::project;
use crate::reading::Read;
use crate::signers::verified;
use crate::waits_for_the_log::waits_for_the_log;

/// One handed-in entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepositedEntry {
    /// The entry.
    pub entry: DocumentId,
    /// Number of its case.
    pub case_number: Option<String>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// What was done.
    pub kind: EntryKind,
    /// When.
    pub at: Moment,
    /// Who wrote it.
    pub author: String,
    /// The note.
    pub note: String,
    /// The stable word for why it could not go where it was meant to.
    pub reason: String,
}

/// A deposit, and what of it is not here yet.
struct HandedOver {
    row: TrayRow,
    parts: Vec<SealedDocument>,
}

/// Whether a part brings everything another one does.
fn contains(whole: &SealedDocument, part: &SealedDocument) -> bool {
    whole.document == part.document && part.changes.iter().all(|change| whole.changes.contains(change))
}

/// Whether a document has everything of a part already.
fn is_here(r: &Reader<'_>, folder: FolderId, part: &SealedDocument) -> Result<bool, AppError> {
    let Some(row) = r.document(part.document)?.filter(|row| row.folder == folder) else { return Ok(false) };
    let document = Document::load(row.kind, &row.saved)?;
    Ok(part.changes.iter().all(|change| holds(&document, change, &Caps::default())))
}

impl Device {
    /// Handed-in entries that wait for a leader, oldest first. It stands in the read log before this returns.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn deposits(&mut self) -> Result<Vec<DepositedEntry>, AppError> {
        let (found, told): (Vec<_>, Vec<_>) = self.waiting_entries()?.into_iter().unzip();
        self.note_reads(told)?;
        Ok(found)
    }

    /// What lies in the tray, and how its reading is told.
    pub(crate) fn waiting_entries(&self) -> Result<Vec<(DepositedEntry, Read)>, AppError> {
        let mut found = Vec::new();
        for HandedOver { row, parts } in self.tray()? {
            let author = self.staff_name(row.member)?.unwrap_or_else(|| "en kollega".into());
            for part in parts {
                let entry = self.deposited(&row, &part, &author)?;
                found.extend(entry.map(|entry| (entry, Read::entry(row.folder, part.document))));
            }
        }
        Ok(found)
    }

    /// Takes handed-in work over into the case, under its writer's name. Without an entry, everything in the tray.
    /// Returns how many entries came in.
    ///
    /// # Errors
    /// [`AppError::UnknownEntry`], or when this member may not write where it belongs.
    pub fn take_over(&mut self, entry: Option<DocumentId>) -> Result<u32, AppError> {
        let (mut taken, mut found) = (0, false);
        for HandedOver { row, parts } in self.tray()? {
            if entry.is_some_and(|wanted| !parts.iter().any(|part| part.document == wanted)) {
                continue;
            }
            found = true;
            taken += self.take_row(&row, &parts)?;
        }
        if !found && entry.is_some() { Err(AppError::UnknownEntry) } else { Ok(taken) }
    }

    fn take_row(&mut self, row: &TrayRow, parts: &[SealedDocument]) -> Result<u32, AppError> {
        let author = self.staff_name(row.member)?.unwrap_or_else(|| self.identity.name.clone());
        let (editor, now_ms) = (self.editor(), self.now_ms());
        self.store.write(|w| {
            let Some(target) = place_for(w, row.folder, editor.member)? else {
                return Err(AppError::NotAllowed("skrive i borgerens mappe"));
            };
            let mut taken = 0;
            for part in parts {
                taken += u32::from(take_part(w, editor, row, &target, part, &author)?);
            }
            w.take_from_tray(row.device, row.dseq, now_ms)?;
            Ok(taken)
        })
    }

    /// Takes from the tray what has come in another way: whoever remembered the passphrase has sent it meanwhile.
    pub(crate) fn settle_tray(&mut self) -> Result<(), AppError> {
        let waiting = self.store.reader().tray()?;
        if waiting.is_empty() {
            return Ok(());
        }
        let (open, now_ms) = (self.tray()?, self.now_ms());
        let is_open = |row: &TrayRow| open.iter().any(|o| (o.row.device, o.row.dseq) == (row.device, row.dseq));
        let mut settled = Vec::new();
        for row in waiting.iter().filter(|row| !is_open(row)) {
            if row.device == self.identity.device && !self.bring_in_own(row)? {
                continue;
            }
            // One that cannot be opened waits for its key.
            if !self.parts_of(row)?.is_empty() {
                settled.push((row.device, row.dseq));
            }
        }
        self.store
            .write(|w| settled.iter().try_for_each(|(device, dseq)| Ok(w.take_from_tray(*device, *dseq, now_ms)?)))
    }

    /// What a leader's device handed in itself is here in any case, and for nobody else. Where it may write in the folder after all,
    /// since a restored log let it in later than it refused this, it goes there like all it writes. Returns whether that is
    /// settled.
    fn bring_in_own(&mut self, row: &TrayRow) -> Result<bool, AppError> {
        let r = self.store.reader();
        let Some(folder) = r.folder(row.folder)? else { return Ok(true) };
        let progress = r.progress()?;
        if progress.cursor < progress.head || waits_for_the_log(&r, &folder, self.me())? {
            return Ok(false);
        }
        let parts = self.parts_of(row)?;
        if !parts.is_empty() && place_for(&r, row.folder, self.me())?.is_some_and(|place| place.id == row.folder) {
            self.take_row(row, &parts)?;
        }
        Ok(true)
    }

    /// The tray without what is here already: the same work may have been handed in twice, or have come from its writer.
    fn tray(&self) -> Result<Vec<HandedOver>, AppError> {
        let r = self.store.reader();
        let waiting = r.tray()?;
        if waiting.is_empty() {
            return Ok(Vec::new());
        }
        let mut known = Vec::new();
        for row in r.taken_from_tray()? {
            known.extend(self.parts_of(&row)?);
        }
        let mut found: Vec<HandedOver> = Vec::new();
        // The newest first: it holds the most, and what came before it in the same document is in it.
        for row in waiting.into_iter().rev() {
            let mut parts = Vec::new();
            for part in self.parts_of(&row)? {
                let is_known = known.iter().any(|known| contains(known, &part)) || is_here(&r, row.folder, &part)?;
                if !is_known {
                    known.push(part.clone());
                    parts.push(part);
                }
            }
            if !parts.is_empty() {
                found.push(HandedOver { row, parts });
            }
        }
        found.reverse();
        Ok(found)
    }

    /// What a deposit carries. Empty where it cannot be opened; then it stays in the tray.
    fn parts_of(&self, row: &TrayRow) -> Result<Vec<SealedDocument>, AppError> {
        let r = self.store.reader();
        let opened = feltbog_protocol::decode::<Deposit>(row.envelope.body())
            .ok()
            .and_then(|deposit| verified(&self.roster, &Envelope::decode(deposit.envelope).ok()?));
        let Some(inside) = opened else { return Ok(Vec::new()) };
        let opened = open_with_any(&r, &inside)?.and_then(Result::ok);
        let mut parts = opened.map(|opened| opened.documents().to_vec()).unwrap_or_default();
        let mut erased = Vec::new();
        for part in &parts {
            if r.is_erased_document(part.document)? {
                erased.push(part.document);
            }
        }
        parts.retain(|part| !erased.contains(&part.document));
        Ok(parts)
    }

    fn deposited(
        &self,
        row: &TrayRow,
        part: &SealedDocument,
        author: &str,
    ) -> Result<Option<DepositedEntry>, AppError> {
        let r = self.store.reader();
        let Some(document) = with_changes(&r, row.folder, part)? else { return Ok(None) };
        let Ok(entry) = document.entry() else { return Ok(None) };
        let case = r.case_of_folder(row.folder)?;
        Ok(Some(DepositedEntry {
            entry: part.document,
            case_number: case.as_ref().map(|case| case.number.clone()),
            case_name: case.map(|case| case.name),
            kind: entry.fields.kind,
            at: entry.fields.at,
            author: author.to_owned(),
            note: entry.note,
            reason: row.reason.clone(),
        }))
    }
}

/// A document as it would be with the deposit's changes; `None` where they do not fit.
fn with_changes(r: &Reader<'_>, folder: FolderId, part: &SealedDocument) -> Result<Option<Document>, AppError> {
    let Some(kind) = DocumentKind::from_code(part.kind) else { return Ok(None) };
    let mut document = match r.document(part.document)? {
        Some(row) if row.folder == folder && row.kind == kind => Document::load(kind, &row.saved)?,
        Some(_) => return Ok(None),
        None => Document::new(kind),
    };
    Ok(apply(&mut document, &part.changes, &Caps::default()).is_ok().then_some(document))
}

/// Where handed-in work goes: the folder it was meant for, or the case's employment side where that one is closed.
fn place_for(r: &Reader<'_>, folder: FolderId, me: MemberId) -> Result<Option<FolderRow>, AppError> {
    let may_write = |row: &FolderRow| -> Result<bool, AppError> {
        Ok(!row.closed && r.rights(row.id, me)?.is_some_and(|rights| rights.covers(Rights::WRITE)))
    };
    let meant = r.folder(folder)?;
    if let Some(row) = meant
        && may_write(&row)?
    {
        return Ok(Some(row));
    }
    let Some(case) = r.case_of_folder(folder)? else { return Ok(None) };
    for kind in [FolderKind::Employment, FolderKind::Treatment] {
        if let Some(own) = find_case(r, &case.case.to_string())?.of(kind)
            && may_write(own)?
        {
            return Ok(Some(own.clone()));
        }
    }
    Ok(None)
}

/// Takes one document over; returns whether it was an entry.
fn take_part(
    w: &Writer<'_>,
    editor: Editor,
    row: &TrayRow,
    target: &FolderRow,
    part: &SealedDocument,
    author: &str,
) -> Result<bool, AppError> {
    let Some(document) = with_changes(w, row.folder, part)? else { return Ok(false) };
    if target.id != row.folder {
        return copy_entry(w, editor, target, &document, Some(author)).map(|copied| copied.is_some());
    }
    let id = part.document;
    let is_new = !w.has_document(id)?;
    w.put_document(&DocumentRow { id, folder: target.id, kind: document.kind(), saved: document.save() })?;
    for change in &part.changes {
        w.add_pending(target.id, id, document.kind(), change, editor.now_ms)?;
    }
    w.add_author(id, row.member, UNPLACED)?;
    if !is_new {
        // As everybody else will see it, who get it signed by whoever brought it in.
        w.add_author(id, editor.member, UNPLACED)?;
    }
    project(w, target.id, id, &document)?;
    let Ok(mut entry) = document.entry() else { return Ok(false) };
    // Who handed in a correction need not have written what is corrected.
    if is_new && entry.fields.recorded_by.is_none() {
        // Others see who signed the row, which is the leader; the entry itself names its writer.
        entry.fields.recorded_by = Some(author.to_owned());
        editor.edit(w, target, id, document.kind(), |document, actor| {
            document.edit_entry(actor, &Heads::newest(), &entry.fields, &entry.note)
        })?;
    }
    Ok(true)
}

/// Writes what an entry says into another folder as an entry of its own; a document never changes its folder.
pub(crate) fn copy_entry(
    w: &Writer<'_>,
    editor: Editor,
    target: &FolderRow,
    document: &Document,
    author: Option<&str>,
) -> Result<Option<DocumentId>, AppError> {
    let Ok(mut entry) = document.entry() else { return Ok(None) };
    if let (None, Some(author)) = (&entry.fields.recorded_by, author) {
        entry.fields.recorded_by = Some(author.to_owned());
    }
    let id: DocumentId = random_id();
    editor.edit(w, target, id, DocumentKind::Entry, |document, actor| {
        document.write_entry(actor, &entry.fields, &entry.note)
    })?;
    Ok(Some(id))
}
