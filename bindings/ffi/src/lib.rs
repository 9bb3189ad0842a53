//! The core as a library for phones: Kotlin and Swift are generated from what is exported here.
//!
//! A phone's user interface speaks the same JSON as everywhere else, through [`App::call`]. Typed are only the things that
//! the phone itself has to do: open, exchange in the background, remind, let go before it sleeps, forget. Nothing is decided here.

mod app;
mod build_info;
#[cfg(target_os = "android")]
mod certificates;
mod host_error;
mod key_vault;
mod listener;
mod open_options;
mod reminders;
mod subscription;
mod sync_outcome;
mod threads;

pub use app::App;
pub use build_info::{BuildInfo, build_info};
#[cfg(target_os = "android")]
pub use certificates::begin;
pub use host_error::HostError;
pub use key_vault::{KeyVault, VaultError};
pub use listener::{Listener, ListenerError};
pub use open_options::OpenOptions;
pub use reminders::{Reminder, Reminders};
pub use subscription::Subscription;
pub use sync_outcome::SyncOutcome;

uniffi::setup_scaffolding!("feltbog");
