//! Making a store, or a further municipality in one.

use std::fs;
use std::io;

use feltbog_domain::TenantId;
use feltbog_protocol::BootstrapCode;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::log::{self, CreateError, NewTenant, StoreError};
use crate::receipt_key::{ReceiptKey, ReceiptKeyError};
use crate::store::Store;

/// A municipality that may be set up.
#[derive(Debug)]
pub struct Started {
    /// Its id.
    pub tenant: TenantId,
    /// What its first administrator types in; good for one setup, and kept nowhere.
    pub bootstrap: BootstrapCode,
}

/// Why no municipality was added.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// The folder.
    #[error("the data folder could not be made: {0}")]
    Folder(#[source] io::Error),
    /// The name is taken.
    #[error("a tenant with this name exists here already: choose another name")]
    NameTaken,
    /// Nothing was typed.
    #[error("the tenant's name is empty")]
    NameEmpty,
    /// Receipts of this store could not be signed any more.
    #[error("the store is here but its receipt.key is missing: put the key file back from its own backup")]
    KeyMissing,
    /// One folder cannot hold both.
    #[error("this folder holds a log in a file: take another folder for the keys of a log in a database")]
    InFile,
    /// The key.
    #[error("{0}")]
    Key(String),
    /// The database.
    #[error("{0}")]
    Store(String),
    /// The system's random source.
    #[error("the system gave no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}

impl From<ReceiptKeyError> for InitError {
    fn from(error: ReceiptKeyError) -> Self {
        InitError::Key(error.to_string())
    }
}

impl From<StoreError> for InitError {
    fn from(error: StoreError) -> Self {
        InitError::Store(error.to_string())
    }
}

impl From<CreateError> for InitError {
    fn from(error: CreateError) -> Self {
        InitError::Store(error.to_string())
    }
}

/// Makes the store if there is none, and adds a municipality to it. Also while a server runs on it.
///
/// # Errors
/// [`InitError`]; nothing was added then.
pub fn init(store: impl Into<Store>, tenant_name: &str) -> Result<Started, InitError> {
    let name = tenant_name.trim();
    if name.is_empty() {
        return Err(InitError::NameEmpty);
    }
    let store = store.into();
    store.dir().make().map_err(InitError::Folder)?;
    if store.is_shared() && store.dir().has_store() {
        return Err(InitError::InFile);
    }
    let key = receipt_key(&store)?;
    let tenant = TenantId::new(random()?);
    let secret = Zeroizing::new(random::<16>()?);
    let new = NewTenant { id: tenant, name, epoch: random()?, secret_hash: Sha256::digest(secret.as_slice()).into() };
    log::create(&store, |transaction| match transaction.add_tenant(&new) {
        Ok(true) => Ok(()),
        Ok(false) => Err(InitError::NameTaken),
        Err(error) => Err(error.into()),
    })?;
    if store.is_shared() {
        fs::write(store.dir().elsewhere(), "").map_err(InitError::Folder)?;
    }
    Ok(Started { tenant, bootstrap: BootstrapCode { tenant, secret: *secret, server_key: key.public() } })
}

/// The key is made before the database, so that no store is ever without one; and never for a store that had one.
fn receipt_key(store: &Store) -> Result<ReceiptKey, InitError> {
    let path = store.dir().receipt_key();
    if path.exists() {
        return Ok(ReceiptKey::load(&path)?);
    }
    if log::is_made(store)? {
        return Err(InitError::KeyMissing);
    }
    Ok(ReceiptKey::create(&path)?)
}

fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
