//! The surface that phones see, used from Rust: what is generated from it is tested in Python and Kotlin.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail loudly"
)]

mod events;
mod lifetime;
mod municipalities;
mod requests;
mod town;
mod vault;
