//! The office computer's host and the headless command line `feltbog`.
//!
//! Both only carry: what is asked goes to the core as a [`feltbog_bridge::Request`], what comes back is shown.

mod browser;
mod callback;
mod cli;
mod device;
mod failure;
pub mod host;
mod output;
mod passphrase;
mod private_file;
mod share_files;
mod stop_signal;

pub use cli::run;
