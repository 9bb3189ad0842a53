//! The first device of a municipality.

use std::sync::Arc;

use feltbog_protocol::{EnrolReply, ErrorCode, Roster, SetupRequest};
use sha2::{Digest, Sha256};

use super::entry::{Entered, Entry};
use super::rosters::SeenRoster;
use super::{Access, Refusal};
use crate::log::WriteLog;

impl Access {
    /// Takes in the first device and pins its root. Asking again with the same envelope gives the same answer.
    pub(crate) async fn setup(self: &Arc<Self>, request: SetupRequest) -> Result<EnrolReply, Refusal> {
        let (entry, first) = self.blocking(move |this| this.open_setup(request)).await?;
        let (tenant, device) = (entry.tenant, entry.device);
        let (server_key, now_ms) = (self.key.public(), self.around.now_ms());
        let entered = self.log.write(move |transaction| first.enter(transaction, &entry, &server_key, now_ms)).await?;
        self.blocking(move |this| this.welcome(tenant, device, &entered)).await
    }

    /// The secret comes first: whoever does not have it learns nothing of the rest.
    fn open_setup(&self, request: SetupRequest) -> Result<(Entry, First), Refusal> {
        let secret_hash: [u8; 32] = Sha256::digest(request.secret).into();
        let (tenant, now_ms) = (request.tenant, self.around.now_ms());
        self.log.read(|transaction| {
            transaction.tenant(tenant)?.ok_or(ErrorCode::UnknownTenant)?;
            self.tries.listen(&tenant, now_ms).map_err(|after_s| Refusal::TooOften { after_s })?;
            match transaction.bootstrap_hash(tenant)? {
                Some(expected) if expected == secret_hash => Ok(()),
                _ => {
                    self.tries.note_wrong(tenant, now_ms);
                    Err(Refusal::from(ErrorCode::BootstrapRefused))
                }
            }
        })?;
        Ok((Entry::open(tenant, request.envelope)?, First { root: request.root }))
    }
}

/// The root to be pinned.
struct First {
    root: [u8; 32],
}

impl First {
    fn enter(
        &self,
        transaction: &dyn WriteLog,
        entry: &Entry,
        server_key: &[u8; 32],
        now_ms: i64,
    ) -> Result<Entered, Refusal> {
        let tenant = transaction.tenant(entry.tenant)?.ok_or(ErrorCode::UnknownTenant)?;
        if let Some(pinned) = tenant.root {
            let before = if pinned == self.root { entry.entered_before(transaction)? } else { None };
            return before.ok_or_else(|| ErrorCode::BootstrapRefused.into());
        }
        let mut roster = Roster::new(entry.tenant, self.root);
        roster.admit(&entry.bundle, tenant.head.saturating_add(1)).map_err(|_| ErrorCode::BadRequest)?;
        if roster.server_key() != Some(server_key) {
            // Certified for another server: the code was not made here.
            return Err(ErrorCode::BootstrapRefused.into());
        }
        if roster.recovery().is_none() {
            return Err(ErrorCode::BadRequest.into());
        }
        transaction.pin_root(entry.tenant, &self.root, now_ms)?;
        Ok(entry.append(transaction, SeenRoster { roster, seen: 0 }, now_ms)?)
    }
}
