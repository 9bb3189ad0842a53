//! Suites that cross crates, through the shipped binaries.
