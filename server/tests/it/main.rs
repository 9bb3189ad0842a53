//! The server through its own door: every test starts one on a free port and speaks HTTP with it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub,
    reason = "helpers of tests fail loudly"
)]

mod shut_out;
mod support;

mod admin;
mod attacks;
mod backfill;
mod backups;
mod bundles;
mod certificates;
mod command_line;
mod concurrency;
mod connections;
mod cover;
mod deposits;
mod doctor;
mod enrolment;
mod epochs;
mod erased_entry;
mod erasure;
mod facts;
mod feed;
mod hand_in;
mod handbook;
mod healing;
mod health;
mod hostile;
mod limits;
mod limits_table;
mod login;
mod login_attacks;
mod matrix;
mod on_postgres;
mod packaging;
mod pushing;
mod read_log;
mod receipts;
mod requests;
mod restart;
mod revocation;
mod same_answers;
mod schedules;
mod setup;
mod simulated;
mod stations;
mod stopped;
mod tls;
mod upgrades;
mod what_it_sees;
