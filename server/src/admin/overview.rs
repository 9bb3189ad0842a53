//! What is shown: read anew for each look, in one snapshot of the log.

use feltbog_domain::{DeviceId, TenantId};
use feltbog_protocol::DeviceState;

use crate::access::roster_of;
use crate::backups::last_backup_ms;
use crate::config::Config;
use crate::doctor::{Finding, examine, free_bytes, is_overdue};
use crate::log::{self, ReadLog, SaidOfItself, StoreError, condition};
use crate::stops::{self, Stopped};
use crate::store::Store;

/// A server as those see it who run it.
#[derive(Debug)]
pub(crate) struct Overview {
    /// When it was looked at, milliseconds since 1970.
    pub(super) now_ms: i64,
    /// What is wrong, what has to be done now first.
    pub(super) findings: Vec<Finding>,
    pub(super) storage: Storage,
    pub(super) backup: Backup,
    /// Nothing where the log could not be read; then a finding says so.
    pub(super) municipalities: Option<Vec<Municipality>>,
}

/// How much there is, and room for how much more.
#[derive(Debug)]
pub(super) struct Storage {
    /// Size of the database; nothing where it could not be read.
    pub(super) database_bytes: Option<u64>,
    /// Left on the disk of the store's folder.
    pub(super) free_bytes: Option<u64>,
    /// Whether the log is in a PostgreSQL, whose disk is its own people's.
    pub(super) is_shared: bool,
}

/// The last backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Backup {
    /// There was none.
    Never,
    /// Made then, milliseconds since 1970.
    At { ms: i64, is_overdue: bool },
}

/// One municipality.
#[derive(Debug)]
pub(super) struct Municipality {
    pub(super) id: TenantId,
    pub(super) name: String,
    /// Rows of its log.
    pub(super) rows: u64,
    /// Whether it was restored and waits for somebody who answers for it.
    pub(super) is_healing: bool,
    /// Those seen last first.
    pub(super) devices: Vec<Device>,
}

/// One device; whose it is stays out.
#[derive(Debug)]
pub(super) struct Device {
    pub(super) id: DeviceId,
    pub(super) state: State,
    pub(super) said: SaidOfItself,
}

/// Whether it is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Served,
    /// By the municipality's own people, until they free it.
    Blocked,
    /// By the municipality's own people, for good.
    Revoked,
    /// By those who run the server.
    StoppedHere,
}

impl Overview {
    /// Looks at a store. Takes about as long as `doctor`.
    pub(super) fn of(store: &Store, config: &Config, now_ms: i64) -> Self {
        let backup = match last_backup_ms(store.dir()) {
            Ok(Some(ms)) => Backup::At { ms, is_overdue: is_overdue(ms, now_ms) },
            _ => Backup::Never,
        };
        let storage = Storage {
            database_bytes: condition(store).ok().map(|(_, bytes)| bytes),
            free_bytes: free_bytes(store.dir().path()),
            is_shared: store.is_shared(),
        };
        let municipalities = municipalities(store);
        if let Err(error) = &municipalities {
            tracing::warn!(%error, "the administration page could not read the log");
        }
        let findings = examine(store, config, false);
        Self { now_ms, findings, storage, backup, municipalities: municipalities.ok() }
    }
}

/// Why the devices are not shown.
#[derive(Debug, thiserror::Error)]
enum NotRead {
    /// Without it a device that is stopped would look as if it were served.
    #[error("the list of stopped devices could not be read: {0}")]
    Stops(#[from] std::io::Error),
    #[error(transparent)]
    Log(#[from] StoreError),
}

fn municipalities(store: &Store) -> Result<Vec<Municipality>, NotRead> {
    let stopped = stops::read(&store.dir().stops())?;
    let is_stopped = |what| stopped.contains(&what);
    log::read_once(store, |log| {
        let mut found = Vec::new();
        for (id, name) in log.tenants()? {
            found.push(municipality(log, id, name, &is_stopped)?);
        }
        Ok(found)
    })
}

fn municipality(
    log: &dyn ReadLog,
    id: TenantId,
    name: String,
    is_stopped: &dyn Fn(Stopped) -> bool,
) -> Result<Municipality, StoreError> {
    let Some(row) = log.tenant(id)? else {
        return Ok(Municipality { id, name, rows: 0, is_healing: false, devices: Vec::new() });
    };
    let said: std::collections::BTreeMap<_, _> = log.said_of_themselves(id)?.into_iter().collect();
    let mut devices = Vec::new();
    if let Some(root) = row.root {
        for (id, entry) in roster_of(log, id, root)?.devices() {
            let here = is_stopped(Stopped::Device(id)) || is_stopped(Stopped::Member(entry.member));
            let state = match entry.state {
                DeviceState::Revoked => State::Revoked,
                _ if here => State::StoppedHere,
                DeviceState::Blocked => State::Blocked,
                DeviceState::Free => State::Served,
            };
            devices.push(Device { id, state, said: said.get(&id).copied().unwrap_or_default() });
        }
    }
    devices.sort_by_key(|device| (std::cmp::Reverse(device.said.seen_ms), device.id));
    Ok(Municipality { id, name, rows: row.head, is_healing: row.healing, devices })
}
