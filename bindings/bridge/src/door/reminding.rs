//! What the owner's own phone calls about, as far as one door tells.

use super::{Door, NEEDS_PASSPHRASE};
use crate::reply::{NextReminderRow, Reply};
use crate::request::Request;

impl Door {
    /// What comes next; `None` while the door is closed. A device that is stopped or taken off has nothing to say.
    pub(crate) async fn next_reminders(&self) -> Option<Vec<NextReminderRow>> {
        if !self.is_set_up() {
            return Some(Vec::new());
        }
        told(self.call(Request::NextReminders).await)
    }
}

pub(super) fn told(reply: Reply) -> Option<Vec<NextReminderRow>> {
    match reply {
        Reply::NextReminders { reminders } => Some(reminders),
        Reply::Refused(refused) if !refused.retryable && refused.code != NEEDS_PASSPHRASE => Some(Vec::new()),
        _ => None,
    }
}
