//! The contract between the user interface and the core: [`Request`], [`Reply`], [`Event`] as JSON.
//!
//! The command line, the loopback host and the phones all speak it. TypeScript types are generated from here.

mod answer;
mod door;
mod employer_acts;
mod entry_acts;
mod event;
mod login;
mod recover;
mod reply;
mod request;
mod session;
mod typed_secret;
mod typescript;
mod views;

pub use door::Door;
pub use event::Event;
pub use feltbog_app::io_trouble;
pub use login::{Joining, LoginDone, LoginFirst};
pub use recover::{RecoverDone, RecoverWish, UnopenedKey};
pub use reply::*;
pub use request::{
    AlsoAbout, AroundTyped, EmployerAct, EmployerTyped, EntryAct, EntryChanges, FidelityAsked, LARGEST_REQUEST,
    LogEntry, NewCase, NextStepTyped, OpeningTyped, PersonTyped, ProfileTyped, ProgrammeFile, ReportAsked, Request,
    StatusNoteAsked, UnitTyped,
};
pub use session::{
    HostTokenPair, Session, SetupDone, SetupWish, forget_home, hand_in_unsent, host_file, open_host_token,
};
pub use typed_secret::TypedSecret;
pub use typescript::write_typescript;

/// What a home is locked with.
pub use feltbog_app::{Guard, KeyVault, VaultFailure};

/// Goes up with every change that an older user interface could not stand.
pub const CONTRACT_VERSION: u32 = 1;
