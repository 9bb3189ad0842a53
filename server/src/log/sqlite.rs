//! The log in a file of `SQLite`: all SQL of the server stands below this module, in a file for each theme.

mod append;
mod backfill;
pub(super) mod columns;
mod condition;
mod database;
mod devices;
mod epochs;
mod erasures;
mod facts;
mod feed;
mod folders;
mod inspection;
mod listing;
mod logins;
mod lost_keys;
mod migrations;
mod read_log;
mod readers;
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
use super::{PageBudget, StoreError};
use crate::access::{Admitted, Effect};

pub(crate) use condition::{Condition, DeviceReport, condition, device_reports};
pub(super) use database::open;
pub(crate) use database::{CreateError, copy_of, create, fold, read_once, write_once};
pub(crate) use inspection::inspect;
pub(crate) use lost_keys::{empty_what_has_no_key, has_every_key};
pub(super) use readers::Readers;
pub(super) use writer::Writer;

use transaction::{ReadTx, WriteTx};

impl ReadLog for ReadTx<'_> {
    fn tenant(&self, tenant: TenantId) -> Result<Option<TenantRow>, StoreError> {
        ReadTx::tenant(self, tenant)
    }

    fn tenants(&self) -> Result<Vec<(TenantId, String)>, StoreError> {
        ReadTx::tenants(self)
    }

    fn standings(&self) -> Result<Vec<Standing>, StoreError> {
        ReadTx::standings(self)
    }

    fn bootstrap_hash(&self, tenant: TenantId) -> Result<Option<[u8; 32]>, StoreError> {
        ReadTx::bootstrap_hash(self, tenant)
    }

    fn last_dseq(&self, tenant: TenantId, device: DeviceId) -> Result<u64, StoreError> {
        ReadTx::last_dseq(self, tenant, device)
    }

    fn last_seen(&self, tenant: TenantId, device: DeviceId) -> Result<Option<i64>, StoreError> {
        ReadTx::last_seen(self, tenant, device)
    }

    fn said_of_themselves(&self, tenant: TenantId) -> Result<Vec<(DeviceId, SaidOfItself)>, StoreError> {
        ReadTx::said_of_themselves(self, tenant)
    }

    fn known(&self, tenant: TenantId, device: DeviceId, dseq: u64) -> Result<Option<Known>, StoreError> {
        ReadTx::known(self, tenant, device, dseq)
    }

    fn used_on(&self, tenant: TenantId, device: DeviceId, day: i64) -> Result<Used, StoreError> {
        ReadTx::used_on(self, tenant, device, day)
    }

    fn certificates(&self, tenant: TenantId, after: u64) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        ReadTx::certificates(self, tenant, after)
    }

    fn folder(
        &self,
        tenant: TenantId,
        folder: FolderId,
        signer: MemberId,
        now_ms: i64,
    ) -> Result<Option<FolderNow>, StoreError> {
        ReadTx::folder(self, tenant, folder, signer, now_ms)
    }

    fn has_had_grant(&self, tenant: TenantId, folder: FolderId, member: MemberId) -> Result<bool, StoreError> {
        ReadTx::has_had_grant(self, tenant, folder, member)
    }

    fn access_rows(&self, tenant: TenantId, folder: FolderId, after: u64) -> Result<Vec<AccessRow>, StoreError> {
        ReadTx::access_rows(self, tenant, folder, after)
    }

    fn chain_at(&self, tenant: TenantId, seq: u64) -> Result<Option<LogChain>, StoreError> {
        ReadTx::chain_at(self, tenant, seq)
    }

    fn proposal(&self, tenant: TenantId, hash: EnvelopeHash) -> Result<Option<ProposalRow>, StoreError> {
        ReadTx::proposal(self, tenant, hash)
    }

    fn is_confirmed(&self, tenant: TenantId, proposed: EnvelopeHash) -> Result<bool, StoreError> {
        ReadTx::is_confirmed(self, tenant, proposed)
    }

    fn end_of_epoch(&self, tenant: TenantId, epoch: &[u8; 16]) -> Result<Option<u64>, StoreError> {
        ReadTx::end_of_epoch(self, tenant, epoch)
    }

    fn facts_told(&self, tenant: TenantId, programme: ProgrammeId) -> Result<Vec<FactRow>, StoreError> {
        ReadTx::facts_told(self, tenant, programme)
    }

    fn is_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<bool, StoreError> {
        ReadTx::is_whole(self, tenant, device, epoch)
    }

    fn feed(&self, viewer: &Viewer, cursor: u64, head: u64, page: &mut PageBudget) -> Result<Feed, StoreError> {
        ReadTx::feed(self, viewer, cursor, head, page)
    }

    fn backfill(
        &self,
        viewer: &Viewer,
        ask: &BackfillAsk,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<BackfillDone, StoreError> {
        ReadTx::backfill(self, viewer, ask, page, rows)
    }

    fn listing(&self, tenant: TenantId, after: u64, limit: u64, bytes: u64) -> Result<Vec<LoggedRow>, StoreError> {
        ReadTx::listing(self, tenant, after, limit, bytes)
    }

    fn login(&self, tenant: TenantId, device: DeviceId) -> Result<Option<LoginRow>, StoreError> {
        ReadTx::login(self, tenant, device)
    }

    fn login_account(&self, tenant: TenantId, member: MemberId, issuer: &str) -> Result<Option<[u8; 32]>, StoreError> {
        ReadTx::login_account(self, tenant, member, issuer)
    }
}

impl ReadLog for WriteTx<'_> {
    fn tenant(&self, tenant: TenantId) -> Result<Option<TenantRow>, StoreError> {
        ReadTx::tenant(self, tenant)
    }

    fn tenants(&self) -> Result<Vec<(TenantId, String)>, StoreError> {
        ReadTx::tenants(self)
    }

    fn standings(&self) -> Result<Vec<Standing>, StoreError> {
        ReadTx::standings(self)
    }

    fn bootstrap_hash(&self, tenant: TenantId) -> Result<Option<[u8; 32]>, StoreError> {
        ReadTx::bootstrap_hash(self, tenant)
    }

    fn last_dseq(&self, tenant: TenantId, device: DeviceId) -> Result<u64, StoreError> {
        ReadTx::last_dseq(self, tenant, device)
    }

    fn last_seen(&self, tenant: TenantId, device: DeviceId) -> Result<Option<i64>, StoreError> {
        ReadTx::last_seen(self, tenant, device)
    }

    fn said_of_themselves(&self, tenant: TenantId) -> Result<Vec<(DeviceId, SaidOfItself)>, StoreError> {
        ReadTx::said_of_themselves(self, tenant)
    }

    fn known(&self, tenant: TenantId, device: DeviceId, dseq: u64) -> Result<Option<Known>, StoreError> {
        ReadTx::known(self, tenant, device, dseq)
    }

    fn used_on(&self, tenant: TenantId, device: DeviceId, day: i64) -> Result<Used, StoreError> {
        ReadTx::used_on(self, tenant, device, day)
    }

    fn certificates(&self, tenant: TenantId, after: u64) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        ReadTx::certificates(self, tenant, after)
    }

    fn folder(
        &self,
        tenant: TenantId,
        folder: FolderId,
        signer: MemberId,
        now_ms: i64,
    ) -> Result<Option<FolderNow>, StoreError> {
        ReadTx::folder(self, tenant, folder, signer, now_ms)
    }

    fn has_had_grant(&self, tenant: TenantId, folder: FolderId, member: MemberId) -> Result<bool, StoreError> {
        ReadTx::has_had_grant(self, tenant, folder, member)
    }

    fn access_rows(&self, tenant: TenantId, folder: FolderId, after: u64) -> Result<Vec<AccessRow>, StoreError> {
        ReadTx::access_rows(self, tenant, folder, after)
    }

    fn chain_at(&self, tenant: TenantId, seq: u64) -> Result<Option<LogChain>, StoreError> {
        ReadTx::chain_at(self, tenant, seq)
    }

    fn proposal(&self, tenant: TenantId, hash: EnvelopeHash) -> Result<Option<ProposalRow>, StoreError> {
        ReadTx::proposal(self, tenant, hash)
    }

    fn is_confirmed(&self, tenant: TenantId, proposed: EnvelopeHash) -> Result<bool, StoreError> {
        ReadTx::is_confirmed(self, tenant, proposed)
    }

    fn end_of_epoch(&self, tenant: TenantId, epoch: &[u8; 16]) -> Result<Option<u64>, StoreError> {
        ReadTx::end_of_epoch(self, tenant, epoch)
    }

    fn facts_told(&self, tenant: TenantId, programme: ProgrammeId) -> Result<Vec<FactRow>, StoreError> {
        ReadTx::facts_told(self, tenant, programme)
    }

    fn is_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<bool, StoreError> {
        ReadTx::is_whole(self, tenant, device, epoch)
    }

    fn feed(&self, viewer: &Viewer, cursor: u64, head: u64, page: &mut PageBudget) -> Result<Feed, StoreError> {
        ReadTx::feed(self, viewer, cursor, head, page)
    }

    fn backfill(
        &self,
        viewer: &Viewer,
        ask: &BackfillAsk,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<BackfillDone, StoreError> {
        ReadTx::backfill(self, viewer, ask, page, rows)
    }

    fn listing(&self, tenant: TenantId, after: u64, limit: u64, bytes: u64) -> Result<Vec<LoggedRow>, StoreError> {
        ReadTx::listing(self, tenant, after, limit, bytes)
    }

    fn login(&self, tenant: TenantId, device: DeviceId) -> Result<Option<LoginRow>, StoreError> {
        ReadTx::login(self, tenant, device)
    }

    fn login_account(&self, tenant: TenantId, member: MemberId, issuer: &str) -> Result<Option<[u8; 32]>, StoreError> {
        ReadTx::login_account(self, tenant, member, issuer)
    }
}

impl WriteLog for WriteTx<'_> {
    fn add_tenant(&self, new: &NewTenant<'_>) -> Result<bool, StoreError> {
        WriteTx::add_tenant(self, new)
    }

    fn pin_root(&self, tenant: TenantId, root: &[u8; 32], now_ms: i64) -> Result<(), StoreError> {
        WriteTx::pin_root(self, tenant, root, now_ms)
    }

    fn append(&self, admitted: &Admitted<'_>, now_ms: i64) -> Result<u64, StoreError> {
        WriteTx::append(self, admitted, now_ms)
    }

    fn put_into_effect(&self, header: &Header, effect: &Effect, seq: u64, now_ms: i64) -> Result<(), StoreError> {
        WriteTx::put_into_effect(self, header, effect, seq, now_ms)
    }

    fn forget_readings(&self, tenant: TenantId, before_ms: i64) -> Result<(), StoreError> {
        WriteTx::forget_readings(self, tenant, before_ms)
    }

    fn remember_refusal(
        &self,
        tenant: TenantId,
        device: DeviceId,
        dseq: u64,
        hash: EnvelopeHash,
        code: RefusalCode,
    ) -> Result<(), StoreError> {
        WriteTx::remember_refusal(self, tenant, device, dseq, hash, code)
    }

    fn note_seen(
        &self,
        tenant: TenantId,
        device: DeviceId,
        now_ms: i64,
        build: u32,
        stats: &Stats,
    ) -> Result<(), StoreError> {
        WriteTx::note_seen(self, tenant, device, now_ms, build, stats)
    }

    fn begin_epoch(&self, tenant: TenantId, epoch: &[u8; 16], base_seq: u64) -> Result<(), StoreError> {
        WriteTx::begin_epoch(self, tenant, epoch, base_seq)
    }

    fn note_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<(), StoreError> {
        WriteTx::note_whole(self, tenant, device, epoch)
    }

    fn end_healing(&self, tenant: TenantId) -> Result<(), StoreError> {
        WriteTx::end_healing(self, tenant)
    }

    fn note_login(&self, tenant: TenantId, device: DeviceId, login: LoginRow) -> Result<(), StoreError> {
        WriteTx::note_login(self, tenant, device, login)
    }

    fn bind_account(
        &self,
        tenant: TenantId,
        member: MemberId,
        issuer: &str,
        account: &[u8; 32],
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        WriteTx::bind_account(self, tenant, member, issuer, account, now_ms)
    }

    fn release_account(&self, tenant: TenantId, member: MemberId) -> Result<bool, StoreError> {
        WriteTx::release_account(self, tenant, member)
    }
}
