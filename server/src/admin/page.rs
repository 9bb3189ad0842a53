//! The two pages: the question for the password, and what is behind it.

use super::html::Html;
use super::overview::{Backup, Device, Municipality, Overview, State, Storage};
use super::words::{self, Told, Words, ago, moment, words};
use crate::doctor::{Language, Level};
use crate::log::SaidOfItself;

/// How the pages look; it stands inside of them, and the policy they are sent with names it by its hash.
pub(crate) const STYLE: &str = include_str!("page.css");

/// Devices of one municipality on one page; there is a command for more.
const DEVICES: usize = 500;
/// Digits of a device's id that people tell each other.
const SHORT: usize = 8;

/// Asks for the password.
pub(crate) fn login_page(language: Language, told: Option<Told>) -> String {
    let words = words(language);
    let mut html = begun(words);
    html.raw("<main><p>").text(words.what_it_shows).raw("</p>");
    if let Some(told) = told {
        let is_fine = told == Told::Left;
        html.raw(if is_fine { "<p role=\"status\">" } else { "<p role=\"alert\" class=\"act\">" });
        html.text(&words::told(language, told)).raw("</p>");
    }
    html.raw("<form class=\"login\" method=\"post\" action=\"/admin/login\">");
    language_of(&mut html, words);
    html.raw("<label for=\"password\">").text(words.password).raw("</label>");
    html.raw("<input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required>");
    html.raw("<button>").text(words.log_in).raw("</button></form><p class=\"quiet\">").text(words.where_from);
    html.raw("</p></main></body></html>\n");
    html.done()
}

/// Shows everything.
pub(crate) fn overview_page(language: Language, overview: &Overview) -> String {
    let words = words(language);
    let mut html = begun(words);
    html.raw("<main><p class=\"quiet\">").text(&moment(language, overview.now_ms)).raw("</p>");
    findings(&mut html, language, overview);
    storage(&mut html, language, overview);
    match &overview.municipalities {
        None => drop(html.raw("<p class=\"wrong\">").text(words.unread).raw("</p>")),
        Some(none) if none.is_empty() => drop(html.raw("<p>").text(words.no_municipality).raw("</p>")),
        Some(some) => some.iter().for_each(|one| municipality(&mut html, language, one, overview.now_ms)),
    }
    html.raw("<p class=\"quiet\">").text(words.what_it_shows).raw("</p><nav><a href=\"/admin?lang=").text(words.lang);
    html.raw("\">").text(words.look_again);
    html.raw("</a><form class=\"out\" method=\"post\" action=\"/admin/logout\">");
    language_of(&mut html, words);
    html.raw("<button>").text(words.log_out).raw("</button></form></nav></main></body></html>\n");
    html.done()
}

fn begun(words: &Words) -> Html {
    let mut html = Html::default();
    html.raw("<!doctype html><html lang=\"").text(words.lang).raw("\"><head><meta charset=\"utf-8\"><title>");
    html.text(words.title)
        .raw("</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>");
    html.raw(STYLE).raw("</style></head><body><header><h1>").text(words.title).raw("</h1><a lang=\"");
    html.text(words.other_lang).raw("\" href=\"/admin?lang=").text(words.other_lang).raw("\">").text(words.other_name);
    html.raw("</a></header>");
    html
}

/// So that the answer to a form comes in the form's language.
fn language_of(html: &mut Html, words: &Words) {
    html.raw("<input type=\"hidden\" name=\"lang\" value=\"").text(words.lang).raw("\">");
}

fn findings(html: &mut Html, language: Language, overview: &Overview) {
    html.raw("<h2>").text(words(language).condition).raw("</h2>");
    if overview.findings.is_empty() {
        html.raw("<p>").text(language.all_well()).raw("</p>");
        return;
    }
    html.raw("<ul>");
    for finding in &overview.findings {
        let (what, cure) = language.says(finding);
        html.raw(if finding.level() == Level::Wrong { "<li><p class=\"wrong\">" } else { "<li><p class=\"act\">" });
        html.text(language.level(finding.level())).raw("</p><p>").prose(&what);
        html.raw("</p><p class=\"quiet\">").prose(&cure).raw("</p></li>");
    }
    html.raw("</ul>");
}

fn storage(html: &mut Html, language: Language, overview: &Overview) {
    let (words, Storage { database_bytes, free_bytes, is_shared }) = (words(language), &overview.storage);
    let size = |bytes: &Option<u64>| bytes.map_or_else(|| words.unknown.to_owned(), |b| words::size(language, b));
    html.raw("<h2>").text(words.storage).raw("</h2><dl>");
    line(html, words.database, &size(database_bytes));
    line(html, if *is_shared { words.free_for_keys } else { words.free }, &size(free_bytes));
    html.raw("<div><dt>").text(if *is_shared { words.backup_of_keys } else { words.backup }).raw("</dt>");
    match overview.backup {
        Backup::Never => drop(html.raw("<dd class=\"wrong\">").text(words.never)),
        Backup::At { ms, is_overdue } => {
            html.raw(if is_overdue { "<dd class=\"wrong\">" } else { "<dd>" }).text(&moment(language, ms)).raw(", ");
            html.text(&ago(language, overview.now_ms.saturating_sub(ms)));
            if is_overdue {
                html.raw(": ").text(words.overdue);
            }
        }
    }
    html.raw("</dd></div>");
    line(html, words.version, env!("CARGO_PKG_VERSION"));
    html.raw("</dl>");
}

fn municipality(html: &mut Html, language: Language, of: &Municipality, now_ms: i64) {
    let words = words(language);
    let unsent: u64 = of.devices.iter().filter(|device| device.state != State::Revoked).map(unsent_of).sum();
    html.raw("<h2>").text(&of.name).raw("</h2><p class=\"quiet\"><code>").text(&of.id.to_string()).raw("</code></p>");
    if of.is_healing {
        html.raw("<p class=\"act\">").text(words.healing).raw("</p>");
    }
    html.raw("<dl>");
    line(html, words.devices, &of.devices.len().to_string());
    line(html, words.unsent, &unsent.to_string());
    line(html, words.rows, &of.rows.to_string());
    html.raw("</dl>");
    if of.devices.is_empty() {
        html.raw("<p>").text(words.no_device).raw("</p>");
        return;
    }
    html.raw("<ul>");
    of.devices.iter().take(DEVICES).for_each(|one| device(html, language, one, now_ms));
    html.raw("</ul>");
    if let Some(more) = of.devices.len().checked_sub(DEVICES).filter(|more| *more > 0) {
        html.raw("<p>").text(&words::more_devices(language, more)).raw("</p>");
    }
}

fn unsent_of(device: &Device) -> u64 {
    device.said.unsent.into()
}

fn device(html: &mut Html, language: Language, device: &Device, now_ms: i64) {
    let (words, said, id) = (words(language), device.said, device.id.to_string());
    let (short, rest) = id.split_at_checked(SHORT).unwrap_or((&id, ""));
    html.raw("<li><p class=\"row\"><code><b>").text(short).raw("</b>").text(rest).raw("</code>");
    html.raw(if device.state == State::Served { "<span>" } else { "<span class=\"act\">" });
    html.text(words::state(language, device.state)).raw("</span></p><p class=\"quiet\">");
    match said.seen_ms {
        None => html.text(words.never_seen),
        Some(seen_ms) => {
            html.text(&moment(language, seen_ms)).raw(", ").text(&ago(language, now_ms.saturating_sub(seen_ms)))
        }
    };
    if let Some(build) = said.build {
        html.raw(" · build ").text(&build.to_string());
    }
    html.raw("</p>");
    if said.seen_ms.is_some() {
        what_it_said(html, language, said);
    }
    html.raw("</li>");
}

fn what_it_said(html: &mut Html, language: Language, said: SaidOfItself) {
    html.raw("<p>");
    match said.unsent {
        0 => drop(html.raw("<span class=\"quiet\">").text(words(language).nothing_unsent).raw("</span>")),
        count => {
            let said = words::unsent(language, count, said.oldest_unsent_hours);
            html.raw("<span class=\"act\">").text(&said).raw("</span>");
        }
    }
    if said.quarantined > 0 {
        html.raw(" · <span class=\"act\">").text(&words::quarantined(language, said.quarantined)).raw("</span>");
    }
    html.raw("</p>");
}

fn line(html: &mut Html, name: &str, value: &str) {
    html.raw("<div><dt>").text(name).raw("</dt><dd>").text(value).raw("</dd></div>");
}
