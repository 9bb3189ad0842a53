//! Every target under a seeded stream of hostile input, and the naive reading of an envelope beside the real one.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what the workspace allows in tests, for their helpers too"
)]

mod corpus;
mod differential;
mod key_file;
mod naive_envelope;
mod seeded;
mod targets;
