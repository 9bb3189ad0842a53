//! The surface that phones see, used from Rust: what is generated from it is tested in Python and Kotlin.

mod events;
mod lifetime;
mod requests;
mod town;
mod vault;
