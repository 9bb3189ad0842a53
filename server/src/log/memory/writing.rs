//! Changes to the tables.

use feltbog_domain::{DeviceId, FolderId, MemberId, Rights, TenantId};
use feltbog_protocol::{EnvelopeHash, ErasedEntries, ErasureProposal, Header, RefusalCode, Stats, limits};

use super::MemoryTx;
use super::state::{Device, Folder, GrantNow, LogRow, State, Tenant};
use crate::access::{Admitted, Effect};
use crate::log::StoreError;
use crate::log::narrow::WriteLog;
use crate::log::rows::{LoginRow, NewTenant, TenantRow, Used, day_of};

impl WriteLog for MemoryTx<'_> {
    fn add_tenant(&self, new: &NewTenant<'_>) -> Result<bool, StoreError> {
        let mut state = self.state.borrow_mut();
        if state.tenants.iter().any(|(_, tenant)| tenant.name == new.name) {
            return Ok(false);
        }
        let row = TenantRow {
            epoch: new.epoch,
            epoch_base_seq: 0,
            head: 0,
            disordered_from: None,
            healing: false,
            root: None,
        };
        state.tenants.put(new.id, Tenant { name: new.name.to_owned(), secret_hash: new.secret_hash, row });
        Ok(true)
    }

    fn pin_root(&self, tenant: TenantId, root: &[u8; 32], _: i64) -> Result<(), StoreError> {
        self.state.borrow_mut().tenants.change(&tenant, |tenant| tenant.row.root = Some(*root));
        Ok(())
    }

    fn append(&self, admitted: &Admitted<'_>, now_ms: i64) -> Result<u64, StoreError> {
        let header = admitted.envelope().header();
        let seq = {
            let mut state = self.state.borrow_mut();
            let head = state.tenants.get(&header.tenant).map(|tenant| tenant.row.head).ok_or(StoreError::Stopped)?;
            let seq = head.saturating_add(1);
            state.tenants.change(&header.tenant, |tenant| tenant.row.head = seq);
            insert(&mut state, admitted, seq, now_ms);
            seq
        };
        self.put_into_effect(header, admitted.effect(), seq, now_ms)?;
        let size = u64::try_from(admitted.envelope().bytes().len()).unwrap_or(u64::MAX);
        let deposit = if admitted.effect() == &Effect::Deposited { size } else { 0 };
        self.state.borrow_mut().devices.change(&(header.tenant, header.device), |device| {
            advance(device, header.dseq, size, deposit, day_of(now_ms));
        });
        Ok(seq)
    }

    fn put_into_effect(&self, header: &Header, effect: &Effect, seq: u64, now_ms: i64) -> Result<(), StoreError> {
        let mut state = self.state.borrow_mut();
        let (tenant, folder) = (header.tenant, (header.tenant, header.folder));
        match *effect {
            Effect::StoredOnly
            | Effect::Waiting { .. }
            | Effect::Deposited
            | Effect::ReadingsTold { .. }
            | Effect::Purged { .. } => {}
            Effect::Erased(ref proposal) => erase(&mut state, tenant, proposal, seq),
            Effect::Certified(ref certified) => {
                for (device, _) in &certified.devices {
                    state.devices.put((tenant, *device), Device::default());
                }
                for (member, until_ms) in &certified.stations {
                    open_everything(
                        &mut state,
                        tenant,
                        *member,
                        &GrantNow { seq, rights: Rights::READ, until_ms: Some(*until_ms) },
                    );
                }
                for member in certified.exposed.iter().chain(&certified.left) {
                    owe_rotations(&mut state, tenant, *member);
                }
                for member in &certified.left {
                    for folder in folders_of(&state, tenant, *member) {
                        state.grants.remove(&(tenant, *member, folder));
                    }
                }
            }
            Effect::FolderMade { kind, programme, maker } => {
                let made = Folder {
                    kind,
                    programme,
                    key_epoch: 1,
                    rotation_due: false,
                    closed: false,
                    erased: false,
                    cut_seq: 0,
                    for_a_time: Vec::new(),
                };
                state.folders.put(folder, made);
                set_grant(&mut state, header, maker, &GrantNow { seq, rights: Rights::MANAGE, until_ms: None }, now_ms);
            }
            Effect::FolderRotated => end_grants(&mut state, header, now_ms),
            Effect::FolderRekeyed => state.folders.change(&folder, |folder| folder.key_epoch = header.key_epoch),
            Effect::Granted { member, rights, until_ms } => {
                set_grant(&mut state, header, member, &GrantNow { seq, rights, until_ms }, now_ms);
            }
            Effect::Revoked { member } => {
                state.grants.remove(&(tenant, member, header.folder));
                state.folders.change(&folder, |folder| {
                    folder.rotation_due = true;
                    folder.let_in(member, None);
                });
            }
            Effect::Closed => state.folders.change(&folder, |folder| folder.closed = true),
            Effect::Bundled => keep_newest_bundles(&mut state, tenant, header.folder),
        }
        Ok(())
    }

    fn forget_readings(&self, tenant: TenantId, before_ms: i64) -> Result<(), StoreError> {
        let mut state = self.state.borrow_mut();
        let told = state.stretch(tenant, 0, u64::MAX).filter(|(_, row)| row.read_log.is_some());
        let old: Vec<u64> = told.filter(|(_, row)| row.received_ms < before_ms).map(|(seq, _)| seq).collect();
        for seq in old {
            state.rows.change(&(tenant, seq), |row| row.body = None);
        }
        Ok(())
    }

    fn remember_refusal(
        &self,
        tenant: TenantId,
        device: DeviceId,
        dseq: u64,
        hash: EnvelopeHash,
        code: RefusalCode,
    ) -> Result<(), StoreError> {
        let mut state = self.state.borrow_mut();
        state.refused.put((tenant, device, dseq), (hash, code));
        state.devices.change(&(tenant, device), |device| device.last_dseq = device.last_dseq.max(dseq));
        Ok(())
    }

    /// For the lists of those who run a server; a simulation has none.
    fn note_seen(&self, _: TenantId, _: DeviceId, _: i64, _: u32, _: &Stats) -> Result<(), StoreError> {
        Ok(())
    }

    /// A simulated server asks nobody to log in.
    fn note_login(&self, _: TenantId, _: DeviceId, _: LoginRow) -> Result<(), StoreError> {
        Ok(())
    }

    /// A simulated server asks nobody to log in.
    fn bind_account(&self, _: TenantId, _: MemberId, _: &str, _: &[u8; 32], _: i64) -> Result<bool, StoreError> {
        Ok(true)
    }

    /// A simulated server asks nobody to log in.
    fn release_account(&self, _: TenantId, _: MemberId) -> Result<bool, StoreError> {
        Ok(false)
    }

    fn begin_epoch(&self, tenant: TenantId, epoch: &[u8; 16], base_seq: u64) -> Result<(), StoreError> {
        let mut state = self.state.borrow_mut();
        let Some(before) = state.tenants.get(&tenant).map(|tenant| tenant.row.clone()) else { return Ok(()) };
        state.past_epochs.put((tenant, before.epoch), before.head);
        state.tenants.change(&tenant, |tenant| {
            let epoch_base_seq = before.head.min(base_seq);
            let disordered_from = Some(before.disordered_from.map_or(epoch_base_seq, |from| from.min(epoch_base_seq)));
            tenant.row = TenantRow { epoch: *epoch, epoch_base_seq, disordered_from, healing: true, ..before };
        });
        let cut: Vec<_> = state
            .folders
            .iter()
            .filter(|(key, folder)| key.0 == tenant && folder.cut_seq > base_seq)
            .map(|(key, _)| *key)
            .collect();
        for folder in cut {
            state.folders.change(&folder, |folder| folder.cut_seq = base_seq);
        }
        Ok(())
    }

    fn note_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<(), StoreError> {
        self.state.borrow_mut().devices.change(&(tenant, device), |device| device.whole_epoch = Some(*epoch));
        Ok(())
    }

    fn end_healing(&self, tenant: TenantId) -> Result<(), StoreError> {
        self.state.borrow_mut().tenants.change(&tenant, |tenant| tenant.row.healing = false);
        Ok(())
    }
}

fn open_everything(state: &mut State, tenant: TenantId, station: MemberId, grant: &GrantNow) {
    let folders: Vec<FolderId> =
        state.folders.iter().filter(|((of, _), _)| *of == tenant).map(|((_, folder), _)| *folder).collect();
    for folder in folders {
        state.grants.put((tenant, station, folder), grant.clone());
    }
}

fn folders_of(state: &State, tenant: TenantId, member: MemberId) -> Vec<FolderId> {
    let of_member = state.grants.iter().filter(|((of, who, _), _)| *of == tenant && *who == member);
    of_member.map(|((_, _, folder), _)| *folder).collect()
}

fn owe_rotations(state: &mut State, tenant: TenantId, member: MemberId) {
    for folder in folders_of(state, tenant, member) {
        state.folders.change(&(tenant, folder), |folder| folder.rotation_due = true);
    }
}

fn insert(state: &mut State, admitted: &Admitted<'_>, seq: u64, now_ms: i64) {
    let (header, bytes) = (admitted.envelope().header(), admitted.envelope().bytes());
    let before = state.chain_at(header.tenant, seq.saturating_sub(1)).unwrap_or_default();
    let row = LogRow {
        kind: header.kind,
        key_epoch: header.key_epoch,
        folder: header.folder,
        device: header.device,
        dseq: header.dseq,
        hash: admitted.envelope().hash(),
        chain: before.with(admitted.envelope().hash()),
        about: admitted.effect().about(),
        received_ms: now_ms,
        size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        body: (!is_kept_without_body(state, admitted)).then(|| bytes.into()),
        code: admitted.code(),
        proven: admitted.is_proven(),
        is_purge: admitted.effect().purge_cause().is_some(),
        read_log: admitted.effect().read_log(),
    };
    state.rows.put((header.tenant, seq), row);
    state.by_number.put((header.tenant, header.device, header.dseq), seq);
    state.by_folder.put((header.tenant, header.folder, seq), ());
}

fn advance(device: &mut Device, dseq: u64, size: u64, deposit: u64, day: i64) {
    let used = if device.day == day { device.used } else { Used::default() };
    device.day = day;
    device.used = Used {
        rows: used.rows.saturating_add(1),
        bytes: used.bytes.saturating_add(size),
        deposit_bytes: used.deposit_bytes.saturating_add(deposit),
    };
    // One made in reserve stands outside of the count, as in the file.
    if dseq < limits::RESERVE_NUMBERS {
        device.last_dseq = device.last_dseq.max(dseq);
    }
}

/// A folder has a new key; whose time was over has no grant any more, as in the file.
fn end_grants(state: &mut State, header: &Header, now_ms: i64) {
    let folder = (header.tenant, header.folder);
    let ended = |(_, until): &(MemberId, i64)| *until <= now_ms;
    let over: Vec<MemberId> = state.folders.get(&folder).map_or_else(Vec::new, |folder| {
        folder.for_a_time.iter().filter(|one| ended(one)).map(|(member, _)| *member).collect()
    });
    for member in over {
        state.grants.remove(&(header.tenant, member, header.folder));
    }
    state.folders.change(&folder, |folder| {
        folder.key_epoch = header.key_epoch;
        folder.rotation_due = false;
        folder.for_a_time.retain(|one| !ended(one));
    });
}

/// The number of a grant that is in force stays, and a grant for a time takes nothing from one for good, as in the file.
fn set_grant(state: &mut State, header: &Header, member: MemberId, new: &GrantNow, now_ms: i64) {
    let lasts = state.grants.get(&(header.tenant, member, header.folder)).is_some_and(|grant| grant.until_ms.is_none());
    if lasts && new.until_ms.is_some() {
        return;
    }
    state.folders.change(&(header.tenant, header.folder), |folder| folder.let_in(member, new.until_ms));
    let seq = state.grant(header.tenant, member, header.folder, now_ms).map_or(new.seq, |grant| grant.seq);
    state.grants.put((header.tenant, member, header.folder), GrantNow { seq, ..new.clone() });
}

fn keep_newest_bundles(state: &mut State, tenant: TenantId, folder: FolderId) {
    let bundles = state.folder_rows(tenant, folder, 0, u64::MAX).rev().filter(|(_, row)| row.kind == 2);
    let old: Vec<u64> = bundles.skip(2).map(|(seq, _)| seq).collect();
    for seq in old {
        state.rows.change(&(tenant, seq), |row| row.body = None);
    }
}

/// What was erased comes back as a place without a body, and so does an outline of before, as in the file.
fn is_kept_without_body(state: &State, admitted: &Admitted<'_>) -> bool {
    let header = admitted.envelope().header();
    let of = |hash| (header.tenant, header.folder, hash);
    match header.kind {
        2 if admitted.is_proven() => state.bodiless.range(of([0; 32])..=of([255; 32])).next().is_some(),
        1 | 9 | 11 => state.bodiless.get(&of(admitted.envelope().hash().0)).is_some(),
        _ => false,
    }
}

fn erase_entries(state: &mut State, tenant: TenantId, entries: &ErasedEntries, seq: u64) {
    let hashes: Vec<[u8; 32]> = entries.parts.iter().map(|part| part.hash).collect();
    for hash in &hashes {
        state.bodiless.put((tenant, entries.folder, *hash), ());
    }
    let goes = |row: &LogRow| row.kind == 2 || (matches!(row.kind, 1 | 9 | 11) && hashes.contains(&row.hash.0));
    let rows = state.folder_rows(tenant, entries.folder, 0, u64::MAX).filter(|(_, row)| goes(row));
    for row in rows.map(|(row, _)| row).collect::<Vec<_>>() {
        state.rows.change(&(tenant, row), |row| row.body = None);
    }
    state.folders.change(&(tenant, entries.folder), |folder| folder.cut_seq = folder.cut_seq.max(seq));
}

/// Rows keep their places and lose their bodies, as in the file; there are no keys to delete.
fn erase(state: &mut State, tenant: TenantId, proposal: &ErasureProposal, seq: u64) {
    for entries in &proposal.entries {
        erase_entries(state, tenant, entries, seq);
    }
    for erased in &proposal.folders {
        let rows: Vec<u64> = state.folder_rows(tenant, erased.folder, 0, u64::MAX).map(|(seq, _)| seq).collect();
        for seq in rows {
            state.rows.change(&(tenant, seq), |row| row.body = None);
        }
        let granted: Vec<_> =
            state.grants.iter().map(|(key, _)| *key).filter(|key| (key.0, key.2) == (tenant, erased.folder)).collect();
        granted.iter().for_each(|key| state.grants.remove(key));
        let key = (tenant, erased.folder);
        if state.folders.get(&key).is_none()
            && let Some(kind) = erased.known_kind()
        {
            let programme = proposal.programme;
            let unseen = Folder {
                kind,
                programme,
                key_epoch: 1,
                rotation_due: false,
                closed: false,
                erased: true,
                cut_seq: 0,
                for_a_time: Vec::new(),
            };
            state.folders.put(key, unseen);
        }
        state.folders.change(&key, |folder| (folder.erased, folder.rotation_due) = (true, false));
    }
}
