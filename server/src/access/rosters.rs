//! The roster of each tenant, built from the certificates in the log and kept in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use feltbog_domain::TenantId;
use feltbog_protocol::{CertificateBundle, Envelope, Roster};

use crate::log::{ReadLog, StoreError};

/// A roster and the last certificate row that is in it.
#[derive(Debug, Clone)]
pub(super) struct SeenRoster {
    pub(super) roster: Roster,
    pub(super) seen: u64,
}

/// Rosters of committed rows only: one that holds rows of an open transaction is published after its commit.
#[derive(Default)]
pub(super) struct Rosters {
    published: Mutex<HashMap<TenantId, Arc<SeenRoster>>>,
}

impl Rosters {
    /// The tenant's roster as this transaction sees it: what is published, and the certificates that came since, from
    /// this process or another one on the same log.
    pub(super) fn seen_by(
        &self,
        transaction: &dyn ReadLog,
        tenant: TenantId,
        root: [u8; 32],
    ) -> Result<Arc<SeenRoster>, StoreError> {
        let known = self.published.lock().unwrap_or_else(PoisonError::into_inner).get(&tenant).cloned();
        let known = known.unwrap_or_else(|| Arc::new(SeenRoster { roster: Roster::new(tenant, root), seen: 0 }));
        let newer = transaction.certificates(tenant, known.seen)?;
        if newer.is_empty() {
            return Ok(known);
        }
        let mut roster = SeenRoster::clone(&known);
        for (seq, envelope) in newer {
            roster.take_in(seq, envelope)?;
        }
        Ok(Arc::new(roster))
    }

    /// Makes a roster of committed rows the one to start from.
    pub(super) fn publish(&self, roster: &Arc<SeenRoster>) {
        let mut published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = published.entry(roster.roster.tenant()).or_insert_with(|| Arc::clone(roster));
        if newest.seen < roster.seen {
            *newest = Arc::clone(roster);
        }
    }
}

impl SeenRoster {
    /// A bundle that cannot be read is damage. One that does not hold came back after a restore without what it stands on
    /// (see [`super::again`]); it is passed over, as every device passes it over.
    fn take_in(&mut self, seq: u64, envelope: Vec<u8>) -> Result<(), StoreError> {
        let corrupt = || StoreError::Corrupt { seq };
        let envelope = Envelope::decode(envelope).map_err(|_| corrupt())?;
        let bundle: CertificateBundle = feltbog_protocol::decode(envelope.body()).map_err(|_| corrupt())?;
        if self.roster.admit(&bundle, seq).is_err() {
            tracing::warn!(seq, "a certificate that does not hold is passed over");
        }
        self.seen = seq;
        Ok(())
    }
}
