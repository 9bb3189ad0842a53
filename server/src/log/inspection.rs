//! What is found when a whole store is looked through, or a copy of one: is it what it was?

use std::fmt;

use feltbog_domain::{FolderId, TenantId};
use feltbog_protocol::{Envelope, EnvelopeHash, LogChain};

use super::{ReadLog, StoreError};
use crate::access::roster_of;

/// Something that must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// The file itself; in `SQLite`'s words, which name pages and tables.
    File(String),
    /// The log goes on beyond a row that is not there.
    Gap { tenant: TenantId, seq: u64 },
    /// The running hash does not follow from the row before.
    Chain { tenant: TenantId, seq: u64 },
    /// An envelope is not the one that was taken.
    Envelope { tenant: TenantId, seq: u64 },
    /// The receipt key is not the one that the municipality's root certified.
    ReceiptKey { tenant: TenantId },
    /// Something was erased, and the list of erasures does not know of it: an older copy would bring it back.
    Unlisted { tenant: TenantId, folder: FolderId },
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::File(text) => write!(f, "the file is damaged: {text}"),
            Flaw::Gap { tenant, seq } => write!(f, "tenant {tenant}: row {seq} of the log is missing"),
            Flaw::Chain { tenant, seq } => write!(f, "tenant {tenant}: the log's running hash breaks at row {seq}"),
            Flaw::Envelope { tenant, seq } => {
                write!(f, "tenant {tenant}: row {seq} holds another envelope than was taken")
            }
            Flaw::ReceiptKey { tenant } => write!(f, "tenant {tenant}: receipt.key is not the key its devices know"),
            Flaw::Unlisted { tenant, folder } => {
                write!(f, "tenant {tenant}: folder {folder} was erased, and the list of erasures does not have it")
            }
        }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Inspection {
    /// What must not be.
    pub(crate) flaws: Vec<Flaw>,
    /// Municipalities.
    pub(crate) tenants: u64,
    /// Rows looked at.
    pub(crate) rows: u64,
    /// Folders that were erased after this copy was made; a restore erases them again.
    pub(crate) to_erase: u64,
    /// Folders whose keys came after this key store was copied; devices bring them again.
    pub(crate) without_key: u64,
}

/// One municipality's log, looked at row by row.
pub(super) struct Walk {
    tenant: TenantId,
    expected: u64,
    chain: Option<LogChain>,
}

impl Walk {
    /// Before the first row.
    pub(super) fn of(tenant: TenantId) -> Self {
        Self { tenant, expected: 1, chain: None }
    }

    /// The next row: its number, the running hash that stands there, and its envelope unless it was erased or nobody can read it.
    pub(super) fn row(
        &mut self,
        found: &mut Inspection,
        seq: u64,
        stored: Option<LogChain>,
        hash: EnvelopeHash,
        body: Option<Vec<u8>>,
    ) {
        let tenant = self.tenant;
        if seq != self.expected {
            found.flaws.push(Flaw::Gap { tenant, seq: self.expected });
        }
        self.expected = seq + 1;
        found.rows += 1;
        // It begins anew after rows from before it was kept.
        if stored.is_some_and(|stored| stored != self.chain.unwrap_or_default().with(hash)) {
            found.flaws.push(Flaw::Chain { tenant, seq });
        }
        self.chain = stored;
        if body.is_some_and(|body| !is_of(body, hash)) {
            found.flaws.push(Flaw::Envelope { tenant, seq });
        }
    }

    /// After the last row.
    pub(super) fn end(self, found: &mut Inspection, head: u64) {
        if self.expected <= head {
            found.flaws.push(Flaw::Gap { tenant: self.tenant, seq: self.expected });
        }
    }
}

impl Inspection {
    /// Holds the receipt key against the one that devices know.
    pub(super) fn key(
        &mut self,
        transaction: &dyn ReadLog,
        tenant: TenantId,
        receipt_key: &[u8; 32],
    ) -> Result<(), StoreError> {
        let Some(root) = transaction.tenant(tenant)?.and_then(|row| row.root) else { return Ok(()) };
        let roster = roster_of(transaction, tenant, root)?;
        if roster.server_key().is_some_and(|certified| certified != receipt_key) {
            self.flaws.push(Flaw::ReceiptKey { tenant });
        }
        Ok(())
    }
}

fn is_of(body: Vec<u8>, hash: EnvelopeHash) -> bool {
    Envelope::decode(body).is_ok_and(|envelope| envelope.hash() == hash)
}
