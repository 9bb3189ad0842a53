//! What the core answers.

mod cover;
mod erasure;
mod handed_in;
mod lease;
mod read_log;
mod restored;
mod team;
mod unsent;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::cover::{CaseCover, HandedAwayRow, MeanwhileRow};
pub use self::erasure::{ErasedWorkRow, ErasureDevice, ErasureRow};
pub use self::handed_in::{DepositRow, HandedInRow};
pub use self::lease::LeaseRow;
pub use self::read_log::ReadLogRow;
pub use self::restored::{FindingRow, MissingRow};
pub use self::team::{LedSide, TeamGap, TeamPage};
pub use self::unsent::UnsentHandedIn;

/// The answer to one request.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each variant is named after the request it answers")]
pub enum Reply {
    Status(Status),
    Cases {
        cases: Vec<CaseRow>,
    },
    Case(CasePage),
    Entry(EntryPage),
    Logged(Logged),
    Choices(Choices),
    Employers {
        employers: Vec<EmployerRow>,
    },
    Hits {
        hits: Vec<Hit>,
    },
    Synced(Synced),
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
    /// Whether the same request may succeed later.
    pub retryable: bool,
}

/// The state of this device.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Status {
    /// How long this device may work without a network.
    #[serde(default)]
    pub lease: Option<LeaseRow>,
    /// Entries and other changes without a receipt.
    pub unsent: u32,
    /// Age of the oldest of them.
    pub oldest_unsent_hours: Option<u32>,
    /// Rows from others that could not be read and were put aside.
    pub quarantined: u32,
    /// How far in the server's log this device has read.
    #[ts(type = "number")]
    pub cursor: u64,
    /// This device.
    pub device: String,
    /// Whose it is.
    pub member: String,
    /// The first role held.
    pub role: String,
    /// Every role held, in Danish, with its programme.
    pub roles: Vec<String>,
    /// The unsent entries, oldest first.
    pub waiting: Vec<WaitingEntry>,
    /// What the server refused and nothing was done about yet.
    pub refused: Vec<RefusedEnvelope>,
    /// When the last successful exchange ended.
    pub last_exchange: Option<String>,
    /// Why the last attempt failed, if it did.
    pub last_failure: Option<String>,
    /// Entries with a receipt from today.
    pub sent_today: u32,
    /// Whether an exchange is running now.
    pub exchanging: bool,
    /// Own work that was handed in to the leaders because its folder was no longer open, newest first.
    pub handed_in: Vec<HandedInRow>,
    /// What colleagues wrote in this member's stead and was not seen yet, newest first.
    #[serde(default)]
    pub meanwhile: Vec<MeanwhileRow>,
    /// Cases that went to a colleague of late, newest first.
    #[serde(default)]
    pub handed_away: Vec<HandedAwayRow>,
    /// Entries that could not be shared any more and wait for their writer.
    pub asks: Vec<String>,
    /// How many handed-in entries of colleagues wait here.
    pub deposits: u32,
    /// Whether the server was restored since this device joined.
    pub restored: bool,
    /// Whether the restored server waited for a leader's device when this process last exchanged.
    pub healing: bool,
    /// How many entries the restored server has not got back.
    pub missing: u32,
    /// Own entries of erased cases that were never sent, and wait for their writer's word.
    #[serde(default)]
    pub erased_work: u32,
    /// Signs that the server shows its devices different histories.
    pub findings: Vec<FindingRow>,
    /// When somebody has to log in again, once that is near or over.
    #[serde(default)]
    pub login_by: Option<String>,
}

/// An entry that is only here.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WaitingEntry {
    /// The entry.
    pub entry: String,
    /// Its case.
    pub case: Option<String>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// When it happened.
    pub at: String,
    /// When it was saved here.
    pub saved_at: String,
}

/// Something the server refused.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RefusedEnvelope {
    /// The refusal's code.
    pub code: String,
    /// What that means, in Danish.
    pub message: String,
    /// The entry concerned, if it is one.
    pub entry: Option<String>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// Code of the kind.
    pub kind: Option<String>,
    /// Name of the kind.
    pub kind_name: Option<String>,
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

/// One thing that needs action.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignalRow {
    /// Which rule.
    pub kind: String,
    /// The sentence shown.
    pub text: String,
    /// Days until it is due; negative when overdue.
    pub days_left: i32,
}

/// One case, whole.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CasePage {
    /// The line of the caseload.
    pub case: CaseRow,
    /// What the citizen wants to work with.
    pub job_wish: Option<String>,
    /// What may be said to employers by default, in Danish.
    pub disclosure: Option<String>,
    /// The consents, newest first.
    pub consents: Vec<ConsentRow>,
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

/// One entry of a timeline.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EntryRow {
    /// The entry.
    pub entry: String,
    /// Its case.
    pub case: Option<String>,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// When it happened.
    pub at: String,
    /// How long it took.
    pub minutes: Option<u32>,
    /// Company number of the employer.
    pub employer: Option<String>,
    /// The employer's name, where the register is known here.
    pub employer_name: Option<String>,
    /// Whom we spoke with there.
    pub contact_person: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Code of the outcome.
    pub outcome: Option<String>,
    /// Name of the outcome.
    pub outcome_name: Option<String>,
    /// Met in person.
    pub face_to_face: Option<bool>,
    /// Hours a week of a job that starts.
    pub hours_per_week: Option<u32>,
    /// Title of a job that starts.
    pub job_title: Option<String>,
    /// Whether that job is permanent.
    pub permanent: Option<bool>,
    /// The note.
    pub note: String,
    /// `employment`, `treatment`, `shared` or `own_work`.
    pub folder: String,
    /// Who wrote in it, first writer first.
    pub authors: Vec<String>,
    /// For imported entries: who recorded it in the file.
    pub recorded_by: Option<String>,
    /// For imported entries: who read it in.
    pub imported_by: Option<String>,
    /// `local_only`, `sent` or `journalised`.
    pub state: String,
    /// Fields where two people wrote different values: all of them, the shown one first.
    pub conflicts: std::collections::BTreeMap<String, Vec<String>>,
}

/// One entry, to be edited.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EntryPage {
    /// The entry.
    pub entry: EntryRow,
    /// What an edit must name, so that others' words stay.
    pub heads: Vec<String>,
}

/// Saved.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Logged {
    /// The entry.
    pub entry: String,
    /// Its state.
    pub state: String,
    /// A sentence worth showing, such as an expired consent.
    pub warning: Option<String>,
}

/// What can be chosen in forms.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Choices {
    /// Kinds of entries.
    pub kinds: Vec<KindChoice>,
    /// Outcomes.
    pub outcomes: Vec<Choice>,
    /// Places used before, most used first.
    pub places: Vec<String>,
}

/// One kind to choose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KindChoice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Shared with the other side by habit.
    pub shared_by_default: bool,
    /// Possible without a case.
    pub without_case: bool,
}

/// A code and its name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Choice {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
}

/// One employer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EmployerRow {
    /// Company number.
    pub cvr: String,
    /// Name.
    pub name: String,
    /// Trade.
    pub trade: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Whom to ask for.
    pub contact_person: Option<String>,
    /// When somebody was last there; no citizen is named.
    pub last_visit: Option<String>,
}

/// One place where the words were found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Hit {
    /// The entry.
    pub entry: String,
    /// Its case.
    pub case: Option<String>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// When it happened.
    pub at: String,
    /// The passage, with `[` and `]` around what was found.
    pub snippet: String,
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

/// What an import did or would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Imported {
    /// New rows.
    pub added: ImportCounts,
    /// Rows that were in already.
    pub unchanged: u32,
    /// Lines that were not taken.
    pub refused: Vec<RefusedLine>,
    /// Cases without consent: nothing of them is shared.
    pub without_consent: Vec<String>,
    /// Names of staff that no member, or more than one, bears yet.
    pub unmatched_staff: Vec<String>,
}

/// Counts by kind of row.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ImportCounts {
    /// Cases.
    pub cases: u32,
    /// Entries.
    pub entries: u32,
    /// Employers.
    pub employers: u32,
}

/// A line that was not taken.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RefusedLine {
    /// The file.
    pub file: String,
    /// The line, the heading being line 1.
    pub line: u32,
    /// The field, or empty for the whole line.
    pub field: String,
    /// Why, in Danish.
    pub reason: String,
}

/// One member of the staff.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MemberRow {
    /// The member.
    pub member: String,
    /// The name.
    pub name: String,
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
