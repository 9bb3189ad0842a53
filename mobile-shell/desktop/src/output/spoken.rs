//! An answer in plain Danish.

use feltbog_bridge::{Choice, EmployerRow, Reply, Request};

use super::table::Table;
use super::{case_page, cases, entry, exchange, hits, imported, invited, staff, status, when};

/// The text, whole lines.
pub(super) fn of(request: &Request, reply: &Reply) -> String {
    match reply {
        Reply::Status(page) => status::text(page),
        Reply::Cases { cases } => cases::text(cases),
        Reply::Case(page) => case_page::text(page),
        Reply::Entry(page) => entry::text(&page.entry),
        Reply::Logged(logged) => entry::saved(logged),
        Reply::Choices(choices) => {
            let kinds = choices.kinds.iter().map(|kind| (kind.code.as_str(), kind.name.as_str()));
            pairs(kinds.chain(choices.outcomes.iter().map(|Choice { code, name }| (code.as_str(), name.as_str()))))
        }
        Reply::Employers { employers } => register(employers),
        Reply::Hits { hits } => hits::text(hits),
        Reply::Synced(synced) => exchange::text(synced),
        Reply::CaseMade { case } => format!("Sagen er oprettet ({case}).\n"),
        Reply::Done => format!("{}\n", done(request)),
        Reply::Imported(what) => imported::text(what, matches!(request, Request::Import { dry_run: true, .. })),
        Reply::Invited { invitation, .. } => invited::text(request, invitation),
        Reply::Members { members } => staff::members(members),
        Reply::Devices { devices } => staff::devices(devices),
        Reply::Refused(refused) => format!("{}\n", refused.message),
    }
}

fn done(request: &Request) -> String {
    match request {
        Request::Assign { member, .. } => format!("{member} er nu på sagen."),
        Request::GiveConsent { .. } => "Samtykket er skrevet ind, og den fælles mappe er åben.".to_owned(),
        Request::NewProgramme { name } => format!("Programmet {name} er oprettet."),
        Request::EditNote { .. } => "Notatet er gemt på denne computer.".to_owned(),
        _ => "Gjort.".to_owned(),
    }
}

fn pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut table = Table::default();
    pairs.for_each(|(code, name)| table.row([code, name]));
    table.text()
}

fn register(employers: &[EmployerRow]) -> String {
    let mut table = Table::headed(["CVR", "Navn", "By", "Kontaktperson", "Sidst besøgt"]);
    for employer in employers {
        table.row([
            employer.cvr.clone(),
            employer.name.clone(),
            employer.town.clone().unwrap_or_default(),
            employer.contact_person.clone().unwrap_or_default(),
            employer.last_visit.as_deref().map(when::day).unwrap_or_default(),
        ]);
    }
    table.text()
}
