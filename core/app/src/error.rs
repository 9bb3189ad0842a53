//! What can go wrong, each with a stable word and a Danish sentence: what happened, what is safe, what to do.

use feltbog_domain::{CvrError, MomentError};
use feltbog_notes::NotesError;
use feltbog_protocol::{ErrorCode, InvitationError, LoginFault};
use feltbog_reports::Sentence;
use feltbog_sealing::{KeyFileError, NoVaultFile, SealError, WrapError};
use feltbog_store::{HomeError, ShelfError, StoreError};
use feltbog_sync::Failure;

use crate::io_trouble::io_trouble;
use crate::key_vault::VaultFailure;
use crate::login::{LoginFailure, LoginFlow};

/// Why something was not done. Never carries names, notes or numbers of citizens.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum AppError {
    /// No device lives in the folder.
    NotSetUp,
    /// This device was shut out; everything was handed in and taken off it.
    ShutOut,
    /// This device was too long without a network; an exchange opens it.
    Locked,
    /// This device was too long without a network for good; what was sent or handed in was taken off it.
    LeaseOver,
    /// The key file is there and the database is not.
    DatabaseGone,
    /// A device lives in the folder already.
    AlreadySetUp,
    /// Another device of this person, of the same municipality, is open beside it.
    InMunicipality,
    /// A home is to be made, and nothing was said to lock it with.
    NoPassphrase,
    /// The key file does not open.
    KeyFile(#[from] KeyFileError),
    /// The phone's vault did not open.
    Vault(#[from] VaultFailure),
    /// Another process uses the folder, or the file system refuses.
    Home(#[from] HomeError),
    /// A municipality got no place or no name of its own.
    Shelf(#[from] ShelfError),
    /// What a municipality is to be called is no name.
    NoName,
    /// The database refuses.
    Store(#[from] StoreError),
    /// A document refuses.
    Notes(#[from] NotesError),
    /// Sealing failed.
    Seal(#[from] SealError),
    /// A key could not be wrapped.
    Wrap(#[from] WrapError),
    /// The invitation's text is not right.
    Invitation(#[from] InvitationError),
    /// The invitation's time has run out, by this device's clock.
    InvitationExpired,
    /// Something typed cannot be understood; the sentence says what.
    Unclear(String),
    /// A programme's or a review's file is none; the sentence says why, and where.
    ReportFile(Sentence),
    /// No file is kept for the programme.
    NoProgrammeFile,
    /// No case of this number is here.
    UnknownCase,
    /// Several cases have this number.
    SeveralCases,
    /// No such entry is here.
    UnknownEntry,
    /// No such employer in the register.
    UnknownEmployer,
    /// The entry stands in the journal: its words are locked.
    Journalised,
    /// No member of this name.
    UnknownMember,
    /// Several members of this name.
    SeveralMembers,
    /// No programme of this name, or one must be chosen.
    WhichProgramme(Vec<String>),
    /// The citizen has not agreed to share.
    NoConsent,
    /// The citizen withdrew the consent: what was shared stays, nothing new is added.
    FolderClosed,
    /// The member's roles do not allow it.
    NotAllowed(&'static str),
    /// The device has not exchanged anything yet.
    NothingFetchedYet,
    /// The server did not do its part.
    Exchange(Failure),
    /// Joining goes on when somebody has logged in.
    LoginWanted(Box<LoginFlow>),
    /// A login came to nothing.
    Login(LoginFailure),
    /// The address is not one we may use.
    UnsafeAddress,
    /// A file cannot be read.
    File(std::io::ErrorKind),
}

impl From<MomentError> for AppError {
    fn from(error: MomentError) -> Self {
        AppError::Unclear(error.to_string())
    }
}

impl From<CvrError> for AppError {
    fn from(error: CvrError) -> Self {
        AppError::Unclear(error.to_string())
    }
}

impl From<NoVaultFile> for AppError {
    fn from(_: NoVaultFile) -> Self {
        AppError::KeyFile(KeyFileError::Unreadable)
    }
}

impl AppError {
    /// The stable word.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            AppError::NotSetUp => "not_set_up",
            AppError::ShutOut => "shut_out",
            AppError::Locked => "locked",
            AppError::LeaseOver => "lease_over",
            AppError::DatabaseGone => "database_gone",
            AppError::AlreadySetUp => "already_set_up",
            AppError::InMunicipality => "in_municipality",
            AppError::NoPassphrase => "no_passphrase",
            AppError::KeyFile(KeyFileError::WrongPassphrase) => "wrong_passphrase",
            AppError::KeyFile(_) => "key_file",
            AppError::Vault(failure) => vault_code(*failure),
            AppError::Home(error) | AppError::Shelf(ShelfError::Home(error)) => home_code(error),
            AppError::Shelf(ShelfError::NameTaken) => "name_taken",
            AppError::Shelf(ShelfError::Nameless) => "nameless_municipality",
            AppError::Shelf(ShelfError::Unknown) => "unknown_municipality",
            AppError::NoName => "no_name",
            AppError::Store(StoreError::NewerSchema) => "newer_version",
            AppError::Store(StoreError::WrongKey) => "wrong_key",
            AppError::Store(_) => "database",
            AppError::Notes(error) => error.code(),
            AppError::Seal(_) | AppError::Wrap(_) => "sealing",
            AppError::Invitation(InvitationError::NotOne) => "not_an_invitation",
            AppError::Invitation(InvitationError::Altered) => "invitation_altered",
            AppError::InvitationExpired => "invitation_expired",
            AppError::Unclear(_) | AppError::ReportFile(_) => "unclear",
            AppError::NoProgrammeFile => "no_programme_file",
            AppError::UnknownCase => "unknown_case",
            AppError::SeveralCases => "several_cases",
            AppError::UnknownEntry => "unknown_entry",
            AppError::UnknownEmployer => "unknown_employer",
            AppError::Journalised => "journalised",
            AppError::UnknownMember => "unknown_member",
            AppError::SeveralMembers => "several_members",
            AppError::WhichProgramme(_) => "which_programme",
            AppError::NoConsent => "no_consent",
            AppError::FolderClosed => "folder_closed",
            AppError::NotAllowed(_) => "not_allowed",
            AppError::NothingFetchedYet => "nothing_fetched_yet",
            AppError::Exchange(failure) => exchange_code(*failure),
            AppError::LoginWanted(_) => "LOGIN_REQUIRED",
            AppError::Login(failure) => login_code(*failure),
            AppError::UnsafeAddress => "unsafe_address",
            AppError::File(_) => "file",
        }
    }

    /// The sentence in English, where there is one: what is wrong with a file is read by whoever wrote it.
    #[must_use]
    pub fn english(&self) -> Option<String> {
        match self {
            AppError::ReportFile(Sentence { en, .. }) => Some(capitalised(&format!("{en}."))),
            _ => None,
        }
    }

    /// Whether the same may succeed later without anybody changing anything.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            AppError::Exchange(Failure::Unreachable | Failure::Busy(_))
                | AppError::Home(HomeError::InUse)
                | AppError::Vault(VaultFailure::Unavailable)
        )
    }

    /// The sentence for people.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            AppError::NotSetUp => "Her er ingen Feltbog endnu. Brug en invitation: feltbog join INVITATION.".into(),
            AppError::ShutOut => {
                "Denne enhed blev lukket ude. Alt er afleveret og taget af den. Bed om en ny invitation.".into()
            }
            AppError::Locked => {
                "Feltbog er låst, fordi enheden har været for længe uden forbindelse. Alt, du har gemt, er her stadig. \
                 Send og hent med netværk, så åbner den igen."
                    .into()
            }
            AppError::LeaseOver => {
                "Enheden var for længe uden forbindelse. Alt var sendt eller afleveret og er taget af den. \
                 Bed om en ny invitation."
                    .into()
            }
            AppError::DatabaseGone => {
                "Databasen i mappen er tom eller væk. Intet er ændret. Læg en kopi tilbage, eller bed om en ny invitation.".into()
            }
            AppError::InMunicipality => {
                "Den kommune er du allerede med i på denne enhed. Intet er ændret, og invitationen er ikke brugt.".into()
            }
            AppError::NoPassphrase => "Vælg en adgangssætning. Intet er ændret.".into(),
            AppError::AlreadySetUp => {
                "Her er allerede en Feltbog. Intet er ændret. Skal en kommune til ved siden af, så giv den et navn med \
                 --municipality, ellers vælg en anden mappe med --home."
                    .into()
            }
            AppError::KeyFile(KeyFileError::WrongPassphrase) => {
                "Adgangssætningen passer ikke. Intet er ændret eller slettet. Prøv igen.".into()
            }
            AppError::KeyFile(error) => format!("Feltbog kan ikke låses op: {error}. Intet er ændret."),
            AppError::Vault(failure) => vault_sentence(*failure).into(),
            AppError::Home(error) | AppError::Shelf(ShelfError::Home(error)) => home_sentence(error),
            AppError::Shelf(ShelfError::NameTaken) => {
                "En anden kommune her hedder sådan. Intet er ændret. Vælg et andet navn.".into()
            }
            AppError::Shelf(ShelfError::Nameless) => {
                "Den kommune, der er her, har ikke noget navn endnu. Intet er ændret. Giv den et med \
                 `feltbog municipalities name NAVN`, og prøv igen."
                    .into()
            }
            AppError::Shelf(ShelfError::Unknown) => "Den kommune er her ikke. Intet er ændret.".into(),
            AppError::NoName => "Navnet på kommunen skal være én linje med højst 60 tegn. Intet er ændret.".into(),
            AppError::Store(StoreError::WrongKey) => {
                "Databasen kan ikke åbnes med nøglen i mappen. Intet er ændret eller slettet.".into()
            }
            AppError::Store(StoreError::NewerSchema) => {
                "Dine data er skrevet af en nyere Feltbog. Intet er ændret. Opdatér Feltbog på denne enhed.".into()
            }
            AppError::Store(error) => format!("Det kunne ikke gemmes: {error}. Det, der var gemt før, er der stadig."),
            AppError::Notes(NotesError::TooLong) => {
                "Notatet er for langt til at gemme på én gang. Del det i to. Teksten i feltet er der stadig.".into()
            }
            AppError::Notes(NotesError::NewerWriter) => {
                "Notatet er skrevet af en nyere Feltbog og kan kun læses her. Opdatér Feltbog for at rette i det.".into()
            }
            AppError::Notes(error) => format!("Notatet kunne ikke læses eller rettes ({}). Intet er ændret.", error.code()),
            AppError::Seal(_) | AppError::Wrap(_) => {
                "Det kunne ikke forsegles til afsendelse. Det ligger stadig her. Kontakt IT, hvis det bliver ved.".into()
            }
            AppError::Invitation(error) => capitalised(&format!("{error}.")),
            AppError::InvitationExpired => "Invitationen er udløbet. Bed om en ny.".into(),
            AppError::Unclear(sentence) => capitalised(&format!("{}.", sentence.trim_end_matches('.'))),
            AppError::ReportFile(Sentence { da, .. }) => capitalised(&format!("{da}.")),
            AppError::NoProgrammeFile => {
                "Programmet har ingen programfil endnu. Lederen af beskæftigelsessiden tager en ind under Overblik.".into()
            }
            AppError::UnknownCase => "Der er ingen borger med det nummer her.".into(),
            AppError::SeveralCases => "Der er flere borgere med det nummer. Brug sagens id i stedet.".into(),
            AppError::UnknownEntry => "Den registrering findes ikke her.".into(),
            AppError::UnknownEmployer => "Den virksomhed er ikke i listen her. Skriv den ind først.".into(),
            AppError::Journalised => {
                "Registreringen er journaliseret og låst. Skriv en tilføjelse i stedet, så kan alle se, hvad der er rettet."
                    .into()
            }
            AppError::UnknownMember => {
                "Ingen medarbejder hedder sådan her endnu. Tjek stavningen, eller send og hent først.".into()
            }
            AppError::SeveralMembers => "Flere medarbejdere hedder sådan. Skriv medarbejderens id i stedet.".into(),
            AppError::WhichProgramme(names) if names.is_empty() => "Der er ikke noget program her endnu.".into(),
            AppError::WhichProgramme(names) => format!("Vælg et program med --programme: {}.", names.join(", ")),
            AppError::NoConsent => {
                "Borgeren har ikke givet samtykke til at dele. Læg det i din egen mappe, eller registrér samtykket først.".into()
            }
            AppError::FolderClosed => {
                "Borgeren har trukket samtykket tilbage, så her kan der ikke skrives mere. Læg det i din egen mappe.".into()
            }
            AppError::NotAllowed(what) => format!("Din rolle giver ikke adgang til at {what}. Intet er ændret."),
            AppError::NothingFetchedYet => {
                "Denne enhed har ikke hentet noget endnu. Send og hent én gang med netværk, og prøv igen.".into()
            }
            AppError::Exchange(failure) => exchange_sentence(*failure),
            AppError::LoginWanted(_) => LOGIN_WANTED.into(),
            AppError::Login(failure) => login_sentence(*failure).into(),
            AppError::UnsafeAddress => {
                "Serverens adresse skal begynde med https://. Kun en server på denne computer må bruge http://.".into()
            }
            AppError::File(kind) => format!("Filen kan ikke læses: {}. Intet er ændret.", io_trouble(*kind)),
        }
    }
}

const LOGIN_WANTED: &str = "Kommunen vil have, at du logger ind først. Intet er gået tabt.";

const fn home_code(error: &HomeError) -> &'static str {
    match error {
        HomeError::InUse => "in_use",
        HomeError::Io(_) => "folder",
    }
}

fn home_sentence(error: &HomeError) -> String {
    match error {
        HomeError::InUse => "Feltbog er i brug af et andet program på denne computer. Vent lidt, og prøv igen.".into(),
        HomeError::Io(error) => format!("Mappen kan ikke bruges: {}. Intet er ændret.", io_trouble(error.kind())),
    }
}

const fn vault_code(failure: VaultFailure) -> &'static str {
    match failure {
        VaultFailure::Declined => "vault_declined",
        VaultFailure::Unavailable => "vault_unavailable",
        VaultFailure::KeyGone => "vault_key_gone",
        VaultFailure::Broken => "vault_broken",
    }
}

const fn vault_sentence(failure: VaultFailure) -> &'static str {
    match failure {
        VaultFailure::Declined => "Feltbog blev ikke låst op. Intet er ændret. Prøv igen, når du er klar.",
        VaultFailure::Unavailable => {
            "Feltbog kan ikke låses op lige nu. Intet er ændret. Lås telefonen op, og prøv igen."
        }
        VaultFailure::KeyGone => {
            "Telefonen har ikke længere nøglen til Feltbog, måske fordi skærmlåsen er ny. Intet er slettet. \
             Aflevér det, der ikke er sendt, og bed om en ny invitation."
        }
        VaultFailure::Broken => {
            "Telefonen gav ikke nøglen til Feltbog. Intet er ændret. Prøv igen, og sig det til IT, hvis det bliver ved."
        }
    }
}

const fn login_code(failure: LoginFailure) -> &'static str {
    match failure {
        LoginFailure::NotAsked => "login_not_asked",
        LoginFailure::NotBegun => "login_not_begun",
        LoginFailure::TooLate => "login_too_late",
        LoginFailure::NotOurs => "login_not_ours",
        LoginFailure::Declined => "login_declined",
        LoginFailure::Provider => "login_provider",
        LoginFailure::Refused(fault) => fault.word(),
    }
}

const fn login_sentence(failure: LoginFailure) -> &'static str {
    match failure {
        LoginFailure::NotAsked => "Jeres kommune bruger ikke login her. Du skal ikke gøre noget.",
        LoginFailure::NotBegun => "Der er ikke begyndt et login her. Begynd forfra.",
        LoginFailure::TooLate => "Der gik for lang tid, før du var logget ind. Begynd forfra.",
        LoginFailure::NotOurs => {
            "Svaret hører ikke til det login, der blev begyndt her. Du er ikke logget ind. Begynd forfra."
        }
        LoginFailure::Declined => "Du blev ikke logget ind. Prøv igen, når du er klar.",
        LoginFailure::Provider => {
            "Kommunens loginside kunne ikke bruges. Prøv igen, og sig det til IT, hvis det bliver ved."
        }
        LoginFailure::Refused(LoginFault::TooWeak) => {
            "Du skal logge ind med et stærkere login, for eksempel med to trin. Prøv igen."
        }
        LoginFailure::Refused(LoginFault::TooOld) => "Dit login er for gammelt. Log ind igen.",
        LoginFailure::Refused(LoginFault::OtherPerson) => {
            "Du er logget ind som en anden end den, enheden hører til. Log ind med din egen konto."
        }
        LoginFailure::Refused(_) => {
            "Serveren godtog ikke dit login. Prøv igen, og sig det til IT, hvis det bliver ved."
        }
    }
}

fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn exchange_code(failure: Failure) -> &'static str {
    match failure {
        Failure::Unreachable => "unreachable",
        Failure::Refused(code) => code.word(),
        Failure::Busy(_) => "busy",
        Failure::Untrusted => "untrusted",
        Failure::Store => "database",
        Failure::Endless => "endless",
    }
}

fn exchange_sentence(failure: Failure) -> String {
    const SAFE: &str = "Alt, du har gemt, er her stadig";
    match failure {
        Failure::Unreachable => format!("Serveren svarer ikke. {SAFE} og sendes, når der er forbindelse."),
        Failure::Busy(seconds) => format!("Serveren har travlt. {SAFE}. Prøv igen om {seconds} sekunder."),
        Failure::Untrusted => format!("Svaret kom ikke fra jeres egen server. {SAFE}. Sig det til IT."),
        Failure::Store => format!("Svaret kunne ikke gemmes på denne enhed. {SAFE}. Se efter, om der er plads."),
        Failure::Endless => {
            format!("Serveren blev ikke færdig. {SAFE}. Prøv igen, og sig det til IT, hvis det bliver ved.")
        }
        Failure::Refused(code) => match code {
            ErrorCode::UnknownTenant => {
                format!("Serveren er ikke jeres kommunes: den kender ikke kommunen. {SAFE}. Sig det til IT.")
            }
            ErrorCode::UnknownDevice => format!("Serveren kender ikke denne enhed. {SAFE}. Bed om en ny invitation."),
            ErrorCode::DeviceRevoked => {
                "Denne enhed er lukket ude. Det, der ikke var sendt, afleveres til lederen, og resten \
                                         er taget af enheden. Bed om en ny invitation."
                    .into()
            }
            ErrorCode::DeviceBlocked => {
                format!("Denne enhed er spærret, til din leder åbner den igen. {SAFE}.")
            }
            ErrorCode::StoppedByIt => {
                "IT har spærret denne enhed. Dit arbejde er her endnu. Ring til IT; det usendte kan afleveres \
                                       imens."
                    .into()
            }
            ErrorCode::NotEntitled => "Dine roller giver ikke adgang til det, du spurgte serveren om.".into(),
            ErrorCode::DeviceFork => {
                format!("To enheder bruger den samme identitet (måske en gendannet kopi). {SAFE}. Kontakt IT.")
            }
            ErrorCode::ClockSkew => format!("Uret på denne enhed går forkert. {SAFE}. Stil uret, og prøv igen."),
            ErrorCode::EpochChanged | ErrorCode::SequenceGap => {
                format!("Serveren er gendannet fra en ældre kopi. {SAFE}. Sig det til IT.")
            }
            ErrorCode::LoginRequired => LOGIN_WANTED.into(),
            ErrorCode::UpgradeRequired => format!("Feltbog er for gammel til serveren. {SAFE}. Opdatér, og prøv igen."),
            ErrorCode::Quota => format!("Serveren har ikke plads til mere fra denne enhed i dag. {SAFE}."),
            ErrorCode::InvitationUsed => "Invitationen er allerede brugt. Den gælder kun én gang. Bed om en ny.".into(),
            ErrorCode::InvitationExpired => "Invitationen er udløbet. Bed om en ny.".into(),
            ErrorCode::InvitationRefused => "Serveren godtog ikke invitationen. Bed om en ny.".into(),
            ErrorCode::BootstrapRefused => "Startkoden er forkert eller allerede brugt. Bed IT om en ny.".into(),
            other => format!("Serveren sagde nej ({other}). {SAFE}. Sig det til IT."),
        },
    }
}
