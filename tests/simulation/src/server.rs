//! The room the server stands in.

use anyhow::Result;
use feltbog_domain::TenantId;
use feltbog_protocol::RequestSignature;
use feltbog_server::LoggedRow;
use feltbog_server::simulated::{self, Headers, RuleServer, Snapshot};

use crate::link::{Reply, Request};

/// Its key follows from it, so it is the same in every life.
const SEED: u64 = 0xfe17_b090;
/// Bytes of a tiny page: a handful of rows.
const TINY: u64 = 2_500;

/// The real rules over a database that can be copied and put back.
pub(crate) struct ServerRoom {
    server: RuleServer,
    tenant: TenantId,
}

/// An older copy of the database.
#[derive(Debug, Clone)]
pub(crate) struct OlderCopy {
    database: Snapshot,
    tenant: TenantId,
}

impl ServerRoom {
    /// A new server with one municipality, and its bootstrap code.
    pub(crate) fn found() -> Result<(Self, String)> {
        let mut server = RuleServer::new(SEED)?;
        let code = server.found("By")?;
        Ok((Self { server, tenant: code.tenant }, code.to_text()))
    }

    /// The same server, standing on a copy.
    pub(crate) fn on(copy: &OlderCopy) -> Result<Self> {
        // Founding once more uses up the chance that the first founding had: ids and epochs must not come twice.
        let (mut room, _) = Self::found()?;
        room.server.restore(&copy.database)?;
        room.tenant = copy.tenant;
        Ok(room)
    }

    pub(crate) fn copy(&self) -> Result<OlderCopy> {
        Ok(OlderCopy { database: self.server.snapshot()?, tenant: self.tenant })
    }

    /// An operator puts an older copy in the database's place and tells nobody.
    pub(crate) fn put_back(&mut self, older: &OlderCopy) -> Result<()> {
        Ok(self.server.restore(&older.database)?)
    }

    pub(crate) fn restart(&mut self) -> Result<()> {
        Ok(self.server.restart()?)
    }

    /// Whether this thread's servers give out tiny pages.
    pub(crate) fn set_tiny_pages(tiny: bool) {
        simulated::set_page_ceiling(if tiny { TINY } else { u64::MAX });
    }

    /// Every row after a place.
    pub(crate) fn rows_after(&self, seq: u64) -> Result<Vec<LoggedRow>> {
        Ok(self.server.rows_after(self.tenant, seq)?)
    }

    pub(crate) fn post(&mut self, request: &Request, now_ms: i64) -> Result<Reply> {
        let header = |name: &str| request.headers.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str());
        let headers =
            Headers { authorization: header("authorization"), tenant: header(RequestSignature::TENANT_HEADER) };
        Ok(self.server.post(&request.path, headers, &request.body, now_ms)?)
    }
}
