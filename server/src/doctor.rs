//! One look at everything that can go wrong with a server, in words for whoever runs it.

mod certificate;
mod finding;
mod words;

use std::io;
use std::path::Path;

use rustix::fs::statvfs;

use crate::backups::{last_backup_ms, verify_store};
use crate::clock;
use crate::config::Config;
use crate::data_dir::DataDir;
use crate::drill::last_drill_ms;
use crate::log::{DeviceReport, condition, device_reports};
use crate::receipt_key::ReceiptKey;
use crate::store::Store;

pub use finding::{Finding, Level};
pub use words::Language;

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
/// A row of the log from later than this says that the clock went back.
const CLOCK_MS: i64 = 5 * MINUTE_MS;
const MEBIBYTE: u64 = 1024 * 1024;
/// Below this nothing more may be written any moment.
const DISK_WRONG: u64 = 256 * MEBIBYTE;
/// Below this it is time to make room.
const DISK_NOTE: u64 = 2048 * MEBIBYTE;
/// A nightly backup that took its time is not overdue.
const BACKUP_HOURS: i64 = 26;
const DRILL_DAYS: i64 = 365;
/// A device is stuck whose oldest unsent work is older although it was here, or that was away for so long with any.
const UNSENT_HOURS: i64 = 72;
const AWAY_DAYS: i64 = 14;
/// What a restore put aside may hold what was erased since.
const PUT_ASIDE_DAYS: i64 = 30;

/// Looks at a store; with `thorough` also at every row, which takes a minute for each million.
#[must_use]
pub fn examine(store: impl Into<Store>, config: &Config, thorough: bool) -> Vec<Finding> {
    let (store, now_ms) = (store.into(), clock::now_ms());
    let dir = store.dir();
    if !store.is_here() {
        return vec![Finding::NoStore];
    }
    let mut found = Vec::new();
    found.extend(key(dir));
    found.extend(database(&store, now_ms, thorough));
    found.extend(disk(dir.path()));
    found.extend(backup(dir, now_ms));
    found.extend(drill(dir, now_ms));
    found.extend(put_aside(dir, now_ms));
    found.extend(config.tls.as_ref().and_then(|tls| certificate::look(&tls.certificate, now_ms)));
    found.sort_by_key(|finding| std::cmp::Reverse(finding.level()));
    found
}

fn key(dir: &DataDir) -> Option<Finding> {
    let path = dir.receipt_key();
    if ReceiptKey::load(&path).is_err() {
        return Some(Finding::KeyMissing);
    }
    #[cfg(unix)]
    if std::fs::metadata(&path)
        .is_ok_and(|file| std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o077 != 0)
    {
        return Some(Finding::KeyOpen);
    }
    None
}

fn database(store: &Store, now_ms: i64, thorough: bool) -> Vec<Finding> {
    let (now, devices) = match condition(store).and_then(|(now, _)| Ok((now, device_reports(store)?))) {
        Ok(read) => read,
        Err(error) => return vec![not_whole(store, error.to_string())],
    };
    let mut found = Vec::new();
    let ahead_ms = i64::try_from(now.newest_ms).unwrap_or(i64::MAX).saturating_sub(now_ms);
    if ahead_ms > CLOCK_MS {
        found.push(Finding::Clock { minutes: ahead_ms / MINUTE_MS });
    }
    if now.healing > 0 {
        found.push(Finding::Healing { tenants: now.healing });
    }
    let stuck: Vec<_> = devices.iter().filter(|device| is_stuck(device, now_ms)).map(|device| device.device).collect();
    if !stuck.is_empty() {
        found.push(Finding::Stuck { devices: stuck });
    }
    if thorough && let Err(error) = verify_store(store) {
        found.push(not_whole(store, error.to_string()));
    }
    found
}

/// Whose it is to put right: a database that servers share is looked after by its own people.
fn not_whole(store: &Store, how: String) -> Finding {
    if store.is_shared() { Finding::SharedDatabase(how) } else { Finding::Database(how) }
}

fn is_stuck(device: &DeviceReport, now_ms: i64) -> bool {
    let away_ms = device.last_seen_ms.map_or(0, |seen| now_ms.saturating_sub(seen));
    let waited = device.oldest_unsent_hours.is_some_and(|hours| i64::from(hours) > UNSENT_HOURS);
    device.unsent > 0 && (waited || away_ms > AWAY_DAYS * DAY_MS) || device.quarantined > 0
}

/// Bytes that are left on a folder's disk; nothing where it does not tell.
pub(crate) fn free_bytes(folder: &Path) -> Option<u64> {
    statvfs(folder).ok().map(|room| room.f_bavail.saturating_mul(room.f_frsize))
}

/// Whether a backup of then is older than the nightly one may be.
pub(crate) fn is_overdue(last_backup_ms: i64, now_ms: i64) -> bool {
    now_ms.saturating_sub(last_backup_ms) / HOUR_MS > BACKUP_HOURS
}

fn disk(data: &Path) -> Option<Finding> {
    let Some(free) = free_bytes(data) else { return Some(Finding::DiskUnknown) };
    (free < DISK_NOTE).then_some(Finding::Disk { mebibytes: free / MEBIBYTE, is_urgent: free < DISK_WRONG })
}

fn backup(dir: &DataDir, now_ms: i64) -> Option<Finding> {
    match last_backup_ms(dir) {
        Ok(Some(at)) => {
            let hours = now_ms.saturating_sub(at) / HOUR_MS;
            is_overdue(at, now_ms).then_some(Finding::BackupOverdue { hours })
        }
        _ => Some(Finding::NoBackup),
    }
}

fn drill(dir: &DataDir, now_ms: i64) -> Option<Finding> {
    match last_drill_ms(dir) {
        Ok(Some(at)) => {
            let days = now_ms.saturating_sub(at) / DAY_MS;
            (days > DRILL_DAYS).then_some(Finding::DrillOverdue { days })
        }
        _ => Some(Finding::NoDrill),
    }
}

fn put_aside(dir: &DataDir, now_ms: i64) -> Option<Finding> {
    let made = std::fs::metadata(dir.before_restore()).and_then(|file| file.modified()).ok()?;
    let since = made.duration_since(std::time::UNIX_EPOCH).map_err(io::Error::other).ok()?;
    let days = now_ms.saturating_sub(i64::try_from(since.as_millis()).unwrap_or_default()) / DAY_MS;
    (days > PUT_ASIDE_DAYS).then_some(Finding::PutAside { days })
}
