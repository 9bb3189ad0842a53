//! From request to use case.

use std::path::Path;

use data_encoding::BASE64;
use feltbog_app::{
    App, AppError, ConsentWish, CoverWish, Device, DeviceChange, DiscloseWish, FidelityWish, HandOverWish, InviteWish,
    NewCaseWish, ProgrammeFile, ProgrammeWish, ReminderText, ReportWish, RoleWish, StatusNoteWish, Whose,
};
use feltbog_domain::{DocumentId, Role, Side};
use qrcode::render::svg;

use crate::employer_acts::on_employer;
use crate::entry_acts::{log_wish, on_entry};
use crate::reply::{DraftKept, ExportedFile, Logged, PaperFile, ReminderTextRow, Reply};
use crate::request::{
    ConsentTyped, CoverTyped, FidelityAsked, NewCase, ProgrammeFile as AskedFile, ProgrammeTyped, ReportAsked, Request,
    StatusNoteAsked, SurveyAsked,
};
use crate::views;

pub(crate) fn answer(app: &App, request: Request) -> Result<Reply, AppError> {
    // A window that stands open over midnight shows nothing of what is over.
    app.with(Device::mind_the_clock)?;
    if !is_answered_always(&request) {
        app.with(|d| if matches!(request, Request::Devices) { d.must_be_served() } else { d.must_be_open() })?;
    }
    match request {
        Request::Status => Ok(Reply::Status(Box::new(views::status(app)?))),
        Request::Cases => {
            let cases = app.with(feltbog_app::Device::cases)?;
            Ok(Reply::Cases { cases: cases.into_iter().map(views::case_row).collect() })
        }
        Request::ShowCase { case } => Ok(Reply::Case(Box::new(views::case_page(app.with(|d| d.show_case(&case))?)))),
        Request::OpenEntry { entry } => {
            Ok(Reply::Entry(Box::new(views::entry_page(app.with(|d| d.open_entry(id(&entry)?))?))))
        }
        Request::LogEntry(entry) => Ok(Reply::Logged(views::logged(app.save(|d| d.log_entry(&log_wish(*entry)))?))),
        Request::OnEntry { entry, act } => Ok(Reply::Logged(views::logged(on_entry(app, id(&entry)?, act)?))),
        Request::JournalText { entry } => {
            Ok(Reply::JournalText(views::journal_text(app.with(|d| d.journal_text(id(&entry)?))?)))
        }
        Request::MissingInJournal => {
            let missing = app.with(Device::missing_in_journal)?;
            Ok(Reply::MissingInJournal { missing: missing.into_iter().map(views::missing_in_journal).collect() })
        }
        Request::Agenda { until, team } => {
            Ok(views::agenda(app.with(|d| d.agenda(until.as_deref(), views::agenda_of(team)))?))
        }
        Request::Week { day, team } => Ok(views::agenda(app.with(|d| d.week(&day, views::agenda_of(team)))?)),
        Request::Drafts => {
            let kept = app.with(|d| d.drafts())?.into_iter();
            Ok(Reply::Drafts { drafts: kept.map(|row| DraftKept { about: row.about, text: row.text }).collect() })
        }
        Request::KeepDraft { about, text, speaks_of } => {
            app.with(|d| d.keep_draft(&about, &text, &speaks_of)).map(|()| Reply::Done)
        }
        Request::FromDraft { about, act } if !matches!(*act, Request::FromDraft { .. }) => {
            answer(&app.from_draft(&about), *act)
        }
        Request::DropDraft { about } => app.with(|d| d.drop_draft(&about)).map(|()| Reply::Done),
        Request::ReminderText { case } => {
            let ReminderText { text, withheld } = app.with(|d| d.reminder_text(&case))?;
            Ok(Reply::ReminderText(ReminderTextRow { text, withheld }))
        }
        Request::NextReminders => {
            let reminders = app.with(|d| d.next_reminders())?.into_iter();
            Ok(Reply::NextReminders { reminders: reminders.map(views::next_reminder).collect() })
        }
        Request::Calendar { until } => {
            Ok(Reply::Calendar(views::calendar_file(app.with(|d| d.calendar(until.as_deref()))?)))
        }
        Request::EditNote { entry, text, heads } => {
            Ok(Reply::Logged(views::logged(app.save(|d| d.edit_note(id(&entry)?, &text, &heads))?)))
        }
        Request::Choices => Ok(Reply::Choices(views::choices(app.with(|d| d.choices())?))),
        Request::Employers { words, with_openings } => {
            let mut employers = app.with(|d| d.employers(&words))?;
            employers.retain(|employer| !with_openings || employer.open_openings().next().is_some());
            Ok(Reply::Employers { employers: employers.into_iter().map(views::employer_row).collect() })
        }
        Request::AtTheDoor { employer, case } => {
            let card = app.with(|d| d.at_the_door(&employer, case.as_deref()))?;
            Ok(Reply::DoorCard(Box::new(views::door_card(card))))
        }
        Request::OnEmployer { employer, act } => Ok(Reply::EmployerSaved(on_employer(app, employer, act)?)),
        Request::ExportEmployers => {
            Ok(Reply::EmployersFile(views::employers_file(app.with(|d| d.export_employers())?)))
        }
        Request::ImportEmployers { text, dry_run } => {
            let report = app.save(|d| d.import_employers(&text, dry_run))?;
            Ok(Reply::EmployersImported(views::employers_imported(report)))
        }
        Request::Disclose { case, employer, decision, may_say, may_not_say } => {
            let wish = DiscloseWish { case, employer, decision, may_say, may_not_say };
            app.save(|d| d.disclose(&wish)).map(|()| Reply::Done)
        }
        Request::ExportCase { case, format } => {
            Ok(Reply::File(views::exported_case(app.with(|d| d.export_case(&case))?, &format)?))
        }
        Request::ExportCaseload => {
            let (text, cases) = app.with(Device::export_caseload)?;
            Ok(Reply::File(ExportedFile { text, base64: false, cases, review: 0, own_unsent: 0 }))
        }
        Request::ReportCsv(asked) => Ok(Reply::Sheet { csv: app.with(|d| d.report_csv(&report_wish(asked)))? }),
        Request::Report(asked) => {
            let reports = app.with(|d| d.report(&report_wish(asked)))?;
            Ok(Reply::Reports { reports: reports.into_iter().map(views::report).collect() })
        }
        Request::StatusNote(asked) => {
            Ok(Reply::StatusNote(views::status_note(app.with(|d| d.status_note(&note_wish(asked)))?)))
        }
        Request::StatusNotePdf(asked) => {
            let pdf = app.with(|d| d.status_note_pdf(&note_wish(asked)))?;
            Ok(Reply::StatusNotePdf(PaperFile { base64: BASE64.encode(&pdf) }))
        }
        Request::RegionFile { programme, at } => {
            let file = app.with(|d| d.for_region(programme.as_deref(), at.as_deref()))?;
            Ok(Reply::RegionFile(views::region_file(file)))
        }
        Request::Charts(asked) => Ok(Reply::Charts(views::charts(app.with(|d| d.charts(&report_wish(asked)))?))),
        Request::Fidelity(FidelityAsked { file, programme }) => {
            let counted = app.with(|d| d.fidelity(&FidelityWish { file, programme }))?;
            Ok(Reply::Fidelity(views::fidelity(&counted)))
        }
        Request::Review(asked) => crate::review_acts::review(app, asked),
        Request::Survey(SurveyAsked { text, against }) => {
            let read = feltbog_app::survey(&text, against.map(programme_file).as_ref())?;
            Ok(Reply::Survey(Box::new(crate::survey::page(read))))
        }
        Request::Search { words } => {
            let hits = app.with(|d| d.search(&words))?;
            Ok(Reply::Hits { hits: hits.into_iter().map(views::hit).collect() })
        }
        Request::NewCase(case) => {
            Ok(Reply::CaseMade { case: app.save(|d| d.new_case(&new_case_wish(case)))?.to_string() })
        }
        Request::GiveConsent(ConsentTyped { case, types, from_organisation, to_organisation, from, until }) => {
            let wish = ConsentWish { case, types, giver: from_organisation, receiver: to_organisation, from, until };
            app.save(|d| d.give_consent(&wish)).map(|()| Reply::Done)
        }
        Request::WithdrawConsent { case } => app.save(|d| d.withdraw_consent(&case)).map(|()| Reply::Done),
        Request::CloseCase { case, reason } => {
            let closed = app.save(|d| d.close_case(&case, &reason))?;
            Ok(Reply::CaseClosed { case: closed.case.to_string(), warning: closed.warning })
        }
        Request::ReopenCase { case } => app.save(|d| d.reopen_case(&case)).map(|_| Reply::Done),
        Request::Aftercare { case, end } => app.save(|d| d.aftercare(&case, end)).map(|_| Reply::Done),
        Request::ChangeProfile { case, changes } => {
            app.save(|d| d.change_profile(&case, &views::profile_changes(*changes))).map(|_| Reply::Done)
        }
        Request::ChangePerson { case, person, changes } => {
            let changes = views::person_changes(*changes);
            app.save(|d| d.change_person(&case, person.as_deref(), &changes)).map(|_| Reply::Done)
        }
        Request::HandOver { from, to, case } => {
            let handed_over = app.save(|d| d.hand_over(&HandOverWish { from, to, case }))?;
            Ok(Reply::HandedOver { handed_over })
        }
        Request::Cover(CoverTyped { absent, by, until, case, end }) => {
            let covered = app.save(|d| d.cover(&CoverWish { absent, by, until, case, end }))?;
            Ok(Reply::Covered { covered })
        }
        Request::SawStanding { seen } => app.with(|d| d.saw_standing(&seen)).map(|()| Reply::Done),
        Request::SawMeanwhile => app.with(Device::saw_meanwhile).map(|()| Reply::Done),
        Request::Deposits => {
            let deposits = app.with(feltbog_app::Device::deposits)?;
            Ok(Reply::Deposits { deposits: deposits.into_iter().map(views::deposit).collect() })
        }
        Request::TakeOver { entry } => {
            let entry = entry.as_deref().map(id).transpose()?;
            Ok(Reply::TakenOver { taken: app.save(|d| d.take_over(entry))? })
        }
        Request::KeepEntry { entry } => {
            let entry = app.save(|d| d.keep_entry(id(&entry)?))?.to_string();
            Ok(Reply::Logged(Logged { entry, state: "local_only".into(), warning: None, linked: Vec::new() }))
        }
        Request::Erase { case, entry, reason } => {
            let reason = reason.parse().map_err(AppError::Unclear)?;
            let proposed = match entry {
                Some(entry) => app.save(|d| d.propose_entry_erasure(case.as_deref(), id(&entry)?, reason))?,
                None => app.save(|d| d.propose_erasure(&case.unwrap_or_default(), reason))?,
            };
            Ok(Reply::ErasureProposed { proposal: proposed.proposal, case_ref: proposed.case_ref })
        }
        Request::ConfirmErasure { proposal } => app.save(|d| d.confirm_erasure(&proposal)).map(|()| Reply::Done),
        Request::Erasures => {
            let erasures = app.with(|d| d.erasures())?;
            Ok(Reply::Erasures { erasures: erasures.into_iter().map(views::erasure).collect() })
        }
        Request::ErasedWork => {
            let left = app.with(|d| d.erased_work())?;
            Ok(Reply::ErasedWork { left: left.into_iter().map(views::erased_work).collect() })
        }
        Request::DiscardErasedWork { entry } => app.save(|d| d.discard_erased_work(id(&entry)?)).map(|()| Reply::Done),
        Request::ReadLog { case, without_staff } => {
            let lines = app.with(|d| d.read_log(&case, without_staff))?;
            Ok(Reply::ReadLog { readings: lines.into_iter().map(views::reading).collect() })
        }
        Request::Missing => {
            let missing = app.with(Device::missed)?;
            Ok(Reply::Missing { missing: missing.into_iter().map(views::missing).collect() })
        }
        Request::Assign { case, member, role } => {
            let role = role_of(&role)?;
            app.save(|d| d.assign(&case, &member, role)).map(|()| Reply::Done)
        }
        Request::Import { folder, programme, dry_run, errors } => {
            let mut report = app.save(|d| d.import(Path::new(&folder), programme.as_deref(), dry_run))?;
            if !errors {
                report.error_files.clear();
            }
            Ok(Reply::Imported(views::imported(report)))
        }
        Request::NewProgramme { name } => app.save(|d| d.new_programme(&name)).map(|_| Reply::Done),
        Request::SetProgramme(ProgrammeTyped { programme, authority, talk_interval }) => {
            app.save(|d| d.set_programme(&ProgrammeWish { programme, authority, talk_interval })).map(|()| Reply::Done)
        }
        Request::ProgrammeFile { programme } => {
            let kept = app.with(|d| d.programme_file(programme.as_deref()))?;
            Ok(Reply::ProgrammeFile(views::programme_file(kept)))
        }
        Request::KeepProgrammeFile { programme, file } => {
            let file = file.map(programme_file);
            app.save(|d| d.keep_programme_file(programme.as_deref(), file.as_ref())).map(|()| Reply::Done)
        }
        Request::Invite { name, role, programme, side, valid_minutes } => {
            let wish =
                InviteWish { name, role: role_of(&role)?, programme, side: side_of(side.as_deref())?, valid_minutes };
            let invitation = app.save(|d| d.invite(&wish))?.to_text();
            Ok(Reply::Invited { qr_svg: qr(&invitation), invitation })
        }
        Request::InviteDevice { name, valid_minutes } => {
            let invitation = app.save(|d| d.invite_device(name.as_deref(), valid_minutes))?.to_text();
            Ok(Reply::Invited { qr_svg: qr(&invitation), invitation })
        }
        Request::SetDeviceState { member, device, state } => {
            let (whose, change) = (whose(member, device)?, change_to(&state)?);
            Ok(Reply::DevicesChanged { devices: app.save(|d| d.change_devices(&whose, change))? })
        }
        Request::RemoveMember { name } => app.save(|d| d.remove_member(&name)).map(|()| Reply::Done),
        Request::ChangeRole { name, role, programme, side, remove } => {
            let wish = RoleWish { name, role: role_of(&role)?, programme, side: side_of(side.as_deref())?, remove };
            app.save(|d| d.change_role(&wish)).map(|()| Reply::Done)
        }
        Request::SetOrganisation { name, organisation } => {
            app.save(|d| d.set_organisation(&name, organisation.as_deref())).map(|()| Reply::Done)
        }
        Request::Team => Ok(Reply::Team(views::team(app.with(|d| d.team())?))),
        Request::NameShareHolders { holders } => app.save(|d| d.name_share_holders(&holders)).map(|()| Reply::Done),
        Request::Members => {
            let members = app.with(|d| d.members())?;
            Ok(Reply::Members { members: members.into_iter().map(views::member_row).collect() })
        }
        Request::Devices => {
            let devices = app.with(|d| d.devices())?;
            Ok(Reply::Devices { devices: devices.into_iter().map(views::device_row).collect() })
        }
        // These wait for the network or are about more than an open device: the session and the door answer them, and none
        // comes here but out of a draft, which it cannot be saved from.
        Request::Sync
        | Request::ServerReport(_)
        | Request::BeginLogin { .. }
        | Request::FinishLogin { .. }
        | Request::Lock
        | Request::Unlock { .. }
        | Request::Join { .. }
        | Request::Municipalities
        | Request::NameMunicipality { .. }
        | Request::HandIn
        | Request::FromDraft { .. } => Err(AppError::Unclear("det kan ikke gemmes fra en kladde".into())),
    }
}

/// What a device says although it is locked, blocked or shut out: how it stands, and words that hold nobody's data. Whose
/// devices there are is said as long as it is served.
const fn is_answered_always(request: &Request) -> bool {
    matches!(request, Request::Status | Request::Sync | Request::Choices)
}

pub(crate) fn report_wish(asked: ReportAsked) -> ReportWish {
    let ReportAsked { measure, programme, from, to, at } = asked;
    ReportWish { measure, programme, from, to, at }
}

fn note_wish(StatusNoteAsked { file, programme, at }: StatusNoteAsked) -> StatusNoteWish {
    StatusNoteWish { file: file.map_or(ProgrammeFile::Kept, programme_file), programme, at }
}

pub(crate) fn programme_file(file: AskedFile) -> ProgrammeFile {
    match file {
        AskedFile::Shipped(name) => ProgrammeFile::Shipped(name),
        AskedFile::Text(text) => ProgrammeFile::Text(text),
    }
}

fn whose(member: Option<String>, device: Option<String>) -> Result<Whose, AppError> {
    match (member, device) {
        (Some(name), None) => Ok(Whose::Member(name)),
        (None, Some(device)) => Ok(Whose::Device(device)),
        _ => Err(AppError::Unclear("skriv enten en persons navn eller en enhed".into())),
    }
}

pub(crate) fn id(text: &str) -> Result<DocumentId, AppError> {
    text.parse().map_err(|_| AppError::UnknownEntry)
}

fn role_of(word: &str) -> Result<Role, AppError> {
    word.parse().map_err(AppError::Unclear)
}

fn change_to(word: &str) -> Result<DeviceChange, AppError> {
    match word {
        "active" => Ok(DeviceChange::Free),
        "blocked" => Ok(DeviceChange::Block),
        "revoked" => Ok(DeviceChange::Revoke),
        _ => Err(AppError::Unclear("tilstanden skal være active, blocked eller revoked".into())),
    }
}

fn side_of(word: Option<&str>) -> Result<Option<Side>, AppError> {
    match word {
        None => Ok(None),
        Some("employment") => Ok(Some(Side::Employment)),
        Some("treatment") => Ok(Some(Side::Treatment)),
        Some(_) => Err(AppError::Unclear("siden skal være employment eller treatment".into())),
    }
}

fn new_case_wish(case: NewCase) -> NewCaseWish {
    NewCaseWish {
        number: case.number,
        name: case.name,
        programme: case.programme,
        enrolled_on: case.enrolled_on,
        job_wish: case.job_wish,
        consent_types: case.consent_types,
        consent_until: case.consent_until,
    }
}

/// Empty when the text is too long for a code; the text itself always works.
fn qr(text: &str) -> String {
    qrcode::QrCode::new(text.as_bytes())
        .map(|code| code.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
        .unwrap_or_default()
}
