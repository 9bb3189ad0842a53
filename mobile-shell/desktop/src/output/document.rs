//! The JSON document of an answer. Programs depend on its keys: more may come, none goes.

use feltbog_bridge::{Reply, ReportAsked, Request};
use serde::Serialize;
use serde_json::{Value, json};

/// The document: the reply without the word that says which it is.
pub(super) fn of(request: &Request, reply: &Reply) -> Value {
    match reply {
        Reply::Status(status) => whole(status),
        Reply::Cases { cases } => whole(cases),
        Reply::Case(page) => whole(page),
        Reply::Entry(page) => whole(page),
        Reply::Logged(logged) => whole(logged),
        Reply::Choices(choices) => whole(choices),
        Reply::JournalText(text) => whole(text),
        Reply::MissingInJournal { missing } => whole(missing),
        Reply::Agenda { agenda } => whole(agenda),
        Reply::Calendar(calendar) => whole(calendar),
        Reply::Drafts { drafts } => whole(drafts),
        Reply::ReminderText(reminder) => whole(reminder),
        Reply::NextReminders { reminders } => whole(reminders),
        Reply::Employers { employers } => whole(employers),
        Reply::DoorCard(card) => whole(card),
        Reply::EmployerSaved(saved) => whole(saved),
        Reply::EmployersFile(file) => whole(file),
        Reply::EmployersImported(imported) => whole(imported),
        Reply::File(file) => whole(file),
        Reply::Hits { hits } => whole(hits),
        Reply::Synced(synced) => whole(synced),
        Reply::Joined(joined) => whole(joined),
        Reply::Municipalities { municipalities } => whole(municipalities),
        Reply::LoginFirst { port, municipality } => json!({ "port": port, "municipality": municipality }),
        Reply::LoginBegun { url, port } => json!({ "url": url, "port": port }),
        Reply::LoggedIn { login_by } => json!({ "login_by": login_by }),
        Reply::CaseMade { case } => json!({ "case": case }),
        Reply::CaseClosed { case, warning: None } => json!({ "case": case }),
        Reply::CaseClosed { case, warning } => json!({ "case": case, "warning": warning }),
        Reply::HandedOver { handed_over } => json!({ "handed_over": handed_over }),
        Reply::Covered { covered } => json!({ "covered": covered }),
        Reply::DevicesChanged { devices } => json!({ "devices": devices }),
        Reply::Deposits { deposits } => whole(deposits),
        Reply::TakenOver { taken } => json!({ "taken": taken }),
        Reply::ErasureProposed { proposal, case_ref } => json!({ "proposal": proposal, "case_ref": case_ref }),
        Reply::Erasures { erasures } => whole(erasures),
        Reply::ErasedWork { left } => whole(left),
        Reply::ReadLog { readings } => whole(readings),
        Reply::Missing { missing } => whole(missing),
        Reply::Reports { reports } => match (request, reports.as_slice()) {
            (Request::Report(ReportAsked { measure: Some(_), .. }), [only]) => whole(only),
            _ => whole(reports),
        },
        Reply::ServerReport(page) => whole(page),
        Reply::StatusNote(page) => whole(page),
        Reply::StatusNotePdf(paper) => whole(paper),
        Reply::Charts(page) => whole(page),
        Reply::Fidelity(page) => whole(page),
        Reply::ProgrammeFile(page) => whole(page),
        Reply::RegionFile(page) => whole(page),
        Reply::Review(page) => whole(page),
        Reply::Survey(page) => json!(page),
        Reply::Sheet { csv } => json!({ "csv": csv }),
        Reply::Done => done(request),
        Reply::Imported(imported) => whole(imported),
        Reply::Invited { invitation, .. } => json!({ "invitation": invitation }),
        Reply::Team(page) => whole(page),
        Reply::Members { members } => whole(members),
        Reply::Devices { devices } => whole(devices),
        Reply::UnsentHandedIn(done) => {
            json!({ "folders": done.folders, "before": done.before, "refused": done.refused })
        }
        Reply::Refused(refused) => json!({ "refused": refused }),
    }
}

fn done(request: &Request) -> Value {
    match request {
        Request::EditNote { entry, .. } => json!({ "done": true, "entry": entry }),
        _ => json!({ "done": true }),
    }
}

/// All of it; these types have nothing that JSON has not.
fn whole(what: &impl Serialize) -> Value {
    serde_json::to_value(what).unwrap_or_default()
}
