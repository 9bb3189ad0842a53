//! What can be wrong.

use feltbog_domain::DeviceId;

/// How soon somebody has to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Some day this week.
    Note,
    /// Now.
    Wrong,
}

/// One thing that is not as it should be; no name and no content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Nothing was made in this folder.
    NoStore,
    /// The receipt key cannot be read.
    KeyMissing,
    /// Others than its owner may read the receipt key.
    KeyOpen,
    /// The database does not open, or is not whole; how.
    Database(String),
    /// The database that several servers share cannot be reached, or is not whole; how.
    SharedDatabase(String),
    /// The newest row is from so many minutes ahead.
    Clock {
        /// How far.
        minutes: i64,
    },
    /// Restored logs wait for somebody who answers for them.
    Healing {
        /// Municipalities.
        tenants: u64,
    },
    /// Devices that have said for long that they have something unsent, or could not take something in.
    Stuck {
        /// Which.
        devices: Vec<DeviceId>,
    },
    /// The disk does not say how full it is.
    DiskUnknown,
    /// The disk fills up.
    Disk {
        /// What is left.
        mebibytes: u64,
        /// Whether the server may stop writing any moment.
        is_urgent: bool,
    },
    /// There was never a backup.
    NoBackup,
    /// The last backup is older than a day.
    BackupOverdue {
        /// How old.
        hours: i64,
    },
    /// Nobody ever rehearsed the recovery.
    NoDrill,
    /// Nobody has rehearsed the recovery for a year.
    DrillOverdue {
        /// How long ago.
        days: i64,
    },
    /// The database of before a restore is still here.
    PutAside {
        /// For how long.
        days: i64,
    },
    /// The certificate cannot be read.
    CertificateUnread,
    /// The certificate is over, or soon will be.
    Certificate {
        /// Days left; none or fewer: it is over.
        days: i64,
    },
}

/// A certificate that renews itself does so with more days left.
const CERTIFICATE_WRONG: i64 = 7;

impl Finding {
    /// How soon somebody has to do something.
    #[must_use]
    pub const fn level(&self) -> Level {
        match self {
            Finding::NoStore
            | Finding::KeyMissing
            | Finding::KeyOpen
            | Finding::Database(_)
            | Finding::SharedDatabase(_)
            | Finding::Clock { .. }
            | Finding::Disk { is_urgent: true, .. }
            | Finding::NoBackup
            | Finding::BackupOverdue { .. }
            | Finding::PutAside { .. }
            | Finding::CertificateUnread => Level::Wrong,
            Finding::Certificate { days } if *days <= CERTIFICATE_WRONG => Level::Wrong,
            Finding::Certificate { .. }
            | Finding::Healing { .. }
            | Finding::Stuck { .. }
            | Finding::DiskUnknown
            | Finding::Disk { .. }
            | Finding::NoDrill
            | Finding::DrillOverdue { .. } => Level::Note,
        }
    }

    /// A word that stays, for programs.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Finding::NoStore => "no_store",
            Finding::KeyMissing => "key_missing",
            Finding::KeyOpen => "key_open",
            Finding::Database(_) => "database",
            Finding::SharedDatabase(_) => "shared_database",
            Finding::Clock { .. } => "clock",
            Finding::Healing { .. } => "healing",
            Finding::Stuck { .. } => "stuck",
            Finding::DiskUnknown => "disk_unknown",
            Finding::Disk { .. } => "disk",
            Finding::NoBackup => "no_backup",
            Finding::BackupOverdue { .. } => "backup_overdue",
            Finding::NoDrill => "no_drill",
            Finding::DrillOverdue { .. } => "drill_overdue",
            Finding::PutAside { .. } => "put_aside",
            Finding::CertificateUnread => "certificate_unread",
            Finding::Certificate { .. } => "certificate",
        }
    }
}
