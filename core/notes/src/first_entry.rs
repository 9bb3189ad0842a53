//! An entry that has been written once and never edited: nearly all of them.
//!
//! Such an entry is taken in, and written, without building its document: building, saving and loading one takes a
//! hundred times as long. That is as safe as the long way because nothing is taken on trust: the change must be, byte for
//! byte, what this program itself writes for these fields and this text. Whatever is not, by however little, goes
//! through [`crate::apply`]. The document is built and checked when somebody opens it to edit, or another change comes.

use std::collections::BTreeMap;
use std::str::FromStr;

use automerge::{ActorId, Automerge, Change as StoredChange, ScalarValue};
use feltbog_changes::{FieldValue, FirstWrite, Input, Shape, TextObject, push_number, take_apart};
use feltbog_domain::{DocumentKind, EntryFields};

use crate::caps::Caps;
use crate::change::{ActorBytes, Change};
use crate::chunk_check::check_chunk;
use crate::document::save_unbuilt;
use crate::entry::EntryReading;
use crate::entry_registers::{Source, fields, registers};
use crate::error::NotesError;
use crate::genesis;
use crate::note_edit::check_note_length;
use crate::schema;

/// A new entry and the one change that makes it.
pub struct FirstEntry {
    change: Vec<u8>,
    fields: EntryFields,
    note: String,
}

impl FirstEntry {
    /// Writes a new entry.
    ///
    /// # Errors
    /// [`NotesError::TooLong`] when others would refuse it.
    pub fn write(actor: ActorBytes, fields: &EntryFields, note: &str) -> Result<Self, NotesError> {
        check_note_length(note)?;
        let registers = registers(fields).present();
        let bytes: Vec<(&str, u64, Vec<u8>)> = registers
            .iter()
            .filter_map(|(key, value)| encode(value).map(|(meta, bytes)| (*key, meta, bytes)))
            .collect();
        let shape = shape(actor.0.to_vec(), bytes.iter().map(|(key, ..)| key.as_bytes().to_vec()).collect(), note);
        let values = bytes.iter().map(|(_, meta, bytes)| FieldValue { meta: *meta, bytes }).collect();
        let change = shape.change(&FirstWrite { values, text: note });
        check_chunk(&change, &Caps::default()).map_err(|_| NotesError::TooLong)?;
        // As they will be read: a moment, for one, is written to the second.
        let fields = fields_of(&registers.into_iter().collect()).ok_or(NotesError::Unreadable)?;
        Ok(Self { change, fields, note: note.to_owned() })
    }

    /// Takes in what somebody else wrote; `None` when it is anything but a first write of known fields.
    #[must_use]
    pub fn read(changes: &[Vec<u8>], caps: &Caps) -> Option<Self> {
        let [change] = changes else { return None };
        check_chunk(change, caps).ok()?;
        let (found, write) = take_apart(change)?;
        if ActorId::from(found.actor.as_slice()) == genesis::actor(DocumentKind::Entry)
            || found != shape(found.actor.clone(), found.keys.clone(), write.text)
            || write.text.chars().count() > caps.note_characters
        {
            return None;
        }
        let mut values = BTreeMap::new();
        for (key, value) in found.keys.iter().zip(&write.values) {
            let key = str::from_utf8(key).ok()?;
            let value = decode(value)?;
            let field = schema::fields(DocumentKind::Entry).iter().find(|field| field.key == key)?;
            if !field.shape.fits(&value) || values.insert(field.key, value).is_some() {
                return None;
            }
        }
        Some(Self { fields: fields_of(&values)?, note: write.text.to_owned(), change: change.clone() })
    }

    /// The change as it travels.
    #[must_use]
    pub fn change(&self) -> Change {
        Change { bytes: self.change.clone() }
    }

    /// The document as [`crate::Document::load`] reads it.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        save_unbuilt(&self.change)
    }

    /// The entry as it reads.
    #[must_use]
    pub fn into_reading(self) -> EntryReading {
        EntryReading { fields: self.fields, note: self.note, conflicts: BTreeMap::new() }
    }
}

/// The genesis and the change after it, as a document.
pub(crate) fn build(kind: DocumentKind, change: &[u8]) -> Option<Automerge> {
    let change = StoredChange::try_from(change).ok()?;
    let hash = change.hash();
    let mut document = genesis::document(kind);
    document.apply_changes([change]).ok()?;
    (document.get_heads() == [hash]).then_some(document)
}

/// What first writes of entries are like. The note is the third operation of the genesis.
fn shape(actor: Vec<u8>, keys: Vec<Vec<u8>>, note: &str) -> Shape {
    let genesis = genesis::head(DocumentKind::Entry);
    let text = TextObject { actor: genesis::actor(DocumentKind::Entry).to_bytes().to_vec(), counter: 3 };
    Shape {
        follows: vec![genesis.hash],
        actor,
        number: 1,
        first_operation: genesis.last_operation + 1,
        text: (!note.is_empty()).then_some(text),
        keys,
    }
}

const FALSE: u64 = 1;
const TRUE: u64 = 2;
const UNSIGNED: u64 = 3;
const STRING: u64 = 6;

/// As automerge writes a value; only the types our fields have.
fn encode(value: &ScalarValue) -> Option<(u64, Vec<u8>)> {
    let (kind, bytes) = match value {
        ScalarValue::Boolean(false) => (FALSE, Vec::new()),
        ScalarValue::Boolean(true) => (TRUE, Vec::new()),
        ScalarValue::Uint(number) => {
            let mut bytes = Vec::new();
            push_number(&mut bytes, *number);
            (UNSIGNED, bytes)
        }
        ScalarValue::Str(text) => (STRING, text.as_bytes().to_vec()),
        _ => return None,
    };
    Some(((bytes.len() as u64) << 4 | kind, bytes))
}

/// The value, if it stands as [`encode`] writes it.
fn decode(field: &FieldValue<'_>) -> Option<ScalarValue> {
    let value = match field.meta & 0x0f {
        FALSE => ScalarValue::Boolean(false),
        TRUE => ScalarValue::Boolean(true),
        UNSIGNED => ScalarValue::Uint(Input(field.bytes).number().ok()?),
        STRING => ScalarValue::Str(str::from_utf8(field.bytes).ok()?.into()),
        _ => return None,
    };
    let (meta, bytes) = encode(&value)?;
    (meta == field.meta && bytes == field.bytes).then_some(value)
}

/// Values by their registers.
struct Values<'a>(&'a BTreeMap<&'static str, ScalarValue>);

impl Source for Values<'_> {
    fn text(&self, key: &'static str) -> Option<String> {
        self.0.get(key).and_then(ScalarValue::as_str).map(str::to_owned)
    }

    fn number(&self, key: &'static str) -> Option<u32> {
        self.0.get(key).and_then(ScalarValue::as_u64).and_then(|number| u32::try_from(number).ok())
    }

    fn flag(&self, key: &'static str) -> Option<bool> {
        self.0.get(key).and_then(ScalarValue::as_bool)
    }

    fn parsed<T: FromStr>(&self, key: &'static str) -> Option<T> {
        self.0.get(key).and_then(ScalarValue::as_str).and_then(|text| text.parse().ok())
    }
}

fn fields_of(values: &BTreeMap<&'static str, ScalarValue>) -> Option<EntryFields> {
    fields(&Values(values))
}
