//! Questions to the tables.

use feltbog_domain::{DeviceId, FolderId, MemberId, ProgrammeId, TenantId};
use feltbog_protocol::{
    BackfillAsk, BackfillDone, BackfillPart, Envelope, EnvelopeHash, Erase, FolderFacts, LogChain, Row,
};

use super::MemoryTx;
use super::state::{LogRow, State};
use crate::log::narrow::ReadLog;
use crate::log::rows::{
    AccessRow, FactRow, Feed, FolderNow, Known, LoggedRow, LoginRow, ProposalRow, SaidOfItself, Standing, TenantRow,
    Used, Viewer,
};
use crate::log::{PageBudget, StoreError};

impl ReadLog for MemoryTx<'_> {
    fn tenant(&self, tenant: TenantId) -> Result<Option<TenantRow>, StoreError> {
        Ok(self.state.borrow().tenants.get(&tenant).map(|tenant| tenant.row.clone()))
    }

    fn tenants(&self) -> Result<Vec<(TenantId, String)>, StoreError> {
        let mut tenants: Vec<_> =
            self.state.borrow().tenants.iter().map(|(id, tenant)| (*id, tenant.name.clone())).collect();
        tenants.sort_by(|one, next| one.1.cmp(&next.1));
        Ok(tenants)
    }

    fn standings(&self) -> Result<Vec<Standing>, StoreError> {
        let standing = |(id, tenant): (&TenantId, &super::state::Tenant)| Standing {
            tenant: *id,
            epoch: tenant.row.epoch,
            head: tenant.row.head,
        };
        Ok(self.state.borrow().tenants.iter().map(standing).collect())
    }

    /// A simulated server asks nobody to log in.
    fn login(&self, _: TenantId, _: DeviceId) -> Result<Option<LoginRow>, StoreError> {
        Ok(None)
    }

    /// A simulated server asks nobody to log in.
    fn login_account(&self, _: TenantId, _: MemberId, _: &str) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(None)
    }

    fn bootstrap_hash(&self, tenant: TenantId) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self.state.borrow().tenants.get(&tenant).map(|tenant| tenant.secret_hash))
    }

    fn last_dseq(&self, tenant: TenantId, device: DeviceId) -> Result<u64, StoreError> {
        Ok(self.state.borrow().devices.get(&(tenant, device)).map_or(0, |device| device.last_dseq))
    }

    /// For the lists of those who run a server; a simulation has none.
    fn last_seen(&self, _: TenantId, _: DeviceId) -> Result<Option<i64>, StoreError> {
        Ok(None)
    }

    /// Likewise.
    fn said_of_themselves(&self, _: TenantId) -> Result<Vec<(DeviceId, SaidOfItself)>, StoreError> {
        Ok(Vec::new())
    }

    fn known(&self, tenant: TenantId, device: DeviceId, dseq: u64) -> Result<Option<Known>, StoreError> {
        let state = self.state.borrow();
        let key = (tenant, device, dseq);
        if let Some(seq) = state.by_number.get(&key) {
            let row = state.rows.get(&(tenant, *seq));
            return Ok(row.map(|row| Known { hash: row.hash, code: row.code, seq: Some(*seq) }));
        }
        Ok(state.refused.get(&key).map(|(hash, code)| Known { hash: *hash, code: *code, seq: None }))
    }

    fn used_on(&self, tenant: TenantId, device: DeviceId, day: i64) -> Result<Used, StoreError> {
        let state = self.state.borrow();
        let device = state.devices.get(&(tenant, device)).filter(|device| device.day == day);
        Ok(device.map_or_else(Used::default, |device| device.used))
    }

    fn certificates(&self, tenant: TenantId, after: u64) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let state = self.state.borrow();
        let certificates = state.stretch(tenant, after, u64::MAX).filter(|(_, row)| row.kind == 7);
        Ok(certificates.filter_map(|(seq, row)| Some((seq, row.body.as_ref()?.to_vec()))).collect())
    }

    fn folder(
        &self,
        tenant: TenantId,
        folder: FolderId,
        signer: MemberId,
        now_ms: i64,
    ) -> Result<Option<FolderNow>, StoreError> {
        let state = self.state.borrow();
        let signer = state.grant(tenant, signer, folder, now_ms).map(|grant| grant.rights);
        Ok(state.folders.get(&(tenant, folder)).map(|folder| FolderNow {
            facts: FolderFacts {
                kind: folder.kind,
                programme: folder.programme,
                key_epoch: folder.key_epoch,
                erased: folder.erased,
                closed: folder.closed,
                signer,
            },
            cut_seq: folder.cut_seq,
            rotation_due: folder.owes_a_key(now_ms),
        }))
    }

    fn has_had_grant(&self, tenant: TenantId, folder: FolderId, member: MemberId) -> Result<bool, StoreError> {
        let state = self.state.borrow();
        let mut rows = state.folder_rows(tenant, folder, 0, u64::MAX);
        Ok(state.grants.get(&(tenant, member, folder)).is_some() || rows.any(|(_, row)| row.about == Some(member)))
    }

    fn access_rows(&self, tenant: TenantId, folder: FolderId, after: u64) -> Result<Vec<AccessRow>, StoreError> {
        let state = self.state.borrow();
        let rows = state.folder_rows(tenant, folder, after, u64::MAX).filter(|(_, row)| matches!(row.kind, 3..=5));
        rows.filter_map(|(seq, row)| Some((seq, row.proven, row.body.as_ref()?)))
            .map(|(seq, proven, body)| {
                let envelope = Envelope::decode(body.to_vec()).map_err(|_| StoreError::Corrupt { seq })?;
                Ok(AccessRow { seq, proven, envelope })
            })
            .collect()
    }

    fn proposal(&self, tenant: TenantId, hash: EnvelopeHash) -> Result<Option<ProposalRow>, StoreError> {
        let state = self.state.borrow();
        let found = erasures(&state, tenant).find(|(row, _)| row.hash == hash);
        Ok(found.and_then(|(row, erase)| match erase {
            Erase::Proposal(proposal) => {
                Some(ProposalRow { device: row.device, received_ms: row.received_ms, proposal })
            }
            Erase::Confirmation { .. } => None,
        }))
    }

    fn is_confirmed(&self, tenant: TenantId, proposed: EnvelopeHash) -> Result<bool, StoreError> {
        let state = self.state.borrow();
        Ok(erasures(&state, tenant).any(|(_, erase)| erase == Erase::Confirmation { proposal: proposed }))
    }

    fn chain_at(&self, tenant: TenantId, seq: u64) -> Result<Option<LogChain>, StoreError> {
        Ok(self.state.borrow().chain_at(tenant, seq))
    }

    fn end_of_epoch(&self, tenant: TenantId, epoch: &[u8; 16]) -> Result<Option<u64>, StoreError> {
        Ok(self.state.borrow().past_epochs.get(&(tenant, *epoch)).copied())
    }

    fn facts_told(&self, tenant: TenantId, programme: ProgrammeId) -> Result<Vec<FactRow>, StoreError> {
        let state = self.state.borrow();
        let is_of =
            |folder: FolderId| state.folders.get(&(tenant, folder)).is_some_and(|known| known.programme == programme);
        let told = state.stretch(tenant, 0, u64::MAX).filter(|(_, row)| row.kind == 9 && is_of(row.folder));
        let row = |(_, row): (u64, &LogRow)| {
            Some(FactRow { folder: row.folder, received_ms: row.received_ms, envelope: row.body.as_ref()?.to_vec() })
        };
        Ok(told.filter_map(row).collect())
    }

    fn is_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<bool, StoreError> {
        let state = self.state.borrow();
        Ok(state.devices.get(&(tenant, device)).is_some_and(|device| device.whole_epoch.as_ref() == Some(epoch)))
    }

    fn feed(&self, viewer: &Viewer, cursor: u64, head: u64, page: &mut PageBudget) -> Result<Feed, StoreError> {
        let state = self.state.borrow();
        let until = page.last_scanned(cursor, head);
        let found = state.stretch(viewer.tenant, cursor, until);
        let mut rows = Vec::new();
        let left_out = fill(found.filter(|(seq, row)| is_fed(&state, viewer, *seq, row)), page, &mut rows);
        Ok(match left_out {
            Some(first) => Feed { rows, cursor: first.saturating_sub(1), more: true },
            None => Feed { rows, cursor: until.max(cursor), more: until < head },
        })
    }

    fn backfill(
        &self,
        viewer: &Viewer,
        ask: &BackfillAsk,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<BackfillDone, StoreError> {
        let state = self.state.borrow();
        let before = rows.len();
        let answer = |after, done| BackfillDone { folder: ask.folder, after, until: ask.until, done };
        let may_open = state.grant(viewer.tenant, viewer.member, ask.folder, viewer.now_ms).is_some();
        let left_out = if ask.folder.is_none() {
            let own = state.stretch(viewer.tenant, ask.after, ask.until);
            fill(own.filter(|(_, row)| is_own_access(&state, viewer, row)), page, rows)
        } else {
            let of_folder = |row: &LogRow| row.folder == ask.folder || row.read_log == Some(ask.folder);
            let found = state.stretch(viewer.tenant, ask.after, ask.until).filter(|(_, row)| of_folder(row));
            let of_part = |row: &LogRow| match row.read_log {
                Some(key) => key == ask.folder && ask.part != BackfillPart::Access && viewer.is_sent_readings,
                None => is_of_part(&state, viewer, ask.part, row),
            };
            fill(found.filter(|(_, row)| may_open && of_part(row)), page, rows)
        };
        if left_out.is_some() {
            return Ok(answer(rows.get(before..).and_then(<[Row]>::last).map_or(ask.after, |row| row.seq), false));
        }
        let wants_bundle = may_open && !ask.folder.is_none() && ask.part == BackfillPart::Access;
        let mut bundles = state.folder_rows(viewer.tenant, ask.folder, 0, u64::MAX).rev();
        let newest = bundles.find(|(_, row)| wants_bundle && row.kind == 2 && row.body.is_some());
        let bundle_left = fill(newest.into_iter(), page, rows).is_some();
        Ok(answer(ask.until, !bundle_left))
    }

    fn listing(&self, tenant: TenantId, after: u64, limit: u64, bytes: u64) -> Result<Vec<LoggedRow>, StoreError> {
        let state = self.state.borrow();
        let (limit, bytes) = (usize::try_from(limit), usize::try_from(bytes));
        let (limit, bytes) = (limit.unwrap_or(usize::MAX), bytes.unwrap_or(usize::MAX));
        let listed = |(seq, row): (u64, &LogRow)| LoggedRow {
            seq,
            kind: row.kind,
            folder: row.folder,
            device: row.device,
            dseq: row.dseq,
            size: row.size,
            received_ms: row.received_ms,
            hash: row.hash,
            first_bytes: row.body.iter().flat_map(|body| body.iter().take(bytes)).copied().collect(),
        };
        Ok(state.stretch(tenant, after, u64::MAX).take(limit).map(listed).collect())
    }
}

fn erasures(state: &State, tenant: TenantId) -> impl Iterator<Item = (&LogRow, Erase)> {
    state.stretch(tenant, 0, u64::MAX).filter(|(_, row)| row.kind == 6).filter_map(|(_, row)| {
        let envelope = Envelope::decode(row.body.as_ref()?.to_vec()).ok()?;
        Some((row, feltbog_protocol::decode(envelope.body()).ok()?))
    })
}

fn is_fed(state: &State, viewer: &Viewer, seq: u64, row: &LogRow) -> bool {
    let grant = || state.grant(viewer.tenant, viewer.member, row.folder, viewer.now_ms);
    let in_folder = matches!(row.kind, 1 | 3 | 4 | 5 | 9 | 11)
        && grant().is_some_and(|grant| grant.seq < seq)
        && holds_office(state, viewer, row);
    row.device == viewer.device
        || matches!(row.kind, 6 | 7)
        || (row.is_purge && viewer.hears_of_purges)
        || (row.about == Some(viewer.member) && (row.kind != 3 || grant().is_some()))
        || in_folder
        || opens_readings(state, viewer, seq, row)
}

/// Readings are for whoever holds the key they are sealed for, and for a recovery station.
fn opens_readings(state: &State, viewer: &Viewer, seq: u64, row: &LogRow) -> bool {
    let Some(key) = row.read_log.filter(|_| viewer.is_sent_readings) else { return false };
    let grant = state.grant(viewer.tenant, viewer.member, key, viewer.now_ms);
    grant.is_some_and(|grant| grant.seq < seq) || (viewer.is_station && key.is_none())
}

fn is_own_access(state: &State, viewer: &Viewer, row: &LogRow) -> bool {
    let grant = || state.grant(viewer.tenant, viewer.member, row.folder, viewer.now_ms);
    let founds = viewer.is_station && row.kind == 3 && row.key_epoch == 1;
    founds
        || (viewer.is_station && row.read_log.is_some_and(|key| key.is_none()))
        || matches!(row.kind, 6 | 7)
        || (row.is_purge && viewer.hears_of_purges)
        || (row.about == Some(viewer.member) && (row.kind != 3 || grant().is_some()))
}

fn is_of_part(state: &State, viewer: &Viewer, part: BackfillPart, row: &LogRow) -> bool {
    match row.kind {
        3..=5 => part != BackfillPart::Content,
        1 | 9 => part != BackfillPart::Access,
        11 => part != BackfillPart::Access && holds_office(state, viewer, row),
        _ => false,
    }
}

fn holds_office(state: &State, viewer: &Viewer, row: &LogRow) -> bool {
    row.kind != 11
        || row.device == viewer.device
        || state
            .folders
            .get(&(viewer.tenant, row.folder))
            .is_none_or(|folder| viewer.offices.contains(&folder.programme))
}

/// Takes rows while the page has room; gives the number of the first that found none.
fn fill<'r>(found: impl Iterator<Item = (u64, &'r LogRow)>, page: &mut PageBudget, rows: &mut Vec<Row>) -> Option<u64> {
    for (seq, row) in found {
        let Some(body) = &row.body else { continue };
        if !page.take(row.size) {
            return Some(seq);
        }
        rows.push(Row { seq, envelope: body.to_vec() });
    }
    None
}
