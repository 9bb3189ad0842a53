//! The contract between the user interface and the core: [`Request`], [`Reply`], [`Event`] as JSON.
//!
//! The command line, the loopback host and the phones all speak it. TypeScript types are generated from here.

mod answer;
mod asked;
mod door;
mod doors;
mod employer_acts;
mod entry_acts;
mod event;
mod login;
mod phone_reminders;
mod recover;
mod region;
mod reply;
mod request;
mod review_acts;
mod session;
mod survey;
mod typed_secret;
mod typescript;
mod views;

pub use asked::Asked;
pub use doors::{Doors, Exchanged};
pub use event::{Event, Told};
pub use feltbog_app::AnswerTo;
pub use feltbog_app::io_trouble;
pub use login::{Joining, LoginDone, LoginFirst};
pub use phone_reminders::PhoneReminders;
pub use recover::{RecoverDone, RecoverWish, UnopenedKey};
pub use region::{RefusedFile, RegionFigure, RegionMunicipality, RegionPage, region};
pub use reply::*;
pub use request::{
    AlsoAbout, AroundTyped, ConsentTyped, CoverTyped, EmployerAct, EmployerTyped, EntryAct, EntryChanges,
    FidelityAsked, LARGEST_REQUEST, LogEntry, NewCase, NextStepTyped, OpeningTyped, PersonTyped, ProfileTyped,
    ProgrammeFile, ProgrammeTyped, ReportAsked, Request, ReviewAct, ReviewAsked, StatusNoteAsked, SurveyAsked,
    UnitTyped,
};
pub use session::{Session, SetupDone, SetupWish, forget_home, hand_in_unsent, host_file, open_host_token};
pub use survey::survey;
pub use typed_secret::TypedSecret;
pub use typescript::write_typescript;

/// What a running host and a command know each other by.
pub use feltbog_app::HostToken;
/// What a home is locked with.
pub use feltbog_app::{Guard, KeyVault, VaultFailure};
/// The folder of one person's municipalities.
pub use feltbog_app::{Municipality, MunicipalityName, Place, Shelf, ShelfError};

/// Goes up with every change that an older user interface could not stand.
pub const CONTRACT_VERSION: u32 = 1;
