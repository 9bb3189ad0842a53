//! Automerge documents: typed edits, reading, merging, guarded apply.
