//! The answer to a request, as the command line shows it.

use feltbog_bridge::{EmployersImported, Imported, Logged, Reply, Request, Synced};

use super::{Output, agenda, asks, document, exchange, imported, invited, spoken};

/// Shows the reply; `drawn` asks for a drawing where there is one.
pub(crate) fn answer(request: &Request, reply: &Reply, drawn: bool, output: &mut Output) {
    if let Reply::Refused(refused) = reply {
        output.refused(refused);
        return;
    }
    match reply {
        Reply::Calendar(calendar) => output.file(|| document::of(request, reply), &calendar.ics),
        Reply::Sheet { csv } => output.file(|| document::of(request, reply), csv),
        _ => output.say(|| document::of(request, reply), || spoken::of(request, reply)),
    }
    match reply {
        Reply::Logged(Logged { warning: Some(warning), .. }) | Reply::CaseClosed { warning: Some(warning), .. } => {
            output.warn(warning);
        }
        Reply::Synced(Synced { refused, asks, .. }) => {
            let refused = refused.iter().filter(|refused| !asks::names(asks, refused));
            refused.for_each(|refused| output.warn(&exchange::refusal(refused)));
        }
        Reply::Calendar(calendar) => agenda::left_out(calendar).iter().for_each(|line| output.warn(line)),
        Reply::ReminderText(reminder) => reminder.withheld.iter().for_each(|why| output.warn(why)),
        Reply::Imported(Imported { refused, .. }) | Reply::EmployersImported(EmployersImported { refused, .. }) => {
            refused.iter().for_each(|line| output.warn(&imported::refusal(line)));
        }
        Reply::Invited { invitation, .. } => output.draw(drawn, |coloured| invited::drawing(invitation, coloured)),
        _ => {}
    }
}
