//! Keys and what they are for. Device side only: the server never links this crate.
//!
//! Every key is wiped from memory when dropped and prints as `(..)`. Every derivation names its purpose.

mod folder_key;
mod host_token;
mod key_file;
mod key_pairs;
mod payload;
mod pseudonyms;
mod random;
mod read_log;
mod recovery_shares;
mod root_seed;
mod seal;
mod secret;
#[cfg(feature = "simulation")]
pub mod simulation;
mod vault_file;

pub use folder_key::{FolderKey, FolderKeyContext, WrapError};
pub use host_token::HostToken;
pub use key_file::{KeyFile, KeyFileError, LocalKey};
pub use key_pairs::{SigningPair, WrapPair};
pub use payload::{Codec, OpenedChange, Payload, PayloadError, SealedDocument};
pub use pseudonyms::{Pseudonyms, Stands};
pub use random::{random_bytes, random_id};
pub use read_log::{ReadChain, Readings, ReadingsPlace};
pub use recovery_shares::{RecoveryShare, ShareError};
pub use root_seed::RootSeed;
pub use seal::{OpenError, SealError, open, seal};
pub use secret::Secret;
pub use vault_file::{NoVaultFile, VaultFile};
