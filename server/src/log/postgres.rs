//! The log in a PostgreSQL that several processes share; all SQL for it stands below this module, in a file for each theme
//! with the name that the theme has in the file's module.
//!
//! What is kept beside the database is the same as beside the file, in a folder that all processes share: the receipt key and
//! the key store ([`crate::log::shred`]).

mod address;
mod append;
mod backfill;
mod columns;
mod condition;
mod devices;
mod epochs;
mod erasures;
mod facts;
mod failure;
mod feed;
mod folders;
mod inspection;
mod listing;
mod logins;
mod lost_keys;
mod migrations;
mod open;
mod read_log;
mod readers;
mod session;
mod tenants;
mod transaction;
mod writer;

use feltbog_domain::{DeviceId, FolderId, MemberId, ProgrammeId, TenantId};
use feltbog_protocol::{BackfillAsk, BackfillDone, EnvelopeHash, Header, LogChain, RefusalCode, Row, Stats};

use super::narrow::{ReadLog, WriteLog};
use super::rows::{
    AccessRow, FactRow, Feed, FolderNow, Known, LoggedRow, LoginRow, NewTenant, ProposalRow, SaidOfItself, Standing,
    TenantRow, Used, Viewer,
};
use super::sqlite::{Condition, DeviceReport};
use super::{PageBudget, StoreError};
use crate::access::{Admitted, Effect};

pub use address::{DatabaseAddress, NoAddress};
pub(crate) use failure::PostgresFailure;
pub(crate) use open::PostgresLog;
pub(super) use open::{condition, create, device_reports, is_made, read_once, take_up, write_once};
pub(super) use transaction::Tx;

impl ReadLog for Tx<'_> {
    fn tenant(&self, tenant: TenantId) -> Result<Option<TenantRow>, StoreError> {
        Tx::tenant(self, tenant)
    }

    fn tenants(&self) -> Result<Vec<(TenantId, String)>, StoreError> {
        Tx::tenants(self)
    }

    fn standings(&self) -> Result<Vec<Standing>, StoreError> {
        Tx::standings(self)
    }

    fn bootstrap_hash(&self, tenant: TenantId) -> Result<Option<[u8; 32]>, StoreError> {
        Tx::bootstrap_hash(self, tenant)
    }

    fn last_dseq(&self, tenant: TenantId, device: DeviceId) -> Result<u64, StoreError> {
        Tx::last_dseq(self, tenant, device)
    }

    fn last_seen(&self, tenant: TenantId, device: DeviceId) -> Result<Option<i64>, StoreError> {
        Tx::last_seen(self, tenant, device)
    }

    fn said_of_themselves(&self, tenant: TenantId) -> Result<Vec<(DeviceId, SaidOfItself)>, StoreError> {
        Tx::said_of_themselves(self, tenant)
    }

    fn known(&self, tenant: TenantId, device: DeviceId, dseq: u64) -> Result<Option<Known>, StoreError> {
        Tx::known(self, tenant, device, dseq)
    }

    fn used_on(&self, tenant: TenantId, device: DeviceId, day: i64) -> Result<Used, StoreError> {
        Tx::used_on(self, tenant, device, day)
    }

    fn certificates(&self, tenant: TenantId, after: u64) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        Tx::certificates(self, tenant, after)
    }

    fn folder(
        &self,
        tenant: TenantId,
        folder: FolderId,
        signer: MemberId,
        now_ms: i64,
    ) -> Result<Option<FolderNow>, StoreError> {
        Tx::folder(self, tenant, folder, signer, now_ms)
    }

    fn has_had_grant(&self, tenant: TenantId, folder: FolderId, member: MemberId) -> Result<bool, StoreError> {
        Tx::has_had_grant(self, tenant, folder, member)
    }

    fn access_rows(&self, tenant: TenantId, folder: FolderId, after: u64) -> Result<Vec<AccessRow>, StoreError> {
        Tx::access_rows(self, tenant, folder, after)
    }

    fn chain_at(&self, tenant: TenantId, seq: u64) -> Result<Option<LogChain>, StoreError> {
        Tx::chain_at(self, tenant, seq)
    }

    fn proposal(&self, tenant: TenantId, hash: EnvelopeHash) -> Result<Option<ProposalRow>, StoreError> {
        Tx::proposal(self, tenant, hash)
    }

    fn is_confirmed(&self, tenant: TenantId, proposed: EnvelopeHash) -> Result<bool, StoreError> {
        Tx::is_confirmed(self, tenant, proposed)
    }

    fn end_of_epoch(&self, tenant: TenantId, epoch: &[u8; 16]) -> Result<Option<u64>, StoreError> {
        Tx::end_of_epoch(self, tenant, epoch)
    }

    fn facts_told(&self, tenant: TenantId, programme: ProgrammeId) -> Result<Vec<FactRow>, StoreError> {
        Tx::facts_told(self, tenant, programme)
    }

    fn is_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<bool, StoreError> {
        Tx::is_whole(self, tenant, device, epoch)
    }

    fn feed(&self, viewer: &Viewer, cursor: u64, head: u64, page: &mut PageBudget) -> Result<Feed, StoreError> {
        Tx::feed(self, viewer, cursor, head, page)
    }

    fn backfill(
        &self,
        viewer: &Viewer,
        ask: &BackfillAsk,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<BackfillDone, StoreError> {
        Tx::backfill(self, viewer, ask, page, rows)
    }

    fn listing(&self, tenant: TenantId, after: u64, limit: u64, bytes: u64) -> Result<Vec<LoggedRow>, StoreError> {
        Tx::listing(self, tenant, after, limit, bytes)
    }

    fn login(&self, tenant: TenantId, device: DeviceId) -> Result<Option<LoginRow>, StoreError> {
        Tx::login(self, tenant, device)
    }

    fn login_account(&self, tenant: TenantId, member: MemberId, issuer: &str) -> Result<Option<[u8; 32]>, StoreError> {
        Tx::login_account(self, tenant, member, issuer)
    }
}

impl WriteLog for Tx<'_> {
    fn add_tenant(&self, new: &NewTenant<'_>) -> Result<bool, StoreError> {
        Tx::add_tenant(self, new)
    }

    fn pin_root(&self, tenant: TenantId, root: &[u8; 32], now_ms: i64) -> Result<(), StoreError> {
        Tx::pin_root(self, tenant, root, now_ms)
    }

    fn append(&self, admitted: &Admitted<'_>, now_ms: i64) -> Result<u64, StoreError> {
        Tx::append(self, admitted, now_ms)
    }

    fn put_into_effect(&self, header: &Header, effect: &Effect, seq: u64, now_ms: i64) -> Result<(), StoreError> {
        Tx::put_into_effect(self, header, effect, seq, now_ms)
    }

    fn forget_readings(&self, tenant: TenantId, before_ms: i64) -> Result<(), StoreError> {
        Tx::forget_readings(self, tenant, before_ms)
    }

    fn remember_refusal(
        &self,
        tenant: TenantId,
        device: DeviceId,
        dseq: u64,
        hash: EnvelopeHash,
        code: RefusalCode,
    ) -> Result<(), StoreError> {
        Tx::remember_refusal(self, tenant, device, dseq, hash, code)
    }

    fn note_seen(
        &self,
        tenant: TenantId,
        device: DeviceId,
        now_ms: i64,
        build: u32,
        stats: &Stats,
    ) -> Result<(), StoreError> {
        Tx::note_seen(self, tenant, device, now_ms, build, stats)
    }

    fn begin_epoch(&self, tenant: TenantId, epoch: &[u8; 16], base_seq: u64) -> Result<(), StoreError> {
        Tx::begin_epoch(self, tenant, epoch, base_seq)
    }

    fn note_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<(), StoreError> {
        Tx::note_whole(self, tenant, device, epoch)
    }

    fn end_healing(&self, tenant: TenantId) -> Result<(), StoreError> {
        Tx::end_healing(self, tenant)
    }

    fn note_login(&self, tenant: TenantId, device: DeviceId, login: LoginRow) -> Result<(), StoreError> {
        Tx::note_login(self, tenant, device, login)
    }

    fn bind_account(
        &self,
        tenant: TenantId,
        member: MemberId,
        issuer: &str,
        account: &[u8; 32],
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        Tx::bind_account(self, tenant, member, issuer, account, now_ms)
    }

    fn release_account(&self, tenant: TenantId, member: MemberId) -> Result<bool, StoreError> {
        Tx::release_account(self, tenant, member)
    }
}
