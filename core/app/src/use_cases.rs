//! What people do, one file each.

mod assign;
mod caseload;
mod choices;
mod devices;
mod edit_note;
mod employers;
mod give_consent;
mod invite;
mod log_entry;
mod members;
mod new_case;
mod search;
mod show_case;
mod status;

pub use caseload::CaseSummary;
pub use choices::{Choices, KindChoice};
pub use devices::{DeviceState, DeviceSummary};
pub use edit_note::OpenedEntry;
pub use employers::EmployerSummary;
pub use give_consent::ConsentWish;
pub use invite::InviteWish;
pub(crate) use log_entry::write_employer;
pub use log_entry::{LogWish, Logged};
pub use members::MemberSummary;
pub(crate) use members::write_staff;
pub use new_case::NewCaseWish;
pub(crate) use new_case::make_case;
pub use search::FoundEntry;
pub use show_case::{CaseView, EntryView};
pub use status::{DeviceStatus, RefusedEnvelope, WaitingEntry};
