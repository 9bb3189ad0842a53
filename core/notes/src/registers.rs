//! Writing registers and lists: only what differs.

use automerge::transaction::{Transactable, Transaction};
use automerge::{AutomergeError, ROOT, ReadDoc, ScalarValue};

use crate::reader::Reader;

/// What a document's registers shall hold. A register nobody names here stays as it is.
#[derive(Default)]
pub(crate) struct Registers {
    values: Vec<(&'static str, Option<ScalarValue>)>,
    decisions: Vec<(&'static str, ScalarValue)>,
    details: Vec<(String, Option<ScalarValue>)>,
    lists: Vec<List>,
}

struct List {
    name: &'static str,
    members: Vec<String>,
    /// Which members this version understands; others were written by a newer one and stay.
    understood: fn(&str) -> bool,
}

impl Registers {
    pub(crate) fn text(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.values.push((key, Some(ScalarValue::Str(value.into().into()))));
        self
    }

    pub(crate) fn optional_text(mut self, key: &'static str, value: Option<impl ToString>) -> Self {
        self.values.push((key, value.map(|value| ScalarValue::Str(value.to_string().into()))));
        self
    }

    pub(crate) fn number(mut self, key: &'static str, value: Option<u32>) -> Self {
        self.values.push((key, value.map(|value| ScalarValue::Uint(u64::from(value)))));
        self
    }

    pub(crate) fn flag(mut self, key: &'static str, value: Option<bool>) -> Self {
        self.values.push((key, value.map(ScalarValue::Boolean)));
        self
    }

    /// Written even where it equals one of several concurrent values, so that it becomes the only one.
    pub(crate) fn decision(mut self, key: &'static str, value: &str) -> Self {
        self.decisions.push((key, ScalarValue::Str(value.into())));
        self
    }

    /// What is said of one member of a list.
    pub(crate) fn detail(mut self, name: &'static str, member: &str, value: Option<&str>) -> Self {
        self.details.push((format!("{name}/{member}"), value.map(|value| ScalarValue::Str(value.into()))));
        self
    }

    pub(crate) fn list(
        mut self,
        name: &'static str,
        members: impl IntoIterator<Item = String>,
        understood: fn(&str) -> bool,
    ) -> Self {
        let mut unique: Vec<String> = Vec::new();
        for member in members {
            if !unique.contains(&member) {
                unique.push(member);
            }
        }
        self.lists.push(List { name, members: unique, understood });
        self
    }

    /// The registers that hold something, in order: what a first write writes.
    pub(crate) fn present(self) -> Vec<(&'static str, ScalarValue)> {
        self.values.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }

    /// Writes every register whose shown value differs.
    pub(crate) fn write(self, tx: &mut Transaction<'_>) -> Result<(), AutomergeError> {
        for (key, value) in self.values {
            write_value(tx, key, value)?;
        }
        for (key, value) in self.decisions {
            tx.put(ROOT, key, value)?;
        }
        for (key, value) in self.details {
            write_value(tx, &key, value)?;
        }
        for list in self.lists {
            list.write(tx)?;
        }
        Ok(())
    }
}

impl List {
    /// Positions are rewritten only when the order is another, so that two devices that add a member each touch one
    /// register each.
    fn write(self, tx: &mut Transaction<'_>) -> Result<(), AutomergeError> {
        let present = Reader(tx).members(self.name);
        for (_, member) in present.iter().filter(|(_, member)| (self.understood)(member)) {
            if !self.members.contains(member) {
                tx.delete(ROOT, self.key(member))?;
            }
        }
        let mut lowest = 0;
        for member in &self.members {
            let position = present.iter().find(|(_, known)| known == member).map(|(position, _)| *position);
            match position {
                Some(position) if position >= lowest => lowest = position.saturating_add(1),
                _ => {
                    tx.put(ROOT, self.key(member), lowest)?;
                    lowest = lowest.saturating_add(1);
                }
            }
        }
        Ok(())
    }

    fn key(&self, member: &str) -> String {
        format!("{}/{member}", self.name)
    }
}

fn write_value(tx: &mut Transaction<'_>, key: &str, value: Option<ScalarValue>) -> Result<(), AutomergeError> {
    match value {
        Some(value) if Reader(tx).concurrent(key).first() != Some(&value) => tx.put(ROOT, key, value),
        None if tx.get(ROOT, key)?.is_some() => tx.delete(ROOT, key),
        Some(_) | None => Ok(()),
    }
}
