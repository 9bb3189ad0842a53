//! What is only here, and when there was last contact.

use feltbog_bridge::{Status, WaitingEntry};

use super::number::count;
use super::{exchange, when};

/// The state of this device.
pub(super) fn text(status: &Status) -> String {
    let mut lines = vec![unsent(status)];
    lines.extend(status.waiting.iter().map(waiting));
    lines.extend(status.refused.iter().map(exchange::refusal));
    lines.push(match &status.last_exchange {
        Some(at) => format!("Sidst sendt og hentet {}.", when::moment(at)),
        None => "Har ikke sendt og hentet endnu.".to_owned(),
    });
    lines.extend(status.last_failure.as_ref().map(|why| format!("Sidste forsøg lykkedes ikke: {why}")));
    if status.quarantined > 0 {
        let what = count(status.quarantined, "ændring", "ændringer");
        lines.push(format!("{what} fra andre kunne ikke læses og er lagt til side."));
    }
    if !status.roles.is_empty() {
        lines.push(format!("Du er {}.", status.roles.join("; ")));
    }
    lines.push(format!("Enhed {}, læst til {} i serverens log.", status.device, status.cursor));
    lines.into_iter().map(|line| line + "\n").collect()
}

fn unsent(status: &Status) -> String {
    if status.unsent == 0 {
        return "Alt er sendt.".to_owned();
    }
    let age = match status.oldest_unsent_hours {
        Some(0) => " Den ældste er under en time gammel.".to_owned(),
        Some(hours) => format!(" Den ældste er {} gammel.", count(hours, "time", "timer")),
        None => String::new(),
    };
    format!("{} er kun på denne computer.{age}", status.unsent)
}

fn waiting(entry: &WaitingEntry) -> String {
    let whose = entry.case_name.as_deref().unwrap_or("uden borger");
    format!("  {}  {}, {whose}  [{}]", when::moment(&entry.at), entry.kind_name, entry.entry)
}
