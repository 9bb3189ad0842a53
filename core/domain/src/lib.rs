//! The words of the field: ids, time, roles, entry kinds, dated code lists, signals.
//!
//! A leaf: every other crate may depend on it, it depends on none of ours and does no I/O.

mod agreement;
mod case;
mod code_list;
mod consent;
mod contact_by;
mod contact_person;
mod cvr;
mod dated_codes;
mod document_kind;
mod employer;
mod employer_contact;
mod employer_groups;
mod entry;
mod entry_kind;
mod entry_marks;
mod erasure_reason;
mod evidence;
mod exit_reason;
mod fold;
mod folder_kind;
mod ids;
mod job_type;
mod kind_fields;
mod likely_same;
mod moment;
mod next_step;
mod opening;
mod outcome;
mod outward_text;
mod p_number;
mod person;
mod phase;
mod programme_settings;
mod purpose;
mod read_action;
mod reading;
mod reminders;
mod role;
mod search;
mod signal;
mod which_ends;

pub use agreement::{Agreement, agreement_for_all, agreement_in_force};
pub use case::{CaseProfile, Disclosure, FormerCode, FormerWish};
pub use consent::Consent;
pub use contact_by::ContactBy;
pub use contact_person::ContactPerson;
pub use cvr::{CvrError, CvrNumber};
pub use dated_codes::{CodeList, DatedCode};
pub use document_kind::DocumentKind;
pub use employer::{EmployerFields, EmployerUnit};
pub use employer_contact::EmployerContact;
pub use employer_groups::EmployerGroups;
pub use entry::{EntryFields, EntryState};
pub use entry_kind::{AmbiguousWord, EntryKind};
pub use entry_marks::EntryMarks;
pub use erasure_reason::ErasureReason;
pub use evidence::{Evidence, EvidenceSaid, EvidenceSource, FidelityReview};
pub use exit_reason::{ExitReason, tells_of_a_missed_talk};
pub use fold::{fold, fold_letters};
pub use folder_kind::{FolderKind, Rights, Standing};
pub use ids::{
    CaseId, DeviceId, DocumentId, EmployerRef, FactRef, FolderId, IdError, JobRef, MemberId, PersonId, ProgrammeId,
    StaffRef, SubjectRef, TenantId, VisitRef,
};
pub use job_type::JobType;
pub use kind_fields::EntryField;
pub use likely_same::{LooksLike, likely_same};
pub use moment::{Moment, MomentError, danish_date, parse_coming_day, parse_danish_date, parse_time_of_day};
pub use next_step::{NextStep, StepOutcome};
pub use opening::{Opening, OpeningState};
pub use outcome::Outcome;
pub use outward_text::{Audience, Giveaway, GivesAway, MaySay, giveaways, is_blocked, is_nobodys_place};
pub use p_number::{PNumber, PNumberError};
pub use person::Person;
pub use phase::Phase;
pub use programme_settings::{ProgrammeSettings, TalkInterval, TalkIntervalError};
pub use purpose::Purpose;
pub use read_action::ReadAction;
pub use reading::Reading;
pub use reminders::{MOST_REMINDERS, REMINDED_DAYS, Reminder, ReminderAbout, next_reminders, told_of_clock};
pub use role::{Role, RoleGrant, Side};
pub use search::{Closeness, Mark, Passage, Wanted, WantedWord, search_text};
pub use signal::{
    CaseHistory, CaseloadLimit, LatestEntry, Limit, Milestone, RULES, Rule, Signal, SignalKind, Source, SourceKind,
    Starts, Stops, caseload_limits_passed, reminder_danish, reminder_english, statutory_talk,
};
pub use which_ends::which_ends;
