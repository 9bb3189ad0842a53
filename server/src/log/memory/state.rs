//! The tables.

use std::sync::Arc;

use feltbog_domain::{DeviceId, FolderId, FolderKind, MemberId, ProgrammeId, Rights, TenantId};
use feltbog_protocol::{EnvelopeHash, LogChain, RefusalCode};

use super::table::Table;
use crate::log::rows::{TenantRow, Used};

#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) tenants: Table<TenantId, Tenant>,
    pub(super) rows: Table<(TenantId, u64), LogRow>,
    pub(super) by_number: Table<(TenantId, DeviceId, u64), u64>,
    pub(super) by_folder: Table<(TenantId, FolderId, u64), ()>,
    /// Identities of envelopes that lost their bodies with an erased entry.
    pub(super) bodiless: Table<(TenantId, FolderId, [u8; 32]), ()>,
    pub(super) refused: Table<(TenantId, DeviceId, u64), (EnvelopeHash, RefusalCode)>,
    pub(super) devices: Table<(TenantId, DeviceId), Device>,
    pub(super) grants: Table<(TenantId, MemberId, FolderId), GrantNow>,
    pub(super) folders: Table<(TenantId, FolderId), Folder>,
    pub(super) past_epochs: Table<(TenantId, [u8; 16]), u64>,
}

#[derive(Debug, Clone)]
pub(super) struct Tenant {
    pub(super) name: String,
    pub(super) secret_hash: [u8; 32],
    pub(super) row: TenantRow,
}

#[derive(Debug, Clone)]
pub(super) struct LogRow {
    pub(super) kind: u8,
    pub(super) key_epoch: u32,
    pub(super) folder: FolderId,
    pub(super) device: DeviceId,
    pub(super) dseq: u64,
    pub(super) hash: EnvelopeHash,
    pub(super) chain: LogChain,
    pub(super) about: Option<MemberId>,
    pub(super) received_ms: i64,
    pub(super) size: u64,
    pub(super) body: Option<Arc<[u8]>>,
    pub(super) code: RefusalCode,
    pub(super) proven: bool,
    /// Whether it says that a device holds nothing of some folders any more.
    pub(super) is_purge: bool,
    /// The folder whose key opens readings.
    pub(super) read_log: Option<FolderId>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Device {
    pub(super) last_dseq: u64,
    pub(super) day: i64,
    pub(super) used: Used,
    pub(super) whole_epoch: Option<[u8; 16]>,
}

#[derive(Debug, Clone)]
pub(super) struct GrantNow {
    pub(super) seq: u64,
    pub(super) rights: Rights,
    pub(super) until_ms: Option<i64>,
}

#[derive(Debug, Clone)]
pub(super) struct Folder {
    pub(super) kind: FolderKind,
    pub(super) programme: ProgrammeId,
    pub(super) key_epoch: u32,
    pub(super) rotation_due: bool,
    pub(super) closed: bool,
    pub(super) erased: bool,
    /// The newest row that erased a single entry of it.
    pub(super) cut_seq: u64,
    /// Who may open it for a time only, and until when.
    pub(super) for_a_time: Vec<(MemberId, i64)>,
}

impl Folder {
    /// Whether a new key is owed.
    pub(super) fn owes_a_key(&self, now_ms: i64) -> bool {
        self.rotation_due || self.for_a_time.iter().any(|(_, until)| *until <= now_ms)
    }

    pub(super) fn let_in(&mut self, member: MemberId, until_ms: Option<i64>) {
        self.for_a_time.retain(|(known, _)| *known != member);
        self.for_a_time.extend(until_ms.map(|until| (member, until)));
    }
}

impl State {
    pub(super) fn keep(&mut self) {
        let Self { tenants, rows, by_number, by_folder, bodiless, refused, devices, grants, folders, past_epochs } =
            self;
        tenants.keep();
        rows.keep();
        by_number.keep();
        by_folder.keep();
        bodiless.keep();
        refused.keep();
        devices.keep();
        grants.keep();
        folders.keep();
        past_epochs.keep();
    }

    pub(super) fn undo(&mut self) {
        let Self { tenants, rows, by_number, by_folder, bodiless, refused, devices, grants, folders, past_epochs } =
            self;
        tenants.undo();
        rows.undo();
        by_number.undo();
        by_folder.undo();
        bodiless.undo();
        refused.undo();
        devices.undo();
        grants.undo();
        folders.undo();
        past_epochs.undo();
    }

    /// The running hash of the log at a place.
    pub(super) fn chain_at(&self, tenant: TenantId, seq: u64) -> Option<LogChain> {
        if seq == 0 {
            return Some(LogChain::default());
        }
        self.rows.get(&(tenant, seq)).map(|row| row.chain)
    }

    /// A grant that is in force now.
    pub(super) fn grant(&self, tenant: TenantId, member: MemberId, folder: FolderId, now_ms: i64) -> Option<&GrantNow> {
        self.grants.get(&(tenant, member, folder)).filter(|grant| grant.until_ms.is_none_or(|until| until > now_ms))
    }

    /// The rows of a tenant with `after < seq <= until`.
    pub(super) fn stretch(&self, tenant: TenantId, after: u64, until: u64) -> impl Iterator<Item = (u64, &LogRow)> {
        let last = until.max(after);
        self.rows
            .range((tenant, after)..=(tenant, last))
            .filter(move |((_, seq), _)| *seq > after && *seq <= until)
            .map(|((_, seq), row)| (*seq, row))
    }

    /// The rows of a folder with `after < seq <= until`.
    pub(super) fn folder_rows(
        &self,
        tenant: TenantId,
        folder: FolderId,
        after: u64,
        until: u64,
    ) -> impl DoubleEndedIterator<Item = (u64, &LogRow)> {
        let last = until.max(after);
        self.by_folder
            .range((tenant, folder, after)..=(tenant, folder, last))
            .filter(move |((_, _, seq), ())| *seq > after && *seq <= until)
            .filter_map(move |((_, _, seq), ())| Some((*seq, self.rows.get(&(tenant, *seq))?)))
    }
}
