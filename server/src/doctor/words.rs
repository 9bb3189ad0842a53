//! What is wrong and what to do, in Danish and English.

use super::finding::{Finding, Level};

/// In which language the doctor speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// Danish.
    Da,
    /// English.
    En,
}

impl Language {
    /// What there is to say where nothing is wrong.
    #[must_use]
    pub const fn all_well(self) -> &'static str {
        match self {
            Language::Da => "Alt er, som det skal være.",
            Language::En => "Everything is as it should be.",
        }
    }

    /// How soon, in one word.
    #[must_use]
    pub const fn level(self, level: Level) -> &'static str {
        match (self, level) {
            (Language::Da, Level::Wrong) => "FEJL",
            (Language::Da, Level::Note) => "HUSK",
            (Language::En, Level::Wrong) => "WRONG",
            (Language::En, Level::Note) => "NOTE",
        }
    }

    /// What is wrong, and what to do.
    #[must_use]
    pub fn says(self, finding: &Finding) -> (String, String) {
        let (what, cure) = match self {
            Language::Da => danish(finding),
            Language::En => english(finding),
        };
        (what, cure.to_owned())
    }
}

fn ids(devices: &[feltbog_domain::DeviceId]) -> String {
    devices.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// One is not several.
fn several<N: TryInto<i64>>(number: N, one: &str, many: &str) -> String {
    let number = number.try_into().unwrap_or(i64::MAX);
    format!("{number} {}", if number == 1 { one } else { many })
}

fn danish(finding: &Finding) -> (String, &'static str) {
    match finding {
        Finding::NoStore => (
            "Der er intet lager i denne mappe.".to_owned(),
            "Er det den rigtige mappe? Et nyt lager laves med `feltbog-server init`, et gammelt hentes med `feltbog-server restore`.",
        ),
        Finding::KeyMissing => (
            "Nøglen receipt.key mangler eller kan ikke læses. Serveren kan ikke starte.".to_owned(),
            "Læg filen tilbage fra mappen `keys` i jeres backup. Lav aldrig en ny: så ville ingen enhed tro på serveren.",
        ),
        Finding::KeyOpen => (
            "Andre end serverens egen bruger kan læse receipt.key.".to_owned(),
            "Giv filen rettigheden 0600, og ejeren den bruger, serveren kører som.",
        ),
        Finding::Database(error) => (
            format!("Databasen er ikke, som den skal være: {error}"),
            "Stop serveren, tag en kopi af mappen, og hent den seneste backup med `feltbog-server restore`. Enhederne sender selv det, der mangler.",
        ),
        Finding::SharedDatabase(error) => (
            format!("Databasen kan ikke nås eller læses: {error}"),
            "Spørg dem, der passer PostgreSQL: kører den, og passer adresse og adgangskode? Skal en kopi lægges på plads, er det deres opgave; bagefter kommer `feltbog-server restore`.",
        ),
        Finding::Clock { minutes } => (
            format!("Uret går bagud: det nyeste i databasen er {minutes} minutter længere fremme."),
            "Stil maskinens ur med NTP. Enheder, hvis ur er for langt fra serverens, bliver afvist.",
        ),
        Finding::Healing { tenants } => (
            format!("{} venter efter en gendannelse.", several(*tenants, "kommune", "kommuner")),
            "Bed en administrator, leder eller stedfortræder åbne Feltbog med net. Så udleverer serveren igen, hvad andre har skrevet.",
        ),
        Finding::Stuck { devices } => (
            format!("{} får ikke sendt eller hentet alt: {}", several(devices.len(), "enhed", "enheder"), ids(devices)),
            "Bed lederen spørge dem, der har enhederne. I Feltbog under »Sendt og hentet« står, hvad der mangler, og hvorfor.",
        ),
        Finding::DiskUnknown => ("Disken siger ikke, hvor meget plads der er.".to_owned(), "Se efter med `df`."),
        Finding::Disk { mebibytes, .. } => (
            format!("Der er kun {mebibytes} MB plads på disken."),
            "Gør plads eller disken større. Løber den fuld, svarer serveren »prøv igen«, og enhederne beholder alt imens.",
        ),
        Finding::NoBackup => (
            "Der er aldrig taget backup.".to_owned(),
            "Sæt `feltbog-server backup` til at køre hver nat, og kopier resultatet til en anden maskine.",
        ),
        Finding::BackupOverdue { hours } => (
            format!("Den seneste backup er {hours} timer gammel."),
            "Se, hvorfor den natlige `feltbog-server backup` ikke lykkes. Dens fejl står i journalen.",
        ),
        Finding::NoDrill => (
            "Det er aldrig øvet at åbne med nøgleandelene.".to_owned(),
            "Aftal en øvelse med dem, der har andelene, og skriv den ind bagefter: `feltbog-server drill-held`.",
        ),
        Finding::DrillOverdue { days } => (
            format!("Det er {days} dage siden, det sidst blev øvet at åbne med nøgleandelene."),
            "Aftal en ny øvelse med dem, der har andelene, og skriv den ind bagefter: `feltbog-server drill-held`.",
        ),
        Finding::PutAside { days } => (
            format!(
                "Databasen fra før gendannelsen har ligget i {days} dage. I den kan stå, hvad der siden er slettet."
            ),
            "Slet feltbog.db.before-restore.",
        ),
        Finding::CertificateUnread => (
            "Certifikatet kan ikke læses.".to_owned(),
            "Se, om filen under [tls] findes, er PEM, og kan læses af serverens bruger.",
        ),
        Finding::Certificate { days } if *days < 0 => (
            format!(
                "Certifikatet udløb for {} siden. Ingen enhed kommer igennem; alle kan arbejde videre imens.",
                several(-days, "dag", "dage")
            ),
            "Læg et nyt i dets sted. Serveren tager det i brug inden for et minut.",
        ),
        Finding::Certificate { days } => (
            format!("Certifikatet udløber om {}.", several(*days, "dag", "dage")),
            "Læg et nyt i dets sted. Serveren tager det i brug inden for et minut.",
        ),
    }
}

fn english(finding: &Finding) -> (String, &'static str) {
    match finding {
        Finding::NoStore => (
            "There is no store in this folder.".to_owned(),
            "Is it the right folder? A new store is made with `feltbog-server init`, an old one fetched with `feltbog-server restore`.",
        ),
        Finding::KeyMissing => (
            "The key receipt.key is missing or cannot be read. The server cannot start.".to_owned(),
            "Put the file back from the folder `keys` of your backup. Never make a new one: no device would believe the server.",
        ),
        Finding::KeyOpen => (
            "Others than the server's own user can read receipt.key.".to_owned(),
            "Give the file the mode 0600, owned by the user the server runs as.",
        ),
        Finding::Database(error) => (
            format!("The database is not as it should be: {error}"),
            "Stop the server, copy the folder, and fetch the newest backup with `feltbog-server restore`. Devices send what is missing by themselves.",
        ),
        Finding::SharedDatabase(error) => (
            format!("The database cannot be reached or read: {error}"),
            "Ask those who run PostgreSQL: does it run, do address and password fit? Where a copy has to be put in its place, that is for them; after it comes `feltbog-server restore`.",
        ),
        Finding::Clock { minutes } => (
            format!("The clock is behind: the newest row of the database is {minutes} minutes ahead of it."),
            "Set the machine's clock by NTP. Devices whose clock is too far from the server's are refused.",
        ),
        Finding::Healing { tenants } => (
            format!("{} waiting after a restore.", several(*tenants, "municipality is", "municipalities are")),
            "Ask an administrator, leader or deputy to open Feltbog with a network. Then the server hands out again what others wrote.",
        ),
        Finding::Stuck { devices } => (
            format!(
                "{} cannot send or fetch everything: {}",
                several(devices.len(), "device", "devices"),
                ids(devices)
            ),
            "Ask the leader to ask who has them. What is missing, and why, stands in Feltbog under \"Sendt og hentet\" (sent and fetched).",
        ),
        Finding::DiskUnknown => ("The disk does not tell how much room there is.".to_owned(), "Look with `df`."),
        Finding::Disk { mebibytes, .. } => (
            format!("Only {mebibytes} MB are left on the disk."),
            "Make room, or a larger disk. When it is full the server answers \"come again\", and devices keep everything meanwhile.",
        ),
        Finding::NoBackup => (
            "There was never a backup.".to_owned(),
            "Have `feltbog-server backup` run every night, and copy what it makes to another machine.",
        ),
        Finding::BackupOverdue { hours } => (
            format!("The last backup is {hours} hours old."),
            "See why the nightly `feltbog-server backup` fails. Its errors stand in the journal.",
        ),
        Finding::NoDrill => (
            "Opening with the recovery shares was never rehearsed.".to_owned(),
            "Arrange a drill with those who hold the shares, and note it afterwards: `feltbog-server drill-held`.",
        ),
        Finding::DrillOverdue { days } => (
            format!("Opening with the recovery shares was last rehearsed {days} days ago."),
            "Arrange a new drill with those who hold the shares, and note it afterwards: `feltbog-server drill-held`.",
        ),
        Finding::PutAside { days } => (
            format!(
                "The database of before the restore has been here for {days} days. It may hold what was erased since."
            ),
            "Delete feltbog.db.before-restore.",
        ),
        Finding::CertificateUnread => (
            "The certificate cannot be read.".to_owned(),
            "See whether the file under [tls] is there, is PEM, and may be read by the server's user.",
        ),
        Finding::Certificate { days } if *days < 0 => (
            format!(
                "The certificate ended {} ago. No device gets through; everybody goes on working meanwhile.",
                several(-days, "day", "days")
            ),
            "Put a new one in its place. The server takes it into use within a minute.",
        ),
        Finding::Certificate { days } => (
            format!("The certificate ends in {}.", several(*days, "day", "days")),
            "Put a new one in its place. The server takes it into use within a minute.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use feltbog_domain::DeviceId;

    use super::*;

    #[test]
    fn one_is_not_several() {
        let said = |finding: Finding| [Language::Da, Language::En].map(|language| language.says(&finding).0);
        let stuck = |count| Finding::Stuck { devices: vec![DeviceId::new([7; 16]); count] };
        for (one, several, words) in [
            (Finding::Healing { tenants: 1 }, Finding::Healing { tenants: 2 }, ["kommuner", "municipalities"]),
            (stuck(1), stuck(2), ["enheder", "devices"]),
            (Finding::Certificate { days: 1 }, Finding::Certificate { days: 0 }, ["dage", "days"]),
            (Finding::Certificate { days: -1 }, Finding::Certificate { days: -2 }, ["dage", "days"]),
        ] {
            for ((one, several), word) in said(one).into_iter().zip(said(several)).zip(words) {
                assert!(!one.contains(word), "{one}");
                assert!(several.contains(word), "{several}");
            }
        }
    }
}
