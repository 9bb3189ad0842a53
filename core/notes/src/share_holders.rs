//! Who keeps the shares of the recovery key.

use feltbog_domain::DocumentKind;

use crate::change::{ActorBytes, Change};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::registers::Registers;

impl Document {
    /// Writes who keeps a share, by name. The shares themselves stand nowhere.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn write_share_holders(&mut self, actor: ActorBytes, holders: &[String]) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::ShareHolders)?;
        let registers = Registers::default().list("holders", holders.iter().cloned(), |_| true);
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads who keeps a share.
    ///
    /// # Errors
    /// [`NotesError`] where the document is of another kind.
    pub fn share_holders(&self) -> Result<Vec<String>, NotesError> {
        self.require(DocumentKind::ShareHolders)?;
        Ok(self.reader().list("holders"))
    }
}
