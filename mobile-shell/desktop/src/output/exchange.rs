//! One exchange.

use feltbog_bridge::{RefusedEnvelope, Synced};

use super::{asks, handed_in, login, restored};

/// *Sendt 3, hentet 12. Alt er sendt.*
pub(super) fn text(synced: &Synced) -> String {
    let left = match synced.unsent {
        0 if synced.refused.is_empty() => "Alt er sendt.".to_owned(),
        // What was refused is told one by one; until then nothing may sound as if all were well.
        0 => "Serveren afviste noget.".to_owned(),
        unsent => format!("{unsent} er stadig kun på denne computer."),
    };
    let mut lines = vec![format!("Sendt {}, hentet {}. {left}", synced.sent, synced.received)];
    lines.extend(handed_in::lines(&synced.handed_in));
    lines.extend(asks::lines(&synced.asks));
    lines.extend(synced.login_by.as_deref().map(login::wanted));
    if synced.healing {
        lines.push(restored::WAITS.to_owned());
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// One thing the server refused.
pub(super) fn refusal(refused: &RefusedEnvelope) -> String {
    let what: Vec<&str> = [&refused.kind_name, &refused.case_name].into_iter().flatten().map(String::as_str).collect();
    let what = if what.is_empty() { String::new() } else { format!(" ({})", what.join(", ")) };
    format!("Afvist: {}{what}", refused.message)
}
