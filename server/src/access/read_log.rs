//! Who read what: taken from whoever may have read, kept for the records officers as long as the municipality says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use feltbog_domain::{ProgrammeId, Role, RoleGrant, TenantId};
use feltbog_protocol::{Header, ReadLogRow, RefusalCode, judge_read_log};

use super::judge::Judge;
use super::{Access, Effect};
use crate::log::{StoreError, day_of};

impl Judge<'_> {
    /// Whether readings enter the log, and for whom.
    pub(super) fn readings(
        &self,
        header: &Header,
        row: &ReadLogRow,
    ) -> Result<Result<Effect, RefusalCode>, StoreError> {
        let transaction = self.transaction;
        let may_have_read = transaction.has_had_grant(header.tenant, header.folder, self.signer)?;
        let key = transaction.folder(header.tenant, row.key.folder, self.signer, self.now_ms)?;
        let key_kind = key.map(|folder| folder.facts.kind);
        let judged = judge_read_log(header, row, self.facts(header)?.as_ref(), may_have_read, key_kind);
        Ok(judged.map(|()| Effect::ReadingsTold { key: row.key.folder }))
    }
}

/// Whether somebody keeps records of anything.
pub(super) fn keeps_records(roles: &[RoleGrant]) -> bool {
    roles.iter().any(|grant| grant.role == Role::Records && grant.programme != ProgrammeId::NONE)
}

/// The day on which each tenant's old readings were deleted last, since the server began.
#[derive(Default)]
pub(super) struct ForgottenOn(Mutex<HashMap<TenantId, i64>>);

impl ForgottenOn {
    /// Whether it is time; if so, it counts as done.
    fn is_due(&self, tenant: TenantId, now_ms: i64) -> bool {
        let mut days = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        days.insert(tenant, day_of(now_ms)) != Some(day_of(now_ms))
    }
}

impl Access {
    /// Deletes readings that are older than the municipality keeps them: with the first exchange of the day.
    pub(super) async fn forget_old_readings(self: &Arc<Self>, tenant: TenantId) {
        let now_ms = self.around.now_ms();
        if !self.forgotten_on.is_due(tenant, now_ms) {
            return;
        }
        let before_ms = now_ms.saturating_sub(self.limits.read_log_ms());
        let this = Arc::clone(self);
        self.beside(async move {
            let done = this.log.write(move |transaction| transaction.forget_readings(tenant, before_ms));
            if let Err::<(), StoreError>(error) = done.await {
                tracing::warn!(%error, "readings that are too old were not deleted");
            }
        })
        .await;
    }
}
