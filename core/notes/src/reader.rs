//! Reading registers and lists.

use std::str::FromStr;

use automerge::{ROOT, ReadDoc, ScalarValue, Value};

use crate::entry_registers::Source;
use crate::error::NotesError;
use crate::schema::{MIN_WRITER, WRITER_VERSION};

/// Reads the root of a document, or of a transaction on one.
pub(crate) struct Reader<'a, D>(pub(crate) &'a D);

impl<D: ReadDoc> Reader<'_, D> {
    /// Every concurrent value of a register, the one automerge shows first, each once.
    pub(crate) fn concurrent(&self, key: &str) -> Vec<ScalarValue> {
        let mut values: Vec<ScalarValue> = Vec::new();
        // Automerge lists them by rising operation id; the highest is the one it shows.
        for (value, _) in self.0.get_all(ROOT, key).unwrap_or_default().into_iter().rev() {
            if let Value::Scalar(scalar) = value
                && !values.contains(scalar.as_ref())
            {
                values.push(scalar.into_owned());
            }
        }
        values
    }

    /// The first concurrent value that can be read: one bad value never hides a good one.
    fn first<T>(&self, key: &str, read: impl Fn(&ScalarValue) -> Option<T>) -> Option<T> {
        self.concurrent(key).iter().find_map(read)
    }

    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.first(key, |value| value.as_str().map(str::to_owned))
    }

    /// What is said of one member of a list.
    pub(crate) fn detail(&self, name: &str, member: &str) -> Option<String> {
        self.text(&format!("{name}/{member}"))
    }

    pub(crate) fn parsed<T: FromStr>(&self, key: &str) -> Option<T> {
        self.first(key, |value| value.as_str()?.parse().ok())
    }

    pub(crate) fn number(&self, key: &str) -> Option<u32> {
        self.first(key, |value| u32::try_from(value.as_u64()?).ok())
    }

    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        self.first(key, ScalarValue::as_bool)
    }

    pub(crate) fn required_text(&self, key: &str) -> Result<String, NotesError> {
        self.text(key).ok_or(NotesError::Unreadable)
    }

    pub(crate) fn required<T: FromStr>(&self, key: &str) -> Result<T, NotesError> {
        self.parsed(key).ok_or(NotesError::Unreadable)
    }

    /// The members of a list with their positions, in order; members of equal position by their text, so that every
    /// device shows the same order.
    pub(crate) fn members(&self, list: &str) -> Vec<(u64, String)> {
        let mut members: Vec<(u64, String)> = self
            .0
            .keys(ROOT)
            .filter_map(|key| {
                let member = key.strip_prefix(list)?.strip_prefix('/')?.to_owned();
                let position = self.first(&key, ScalarValue::as_u64)?;
                Some((position, member))
            })
            .collect();
        members.sort();
        members
    }

    /// The members of a list, in order.
    pub(crate) fn list(&self, list: &str) -> Vec<String> {
        self.members(list).into_iter().map(|(_, member)| member).collect()
    }

    /// What stands between a group's name and a field's, for each that has the field.
    pub(crate) fn grouped(&self, group: &str, field: &str) -> impl Iterator<Item = String> {
        self.0.keys(ROOT).filter_map(move |key| {
            Some(key.strip_prefix(group)?.strip_prefix('/')?.strip_suffix(field)?.strip_suffix('/')?.to_owned())
        })
    }

    /// Refuses to edit what a newer version wrote and this one would spoil.
    pub(crate) fn check_writer(&self) -> Result<(), NotesError> {
        let asked = self.concurrent(MIN_WRITER).iter().filter_map(ScalarValue::as_u64).max().unwrap_or(0);
        if asked > WRITER_VERSION { Err(NotesError::NewerWriter) } else { Ok(()) }
    }
}

impl<D: ReadDoc> Source for Reader<'_, D> {
    fn text(&self, key: &'static str) -> Option<String> {
        Reader::text(self, key)
    }

    fn number(&self, key: &'static str) -> Option<u32> {
        Reader::number(self, key)
    }

    fn flag(&self, key: &'static str) -> Option<bool> {
        Reader::flag(self, key)
    }

    fn parsed<T: FromStr>(&self, key: &'static str) -> Option<T> {
        Reader::parsed(self, key)
    }
}
