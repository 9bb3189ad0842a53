//! What a rule about time is made of.

use jiff::ToSpan;
use jiff::civil::Date;

use super::SignalKind;

/// A clock: what starts it, what stops it, and how long it may run. Only data, so that a programme can have its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What a signal of this rule is about.
    pub kind: SignalKind,
    /// What it is about once the last day has passed, where that has a name of its own.
    pub late: Option<SignalKind>,
    /// What starts the clock.
    pub starts: Starts,
    /// What stops it.
    pub stops: Stops,
    /// When it has run out.
    pub limit: Limit,
    /// How many days before its last day it begins to warn.
    pub warns: i32,
    /// Whether it rests while the citizen is in a job or an education, or about to start: nobody there needs an employer.
    pub rests_in_work: bool,
    /// Where the rule comes from.
    pub source: Source,
    /// The rule in a Danish sentence.
    pub danish: &'static str,
    /// The rule in an English sentence.
    pub english: &'static str,
}

/// What starts a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Starts {
    /// The first day in the programme.
    Enrolment,
    /// The week before the next job or education that is planned.
    WeekBeforeStart,
    /// A job, from the day it is known of: planned, or started and not ended.
    Job,
    /// The newest start of a job or an education that has not ended.
    Start,
    /// Each meeting, as long as the next falls within a month of the start.
    MeetingInFirstMonth,
    /// Each meeting after those.
    LaterMeeting,
    /// The end of a job, where no new start followed. The day of the entry stands for the day one heard of it.
    JobEnd,
    /// The last statutory talk that was held, or the first day in the programme where none was.
    StatutoryTalk,
    /// The last day of the newest consent.
    ConsentEnd,
    /// The day of the oldest entry that has no receipt.
    Saved,
}

/// What stops a clock. Attempts and phone calls stop none that asks for a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stops {
    /// An employer was met, by somebody of the staff or by the citizen at an interview.
    EmployerMeeting,
    /// A placement, or more than that: the start of a job or an education, planned ones included.
    Placement,
    /// Guidance about benefits, also one given earlier or by telephone.
    BenefitGuidance,
    /// The citizen was met.
    CitizenMeeting,
    /// A statutory talk was held face to face.
    StatutoryTalk,
    /// A consent that lasts longer: then that one is the newest.
    NewConsent,
    /// A receipt of the server: then nothing is unsent.
    Receipt,
}

/// How long a clock may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// This many days: the last of them is still in time.
    Days(i32),
    /// To the same day of the next month, or its last day where it is shorter: from 31 January to the last of February.
    Month,
    /// The same over so many months.
    Months(i32),
    /// To the day before.
    DayBefore,
}

impl Limit {
    /// The last day in time.
    #[must_use]
    pub fn due(self, from: Date) -> Date {
        match self {
            Limit::Days(days) => from.saturating_add(days.days()),
            Limit::Month => from.saturating_add(1.month()),
            Limit::Months(months) => from.saturating_add(months.months()),
            Limit::DayBefore => from.saturating_sub(1.day()),
        }
    }
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source {
    /// Which kind of source.
    pub kind: SourceKind,
    /// Its name in Danish.
    pub danish: &'static str,
    /// Its name in English.
    pub english: &'static str,
}

/// Kinds of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A published scale.
    Paper,
    /// A law.
    Law,
    /// The programme's own.
    Programme,
}

impl SourceKind {
    /// The word in `--json` output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            SourceKind::Paper => "paper",
            SourceKind::Law => "law",
            SourceKind::Programme => "programme",
        }
    }
}
