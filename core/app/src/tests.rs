//! Tests that need to reach inside a device: what an insider with one valid device may try, and what a crash leaves.

mod crash;
mod insider;
mod town;
