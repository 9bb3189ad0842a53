//! *Journaliseret*: what was copied to the municipality's own system, and what is missing there.

use feltbog_domain::{CaseId, DocumentId, EntryFields, EntryKind, Moment, danish_date};

use crate::device::Device;
use crate::error::AppError;
use crate::reading::Read;
use crate::use_cases::change_entry::must_not_be_journalised;
use crate::use_cases::entry_wish::{line, non_empty};
use crate::use_cases::log_entry::Logged;

/// Longest theme line, in letters.
const THEME: usize = 60;

/// An own entry that is not in the journal yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingInJournal {
    /// The entry.
    pub entry: DocumentId,
    /// Its case.
    pub case: Option<CaseId>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// What was done.
    pub kind: EntryKind,
    /// When.
    pub at: Moment,
}

/// What is pasted into the municipality's system (offentlighedsloven § 15: date and a short theme).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalText {
    /// The day it happened, `dd-mm-åååå`.
    pub date: String,
    /// A short theme.
    pub theme: String,
    /// The whole text.
    pub text: String,
}

impl Device {
    /// Date, theme and text of an entry for the municipality's system. It stands in the read log before this returns.
    ///
    /// # Errors
    /// [`AppError::UnknownEntry`].
    pub fn journal_text(&mut self, entry: DocumentId) -> Result<JournalText, AppError> {
        let view = self.entry_view(entry)?;
        let folder = self.store.reader().document(entry)?.ok_or(AppError::UnknownEntry)?.folder;
        let text = journal_text(&view.fields, view.employer_name.as_deref(), &view.note, &view.authors);
        self.note_reads(vec![Read::entry(folder, entry)])?;
        Ok(text)
    }

    /// Marks an entry as journalised under its number there; from then on its words are locked.
    ///
    /// # Errors
    /// An unknown entry, an empty number, or one that is journalised already.
    pub fn journalise(&mut self, entry: DocumentId, number: &str) -> Result<Logged, AppError> {
        let number = line(non_empty(Some(number)), "nummeret")?
            .ok_or_else(|| AppError::Unclear("skriv det nummer, notatet har i fagsystemet".into()))?;
        let now = self.now();
        self.rewrite(entry, |fields| {
            must_not_be_journalised(fields)?;
            if !fields.marks.counts() {
                return Err(AppError::Unclear("registreringen er fejlregistreret; fjern det mærke først".into()));
            }
            fields.marks.journal_number = Some(number);
            fields.marks.journalised_at = Some(now);
            fields.marks.journal_not_needed = None;
            Ok(())
        })
    }

    /// Says that an entry does not belong in the journal, or that it does after all.
    ///
    /// # Errors
    /// An unknown entry, or one that is journalised already.
    pub fn leave_out_of_journal(&mut self, entry: DocumentId, left_out: bool) -> Result<Logged, AppError> {
        self.rewrite(entry, |fields| {
            must_not_be_journalised(fields)?;
            fields.marks.journal_not_needed = left_out.then_some(true);
            Ok(())
        })
    }

    /// Own entries with a note that are not in the journal, oldest first. What was read in from other files is in the
    /// journal already; what was marked as mistaken or left out does not belong there.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn missing_in_journal(&mut self) -> Result<Vec<MissingInJournal>, AppError> {
        let mut missing: Vec<MissingInJournal> = Vec::new();
        let r = self.store.reader();
        for (document, folder, kind, at) in r.not_journalised(self.me())? {
            let Some(case) = r.case_of_folder(folder)? else { continue };
            missing.push(MissingInJournal {
                entry: document,
                case: Some(case.case),
                case_name: Some(case.name),
                kind,
                at,
            });
        }
        self.note_named(missing.iter().filter_map(|entry| entry.case))?;
        Ok(missing)
    }

    /// How many of them there are; shows nobody's name.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn missing_in_journal_count(&self) -> Result<u32, AppError> {
        Ok(self.store.reader().not_journalised_count(self.me())?)
    }
}

fn journal_text(fields: &EntryFields, employer: Option<&str>, note: &str, authors: &[String]) -> JournalText {
    let date = danish_date(fields.at.date());
    let theme: String = [Some(fields.kind.danish()), employer].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let theme: String = theme.chars().take(THEME).collect();
    let facts: Vec<String> = [
        Some(format!("{}: {}", fields.kind.danish(), fields.at.danish())),
        fields.minutes.map(|minutes| format!("Varighed: {minutes} min")),
        employer.map(|name| format!("Virksomhed: {name}")),
        fields.place.as_ref().map(|place| format!("Sted: {place}")),
        fields.outcome.as_ref().map(|outcome| format!("Resultat: {}", outcome.danish())),
        fields.next_step.as_ref().map(|step| {
            let day = step.on.map(|day| format!(" ({})", danish_date(day))).unwrap_or_default();
            format!("Næste skridt: {}{day}", step.text)
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    let text = format!("{}\n\n{}\n\nSkrevet af {}", facts.join("\n"), note.trim(), authors.join(", "));
    JournalText { date, theme, text }
}
