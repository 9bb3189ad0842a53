//! What the core answers.

mod charts;
mod choices;
mod cover;
mod draft;
mod employer;
mod entry;
mod erasure;
mod export;
mod facts;
mod fidelity;
mod handed_in;
mod hit;
mod imported;
mod joined;
mod journal;
mod lease;
mod municipality;
mod next_reminder;
mod programme_file;
mod read_log;
mod region_file;
mod reminder;
mod report;
mod restored;
mod review;
mod server_report;
mod signal;
mod status;
mod status_note;
mod survey;
mod team;
mod unsent;

use feltbog_app::{AppError, ShelfError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::charts::{CaseloadRow, ChartsPage, MeetingWeekRow, StageRow, WaitRow};
pub use self::choices::{Choice, Choices, DatedChoice, KindChoice};
pub use self::cover::{CaseCover, HandedAwayRow, MeanwhileRow};
pub use self::draft::DraftKept;
pub use self::employer::{
    AgreementRow, ContactRow, DoorCard, EmployerRow, EmployerSaved, EmployersAdded, EmployersFile, EmployersImported,
    OpeningRow, PersonRow, RecentContact, SameEmployer, UnitRow,
};
pub use self::entry::{EntryPage, EntryRow, Logged, NextStepRow, NotePassageRow};
pub use self::erasure::{ErasedWorkRow, ErasureDevice, ErasureRow};
pub use self::export::{CaseFile, ConsentOfFile, ExportedFile, ToReviewRow};
pub use self::facts::{AroundRow, CaseFacts, FormerCodeRow, FormerWishRow};
pub use self::fidelity::{FidelityItem, FidelityPage, FidelitySum};
pub use self::handed_in::{DepositRow, HandedInRow};
pub use self::hit::{Hit, HitWhat, MarkRow};
pub use self::imported::{ErrorFile, ImportCounts, Imported, RefusedLine};
pub use self::joined::Joined;
pub use self::journal::{AgendaRow, CalendarFile, JournalText, MissingInJournalRow, NeutralStepRow};
pub use self::lease::LeaseRow;
pub use self::municipality::MunicipalityRow;
pub use self::next_reminder::NextReminderRow;
pub use self::programme_file::{ProgrammeFilePage, ShippedProgramme};
pub use self::read_log::ReadLogRow;
pub use self::region_file::RegionFilePage;
pub use self::reminder::ReminderTextRow;
pub use self::report::{ReportDetail, ReportEvidence, ReportPage, ReportStaffRow};
pub use self::restored::{FindingRow, MissingRow};
pub use self::review::{ReviewItem, ReviewPage, SaidOfItem};
pub use self::server_report::{BothFiguresRow, CountedFigure, ServerReportPage};
pub use self::signal::{Caseload, CaseloadSignalRow, RuleRow, SignalRow};
pub use self::status::{RefusedEnvelope, StandingRow, Status, WaitingEntry};
pub use self::status_note::{PaperFile, SentenceRow, StatusNotePage, TargetRow, YearsCostRow};
pub use self::survey::{AnswersRow, CoverageRow, NamedCount, SurveyPage, TileRow, TileSaysRow, WithOtherRow};
pub use self::team::{LedSide, ProgrammeRow, TeamGap, TeamPage};
pub use self::unsent::UnsentHandedIn;
use crate::session::refused;

/// The answer to one request.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each variant is named after the request it answers")]
pub enum Reply {
    Status(Box<Status>),
    Cases {
        cases: Vec<CaseRow>,
    },
    Case(Box<CasePage>),
    Entry(Box<EntryPage>),
    Logged(Logged),
    Choices(Choices),
    JournalText(JournalText),
    MissingInJournal {
        missing: Vec<MissingInJournalRow>,
    },
    Agenda {
        agenda: Vec<AgendaRow>,
    },
    Calendar(CalendarFile),
    Drafts {
        drafts: Vec<DraftKept>,
    },
    /// A message that reminds a citizen.
    ReminderText(ReminderTextRow),
    /// What the owner's own phone calls about, the soonest first.
    NextReminders {
        reminders: Vec<NextReminderRow>,
    },
    Employers {
        employers: Vec<EmployerRow>,
    },
    DoorCard(Box<DoorCard>),
    EmployerSaved(EmployerSaved),
    EmployersFile(EmployersFile),
    EmployersImported(EmployersImported),
    File(ExportedFile),
    Hits {
        hits: Vec<Hit>,
    },
    Synced(Synced),
    Joined(Joined),
    Municipalities {
        municipalities: Vec<MunicipalityRow>,
    },
    /// Joining goes on after a login: begin it, finish it, and ask the same again.
    LoginFirst {
        /// The one port of this device that the identity provider knows, where it knows one.
        port: Option<u16>,
        /// Of which municipality the login is to be asked.
        municipality: u32,
    },
    LoginBegun {
        url: String,
        port: u16,
    },
    LoggedIn {
        login_by: Option<String>,
    },
    UnsentHandedIn(UnsentHandedIn),
    CaseMade {
        case: String,
    },
    CaseClosed {
        case: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional = nullable)]
        warning: Option<String>,
    },
    HandedOver {
        handed_over: u32,
    },
    Covered {
        covered: u32,
    },
    Deposits {
        deposits: Vec<DepositRow>,
    },
    TakenOver {
        taken: u32,
    },
    ErasureProposed {
        proposal: String,
        case_ref: String,
    },
    Erasures {
        erasures: Vec<ErasureRow>,
    },
    ErasedWork {
        left: Vec<ErasedWorkRow>,
    },
    ReadLog {
        readings: Vec<ReadLogRow>,
    },
    Reports {
        reports: Vec<ReportPage>,
    },
    ServerReport(ServerReportPage),
    StatusNote(StatusNotePage),
    StatusNotePdf(PaperFile),
    Charts(ChartsPage),
    Fidelity(FidelityPage),
    Review(ReviewPage),
    Survey(Box<SurveyPage>),
    ProgrammeFile(ProgrammeFilePage),
    RegionFile(RegionFilePage),
    Sheet {
        csv: String,
    },
    Missing {
        missing: Vec<MissingRow>,
    },
    Done,
    Imported(Imported),
    Invited {
        invitation: String,
        qr_svg: String,
    },
    DevicesChanged {
        devices: u32,
    },
    Team(TeamPage),
    Members {
        members: Vec<MemberRow>,
    },
    Devices {
        devices: Vec<DeviceRow>,
    },
    /// It was not done. Nothing was lost.
    Refused(Refused),
}

/// Why something was not done: a code for programs, a sentence for people.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Refused {
    /// A stable word.
    pub code: String,
    /// What happened, what is safe, what to do. Danish, without personal data.
    pub message: String,
    /// The same in English, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub message_en: Option<String>,
    /// Whether the same request may succeed later.
    pub retryable: bool,
}

impl Refused {
    /// A request longer than [`LARGEST_REQUEST`].
    #[must_use]
    pub fn too_large() -> Self {
        let message = "Det er for langt til at gemme på én gang.".into();
        Self { code: "too_large".into(), message, message_en: None, retryable: false }
    }

    /// A request that is none.
    #[must_use]
    pub fn unreadable() -> Self {
        let message = "Feltbog forstod ikke spørgsmålet. Intet er ændret.".into();
        Self { code: "unreadable".into(), message, message_en: None, retryable: false }
    }

    /// A municipality is to be called something that is no name.
    #[must_use]
    pub fn no_name() -> Self {
        refused(AppError::NoName)
    }
}

impl From<ShelfError> for Refused {
    fn from(error: ShelfError) -> Self {
        refused(error.into())
    }
}

/// One line of the caseload.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseRow {
    /// Id of the case.
    pub case: String,
    /// Its number.
    pub number: String,
    /// The citizen's name.
    pub name: String,
    /// Name of the programme.
    pub programme: Option<String>,
    /// Phase: `start`, `search`, `job`, `education`, `closed`.
    pub phase: String,
    /// First day, `åååå-mm-dd`.
    pub enrolled_on: Option<String>,
    /// Days since then.
    pub days_in_programme: Option<i32>,
    /// The last real contact.
    pub last_contact: Option<String>,
    /// What needs action.
    pub signals: Vec<SignalRow>,
    /// The responsible consultant.
    pub consultant: Option<String>,
    /// The treatment worker.
    pub therapist: Option<String>,
    /// `drug` or `psychiatry` in the programme's own word.
    pub track: Option<String>,
    /// The citizen's telephone, where the side keeps it.
    #[serde(default)]
    pub phone: Option<String>,
    /// Code of how the citizen wants to be reached.
    #[serde(default)]
    pub contact_by: Option<String>,
    /// Entries that are only here.
    pub unsent: u32,
    /// Who looks after it for whom just now.
    #[serde(default)]
    pub cover: Option<CaseCover>,
    /// Whether both sides have a shared folder.
    pub has_shared: bool,
    /// Folders of the case on this device: `employment`, `treatment`, `shared`.
    pub folders: Vec<String>,
}

/// One case, whole.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CasePage {
    /// The line of the caseload.
    pub case: CaseRow,
    /// What the citizen wants to work with.
    pub job_wish: Option<String>,
    /// The citizen's own facts, where this side keeps them.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub facts: Option<CaseFacts>,
    /// What may be said to employers by default, in Danish.
    pub disclosure: Option<String>,
    /// The consents, newest first.
    pub consents: Vec<ConsentRow>,
    /// What may be said to which employer, newest first.
    #[serde(default)]
    pub agreements: Vec<AgreementRow>,
    /// The timeline, newest first.
    pub entries: Vec<EntryRow>,
}

/// One consent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConsentRow {
    /// Types of information.
    pub types: Vec<String>,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Whether it is in force today.
    pub in_force: bool,
}

/// What one exchange did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Synced {
    /// Envelopes accepted.
    pub sent: u32,
    /// Envelopes received from others.
    pub received: u32,
    /// Envelopes refused in this exchange that nothing was done about yet.
    pub refused: Vec<RefusedEnvelope>,
    /// Changes still without a receipt.
    pub unsent: u32,
    /// Bytes sent in request bodies and headers.
    #[ts(type = "number")]
    pub bytes_up: u64,
    /// Bytes received.
    #[ts(type = "number")]
    pub bytes_down: u64,
    /// Round trips.
    pub turnarounds: u32,
    /// The newest row of the server's log.
    #[ts(type = "number")]
    pub head: u64,
    /// Own work that this exchange handed in to the leaders.
    pub handed_in: Vec<HandedInRow>,
    /// Entries that could not be shared any more and wait for their writer.
    pub asks: Vec<String>,
    /// The server was restored and waits for a leader's device; what is new from others comes after that.
    pub healing: bool,
    /// When somebody has to log in again, once that is near or over. When it is over, nothing is fetched.
    #[serde(default)]
    pub login_by: Option<String>,
}

/// One member of the staff.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MemberRow {
    /// The member.
    pub member: String,
    /// The name.
    pub name: String,
    /// Where they are employed, where that is said.
    #[serde(default)]
    pub organisation: Option<String>,
    /// Roles in Danish.
    pub roles: Vec<String>,
    /// `invited` or `joined`.
    pub state: String,
}

/// One device.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeviceRow {
    /// The device.
    pub device: String,
    /// Whose it is.
    pub member: String,
    /// When it last spoke with the server; only the server knows, so it is absent here.
    pub last_seen: Option<String>,
    /// Place in the server's log of the newest row it signed, as far as this device has fetched.
    #[ts(type = "number | null")]
    pub last_row: Option<u64>,
    /// `active`, `this_device`, `blocked`, `revoked` or `station`.
    pub state: String,
}
