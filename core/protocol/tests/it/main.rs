//! What both ends must agree on, seen from outside.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests and their builders")]

mod access;
mod builders;
mod erasure;
mod golden;
mod leaving;
mod roster;
