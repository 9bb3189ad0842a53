//! The page's words in Danish and English.

use feltbog_domain::Moment;

use super::overview::State;
use crate::doctor::Language;

/// What a login page says beside the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// The password was another.
    Wrong,
    /// Too many were; again after so many seconds.
    TooOften {
        /// Seconds.
        after_s: u32,
    },
    /// The form came from somewhere else.
    Elsewhere,
    /// The password was sent in clear.
    InClear,
    /// The session was ended.
    Left,
}

/// Everything that is said in one language and has no number in it.
pub(super) struct Words {
    pub(super) lang: &'static str,
    pub(super) other_lang: &'static str,
    pub(super) other_name: &'static str,
    pub(super) title: &'static str,
    pub(super) what_it_shows: &'static str,
    pub(super) password: &'static str,
    pub(super) log_in: &'static str,
    pub(super) log_out: &'static str,
    pub(super) look_again: &'static str,
    pub(super) where_from: &'static str,
    pub(super) condition: &'static str,
    pub(super) storage: &'static str,
    pub(super) database: &'static str,
    pub(super) unknown: &'static str,
    pub(super) free: &'static str,
    pub(super) free_for_keys: &'static str,
    pub(super) backup: &'static str,
    pub(super) backup_of_keys: &'static str,
    pub(super) never: &'static str,
    pub(super) overdue: &'static str,
    pub(super) version: &'static str,
    pub(super) rows: &'static str,
    pub(super) devices: &'static str,
    pub(super) unsent: &'static str,
    pub(super) healing: &'static str,
    pub(super) no_municipality: &'static str,
    pub(super) no_device: &'static str,
    pub(super) unread: &'static str,
    pub(super) never_seen: &'static str,
    pub(super) nothing_unsent: &'static str,
}

const DANISH: Words = Words {
    lang: "da",
    other_lang: "en",
    other_name: "In English",
    title: "Feltbog-serveren",
    what_it_shows: "Siden viser tal og tilstande. Ingen navne på borgere eller kolleger, og intet indhold: det kan serveren ikke læse.",
    password: "Adgangskode",
    log_in: "Log ind",
    log_out: "Log ud",
    look_again: "Opdater",
    where_from: "Adgangskoden laves på serveren med feltbog-server admin-password.",
    condition: "Hvordan går det?",
    storage: "Plads og backup",
    database: "Databasen",
    unknown: "kan ikke læses",
    free: "Ledig plads på disken",
    free_for_keys: "Ledig plads på nøglernes disk",
    backup: "Seneste backup",
    backup_of_keys: "Seneste backup af nøglerne",
    never: "aldrig",
    overdue: "for gammel",
    version: "Serverens version",
    rows: "Rækker i loggen",
    devices: "Enheder",
    unsent: "Meldt usendt",
    healing: "Venter efter en gendannelse",
    no_municipality: "Der er ingen kommune endnu. Lav en med feltbog-server init.",
    no_device: "Ingen enhed er kommet med endnu.",
    unread: "Enhederne kan ikke vises, så længe loggen ikke kan læses. Hvad der er galt, står ovenfor og i journalen.",
    never_seen: "ikke set endnu",
    nothing_unsent: "meldte intet usendt",
};

const ENGLISH: Words = Words {
    lang: "en",
    other_lang: "da",
    other_name: "På dansk",
    title: "The Feltbog server",
    what_it_shows: "This page shows numbers and states. No names of citizens or colleagues, and no content: the server cannot read it.",
    password: "Password",
    log_in: "Log in",
    log_out: "Log out",
    look_again: "Refresh",
    where_from: "The password is made on the server with feltbog-server admin-password.",
    condition: "How is it?",
    storage: "Storage and backup",
    database: "The database",
    unknown: "cannot be read",
    free: "Left on the disk",
    free_for_keys: "Left on the disk of the keys",
    backup: "Last backup",
    backup_of_keys: "Last backup of the keys",
    never: "never",
    overdue: "too old",
    version: "The server's version",
    rows: "Rows in the log",
    devices: "Devices",
    unsent: "Reported unsent",
    healing: "Waiting after a restore",
    no_municipality: "There is no municipality yet. Make one with feltbog-server init.",
    no_device: "No device has joined yet.",
    unread: "The devices cannot be shown while the log cannot be read. What is wrong stands above and in the journal.",
    never_seen: "not seen yet",
    nothing_unsent: "reported nothing unsent",
};

/// Those of a language.
pub(super) const fn words(language: Language) -> &'static Words {
    match language {
        Language::Da => &DANISH,
        Language::En => &ENGLISH,
    }
}

/// What happened, what is safe, what to do.
pub(super) fn told(language: Language, told: Told) -> String {
    let minutes = |after_s: u32| after_s.div_ceil(60).max(1);
    match (language, told) {
        (Language::Da, Told::Wrong) => "Adgangskoden passer ikke. Se efter, om den er skrevet af uden fejl.".to_owned(),
        (Language::En, Told::Wrong) => "That is not the password. See whether it was copied without a slip.".to_owned(),
        (Language::Da, Told::TooOften { after_s }) => format!(
            "Der er prøvet for mange forkerte adgangskoder herfra. Prøv igen om {} min. Enhederne mærker intet til det.",
            minutes(after_s)
        ),
        (Language::En, Told::TooOften { after_s }) => format!(
            "Too many wrong passwords came from here. Try again in {} min. The devices notice nothing of it.",
            minutes(after_s)
        ),
        (Language::Da, Told::Elsewhere) => "Det blev ikke sendt fra denne side, og er ikke gjort. Prøv herfra.".to_owned(),
        (Language::En, Told::Elsewhere) => "It was not sent from this page, and was not done. Try from here.".to_owned(),
        (Language::Da, Told::InClear) => {
            "Forbindelsen er ikke krypteret, så adgangskoden blev sendt i klartekst. Brug https, og lav en ny adgangskode.".to_owned()
        }
        (Language::En, Told::InClear) => {
            "The connection is not encrypted, so the password was sent in clear. Use https, and make a new password.".to_owned()
        }
        (Language::Da, Told::Left) => "Du er logget ud.".to_owned(),
        (Language::En, Told::Left) => "You are logged out.".to_owned(),
    }
}

/// A moment, for people.
pub(super) fn moment(language: Language, ms: i64) -> String {
    let at = Moment::from_unix_ms(ms);
    match language {
        Language::Da => at.danish(),
        Language::En => at.wall().strftime("%Y-%m-%d %H:%M").to_string(),
    }
}

/// How long ago something was.
pub(super) fn ago(language: Language, passed_ms: i64) -> String {
    let hours = (passed_ms / (60 * 60 * 1000)).max(0);
    match (language, hours) {
        (Language::Da, 0) => "under en time siden".to_owned(),
        (Language::En, 0) => "less than an hour ago".to_owned(),
        (Language::Da, 1) => "1 time siden".to_owned(),
        (Language::En, 1) => "1 hour ago".to_owned(),
        (Language::Da, 2..=71) => format!("{hours} timer siden"),
        (Language::En, 2..=71) => format!("{hours} hours ago"),
        (Language::Da, _) => format!("{} dage siden", hours / 24),
        (Language::En, _) => format!("{} days ago", hours / 24),
    }
}

/// Whether a device is served.
pub(super) const fn state(language: Language, state: State) -> &'static str {
    match (language, state) {
        (Language::Da, State::Served) => "i brug",
        (Language::Da, State::Blocked) => "spærret af kommunen",
        (Language::Da, State::Revoked) => "lukket ude for altid",
        (Language::Da, State::StoppedHere) => "spærret her på serveren",
        (Language::En, State::Served) => "in use",
        (Language::En, State::Blocked) => "blocked by the municipality",
        (Language::En, State::Revoked) => "shut out for good",
        (Language::En, State::StoppedHere) => "stopped here on the server",
    }
}

/// What a device said it had not sent.
pub(super) fn unsent(language: Language, count: u32, oldest_hours: Option<u32>) -> String {
    // Under an hour is not worth a word.
    match (language, oldest_hours.filter(|hours| *hours > 0)) {
        (Language::Da, None) => format!("meldte {count} usendt"),
        (Language::En, None) => format!("reported {count} unsent"),
        (Language::Da, Some(hours)) => {
            format!("meldte {count} usendt, det ældste {} gammelt", hours_of(hours, "time", "timer"))
        }
        (Language::En, Some(hours)) => {
            format!("reported {count} unsent, the oldest {} old", hours_of(hours, "hour", "hours"))
        }
    }
}

fn hours_of(hours: u32, one: &str, many: &str) -> String {
    format!("{hours} {}", if hours == 1 { one } else { many })
}

/// What a device could not take in.
pub(super) fn quarantined(language: Language, count: u32) -> String {
    match language {
        Language::Da => format!("{count} kunne ikke læses ind"),
        Language::En => format!("{count} could not be taken in"),
    }
}

/// Devices there was no room for.
pub(super) fn more_devices(language: Language, count: usize) -> String {
    match language {
        Language::Da => format!("Og {count} til: feltbog-server devices viser dem alle."),
        Language::En => format!("And {count} more: feltbog-server devices lists them all."),
    }
}

/// Bytes, in the unit that fits.
pub(super) fn size(language: Language, bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    let (mut tenths, mut unit) = (bytes.saturating_mul(10) / 1024, "kB");
    for larger in UNITS.into_iter().skip(1) {
        if tenths < 10 * 1024 {
            break;
        }
        (tenths, unit) = (tenths / 1024, larger);
    }
    let point = if language == Language::Da { ',' } else { '.' };
    format!("{}{point}{} {unit}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_said_as_people_say_them() {
        assert_eq!(size(Language::Da, 126_976), "124,0 kB");
        assert_eq!(size(Language::En, 3 * 1024 * 1024 * 1024 + 200 * 1024 * 1024), "3.1 GB");
        assert_eq!(moment(Language::Da, 0), "01-01-1970 kl. 01.00");
        assert_eq!(moment(Language::En, 0), "1970-01-01 01:00");
        let hour = 60 * 60 * 1000;
        assert_eq!(ago(Language::Da, hour), "1 time siden");
        assert_eq!(ago(Language::En, 80 * hour), "3 days ago");
        assert_eq!(ago(Language::Da, -hour), "under en time siden", "a clock that was put back");
    }
}
