//! An exchange while nobody looks at the phone.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::reminding::told;
use super::{Door, Key};
use crate::reply::{NextReminderRow, Refused, Reply, Synced};
use crate::request::Request;
use crate::session::gone_wrong;

impl Door {
    /// One exchange in the little time that a phone gives. A locked door is opened for it alone: nobody else is answered, no
    /// screen is told, and when this returns the device is gone from memory again. It gives way to whoever turns the door.
    ///
    /// # Errors
    /// [`Refused`], with code `out_of_time` or `gave_way` among others; what was committed before stays.
    pub(crate) async fn exchange_within(&self, time: Duration) -> Result<SyncedUnseen, Refused> {
        let deadline = Instant::now() + time;
        if !self.is_open() {
            return self.exchange_unseen(deadline).await;
        }
        let reply = timeout_at(deadline, self.call(Request::Sync)).await;
        let synced = synced(reply.unwrap_or_else(|_| Reply::Refused(out_of_time())))?;
        Ok(SyncedUnseen { synced, reminders: self.next_reminders().await })
    }

    async fn exchange_unseen(&self, deadline: Instant) -> Result<SyncedUnseen, Refused> {
        let vault = self.inner.vault.clone().ok_or_else(|| self.says_closed())?;
        let Ok(_turning) = timeout_at(deadline, self.inner.turning.lock()).await else {
            return Err(out_of_time());
        };
        let mut others = self.inner.others.subscribe();
        let session = self.opened_with(Key::Vault(vault)).await?;
        let reply = tokio::select! {
            reply = timeout_at(deadline, session.call(Request::Sync)) => {
                reply.unwrap_or_else(|_| Reply::Refused(out_of_time()))
            }
            _ = others.wait_for(|others| *others > 0) => Reply::Refused(gave_way()),
        };
        let synced = synced(reply)?;
        // Waited for whoever comes: the database is let go of only when it has answered.
        Ok(SyncedUnseen { synced, reminders: told(session.call(Request::NextReminders).await) })
    }
}

/// What came of an exchange that nobody looked at.
#[derive(Debug)]
pub(crate) struct SyncedUnseen {
    pub(crate) synced: Synced,
    /// What the phone calls about from now on, as far as it is known.
    pub(crate) reminders: Option<Vec<NextReminderRow>>,
}

fn synced(reply: Reply) -> Result<Synced, Refused> {
    match reply {
        Reply::Synced(synced) => Ok(synced),
        Reply::Refused(refused) => Err(refused),
        _ => Err(gone_wrong()),
    }
}

fn out_of_time() -> Refused {
    Refused {
        code: "out_of_time".into(),
        message: "Der var ikke tid nok til at sende og hente. Alt, du har gemt, er her stadig.".into(),
        message_en: None,
        retryable: true,
    }
}

/// What was waited for came second to whoever turned the door.
pub(super) fn gave_way() -> Refused {
    Refused {
        code: "gave_way".into(),
        message: "Feltbog blev åbnet eller låst imens. Alt, du har gemt, er her stadig.".into(),
        message_en: None,
        retryable: true,
    }
}
