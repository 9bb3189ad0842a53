//! Tests that need to reach inside a device: what an insider with one valid device may try, and what a crash leaves.

mod actors;
mod calendar;
mod closing;
mod cover;
mod crash;
mod employers;
mod erased_entry;
mod exporting;
mod field_book;
mod forged_rows;
mod handover;
mod hostile_changes;
mod insider;
mod lease;
mod lost_keys;
mod lying;
mod made_up;
mod mutation;
mod read_log;
mod read_log_kept;
mod reserve;
mod roles;
mod shared_case;
mod signals;
mod timed_town;
mod town;
