//! Fields that two devices set differently at the same time.

use std::collections::BTreeMap;

use automerge::ROOT;
use automerge::ScalarValue;
use automerge::transaction::Transactable;

use crate::change::{ActorBytes, Change};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::schema;

impl Document {
    /// Each field with more than one concurrent value, as text, the one that is shown first.
    #[must_use]
    pub fn conflicts(&self) -> BTreeMap<String, Vec<String>> {
        let reader = self.reader();
        schema::fields(self.kind())
            .iter()
            .map(|field| (field.key.to_owned(), reader.concurrent(field.key)))
            .filter(|(_, values)| values.len() > 1)
            .map(|(key, values)| (key, values.iter().map(as_text).collect()))
            .collect()
    }

    /// Settles a conflict: one of its values, as [`Self::conflicts`] wrote it, becomes the only one.
    ///
    /// An ordinary edit that repeats the shown value settles nothing, because nobody was asked.
    ///
    /// # Errors
    /// [`NotesError`] as for every edit; `None` when the field has no such conflict.
    pub fn settle(&mut self, actor: ActorBytes, field: &str, chosen: &str) -> Result<Option<Change>, NotesError> {
        let values = self.reader().concurrent(field);
        let is_known = schema::fields(self.kind()).iter().any(|known| known.key == field);
        let value = values.iter().find(|value| as_text(value) == chosen);
        match value {
            Some(value) if is_known && values.len() > 1 => {
                self.commit(actor, &Heads::newest(), |tx| tx.put(ROOT, field, value.clone()))
            }
            _ => Ok(None),
        }
    }
}

/// A value as people compare it.
fn as_text(value: &ScalarValue) -> String {
    match value {
        ScalarValue::Str(text) => text.to_string(),
        ScalarValue::Boolean(flag) => flag.to_string(),
        ScalarValue::Uint(number) => number.to_string(),
        ScalarValue::Int(number) => number.to_string(),
        _ => String::new(),
    }
}
