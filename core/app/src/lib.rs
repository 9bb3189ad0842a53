//! Use cases, one file each, and the driver that runs the engine's effects. The only async crate of the core.
//!
//! A [`Device`] is an open home: everything it does with its own database is synchronous and finished when it returns.
//! An [`App`] shares a device between a user interface and the exchange, and is the only one that waits for a network.

mod actor_binding;
mod app;
mod both_wrote;
mod bring_back_keys;
mod build;
mod bystander_names;
mod calendar_file;
mod caseload_csv;
mod citizen_names;
mod clock;
mod cold_bundle;
mod counted_facts;
mod counted_programme;
mod debts;
mod device;
mod editing;
mod employers_csv;
mod ended_covers;
mod enrol_again;
mod enrolment;
mod erased_entries;
mod erasures;
mod error;
mod evidence_text;
mod exchange;
mod fact_reading;
mod folded_text;
mod folders;
mod hand_in;
mod hand_in_unsent;
mod home_guard;
mod import;
mod in_turn;
mod io_trouble;
mod keep_readings;
mod key_vault;
mod lease;
mod leaving;
mod log_in;
mod login;
mod long_note;
mod made_at;
mod new_programme;
mod opening;
mod others_named;
mod owed_facts;
mod programme_pseudonyms;
mod projection;
mod propose_again;
mod put_back;
mod read_log_key;
mod reading;
mod recovery;
mod refused;
mod region;
mod region_file;
mod register;
mod report_csv;
mod report_file_text;
mod reserve;
mod room;
mod roster_by_place;
mod rotation;
mod seal_pending;
mod seal_readings;
mod shown_whole;
mod shut_out;
mod signers;
mod spreadsheet;
mod spreadsheet_cell;
mod staff_names;
mod start_anew;
mod stopped;
mod survey_csv;
mod survey_sheet;
mod take_in;
mod take_in_access;
mod take_in_cover;
mod take_in_erase;
mod take_in_orders;
mod take_in_read_log;
mod team_text;
mod tell_facts;
mod transport;
mod use_cases;
mod user_keys;
mod waits_for_the_log;

pub use app::{App, Notice};
pub use both_wrote::NotePassage;
pub use clock::{Clock, SystemClock};
pub use device::Device;
pub use employers_csv::EmployersFile;
pub use enrolment::{Joined, SetupDone, SetupWish, join, join_with_login, setup};
pub use error::AppError;
pub use exchange::ExchangeReport;
pub use hand_in_unsent::{UnsentHandedIn, hand_in_unsent};
pub use import::{EmployersImport, ErrorFile, ImportReport, LineRefusal, csv_records};
pub use io_trouble::io_trouble;
pub use key_vault::{Guard, KeyVault, VaultFailure};
pub use lease::{LeaseState, LeaseView};
pub use log_in::LoginBegun;
pub use login::{AnswerTo, LoginFailure, LoginFlow};
pub use others_named::Other;
pub use recovery::{RecoverWish, Recovered, RecoveryReason, Unopened, recover};
pub use region::{GivenFile, Region, region};
pub use survey_csv::{SurveyRead, survey};
pub use transport::{Answer, Headers, HttpReply, HttpTransport, Transport, Unreachable};
pub use use_cases::*;

/// How far an erasure is.
pub use feltbog_protocol::ErasureState;
/// A login to be shown when joining.
pub use feltbog_protocol::LoginProof;
/// Which words refusals are told in; shared with whoever shows them.
pub use feltbog_protocol::RefusalCode;
/// A figure as the server tells it.
pub use feltbog_protocol::ToldFigure;
/// One officer's share of the root, to be written down.
pub use feltbog_sealing::RecoveryShare;
/// A form that was begun.
pub use feltbog_store::DraftRow;
/// An own entry of an erased case that was never sent.
pub use feltbog_store::{ContactPersonRow, ErasedWork};

/// What a running host and a command know each other by.
pub use feltbog_sealing::HostToken;
/// An unlocked home's key, for whoever keeps it elsewhere than under a passphrase.
pub use feltbog_sealing::LocalKey;
/// What other crates need of homes without opening them.
pub use feltbog_store::{Home, Municipality, MunicipalityName, Place, Shelf, ShelfError};

#[cfg(test)]
mod tests;
