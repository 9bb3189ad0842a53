//! Who a change says it is by, before anything of it is applied.

use crate::change::ActorBytes;
use crate::chunk_check::actor_in;

/// The writer a change names: the sixteen bytes that its device was given for the folder, without the one that is added
/// where an edit was made on an older state. `None` when the bytes are no change.
///
/// Automerge believes this name, and two changes under one name and number exclude each other. Whoever takes changes in
/// must see to it that nobody writes under somebody else's.
#[must_use]
pub fn actor_of(change: &[u8]) -> Option<ActorBytes> {
    actor_in(change).ok()?.first_chunk::<16>().copied().map(ActorBytes)
}
