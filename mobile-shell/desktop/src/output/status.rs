//! What is only here, and when there was last contact.

use feltbog_bridge::{LeaseRow, Status, WaitingEntry};

use super::number::count;
use super::{asks, cover, exchange, handed_in, login, restored, standing, when};

/// The state of this device.
pub(super) fn text(status: &Status) -> String {
    let mut lines: Vec<String> = status.lease.as_ref().and_then(lease).into_iter().collect();
    lines.push(unsent(status));
    lines.extend(status.waiting.iter().map(waiting));
    lines.extend(more_waiting(status));
    lines.extend(asks::lines(&status.asks));
    lines.extend(status.refused.iter().filter(|refused| !asks::names(&status.asks, refused)).map(exchange::refusal));
    lines.extend(status.standing.iter().map(standing::line));
    lines.extend(cover::meanwhile(&status.meanwhile));
    lines.extend(cover::handed_away(&status.handed_away));
    lines.extend(handed_in::lines(&status.handed_in));
    lines.extend(tray(status.deposits));
    lines.extend(of_erased_cases(status.erased_work));
    lines.push(match &status.last_exchange {
        Some(at) => format!("Sidst sendt og hentet {}.", when::moment(at)),
        None => "Har ikke sendt og hentet endnu.".to_owned(),
    });
    // The highest limit passed says it; the lower ones would only repeat it.
    lines.extend(status.caseload.signals.first().map(|s| format!("{} [{}].", s.text, s.because.source)));
    lines.extend(status.login_by.as_deref().map(login::wanted));
    lines.extend(status.last_failure.as_ref().map(|why| format!("Sidste forsøg lykkedes ikke: {why}")));
    if status.restored {
        lines.push(if status.healing { restored::WAITS } else { restored::SAFE }.to_owned());
    }
    lines.extend(restored::how_much(status.missing));
    lines.extend(status.findings.iter().map(restored::finding));
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

/// What is to be said of the time without a network, once there is something to say.
fn lease(lease: &LeaseRow) -> Option<String> {
    Some(match lease.state.as_str() {
        "ends_soon" => {
            let when = if lease.days == 0 {
                "inden for et døgn".to_owned()
            } else {
                format!("om {}", count(lease.days, "dag", "dage"))
            };
            format!("Feltbog låses {when}, hvis enheden ikke har forbindelse inden da: feltbog sync.")
        }
        "locked" => format!(
            "Feltbog er låst: enheden har været uden forbindelse for længe (siden {}). Send og hent åbner den: feltbog sync.",
            when::moment(&lease.until)
        ),
        "stopped" => "IT har spærret denne enhed. Dit arbejde er her endnu. Ring til IT; det usendte kan afleveres imens: feltbog \
                      hand-in."
            .to_owned(),
        "last_call" => "Feltbog er låst. En uge efter, at dette blev sagt første gang, tages det, der er sendt eller afleveret, af \
                        enheden. Send og hent nu: feltbog sync, eller aflevér det usendte: feltbog hand-in."
            .to_owned(),
        _ => return None,
    })
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

fn tray(deposits: u32) -> Option<String> {
    let what = count(deposits, "registrering", "registreringer");
    (deposits > 0).then(|| format!("{what} fra kolleger er afleveret hos dig: feltbog deposits."))
}

fn of_erased_cases(number: u32) -> Option<String> {
    let what = count(number, "registrering", "registreringer");
    (number > 0).then(|| format!("{what} om slettede borgere blev aldrig sendt. Se og bestem: feltbog erasures left."))
}

/// How many wait beside those that are listed.
fn more_waiting(status: &Status) -> Option<String> {
    let listed = u32::try_from(status.waiting.len()).unwrap_or(u32::MAX);
    let more = status.waiting_in_all.saturating_sub(listed);
    (more > 0).then(|| format!("  og {}", count(more, "anden registrering", "andre registreringer")))
}

fn waiting(entry: &WaitingEntry) -> String {
    let whose = entry.case_name.as_deref().unwrap_or("uden borger");
    format!("  {}  {}, {whose}  [{}]", when::moment(&entry.at), entry.kind_name, entry.entry)
}
