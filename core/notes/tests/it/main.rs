//! Documents between devices: round trips, merging, stale views, hostile changes.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::needless_pass_by_value,
    reason = "what the workspace allows in tests, for their helpers too"
)]

mod bombs;
mod convergence;
mod first_entries;
mod merging;
mod mutated_changes;
mod newer_versions;
mod passages;
mod round_trips;
mod samples;
mod stale_views;
mod timing;
mod without;
