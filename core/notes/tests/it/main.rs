//! Documents between devices: round trips, merging, stale views, hostile changes.

#![allow(missing_docs, reason = "tests are named as sentences")]

mod bombs;
mod convergence;
mod merging;
mod mutated_changes;
mod newer_versions;
mod round_trips;
mod samples;
mod stale_views;
mod timing;
