//! The bytes of first writes: taken apart and written anew, without automerge.
//!
//! Sealing packs them tighter for it, and notes takes them in without building a document: a change that comes out byte
//! for byte the same is one that automerge itself writes for these fields and this text.

mod columns;
mod first_write;
mod input;

pub use first_write::{FieldValue, FirstWrite, Shape, TextObject, take_apart, value_len};
pub use input::{Input, Malformed, push_length, push_number, push_sized};
