//! Looking a whole store through, or a copy of one: is it what it was?

use std::collections::HashSet;
use std::fmt;
use std::path::Path;

use feltbog_domain::{FolderId, TenantId};
use feltbog_protocol::{Envelope, EnvelopeHash, LogChain};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use super::columns::{id, number};
use super::database::read_copy;
use super::lost_keys::without_key;
use super::shred::ErasedRow;
use super::{ReadTx, StoreError};
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

/// Looks a store through: `shred` is where its shred store lies, `receipt_key` the public part of the key beside it.
pub(crate) fn inspect(path: &Path, shred: &Path, receipt_key: &[u8; 32]) -> Result<Inspection, StoreError> {
    read_copy(path, shred, |transaction| {
        let mut found = Inspection::default();
        found.file(transaction.connection)?;
        for (tenant, _) in transaction.tenants()? {
            found.tenants += 1;
            found.log(transaction, tenant)?;
            found.key(transaction, tenant, receipt_key)?;
        }
        found.erasures(transaction)?;
        Ok(found)
    })
}

impl Inspection {
    fn file(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare("PRAGMA integrity_check(10)")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        for line in lines {
            let line = line?;
            if line != "ok" {
                self.flaws.push(Flaw::File(line));
            }
        }
        Ok(())
    }

    fn log(&mut self, transaction: &ReadTx<'_>, tenant: TenantId) -> Result<(), StoreError> {
        let head = transaction.tenant(tenant)?.map_or(0, |row| row.head);
        let mut statement = transaction
            .connection
            .prepare("SELECT seq, chain, body, masked, folder, env_hash FROM log WHERE tenant = ?1 ORDER BY seq")?;
        let mut rows = statement.query([tenant.as_bytes()])?;
        let (mut expected, mut chain) = (1, None::<LogChain>);
        while let Some(row) = rows.next()? {
            let (seq, hash) = (number(row, 0)?, EnvelopeHash(row.get(5)?));
            if seq != expected {
                self.flaws.push(Flaw::Gap { tenant, seq: expected });
            }
            expected = seq + 1;
            self.rows += 1;
            // It begins anew after rows from before it was kept.
            let stored = row.get::<_, Option<[u8; 32]>>(1)?.map(LogChain);
            if stored.is_some_and(|stored| stored != chain.unwrap_or_default().with(hash)) {
                self.flaws.push(Flaw::Chain { tenant, seq });
            }
            chain = stored;
            let is_erased = row.get_ref(2)? == ValueRef::Null;
            let body = if is_erased { None } else { transaction.unmasked(tenant, row, 2, 3)? };
            if body.is_some_and(|body| !is_of(body, hash)) {
                self.flaws.push(Flaw::Envelope { tenant, seq });
            }
        }
        if expected <= head {
            self.flaws.push(Flaw::Gap { tenant, seq: expected });
        }
        Ok(())
    }

    fn key(&mut self, transaction: &ReadTx<'_>, tenant: TenantId, receipt_key: &[u8; 32]) -> Result<(), StoreError> {
        let Some(root) = transaction.tenant(tenant)?.and_then(|row| row.root) else { return Ok(()) };
        let roster = roster_of(transaction, tenant, root)?;
        if roster.server_key().is_some_and(|certified| certified != receipt_key) {
            self.flaws.push(Flaw::ReceiptKey { tenant });
        }
        Ok(())
    }

    fn erasures(&mut self, transaction: &ReadTx<'_>) -> Result<(), StoreError> {
        let listed: HashSet<_> = transaction.shred.erasure_log()?.iter().map(ErasedRow::place).collect();
        let mut statement =
            transaction.connection.prepare("SELECT tenant, id FROM folder WHERE erased_seq IS NOT NULL")?;
        for folder in statement.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?)))? {
            let (tenant, folder) = folder?;
            if !listed.contains(&(tenant, folder)) {
                self.flaws.push(Flaw::Unlisted { tenant, folder });
            }
        }
        let mut content = transaction
            .connection
            .prepare("SELECT EXISTS (SELECT 1 FROM log WHERE tenant = ?1 AND folder = ?2 AND body IS NOT NULL)")?;
        for (tenant, folder) in &listed {
            self.to_erase += content.query_row(params![tenant.as_bytes(), folder.as_bytes()], |row| number(row, 0))?;
        }
        self.without_key = without_key(transaction.connection, transaction.shred)?.len() as u64;
        Ok(())
    }
}

fn is_of(body: Vec<u8>, hash: EnvelopeHash) -> bool {
    Envelope::decode(body).is_ok_and(|envelope| envelope.hash() == hash)
}
