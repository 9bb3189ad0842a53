//! Through the shipped binaries: what people at several computers and a server see of it all.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub,
    reason = "helpers of tests fail loudly"
)]

mod cases;
mod command_line;
mod compatibility;
mod cover;
mod damage;
mod disk_full;
mod employers;
mod enrolment;
mod entries;
mod erasure;
mod field_book;
mod full_import;
mod handover;
mod import;
mod kill_loops;
mod killing;
mod locked;
mod login;
mod lost_phone;
mod municipalities;
mod network;
mod notes;
mod open_host;
mod people;
mod phone_login;
mod readlog;
mod recovery;
mod regions;
mod reports;
mod restored;
mod reviews;
mod roles;
mod secrecy;
mod sharing;
mod stopped;
mod support;
mod surveys;
mod taken_out;
