//! Builders for tests: worlds, devices, servers.
//!
//! ```text
//! World ── TestServer (feltbog-server)      every process is killed when its owner is dropped
//!   │          ▲
//!   │        Wire      the only way between them: can be cut, starved of replies, listened to
//!   │          ▲
//!   └─ Device, Device, ..  (feltbog, one home each)
//! ```
//!
//! Nothing here sleeps: a server is ready when its first line is out, a host when its address is.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail loudly"
)]

mod binaries;
mod chance;
mod csv_set;
mod device;
mod folder_copy;
mod host;
mod identity_provider;
mod memory;
mod pages;
mod postgres;
pub mod scan;
mod server;
mod wire;
mod world;

pub use binaries::{feltbog, feltbog_server};
pub use chance::Chance;
pub use csv_set::{CaseLine, CsvSet, EntryLine};
pub use device::{Device, Ran};
pub use folder_copy::copy_folder;
pub use host::Host;
pub use identity_provider::{Arrived, IdentityProvider, LOW, SUBSTANTIAL};
pub use pages::{entries, essence, notes, numbers, the_entry};
pub use postgres::TestDatabase;
pub use server::{ServerCopy, TestServer};
pub use wire::{Cut, Wire};
pub use world::World;
