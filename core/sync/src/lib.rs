//! The exchange as a sans-IO engine: inputs in, effects out.
//!
//! It moves opaque envelopes and cursors and knows neither CRDT nor crypto nor SQL. It has no clock, no socket and no
//! random source of its own, so the same inputs always give the same effects.
//!
//! ```text
//! Begin -> Seal -> (sealed) -> Exchange -> (replied) -> CommitPage -> (committed) -+-> Exchange ... while there is more
//!                                                                                  +-> Apply -> (applied) -+-> Seal ... while something is owed
//!                                                                                                          +-> Finished
//! ```

mod engine;
mod page;
mod page_size;
mod state;

pub use engine::{Effect, Engine, Input};
pub use page::Page;
pub use page_size::PageSize;
pub use state::{Failure, Outbox, Outcome, Queued, SavedState, Setback};
