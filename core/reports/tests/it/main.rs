//! The measures on small programmes whose answers were worked out by hand.

#![allow(clippy::unwrap_used, reason = "what the workspace allows in tests, for their helpers too")]

mod aggregate;
mod any_day;
mod any_file;
mod at_work;
mod builder;
mod charts;
mod contacts;
mod examples;
mod fidelity;
mod fidelity_counted;
mod fidelity_kept;
mod jobs;
mod questions;
mod saving;
mod sources;
mod targets;
mod the_same_everywhere;
