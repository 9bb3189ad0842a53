//! What a foreign change may say, whatever document it meets.
//!
//! These rules look at the change alone, so every device decides alike, in whatever order changes arrive; and what
//! passes them leaves every known field readable.

use automerge::legacy::{Key, ObjectId, Op};
use automerge::{Change as StoredChange, ScalarValue};
use automerge::{ExpandedChange, legacy::OpType};
use feltbog_domain::DocumentKind;

use crate::error::ApplyError;
use crate::genesis;
use crate::schema::{self, MIN_WRITER, NEXT_WRITER_VERSION, NOTE, SCHEMA};

/// Refuses a change that does not follow the genesis, or puts into a known field what does not belong there.
pub(crate) fn check_content(kind: DocumentKind, change: &StoredChange) -> Result<(), ApplyError> {
    if change.deps().is_empty() || *change.actor_id() == genesis::actor(kind) {
        return Err(ApplyError::WrongHistory);
    }
    let expanded: ExpandedChange = change.decode();
    expanded.operations.iter().try_for_each(|operation| check_operation(kind, operation))
}

fn check_operation(kind: DocumentKind, operation: &Op) -> Result<(), ApplyError> {
    let is_allowed = match &operation.obj {
        ObjectId::Root => match &operation.key {
            Key::Map(key) => !operation.insert && fits_register(kind, key, &operation.action),
            Key::Seq(_) => false,
        },
        ObjectId::Id(id) if kind == DocumentKind::Entry && is_note(id) => fits_note(operation),
        // An object of a newer version.
        ObjectId::Id(_) => true,
    };
    if is_allowed { Ok(()) } else { Err(ApplyError::WrongContent) }
}

/// The note is the third operation of the genesis.
fn is_note(id: &automerge::legacy::OpId) -> bool {
    id.counter() == 3 && *id.actor() == genesis::actor(DocumentKind::Entry)
}

fn fits_register(kind: DocumentKind, key: &str, action: &OpType) -> bool {
    if key == NOTE {
        return kind != DocumentKind::Entry; // replacing the text object would hide what everybody wrote in it
    }
    if key == SCHEMA {
        return matches!(action, OpType::Put(ScalarValue::Uint(_)));
    }
    if key == MIN_WRITER {
        return matches!(action, OpType::Put(ScalarValue::Uint(version)) if *version <= NEXT_WRITER_VERSION);
    }
    if let Some(field) = schema::fields(kind).iter().find(|field| field.key == key) {
        return match action {
            OpType::Put(value) => field.shape.fits(value),
            OpType::Delete => !field.required,
            _ => false,
        };
    }
    match key.split_once('/') {
        Some((list, _)) if schema::lists(kind).contains(&list) => {
            matches!(action, OpType::Put(ScalarValue::Uint(_)) | OpType::Delete)
        }
        Some((detail, _)) if schema::details(kind).contains(&detail) => {
            matches!(action, OpType::Put(ScalarValue::Str(_)) | OpType::Delete)
        }
        _ => true,
    }
}

/// Letters come and go one by one, as our own edits write them. Marks and blocks would be a newer schema.
fn fits_note(operation: &Op) -> bool {
    match &operation.action {
        OpType::Put(ScalarValue::Str(letter)) => operation.insert && letter.chars().count() == 1,
        OpType::Delete => !operation.insert,
        _ => false,
    }
}
