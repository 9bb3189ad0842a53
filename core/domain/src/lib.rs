//! The words of the field: ids, time, roles, entry kinds, dated code lists, signals.
//!
//! A leaf: every other crate may depend on it, it depends on none of ours and does no I/O.

mod case;
mod code_list;
mod consent;
mod cvr;
mod document_kind;
mod employer;
mod entry;
mod entry_kind;
mod entry_marks;
mod erasure_reason;
mod fold;
mod folder_kind;
mod ids;
mod job_type;
mod kind_fields;
mod moment;
mod next_step;
mod outcome;
mod phase;
mod purpose;
mod read_action;
mod reading;
mod role;
mod signal;

pub use case::{CaseProfile, Disclosure};
pub use consent::Consent;
pub use cvr::{CvrError, CvrNumber};
pub use document_kind::DocumentKind;
pub use employer::EmployerFields;
pub use entry::{EntryFields, EntryState};
pub use entry_kind::{AmbiguousWord, EntryKind};
pub use entry_marks::EntryMarks;
pub use erasure_reason::ErasureReason;
pub use fold::fold;
pub use folder_kind::{FolderKind, Rights, Standing};
pub use ids::{CaseId, DeviceId, DocumentId, FolderId, IdError, MemberId, ProgrammeId, TenantId};
pub use job_type::JobType;
pub use kind_fields::EntryField;
pub use moment::{Moment, MomentError, danish_date, parse_coming_day, parse_danish_date, parse_time_of_day};
pub use next_step::{NextStep, StepOutcome};
pub use outcome::Outcome;
pub use phase::Phase;
pub use purpose::Purpose;
pub use read_action::ReadAction;
pub use reading::Reading;
pub use role::{Role, RoleGrant, Side};
pub use signal::{CaseHistory, Signal, SignalKind};
