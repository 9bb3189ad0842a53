//! Why a command did not do what was asked, with a sentence for people and a word for programs.

use std::io;

use feltbog_bridge::{Refused, io_trouble};

/// What stands between a command and its answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{}", .0.message)]
    Refused(Refused),
    #[error(
        "Adgangssætningen mangler. Giv en fil med --passphrase-file FIL, eller kør kommandoen i en terminal, så bliver du spurgt."
    )]
    NoPassphrase,
    #[error("Filen med adgangssætningen kan ikke læses: {}. Intet er ændret.", why(.0))]
    PassphraseFile(#[source] io::Error),
    #[error("Adgangssætningen er tom. Intet er ændret.")]
    EmptyPassphrase,
    #[error("De to adgangssætninger er ikke ens. Intet er ændret. Prøv igen.")]
    PassphrasesDiffer,
    #[error("Adgangssætningen kunne ikke læses fra terminalen: {}. Intet er ændret.", why(.0))]
    Prompt(#[source] io::Error),
    #[error("Teksten kunne ikke læses: {}. Intet er gemt.", why(.0))]
    Input(#[source] io::Error),
    #[error("Filen kan ikke læses: {}. Intet er ændret.", why(.0))]
    Unread(#[source] io::Error),
    #[error("Der er flere --also-note end --also: skriv, hvem hvert notat handler om. Intet er gemt.")]
    NoteOfNobody,
    #[error("Mappens navn kan ikke bruges her: {0}. Intet er ændret.")]
    Folder(String),
    #[error(
        "Her er flere kommuner: {0}. Skriv med --municipality, hvilken det gælder. / \
         Several municipalities are here: name one with --municipality."
    )]
    WhichMunicipality(String),
    #[error(
        "Den kommune er her ikke. Her er: {0}. Intet er ændret. / \
         No municipality of that name is here. Nothing was changed."
    )]
    NoSuchMunicipality(String),
    #[error("Her er ingen kommune endnu. Brug en invitation: feltbog join INVITATION.")]
    NoMunicipality,
    #[error("En anden Feltbog på computeren bruger mappen og blev ikke færdig. Intet er gemt. Prøv igen om lidt.")]
    HomeBusy,
    #[error(
        "Feltbog kører allerede i en anden version på denne computer. Intet er gemt. Luk den åbne Feltbog, og prøv igen."
    )]
    OtherVersion,
    #[error(
        "Den åbne Feltbog på computeren gik i stå, før den svarede. Se efter med `feltbog show` eller `feltbog status`, om det blev gemt, før du prøver igen."
    )]
    HostSilent,
    #[error("Filen {0} findes allerede. Vælg et andet navn. Intet er skrevet.")]
    FileExists(String),
    #[error("Mappen {0} findes ikke. Vælg en, der gør. Intet er skrevet.")]
    NoFolder(String),
    #[error("Filen kan ikke skrives der: {}. Intet er skrevet.", why(.0))]
    File(#[source] io::Error),
    #[error("Andelene må ikke ligge i Feltbogens egen mappe. Vælg et andet sted. Intet er ændret.")]
    SharesAtHome,
    #[error("Filen {0} findes allerede. Vælg en anden mappe til andelene. Intet er ændret.")]
    ShareExists(String),
    #[error("Andelene kan ikke skrives der: {}. Intet er ændret.", why(.0))]
    Shares(#[source] io::Error),
    #[error("Der skal to forskellige gendannelsesandele til. Intet er ændret.")]
    TooFewShares,
    #[error(
        "Andelene siger ikke, hvilken server og kommune de hører til: skriv --server og --tenant. Intet er ændret."
    )]
    SharesOfNobody,
    #[error("Der kan ikke ventes på svaret fra loginsiden på denne computer: {}. Intet er ændret.", why(.0))]
    LoginPort(#[source] io::Error),
    #[error("Der gik for lang tid, før du var logget ind. Intet er ændret. Begynd forfra.")]
    LoginTooLate,
    #[error("Feltbog kunne ikke åbne på denne computer: {0}")]
    Host(String),
    #[error("Feltbog kunne ikke starte: {}", why(.0))]
    Start(#[source] io::Error),
}

impl Failure {
    /// The same as the core's own refusals.
    pub(crate) fn refused(&self) -> Refused {
        match self {
            Failure::Refused(refused) => refused.clone(),
            own => Refused {
                code: own.code().to_owned(),
                message: own.to_string(),
                message_en: None,
                retryable: own.retryable(),
            },
        }
    }

    fn code(&self) -> &str {
        match self {
            Failure::Refused(refused) => &refused.code,
            Failure::NoPassphrase => "no_passphrase",
            Failure::PassphraseFile(_) => "passphrase_file",
            Failure::EmptyPassphrase => "empty_passphrase",
            Failure::PassphrasesDiffer => "passphrases_differ",
            Failure::Prompt(_) => "prompt",
            Failure::Input(_) => "input",
            Failure::NoteOfNobody => "note_of_nobody",
            Failure::Folder(_) => "folder",
            Failure::WhichMunicipality(_) => "which_municipality",
            Failure::NoSuchMunicipality(_) => "unknown_municipality",
            Failure::NoMunicipality => "not_set_up",
            Failure::HomeBusy => "in_use",
            Failure::OtherVersion => "other_version",
            Failure::HostSilent => "host_silent",
            Failure::FileExists(_) => "file_exists",
            Failure::NoFolder(_) => "no_folder",
            Failure::File(_) => "file",
            Failure::Unread(_) => "unread",
            Failure::SharesAtHome => "shares_at_home",
            Failure::ShareExists(_) => "share_exists",
            Failure::Shares(_) => "shares",
            Failure::TooFewShares => "too_few_shares",
            Failure::SharesOfNobody => "shares_of_nobody",
            Failure::LoginPort(_) => "login_port",
            Failure::LoginTooLate => "login_too_late",
            Failure::Host(_) => "host",
            Failure::Start(_) => "start",
        }
    }

    fn retryable(&self) -> bool {
        matches!(self, Failure::HomeBusy)
    }
}

/// What the system says.
pub(crate) fn why(error: &io::Error) -> String {
    io_trouble(error.kind())
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Failure::Refused(refused)
    }
}
