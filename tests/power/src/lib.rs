//! A disk that fails, forgets and flips: what crashes leave of the two databases.
//!
//! ```text
//! device database (SQLCipher)     server database
//!            \                        /
//!             SQLite, unchanged, as it ships
//!                        |
//!                     [`Disk`]       the default file layer of this process
//!                        |
//!             the operating system's files
//! ```
//!
//! A [`Disk`] covers one folder. Files elsewhere are passed through untouched, so tests run side by side. Below a disk
//! nothing is synced for real: what would survive a power cut is known from what SQLite asked to be synced, and
//! [`Recording::cuts`] makes the files that would be found afterwards.
//!
//! An interrupted system call (EINTR) never reaches this layer: SQLite's own file layer repeats it below.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests fail loudly")]

mod cheap_key;
mod cut;
mod disk;
mod fault;
mod flip;
mod plain_pages;
mod recording;
mod vfs;

pub use cheap_key::make_cheap;
pub use cut::{Cut, Files};
pub use disk::Disk;
pub use fault::{Failure, Fault, Lasting};
pub use flip::flipped;
pub use plain_pages::{pages_with, plain_pages};
pub use recording::{Moment, Recording};
