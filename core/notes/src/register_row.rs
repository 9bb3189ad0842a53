//! A row of the case register.

use feltbog_domain::{CaseId, DocumentKind, FolderId};

use crate::change::{ActorBytes, Change, debug_without_content};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::registers::Registers;

/// What leaders and records officers know of a case without opening it.
#[derive(Clone, PartialEq, Eq)]
pub struct RegisterFields {
    /// The case.
    pub case: CaseId,
    /// The number people use.
    pub number: String,
    /// The citizen's name.
    pub name: String,
    /// The case's folders on this side, each once.
    pub folders: Vec<FolderId>,
    /// Assigned consultants by name, each once.
    pub consultants: Vec<String>,
    /// Assigned treatment workers by name, each once.
    pub therapists: Vec<String>,
}
debug_without_content!(RegisterFields);

impl Document {
    /// Writes what differs. Members that two devices add to a list at the same time are all kept.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn write_register_row(
        &mut self,
        actor: ActorBytes,
        fields: &RegisterFields,
    ) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::RegisterRow)?;
        let registers = Registers::default()
            .text("case", fields.case.to_string())
            .text("number", &fields.number)
            .text("name", &fields.name)
            .list("folders", fields.folders.iter().map(ToString::to_string), is_folder)
            .list("consultants", fields.consultants.iter().cloned(), |_| true)
            .list("therapists", fields.therapists.iter().cloned(), |_| true);
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads a row of the case register.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while case, number or name is not here.
    pub fn register_row(&self) -> Result<RegisterFields, NotesError> {
        self.require(DocumentKind::RegisterRow)?;
        let read = self.reader();
        Ok(RegisterFields {
            case: read.required("case")?,
            number: read.required_text("number")?,
            name: read.required_text("name")?,
            folders: read.list("folders").iter().filter(|id| is_folder(id)).filter_map(|id| id.parse().ok()).collect(),
            consultants: read.list("consultants"),
            therapists: read.list("therapists"),
        })
    }
}

/// A folder id in its one spelling.
fn is_folder(text: &str) -> bool {
    text.parse::<FolderId>().is_ok_and(|id| id.to_string() == text)
}
