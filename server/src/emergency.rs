//! What those who run the server may do in an emergency, without a key: see which devices there are, stop one, serve it again.

use std::io;

use feltbog_domain::{DeviceId, MemberId, TenantId};
use feltbog_protocol::DeviceState;

use crate::access;
use crate::log::{self, StoreError};
use crate::stops::{self, Act, Stopped};
use crate::store::Store;

/// A device as the server knows it: no name, no content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDevice {
    /// The municipality.
    pub tenant: TenantId,
    /// The device.
    pub device: DeviceId,
    /// Whose it is.
    pub member: MemberId,
    /// When it was here last, milliseconds since 1970; noted some minutes late.
    pub last_seen_ms: Option<i64>,
    /// What the municipality's own people say of it.
    pub state: DeviceState,
    /// Whether it is stopped here.
    pub stopped: bool,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum EmergencyError {
    /// Nothing here.
    #[error("there is no store in this folder: make one with `feltbog-server init`")]
    NoStore,
    /// No such device or member.
    #[error("this server knows no {0}; `feltbog-server devices` lists them")]
    Unknown(Stopped),
    /// It is as it was.
    #[error("{0} was {1} already")]
    AsBefore(Stopped, &'static str),
    /// The file of stops.
    #[error("a file beside the database failed: {0}")]
    File(#[from] io::Error),
    /// The database.
    #[error("{0}")]
    Store(String),
}

impl From<StoreError> for EmergencyError {
    fn from(error: StoreError) -> Self {
        EmergencyError::Store(error.to_string())
    }
}

/// Every device this server knows, also while it runs.
///
/// # Errors
/// [`EmergencyError`].
pub fn devices(store: impl Into<Store>) -> Result<Vec<ListedDevice>, EmergencyError> {
    let store = store.into();
    if !store.is_here() {
        return Err(EmergencyError::NoStore);
    }
    let stopped = stops::read(&store.dir().stops())?;
    log::read_once(&store, |transaction| {
        let mut found = Vec::new();
        for (tenant, _) in transaction.tenants()? {
            let Some(root) = transaction.tenant(tenant)?.and_then(|row| row.root) else { continue };
            let roster = access::roster_of(transaction, tenant, root)?;
            for (device, entry) in roster.devices() {
                let (member, state) = (entry.member, entry.state);
                let is_stopped =
                    stopped.contains(&Stopped::Device(device)) || stopped.contains(&Stopped::Member(member));
                let last_seen_ms = transaction.last_seen(tenant, device)?;
                found.push(ListedDevice { tenant, device, member, last_seen_ms, state, stopped: is_stopped });
            }
        }
        Ok(found)
    })
}

/// Stops a device or a member, or serves it again. A running server goes by it from its next request on. Nothing of the
/// municipality's is changed by it: its own people alone shut anybody out.
///
/// # Errors
/// [`EmergencyError`].
pub fn stop(store: impl Into<Store>, act: Act, what: Stopped) -> Result<(), EmergencyError> {
    let store = store.into();
    let path = store.dir().stops();
    let known = devices(store)?;
    let is_known = known.iter().any(|listed| match what {
        Stopped::Device(device) => listed.device == device,
        Stopped::Member(member) => listed.member == member,
    });
    if !is_known {
        return Err(EmergencyError::Unknown(what));
    }
    match (act, stops::read(&path)?.contains(&what)) {
        (Act::Block, true) => return Err(EmergencyError::AsBefore(what, "stopped")),
        (Act::Unblock, false) => return Err(EmergencyError::AsBefore(what, "not stopped")),
        _ => {}
    }
    Ok(stops::write(&path, act, what, crate::clock::now_ms())?)
}
