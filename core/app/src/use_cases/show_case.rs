//! One case with its timeline.

use std::collections::BTreeMap;

use feltbog_domain::{Agreement, CaseId, DocumentId, EntryFields, EntryState, FolderId, FolderKind, ReadAction};
use feltbog_store::EntryReadRow;

use crate::device::Device;
use crate::error::AppError;
use crate::folders::find_case;
use crate::reading::{Read, told_under};
use crate::use_cases::caseload::CaseSummary;
use crate::use_cases::change_entry::entry_state;

/// One entry of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryView {
    /// The entry.
    pub entry: DocumentId,
    /// Its case.
    pub case: Option<CaseId>,
    /// Its fields.
    pub fields: EntryFields,
    /// The employer's name, where the register is known here.
    pub employer_name: Option<String>,
    /// The note.
    pub note: String,
    /// Which side it lies on.
    pub folder: FolderKind,
    /// Who wrote in it, first writer first.
    pub authors: Vec<String>,
    /// For imported entries: who read it in.
    pub imported_by: Option<String>,
    /// How far it has come.
    pub state: EntryState,
    /// Whose word it is, while the original has not been fetched: *ifølge N*.
    pub according_to: Option<String>,
    /// Fields where two people wrote different values: all of them, the shown one first.
    pub conflicts: BTreeMap<String, Vec<String>>,
    /// Somebody else wrote in the note since this member saw it last.
    pub both_wrote: bool,
}

/// One case, whole.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// The line of the caseload; `None` for work without a case.
    pub case: Option<CaseSummary>,
    /// The timeline, newest first.
    pub entries: Vec<EntryView>,
    /// What the citizen agreed may be said to employers, newest first, with the employer's name where it is known.
    pub agreements: Vec<(Agreement, Option<String>)>,
}

impl Device {
    /// One case, by id or number; `-` for work without a case. It stands in the read log before this returns.
    ///
    /// # Errors
    /// [`AppError::UnknownCase`].
    pub fn show_case(&mut self, case: &str) -> Result<CaseView, AppError> {
        let (view, told) = if case.trim() == "-" { self.own_work() } else { self.case_view(case) }?;
        self.note_reads(told.into_iter().map(|folder| Read::of(folder, ReadAction::Opened)).collect())?;
        Ok(view)
    }

    /// A case, and under which folder its reading is told.
    pub(crate) fn case_view(&self, case: &str) -> Result<(CaseView, Vec<FolderId>), AppError> {
        let found = find_case(&self.store.reader(), case)?;
        let told = told_under(found.folders.iter().map(|folder| (folder.id, folder.kind)));
        let summary = self.case_summary(found.head.case)?;
        let mut rows = Vec::new();
        for folder in &found.folders {
            rows.extend(self.store.reader().entries(folder.id)?.into_iter().map(|row| (row, folder.kind)));
        }
        let agreements = self.named_agreements(found.of(FolderKind::Employment).map(|folder| folder.id))?;
        let view = CaseView { entries: self.timeline(rows, Some(summary.case))?, case: Some(summary), agreements };
        Ok((view, told.into_iter().collect()))
    }

    fn named_agreements(&self, folder: Option<FolderId>) -> Result<Vec<(Agreement, Option<String>)>, AppError> {
        let r = self.store.reader();
        let Some(folder) = folder else { return Ok(Vec::new()) };
        let agreements = r.agreements(folder)?.into_iter();
        agreements
            .map(|agreement| {
                let name = r.employer_name(agreement.employer)?;
                Ok((agreement, name))
            })
            .collect()
    }

    pub(crate) fn entry_view(&self, entry: DocumentId) -> Result<EntryView, AppError> {
        let r = self.store.reader();
        let row = r.entry(entry)?.ok_or(AppError::UnknownEntry)?;
        let folder = r.folder(row.folder)?.ok_or(AppError::UnknownEntry)?;
        let case = r.case_of_folder(row.folder)?.map(|row| row.case);
        let view = self.timeline(vec![(row, folder.kind)], case)?.into_iter().next();
        view.ok_or(AppError::UnknownEntry)
    }

    fn own_work(&self) -> Result<(CaseView, Vec<FolderId>), AppError> {
        let r = self.store.reader();
        let (mut rows, mut told) = (Vec::new(), Vec::new());
        for folder in r.folders()?.into_iter().filter(|folder| folder.kind.is_own_work()) {
            rows.extend(r.entries(folder.id)?.into_iter().map(|row| (row, folder.kind)));
            told.push(folder.id);
        }
        Ok((CaseView { case: None, entries: self.timeline(rows, None)?, agreements: Vec::new() }, told))
    }

    fn timeline(
        &self,
        mut rows: Vec<(EntryReadRow, FolderKind)>,
        case: Option<CaseId>,
    ) -> Result<Vec<EntryView>, AppError> {
        let r = self.store.reader();
        let names: BTreeMap<_, _> = r.staff()?.into_iter().map(|staff| (staff.member, staff.name)).collect();
        rows.sort_by(|(a, _), (b, _)| b.fields.at.cmp(&a.fields.at).then(a.document.cmp(&b.document)));
        let mut views = Vec::with_capacity(rows.len());
        for (row, folder) in rows {
            let signers: Vec<String> = r
                .authors(row.document)?
                .iter()
                .map(|member| names.get(member).cloned().unwrap_or_else(|| self.unknown_writer(*member)))
                .collect();
            let (authors, imported_by) = credits(row.fields.recorded_by.as_deref(), signers);
            let sent = r.is_sent(row.document)?;
            views.push(EntryView {
                entry: row.document,
                case,
                employer_name: row.fields.employer.map(|cvr| r.employer_name(cvr)).transpose()?.flatten(),
                state: entry_state(&row.fields, sent),
                fields: row.fields,
                note: row.note,
                folder,
                authors,
                imported_by,
                both_wrote: r.seen_before(row.document)?.is_some(),
                according_to: self.teller_of(row.document)?,
                conflicts: serde_json::from_str(&row.conflicts).unwrap_or_default(),
            });
        }
        Ok(views)
    }

    fn teller_of(&self, document: DocumentId) -> Result<Option<String>, AppError> {
        let Some(device) = self.store.reader().hinted_by(document)? else { return Ok(None) };
        let member = self.roster.device(device).map(|device| device.member);
        let name = member.map(|member| self.staff_name(member)).transpose()?.flatten();
        Ok(Some(name.unwrap_or_else(|| "en kollega".into())))
    }

    fn unknown_writer(&self, member: feltbog_domain::MemberId) -> String {
        if member == self.me() { self.identity.name.clone() } else { "en kollega".into() }
    }
}

/// An imported entry was written by whom the file names; its first signer only read it in. Whoever signed later wrote.
fn credits(recorded_by: Option<&str>, signers: Vec<String>) -> (Vec<String>, Option<String>) {
    let Some(recorded_by) = recorded_by else { return (signers, None) };
    let mut later = signers.into_iter();
    let importer = later.next();
    let mut authors = vec![recorded_by.to_owned()];
    for signer in later {
        if !authors.contains(&signer) {
            authors.push(signer);
        }
    }
    (authors, importer)
}
