//! What a recovery station is asked and what it says.

use feltbog_app::{AppError, Recovered, RecoveryReason};
use serde::Serialize;
use zeroize::Zeroizing;

/// What a station needs to know.
pub struct RecoverWish {
    /// Address of the server.
    pub server: String,
    /// The municipality's id.
    pub tenant: String,
    /// Two different shares, as they are written down.
    pub shares: [Zeroizing<String>; 2],
    /// `lost_devices`, `access_request`, `complaint`, `drill` or `other`.
    pub reason: String,
}

impl RecoverWish {
    pub(crate) fn into_app(self) -> Result<feltbog_app::RecoverWish, AppError> {
        let unclear = |what: &str| AppError::Unclear(what.into());
        let reason = match self.reason.as_str() {
            "lost_devices" => RecoveryReason::LostDevices,
            "access_request" => RecoveryReason::AccessRequest,
            "complaint" => RecoveryReason::Complaint,
            "drill" => RecoveryReason::Drill,
            "other" => RecoveryReason::Other,
            _ => return Err(unclear("grunden skal være lost_devices, access_request, complaint, drill eller other")),
        };
        let tenant = self.tenant.parse().map_err(|_| unclear("kommunens id er 32 tegn, 0-9 og a-f"))?;
        Ok(feltbog_app::RecoverWish { server: self.server, tenant, shares: self.shares, reason })
    }
}

/// What the recovery key opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecoverDone {
    /// Keys whose wrap opened to the key their record says.
    pub opened: u32,
    /// Those whose did not, and who wrote the record.
    pub failed: Vec<UnopenedKey>,
}

/// A key that did not open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnopenedKey {
    /// The folder.
    pub folder: String,
    /// Which of its keys.
    pub epoch: u32,
    /// The device that wrote the record.
    pub author: String,
}

impl RecoverDone {
    pub(crate) fn of(found: Recovered) -> Self {
        let failed = found.failed.into_iter().map(|failed| UnopenedKey {
            folder: failed.folder.to_string(),
            epoch: failed.epoch,
            author: failed.author.to_string(),
        });
        Self { opened: found.opened, failed: failed.collect() }
    }
}
