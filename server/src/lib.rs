//! The sync server: sealed envelopes in an append-only log, rights, receipts.
//!
//! It can read none of what it keeps, and that is a property of what it links: nothing here, and nothing it depends
//! on, can open an envelope or parse a document. `http` knows no SQL, `access` knows no HTTP, `log` decides nothing;
//! each calls only the next.
//!
//! ```text
//! device --POST /v1/sync--> http --> access: which device? judge each envelope --> log: one transaction, fsync
//!                             <------------- receipt, page of rows ------------------+
//! ```

mod access;
mod admin;
mod backups;
pub mod cli;
mod clock;
mod config;
mod crowd;
mod data_dir;
mod doctor;
mod drill;
mod emergency;
mod forget_login;
mod http;
mod init;
mod limits;
mod log;
mod login;
mod mark;
mod metrics;
mod readiness;
mod receipt_key;
mod restore;
mod serve;
mod settings;
mod show_log;
pub mod simulated;
mod stops;
mod store;
mod surroundings;
mod tries;
mod wait;

pub use admin::{AdminError, admin_off, admin_password};
pub use backups::{BackupError, Retention, Verified, VerifyError, backup, verify, verify_store};
pub use config::{Config, ConfigError};
pub use doctor::{Finding, Language, Level, examine};
pub use drill::drill_held;
pub use emergency::{EmergencyError, ListedDevice, devices, stop};
pub use forget_login::{ForgetLoginError, forget_login};
pub use http::{Endpoint, Listener, Messages, TlsError};
pub use init::{InitError, Started, init};
pub use limits::{Limits, LimitsError};
pub use log::{DatabaseAddress, LoggedRow, NoAddress};
pub use login::{LoginConfig, LoginConfigError, Logins};
pub use restore::{DamagedCopies, RestoreError, Restored, restore, take_up};
pub use serve::{ServeError, Server};
pub use settings::{ClientHeader, MetricsConfig, NoHeader, ServerConfig, SettingsError, TlsConfig};
pub use show_log::{Excerpt, ShowLogError, show_log};
pub use stops::{Act, Stopped};
pub use store::Store;
