//! What the people who run the server can see of the log: numbers, sizes, times and sealed bytes.

use feltbog_domain::TenantId;

use crate::log::{self, LoggedRow, ReadLog, StoreError};
use crate::store::Store;

/// Which part of the log.
#[derive(Debug, Clone, Copy)]
pub struct Excerpt {
    /// The municipality; may be left out where there is only one.
    pub tenant: Option<TenantId>,
    /// Rows after this one.
    pub after: u64,
    /// Rows at most.
    pub limit: u64,
    /// Bytes of each envelope.
    pub bytes: u64,
}

/// Why the log could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum ShowLogError {
    /// Nothing here.
    #[error("there is no store in this folder: make one with `feltbog-server init`")]
    NoStore,
    /// No such municipality.
    #[error("this server has no tenant with that id")]
    UnknownTenant,
    /// Several to choose from, or none.
    #[error("this server has {} tenants: name one with --tenant ({})", .0.len(), .0.join(", "))]
    WhichTenant(Vec<String>),
    /// The database.
    #[error("{0}")]
    Store(String),
}

impl From<StoreError> for ShowLogError {
    fn from(error: StoreError) -> Self {
        ShowLogError::Store(error.to_string())
    }
}

/// Reads an excerpt of a store's log, also while a server writes to it.
///
/// # Errors
/// [`ShowLogError`].
pub fn show_log(store: impl Into<Store>, excerpt: &Excerpt) -> Result<Vec<LoggedRow>, ShowLogError> {
    let store = store.into();
    if !store.is_here() {
        return Err(ShowLogError::NoStore);
    }
    log::read_once(&store, |transaction| {
        let tenant = choose(transaction, excerpt.tenant)?;
        Ok(transaction.listing(tenant, excerpt.after, excerpt.limit, excerpt.bytes)?)
    })
}

fn choose(transaction: &dyn ReadLog, wanted: Option<TenantId>) -> Result<TenantId, ShowLogError> {
    let tenants = transaction.tenants()?;
    match (wanted, tenants.as_slice()) {
        (Some(id), known) if known.iter().any(|(tenant, _)| *tenant == id) => Ok(id),
        (Some(_), _) => Err(ShowLogError::UnknownTenant),
        (None, [(only, _)]) => Ok(*only),
        (None, many) => {
            Err(ShowLogError::WhichTenant(many.iter().map(|(tenant, name)| format!("{tenant} {name}")).collect()))
        }
    }
}
