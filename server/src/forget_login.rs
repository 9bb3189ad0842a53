//! Letting a member come with another account: the provider gave the person a new one.

use std::io;

use feltbog_domain::MemberId;

use crate::log::{self, StoreError};
use crate::store::Store;

/// Why nothing was forgotten.
#[derive(Debug, thiserror::Error)]
pub enum ForgetLoginError {
    /// Nothing here.
    #[error("there is no store in this folder: make one with `feltbog-server init`")]
    NoStore,
    /// It would be written under the server's hands.
    #[error("a server runs on this folder: stop it first")]
    Running,
    /// No such binding.
    #[error("no account is bound to a member with that id")]
    NotBound,
    /// The lock.
    #[error("a file beside the database failed: {0}")]
    File(#[from] io::Error),
    /// The database.
    #[error("{0}")]
    Store(String),
}

impl From<StoreError> for ForgetLoginError {
    fn from(error: StoreError) -> Self {
        ForgetLoginError::Store(error.to_string())
    }
}

/// Releases a member's account; the next login binds anew. Nobody gets in by it: a login opens nothing, and a device is still
/// certified by people.
///
/// # Errors
/// [`ForgetLoginError`].
pub fn forget_login(store: impl Into<Store>, member: MemberId) -> Result<(), ForgetLoginError> {
    let store = store.into();
    if !store.is_here() {
        return Err(ForgetLoginError::NoStore);
    }
    let _alone = store.dir().lock_alone()?.ok_or(ForgetLoginError::Running)?;
    let released = log::write_once(&store, |transaction| {
        let mut released = false;
        for (tenant, _) in transaction.tenants()? {
            released |= transaction.release_account(tenant, member)?;
        }
        Ok::<_, StoreError>(released)
    })?;
    if released { Ok(()) } else { Err(ForgetLoginError::NotBound) }
}
