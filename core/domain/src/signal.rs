//! What needs action in a case, each with the rule behind it.

mod caseload;
mod history;
mod reminder;
mod rule;
mod rules;
mod sentence;
mod work;

use jiff::civil::Date;

pub use self::caseload::{CaseloadLimit, caseload_limits_passed};
pub use self::history::{CaseHistory, LatestEntry};
pub use self::reminder::{reminder_danish, reminder_english};
pub use self::rule::{Limit, Rule, Source, SourceKind, Starts, Stops};
pub use self::rules::{RULES, statutory_talk};
pub use self::work::Milestone;

/// Which rule spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignalKind {
    /// The first meeting with an employer is due or overdue.
    FirstEmployerContact,
    /// The placement at a company is due or overdue.
    Placement,
    /// Guidance about benefits is missing before a job.
    BenefitGuidance,
    /// The meeting in the week before a start.
    ContactBeforeStart,
    /// The meeting right after a start.
    ContactAfterStart,
    /// The weekly meeting of the first month.
    WeeklyContact,
    /// The monthly meeting after that.
    MonthlyContact,
    /// The meeting after a job was lost.
    ContactAfterJobLoss,
    /// The next statutory talk, where the consultant is the authority.
    StatutoryTalk,
    /// The consent ends soon.
    ConsentExpiring,
    /// The consent has ended.
    ConsentExpired,
    /// Something written is still only on this device.
    UnsentNote,
}

impl SignalKind {
    /// The word in `--json` output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            SignalKind::FirstEmployerContact => "first_employer_contact",
            SignalKind::Placement => "placement",
            SignalKind::BenefitGuidance => "benefit_guidance",
            SignalKind::ContactBeforeStart => "contact_before_start",
            SignalKind::ContactAfterStart => "contact_after_start",
            SignalKind::WeeklyContact => "weekly_contact",
            SignalKind::MonthlyContact => "monthly_contact",
            SignalKind::ContactAfterJobLoss => "contact_after_job_loss",
            SignalKind::StatutoryTalk => "statutory_talk",
            SignalKind::ConsentExpiring => "consent_expiring",
            SignalKind::ConsentExpired => "consent_expired",
            SignalKind::UnsentNote => "unsent_note",
        }
    }
}

/// One thing that needs action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    /// What it is about.
    pub kind: SignalKind,
    /// The rule behind it.
    pub rule: Rule,
    /// The last day in time.
    pub due: Date,
    /// Days until then: 0 is still in time, negative is late.
    pub days_left: i32,
}
