//! Automerge documents: typed edits, reading, merging, guarded apply.
//!
//! One [`Document`] is one small automerge document: an entry, an employer, a member of the staff. Every edit makes
//! one [`Change`], which travels sealed; [`apply`] takes the changes of others and trusts none of them. Nothing outside
//! this crate knows automerge.
//!
//! What a document looks like inside: see `schema.rs`. A field is a register in the root, a list is one register per
//! member (`folders/<id>`), an entry's note is the only text that merges letter by letter.

mod actor_of;
mod agreement;
mod ancestry;
mod caps;
mod change;
mod change_rules;
mod chunk_check;
mod commit;
mod conflict;
mod consent;
mod contact_person;
mod document;
mod document_id;
mod employer;
mod employer_contact;
mod entry;
mod entry_registers;
mod error;
mod evidence;
mod fidelity_review;
mod first_entry;
mod genesis;
mod guarded_apply;
mod guarded_call;
mod head;
mod heads;
mod note_edit;
mod opening;
mod passages;
mod people;
mod profile;
mod programme;
mod reader;
mod register_row;
mod registers;
mod schema;
mod share_holders;
mod staff;
mod verify;
mod without;

pub use actor_of::actor_of;
pub use caps::Caps;
pub use change::{ActorBytes, Change};
pub use document::Document;
pub use document_id::document_id;
pub use entry::EntryReading;
pub use error::{ApplyError, NotesError};
pub use first_entry::FirstEntry;
pub use guarded_apply::{Applied, apply, holds};
pub use head::HeadFields;
pub use heads::{Heads, HeadsError};
pub use passages::Passage;
pub use programme::ProgrammeFields;
pub use register_row::RegisterFields;
pub use staff::StaffFields;
