//! An answer in plain Danish.

use feltbog_bridge::{Choice, Reply, Request, ReviewAct, ReviewAsked};

use super::number::count;
use super::table::Table;
use super::{
    agenda, case_page, cases, charts, cover, deposits, employer, entry, erasures, exchange, fidelity, hits, imported,
    invited, journal, login, municipalities, read_log, report, restored, review, server_report, staff, status,
    status_note, survey, team, unsent, when,
};

/// The text, whole lines.
pub(super) fn of(request: &Request, reply: &Reply) -> String {
    match reply {
        Reply::Status(page) => status::text(page),
        Reply::Cases { cases } => cases::text(cases),
        Reply::Case(page) => case_page::text(page),
        Reply::Entry(page) => entry::text(&page.entry),
        Reply::Logged(logged) if matches!(request, Request::KeepEntry { .. }) => entry::kept(logged),
        Reply::Logged(logged) if matches!(request, Request::OnEntry { .. }) => entry::done(request, logged),
        Reply::Logged(logged) => entry::saved(logged),
        Reply::JournalText(text) => journal::text(text),
        Reply::MissingInJournal { missing } => journal::missing(missing),
        Reply::Agenda { agenda } => agenda::text(agenda),
        Reply::Calendar(calendar) => calendar.ics.clone(),
        // What was begun belongs to the user interface, which alone can go on with it.
        Reply::Drafts { drafts } => format!("{}\n", drafts.len()),
        Reply::ReminderText(reminder) => format!("{}\n", reminder.text),
        // A computer calls nobody: what comes next stands in the agenda.
        Reply::NextReminders { reminders } => format!("{}\n", reminders.len()),
        Reply::Choices(choices) => {
            let kinds = choices.kinds.iter().map(|kind| (kind.code.as_str(), kind.name.as_str()));
            pairs(kinds.chain(choices.outcomes.iter().map(|Choice { code, name }| (code.as_str(), name.as_str()))))
        }
        Reply::Employers { employers } => employer::register(employers),
        Reply::DoorCard(card) => employer::door(card),
        Reply::EmployerSaved(saved) => employer::saved(saved),
        Reply::EmployersFile(file) => file.text.clone(),
        Reply::EmployersImported(what) => {
            employer::imported(what, matches!(request, Request::ImportEmployers { dry_run: true, .. }))
        }
        Reply::File(file) => file.text.clone(),
        Reply::Hits { hits } => hits::text(hits),
        Reply::Synced(synced) => exchange::text(synced),
        Reply::Joined(joined) => format!("Velkommen, {}.\n", joined.name),
        Reply::Municipalities { municipalities } => municipalities::text(municipalities),
        Reply::LoginFirst { .. } => "Log ind først.\n".to_owned(),
        Reply::LoginBegun { url, .. } => format!("{url}\n"),
        Reply::LoggedIn { login_by } => login::done(login_by.as_deref()),
        Reply::CaseMade { case } => format!("Sagen er oprettet ({case}).\n"),
        Reply::CaseClosed { .. } => "Sagen er afsluttet. Det, der skrives senere, lægges stadig i den.\n".to_owned(),
        Reply::HandedOver { handed_over } => handed_over_to(request, *handed_over),
        Reply::Covered { covered } => cover::covered(request, *covered),
        Reply::Deposits { deposits } => deposits::text(deposits),
        Reply::TakenOver { taken } => deposits::taken(*taken),
        Reply::ErasureProposed { proposal, case_ref } => erasures::proposed(proposal, case_ref),
        Reply::Erasures { erasures } => erasures::text(erasures),
        Reply::ErasedWork { left } => erasures::left(left),
        Reply::ReadLog { readings } => read_log::text(readings),
        Reply::Missing { missing } => restored::missing(missing),
        Reply::Reports { reports } => report::text(reports),
        Reply::ServerReport(page) => server_report::text(page),
        Reply::StatusNote(page) => status_note::text(page),
        Reply::StatusNotePdf(_) => "Status er skrevet.\n".to_owned(),
        Reply::Charts(page) => charts::text(page),
        Reply::Fidelity(page) => fidelity::text(page),
        Reply::Review(page) => review::text(page),
        Reply::Survey(page) => survey::text(page),
        Reply::ProgrammeFile(page) => {
            page.text.clone().unwrap_or_else(|| "Programmet har ingen programfil.\n".to_owned())
        }
        Reply::RegionFile(page) => format!(
            "Tallene til regionen er skrevet: {}, alt til og med {}.\n\
             Kommunens fingeraftryk, som regionen skal have på sin liste: {}\n\
             Giv det én gang, pr. telefon eller brev, og ikke sammen med filen.\n",
            page.programme,
            when::day(&page.as_of),
            page.fingerprint
        ),
        Reply::Sheet { csv } => csv.clone(),
        Reply::Done => format!("{}\n", done(request)),
        Reply::Imported(what) => imported::text(what, matches!(request, Request::Import { dry_run: true, .. })),
        Reply::Invited { invitation, .. } => invited::text(request, invitation),
        Reply::DevicesChanged { devices } => devices_changed(request, *devices),
        Reply::Team(page) => team::text(page),
        Reply::Members { members } => staff::members(members),
        Reply::Devices { devices } => staff::devices(devices),
        Reply::UnsentHandedIn(done) => format!("{}\n", unsent::sentence(done)),
        Reply::Refused(refused) => format!("{}\n", refused.message),
    }
}

fn done(request: &Request) -> String {
    match request {
        Request::Assign { member, .. } => format!("{member} er nu på sagen."),
        Request::WithdrawConsent { .. } => {
            "Samtykket er trukket tilbage. Det, der er delt, kan stadig læses; intet nyt deles.".to_owned()
        }
        Request::GiveConsent { .. } => "Samtykket er skrevet ind, og den fælles mappe er åben.".to_owned(),
        Request::RemoveMember { name } => {
            format!("{name} er ude, når der er sendt: feltbog sync. Det usendte afleveres til lederne.")
        }
        Request::ChangeRole { name, remove: false, .. } => {
            format!("{name} får rollen, når der er sendt: feltbog sync.")
        }
        Request::ChangeRole { name, .. } => {
            format!("{name} mister rollen, når der er sendt: feltbog sync. Det, kun den rolle åbnede, bliver lukket.")
        }
        Request::SetOrganisation { name, organisation: Some(organisation) } => {
            format!("{name} står nu som ansat i {organisation}.")
        }
        Request::SetOrganisation { name, organisation: None } => {
            format!("Der står ikke længere, hvor {name} er ansat.")
        }
        Request::NameShareHolders { .. } => "De tre navne er skrevet ned.".to_owned(),
        Request::NewProgramme { name } => format!("Programmet {name} er oprettet."),
        Request::KeepProgrammeFile { file: Some(_), .. } => "Programmets fil er indlæst.".to_owned(),
        Request::KeepProgrammeFile { .. } => "Programmet har ingen fil længere.".to_owned(),
        Request::Review(ReviewAsked { act: Some(ReviewAct::Begin { .. }), .. }) => {
            "Gennemgangen er begyndt.".to_owned()
        }
        Request::Review(ReviewAsked { act: Some(ReviewAct::Strike { .. }), .. }) => {
            "Det er strøget, og kan stadig læses.".to_owned()
        }
        Request::Review(_) => "Det står i gennemgangen.".to_owned(),
        Request::SetProgramme { .. } => "Programmets indstillinger er gemt.".to_owned(),
        Request::ConfirmErasure { .. } => {
            "Sletningen er bekræftet og sker, når der er sendt: feltbog sync. Derefter kan den ikke fortrydes."
                .to_owned()
        }
        Request::Disclose { .. } => "Aftalen er skrevet ind. Den gamle står i historikken.".to_owned(),
        Request::ReopenCase { .. } => "Sagen er åben igen.".to_owned(),
        Request::Aftercare { end: false, .. } => "Borgeren er i efterværn fra i dag.".to_owned(),
        Request::Aftercare { .. } => "Efterværnet er slut.".to_owned(),
        Request::ChangeProfile { .. } => {
            "Oplysningerne er gemt. Et ønske, der er skiftet ud, står i historikken.".to_owned()
        }
        Request::ChangePerson { .. } => "Gemt.".to_owned(),
        Request::DiscardErasedWork { .. } => "Registreringen er smidt væk.".to_owned(),
        Request::EditNote { .. } => "Notatet er gemt på denne computer.".to_owned(),
        _ => "Gjort.".to_owned(),
    }
}

fn devices_changed(request: &Request, number: u32) -> String {
    let Request::SetDeviceState { state, .. } = request else { return String::new() };
    let devices = count(number, "enhed", "enheder");
    let what = match state.as_str() {
        _ if number == 0 => return "Sådan er det allerede.\n".to_owned(),
        "blocked" => format!("{devices} spærres, når der er sendt: feltbog sync. Intet går tabt."),
        "revoked" => {
            format!("{devices} lukkes ude, når der er sendt: feltbog sync. Det usendte afleveres til lederne.")
        }
        _ => format!("{devices} åbnes igen, når der er sendt: feltbog sync."),
    };
    format!("{what}\n")
}

fn handed_over_to(request: &Request, number: u32) -> String {
    let Request::HandOver { from, to, .. } = request else { return String::new() };
    let what = count(number, "borger", "borgere");
    match number {
        0 => format!("{from} har ingen borgere at overdrage.\n"),
        _ => format!("{what} er overdraget fra {from} til {to}. Det gælder, når der er sendt: feltbog sync.\n"),
    }
}

fn pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut table = Table::default();
    pairs.for_each(|(code, name)| table.row([code, name]));
    table.text()
}
