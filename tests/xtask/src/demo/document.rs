//! What a program of the product answered with `--json`.

use anyhow::{Context, Result};
use serde_json::Value;

/// One JSON document.
pub(super) struct Document(Value);

impl Document {
    pub(super) fn read(text: &str) -> Result<Self> {
        serde_json::from_str(text).map(Self).with_context(|| format!("expected one JSON document, got: {text}"))
    }

    /// The text behind a pointer like `/invitation`.
    pub(super) fn text(&self, pointer: &str) -> Result<String> {
        let text = self.0.pointer(pointer).and_then(Value::as_str);
        text.map(str::to_owned).with_context(|| format!("the answer has no text {pointer}"))
    }

    /// The number behind a pointer like `/added/cases`.
    pub(super) fn number(&self, pointer: &str) -> Result<u64> {
        self.0.pointer(pointer).and_then(Value::as_u64).with_context(|| format!("the answer has no number {pointer}"))
    }

    /// How many there are.
    pub(super) fn length(&self) -> usize {
        self.0.as_array().map_or(0, Vec::len)
    }
}
