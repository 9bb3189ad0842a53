//! The narrow seam between the rules and what the log is kept in.
//!
//! Two traits: one snapshot to read, one transaction to write. What is behind them is free in its ways and bound in its
//! promises:
//!
//! - A reader sees one committed state from beginning to end.
//! - A transaction sees what it wrote itself; it is kept as a whole, durably, before anybody is answered, or not at all.
//! - A row's number comes from the tenant's counter row. Everything costly (signatures, frames, receipts) is verified before
//!   the transaction begins; whoever takes the counter row holds it until the end, so that numbers have no gaps, come to
//!   readers in their order, and nothing is judged by rights that another transaction is about to change. `SQLite` has one
//!   writer anyhow; in a database with several, each takes one lock over all of them first of all (decision 42).
//! - Calls block. A database over the network gets a thread of its own for them, as the file's writer has.
//!
//! Nothing here decides who may do what: what reaches [`WriteLog::append`] is [`Admitted`], which only `access` can make.

use feltbog_domain::{DeviceId, FolderId, MemberId, ProgrammeId, TenantId};
use feltbog_protocol::{BackfillAsk, BackfillDone, EnvelopeHash, Header, LogChain, RefusalCode, Row, Stats};

use super::rows::{
    AccessRow, FactRow, Feed, FolderNow, Known, LoggedRow, LoginRow, NewTenant, ProposalRow, SaidOfItself, Standing,
    TenantRow, Used, Viewer,
};
use super::{PageBudget, StoreError};
use crate::access::{Admitted, Effect};

/// One snapshot.
pub(crate) trait ReadLog {
    /// A tenant, if this server serves it.
    fn tenant(&self, tenant: TenantId) -> Result<Option<TenantRow>, StoreError>;
    /// All tenants, by name.
    fn tenants(&self) -> Result<Vec<(TenantId, String)>, StoreError>;
    /// Where every tenant's log stands.
    fn standings(&self) -> Result<Vec<Standing>, StoreError>;
    /// SHA-256 of the tenant's bootstrap secret.
    fn bootstrap_hash(&self, tenant: TenantId) -> Result<Option<[u8; 32]>, StoreError>;
    /// The highest number disposed of for a device; 0 for one that is not known.
    fn last_dseq(&self, tenant: TenantId, device: DeviceId) -> Result<u64, StoreError>;
    /// When a device was here last, as far as it was noted.
    fn last_seen(&self, tenant: TenantId, device: DeviceId) -> Result<Option<i64>, StoreError>;
    /// What every device of a municipality last said of itself.
    fn said_of_themselves(&self, tenant: TenantId) -> Result<Vec<(DeviceId, SaidOfItself)>, StoreError>;
    /// The disposition of a device's number, if it has one.
    fn known(&self, tenant: TenantId, device: DeviceId, dseq: u64) -> Result<Option<Known>, StoreError>;
    /// What a device has used on a day.
    fn used_on(&self, tenant: TenantId, device: DeviceId, day: i64) -> Result<Used, StoreError>;
    /// The certificates of a tenant after row `after`, in order: `(seq, envelope)`.
    fn certificates(&self, tenant: TenantId, after: u64) -> Result<Vec<(u64, Vec<u8>)>, StoreError>;
    /// What is known of a folder when a member's row about it is judged.
    fn folder(
        &self,
        tenant: TenantId,
        folder: FolderId,
        signer: MemberId,
        now_ms: i64,
    ) -> Result<Option<FolderNow>, StoreError>;
    /// Whether a member may open a folder, or ever could.
    fn has_had_grant(&self, tenant: TenantId, folder: FolderId, member: MemberId) -> Result<bool, StoreError>;
    /// The key records, grants and revocations of a folder after row `after`, in order.
    fn access_rows(&self, tenant: TenantId, folder: FolderId, after: u64) -> Result<Vec<AccessRow>, StoreError>;
    /// A proposed erasure.
    fn proposal(&self, tenant: TenantId, hash: EnvelopeHash) -> Result<Option<ProposalRow>, StoreError>;
    /// Whether a proposed erasure was confirmed.
    fn is_confirmed(&self, tenant: TenantId, proposed: EnvelopeHash) -> Result<bool, StoreError>;
    /// The running hash of the log at a place; nothing beyond the newest row, and at those from before it was kept.
    fn chain_at(&self, tenant: TenantId, seq: u64) -> Result<Option<LogChain>, StoreError>;
    /// The newest row of an earlier epoch that is still here; nothing for an epoch that began after the copy was made from
    /// which the log was restored.
    fn end_of_epoch(&self, tenant: TenantId, epoch: &[u8; 16]) -> Result<Option<u64>, StoreError>;
    /// What devices told of the folders of a programme, in order; nothing of what was erased.
    fn facts_told(&self, tenant: TenantId, programme: ProgrammeId) -> Result<Vec<FactRow>, StoreError>;
    /// Whether a device has delivered again, in this epoch, everything it had receipts for.
    fn is_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<bool, StoreError>;
    /// Rows of the main feed after `cursor` as far as the page has room; scans a bounded stretch.
    fn feed(&self, viewer: &Viewer, cursor: u64, head: u64, page: &mut PageBudget) -> Result<Feed, StoreError>;
    /// Answers one ask as far as the page has room; the rule of its parts stands with the file's own answer to it.
    fn backfill(
        &self,
        viewer: &Viewer,
        ask: &BackfillAsk,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<BackfillDone, StoreError>;
    /// At most `limit` rows after `after`, each with its first `bytes` bytes.
    fn listing(&self, tenant: TenantId, after: u64, limit: u64, bytes: u64) -> Result<Vec<LoggedRow>, StoreError>;
    /// The last login of a device, or when it was first asked for one.
    fn login(&self, tenant: TenantId, device: DeviceId) -> Result<Option<LoginRow>, StoreError>;
    /// The account at an identity provider that a member is bound to.
    fn login_account(&self, tenant: TenantId, member: MemberId, issuer: &str) -> Result<Option<[u8; 32]>, StoreError>;
}

/// One transaction; it reads what it wrote.
pub(crate) trait WriteLog: ReadLog {
    /// Adds a tenant; `false` when one of this name exists.
    fn add_tenant(&self, new: &NewTenant<'_>) -> Result<bool, StoreError>;
    /// Pins the root and uses up the bootstrap code.
    fn pin_root(&self, tenant: TenantId, root: &[u8; 32], now_ms: i64) -> Result<(), StoreError>;
    /// Puts an envelope into the log and into effect; gives its row.
    fn append(&self, admitted: &Admitted<'_>, now_ms: i64) -> Result<u64, StoreError>;
    /// Brings the projections to what an accepted row says.
    fn put_into_effect(&self, header: &Header, effect: &Effect, seq: u64, now_ms: i64) -> Result<(), StoreError>;
    /// Deletes the bodies of readings that came before a moment.
    fn forget_readings(&self, tenant: TenantId, before_ms: i64) -> Result<(), StoreError>;
    /// Remembers a refusal, so that asking again gives the same answer.
    fn remember_refusal(
        &self,
        tenant: TenantId,
        device: DeviceId,
        dseq: u64,
        hash: EnvelopeHash,
        code: RefusalCode,
    ) -> Result<(), StoreError>;
    /// The device was here with this build, and said this of itself.
    fn note_seen(
        &self,
        tenant: TenantId,
        device: DeviceId,
        now_ms: i64,
        build: u32,
        stats: &Stats,
    ) -> Result<(), StoreError>;
    /// The log was put back from a copy: a new epoch begins at row `base_seq`, or at the newest where that is lower, and
    /// rows are held back until it is healed.
    fn begin_epoch(&self, tenant: TenantId, epoch: &[u8; 16], base_seq: u64) -> Result<(), StoreError>;
    /// A device has delivered again everything it had receipts for.
    fn note_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<(), StoreError>;
    /// Rows are handed out again.
    fn end_healing(&self, tenant: TenantId) -> Result<(), StoreError>;
    /// Remembers the last login of a device.
    fn note_login(&self, tenant: TenantId, device: DeviceId, login: LoginRow) -> Result<(), StoreError>;
    /// Binds a member to an account, until the member leaves; `false` when it is another member's.
    fn bind_account(
        &self,
        tenant: TenantId,
        member: MemberId,
        issuer: &str,
        account: &[u8; 32],
        now_ms: i64,
    ) -> Result<bool, StoreError>;
    /// Lets a member come with another account; `false` when there was none.
    fn release_account(&self, tenant: TenantId, member: MemberId) -> Result<bool, StoreError>;
}
