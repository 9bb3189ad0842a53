//! From what the core found to what a screen reads.

mod charts;
mod choices;
mod cover;
mod employer;
mod entry;
mod erasure;
mod export;
mod facts;
mod fidelity;
mod handed_in;
mod hit;
mod journal;
mod lease;
mod next_reminder;
mod programme_file;
mod read_log;
mod region_file;
mod report;
mod restored;
mod review;
mod scope;
mod server_report;
mod signal;
mod standing;
mod status_note;
mod team;

use feltbog_app::{
    App, AppError, CaseSummary, CaseView, DeviceState, DeviceSummary, ExchangeReport, HandedInEntry, ImportReport,
    LineRefusal, MemberSummary, RefusalCode, RefusedEnvelope as AppRefused,
};
use feltbog_domain::FolderKind;

use crate::reply::{
    CasePage, CaseRow, ConsentRow, DeviceRow, ErrorFile, ImportCounts, Imported, MemberRow, RefusedEnvelope,
    RefusedLine, Status, Synced, WaitingEntry,
};

pub(crate) use self::charts::charts;
pub(crate) use self::choices::choices;
pub(crate) use self::employer::{agreement_row, door_card, employer_row, employers_file, employers_imported};
pub(crate) use self::entry::{entry_page, entry_row, logged};
pub(crate) use self::erasure::{erased_work, erasure};
pub(crate) use self::export::exported_case;
pub(crate) use self::facts::{facts, person_changes, profile_changes};
pub(crate) use self::fidelity::fidelity;
pub(crate) use self::handed_in::deposit;
use self::handed_in::handed_in;
pub(crate) use self::hit::hit;
pub(crate) use self::journal::{agenda, agenda_of, calendar_file, journal_text, missing_in_journal};
pub(crate) use self::next_reminder::next_reminder;
pub(crate) use self::programme_file::programme_file;
pub(crate) use self::read_log::reading;
pub(crate) use self::region_file::region_file;
pub(crate) use self::report::{report, rounded, unit};
pub(crate) use self::restored::missing;
pub(crate) use self::review::review;
pub(crate) use self::server_report::server_report;
pub(crate) use self::status_note::{sentence, status_note};
pub(crate) use self::team::team;

pub(crate) fn status(app: &App) -> Result<Status, AppError> {
    let status = app.with(feltbog_app::Device::status)?;
    Ok(Status {
        lease: status.lease.map(lease::lease),
        unsent: status.unsent,
        waiting_in_all: status.waiting_in_all,
        oldest_unsent_hours: status.oldest_unsent_hours,
        quarantined: status.quarantined,
        cursor: status.cursor,
        device: status.device.to_string(),
        member: status.member,
        role: status.role.map(|role| role.word().to_owned()).unwrap_or_default(),
        roles: status.roles,
        waiting: status
            .waiting
            .into_iter()
            .map(|w| WaitingEntry {
                entry: w.entry.to_string(),
                case: w.case.map(|case| case.to_string()),
                case_name: w.case_name,
                kind: w.kind.code().to_owned(),
                kind_name: w.kind.danish().to_owned(),
                at: w.at.to_string(),
                saved_at: w.saved_at.to_string(),
            })
            .collect(),
        refused: status.refused.into_iter().map(refused_envelope).collect(),
        last_exchange: status.last_exchange.map(|at| at.to_string()),
        last_failure: app.last_failure(),
        sent_today: status.sent_today,
        exchanging: app.is_exchanging(),
        handed_in: status.handed_in.into_iter().map(handed_in).collect(),
        meanwhile: status.meanwhile.into_iter().map(cover::meanwhile).collect(),
        handed_away: status.handed_away.into_iter().map(cover::handed_away).collect(),
        asks: status.asks.iter().map(ToString::to_string).collect(),
        deposits: status.deposits,
        restored: status.restored,
        healing: app.is_healing(),
        missing: status.missed,
        erased_work: status.erased_work,
        findings: status.findings.into_iter().map(restored::finding).collect(),
        login_by: status.login_by.map(|by| by.to_string()),
        standing: status.standing_changes.into_iter().map(standing::row).collect(),
        caseload: signal::caseload(status.active_cases),
        missing_in_journal: status.missing_in_journal,
        may_make_cases: status.may_make_cases,
        only_reviews: status.only_reviews,
        programmes: status.programmes,
    })
}

/// What one exchange did; `before` is what had been handed in until then.
pub(crate) fn synced(app: &App, before: &[HandedInEntry], report: &ExchangeReport) -> Result<Synced, AppError> {
    let mut refused = app.with(|d| d.refused())?;
    // What was refused and then handed in or sealed anew in the same exchange would only puzzle.
    refused.retain(|known| report.refused.iter().any(|(dseq, _)| *dseq == known.dseq));
    let mut handed = app.with(|d| d.handed_in())?;
    handed.retain(|entry| !before.contains(entry));
    Ok(Synced {
        sent: report.sent,
        received: report.received,
        refused: refused.into_iter().map(refused_envelope).collect(),
        unsent: app.with(|d| d.unsent_count())?,
        bytes_up: report.bytes_up,
        bytes_down: report.bytes_down,
        turnarounds: report.turnarounds,
        head: report.head,
        handed_in: handed.into_iter().map(handed_in).collect(),
        asks: app.with(|d| d.asks())?.iter().map(ToString::to_string).collect(),
        healing: report.healing,
        login_by: app.with(|d| d.login_by())?.map(|by| by.to_string()),
    })
}

fn refused_envelope(refused: AppRefused) -> RefusedEnvelope {
    RefusedEnvelope {
        code: refused.code.word().to_owned(),
        message: refusal_sentence(refused.code).to_owned(),
        entry: refused.entry.map(|entry| entry.to_string()),
        case_name: refused.case_name,
        kind: refused.kind.as_ref().map(|kind| kind.code().to_owned()),
        kind_name: refused.kind.map(|kind| kind.danish().to_owned()),
    }
}

fn refusal_sentence(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::NoGrant => {
            "Du har ikke længere adgang til at skrive i den mappe. Det, du skrev, ligger her stadig."
        }
        RefusalCode::FolderClosed => {
            "Samtykket er trukket tilbage, så det kan ikke deles. Det ligger her stadig. Læg det i din egen mappe."
        }
        RefusalCode::Erased => "Sagen er slettet. Det, du skrev, ligger her stadig, til du tager stilling.",
        RefusalCode::TwoPeople => "En anden end den, der foreslog sletningen, skal bekræfte den. Intet er slettet.",
        RefusalCode::UnknownProposal => {
            "Forslaget om sletning findes ikke på serveren, eller det er over 30 dage gammelt. Foreslå sletningen igen."
        }
        RefusalCode::StaleLineage => {
            "Noget i mappen er slettet imens. Det, du skrev, ligger her stadig og sendes næste gang."
        }
        RefusalCode::UnknownEpoch => {
            "Mappen har fået en ny nøgle. Det, du skrev, ligger her stadig og kan sendes igen."
        }
        RefusalCode::TooLarge => "Det er for stort at sende på én gang. Det ligger her stadig.",
        RefusalCode::Quota => "Enheden har sendt så meget, som serveren tager imod i dag. Det ligger her stadig.",
        RefusalCode::BadSignature | RefusalCode::BadFrame => {
            "Serveren kunne ikke genkende afsenderen. Det ligger her stadig. Sig det til IT."
        }
        _ => "Serveren tog ikke imod det. Det ligger her stadig. Sig det til IT.",
    }
}

pub(crate) fn case_row(case: CaseSummary) -> CaseRow {
    let has = |kind: FolderKind| case.folders.iter().any(|(_, known)| *known == kind);
    let mut folders: Vec<String> = case.folders.iter().map(|(_, kind)| kind.word().to_owned()).collect();
    folders.sort_unstable();
    folders.dedup();
    CaseRow {
        case: case.case.to_string(),
        cover: case.cover.map(cover::case_cover),
        has_shared: has(FolderKind::Shared),
        folders,
        number: case.number,
        name: case.name,
        programme: case.programme,
        phase: case.phase.word().to_owned(),
        enrolled_on: case.profile.enrolled_on.map(|day| day.to_string()),
        days_in_programme: case.days_in_programme,
        last_contact: case.last_contact.map(|at| at.to_string()),
        signals: case.signals.into_iter().map(signal::signal_row).collect(),
        consultant: case.profile.consultant,
        therapist: case.profile.therapist,
        track: case.profile.track,
        phone: case.profile.phone,
        contact_by: case.profile.contact_by.map(|way| way.code().to_owned()),
        unsent: case.unsent,
    }
}

pub(crate) fn case_page(view: CaseView) -> CasePage {
    let entries = view.entries.into_iter().map(entry_row).collect();
    let Some(case) = view.case else {
        return CasePage {
            case: own_work_row(),
            job_wish: None,
            facts: None,
            disclosure: None,
            consents: Vec::new(),
            agreements: Vec::new(),
            entries,
        };
    };
    let knows_profile = case.folders.iter().any(|(_, kind)| *kind == FolderKind::Employment);
    let today = feltbog_domain::Moment::from_unix_ms(feltbog_app::Clock::now_ms(&feltbog_app::SystemClock)).date();
    CasePage {
        job_wish: case.profile.job_wish.clone(),
        facts: knows_profile.then(|| facts(&case.profile)),
        disclosure: knows_profile.then(|| case.profile.disclosure.danish().to_owned()),
        consents: case
            .consents
            .iter()
            .map(|consent| ConsentRow {
                types: consent.types.clone(),
                from: consent.from.to_string(),
                until: consent.until.to_string(),
                in_force: consent.is_in_force(today),
            })
            .collect(),
        agreements: view.agreements.into_iter().map(|(agreement, name)| agreement_row(agreement, name)).collect(),
        entries,
        case: case_row(case),
    }
}

/// Work without a case has a timeline and nothing else.
fn own_work_row() -> CaseRow {
    CaseRow {
        case: "-".into(),
        number: "-".into(),
        name: "Arbejde uden borger".into(),
        programme: None,
        phase: "start".into(),
        enrolled_on: None,
        days_in_programme: None,
        last_contact: None,
        signals: Vec::new(),
        consultant: None,
        therapist: None,
        track: None,
        phone: None,
        contact_by: None,
        unsent: 0,
        cover: None,
        has_shared: false,
        folders: vec![FolderKind::OwnWork.word().to_owned()],
    }
}

pub(crate) fn imported(report: ImportReport) -> Imported {
    Imported {
        added: ImportCounts { cases: report.cases, entries: report.entries, employers: report.employers },
        unchanged: report.unchanged,
        refused: report.refused.into_iter().map(refused_line).collect(),
        error_files: report
            .error_files
            .into_iter()
            .map(|file| ErrorFile { name: file.name.to_owned(), text: file.text })
            .collect(),
        without_consent: report.without_consent,
        unmatched_staff: report.unmatched_staff,
    }
}

pub(crate) fn refused_line(line: LineRefusal) -> RefusedLine {
    RefusedLine { file: line.file.to_owned(), line: line.line, field: line.field, reason: line.reason }
}

pub(crate) fn member_row(member: MemberSummary) -> MemberRow {
    MemberRow {
        member: member.member.to_string(),
        name: member.name,
        organisation: member.organisation,
        roles: member.roles,
        state: if member.joined { "joined" } else { "invited" }.to_owned(),
    }
}

pub(crate) fn device_row(device: DeviceSummary) -> DeviceRow {
    DeviceRow {
        device: device.device.to_string(),
        member: device.member,
        last_seen: None,
        last_row: device.last_row,
        state: match device.state {
            DeviceState::ThisDevice => "this_device",
            DeviceState::Active => "active",
            DeviceState::Blocked => "blocked",
            DeviceState::Revoked => "revoked",
            DeviceState::Station => "station",
        }
        .to_owned(),
    }
}
