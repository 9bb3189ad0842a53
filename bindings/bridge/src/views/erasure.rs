//! Cases that are erased.

use feltbog_app::{ErasedWork, ErasureDevice as AppDevice, ErasureSummary};
use feltbog_domain::EntryKind;

use crate::reply::{ErasedWorkRow, ErasureDevice, ErasureRow};

pub(crate) fn erasure(summary: ErasureSummary) -> ErasureRow {
    let devices = |devices: Vec<AppDevice>| devices.into_iter().map(device).collect();
    ErasureRow {
        proposal: summary.proposal,
        case_ref: summary.case_ref,
        state: summary.state.word().to_owned(),
        reason: summary.reason.map_or("unknown", |reason| reason.word()).to_owned(),
        reason_name: summary
            .reason
            .map_or("en grund, som denne version ikke kender", |reason| reason.danish())
            .to_owned(),
        by: summary.proposed_by,
        confirmed_by: summary.confirmed_by,
        folders: summary.folders.into_iter().map(str::to_owned).collect(),
        entries: summary.entries.into_iter().map(str::to_owned).collect(),
        at: summary.at.to_string(),
        confirmed_at: summary.confirmed_at.map(|at| at.to_string()),
        confirmed_devices: devices(summary.confirmed),
        missing_devices: devices(summary.missing),
        shut_out_devices: devices(summary.shut_out),
        may_confirm: summary.may_confirm,
    }
}

fn device(device: AppDevice) -> ErasureDevice {
    ErasureDevice { device: device.device.to_string(), member: device.member }
}

pub(crate) fn erased_work(work: ErasedWork) -> ErasedWorkRow {
    let kind = EntryKind::from_code(&work.kind);
    ErasedWorkRow {
        entry: work.document.to_string(),
        kind_name: kind.danish().to_owned(),
        kind: work.kind,
        at: work.at,
        note: work.note,
    }
}
