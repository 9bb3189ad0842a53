//! What the user interface and the command line may ask of the core.

mod case;
mod employer;
mod entry;
mod profile;
mod programme;
mod report;
mod review;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::case::{ConsentTyped, CoverTyped, NewCase};
pub use self::employer::{EmployerAct, EmployerTyped, OpeningTyped, PersonTyped, UnitTyped};
pub use self::entry::{AlsoAbout, EntryAct, EntryChanges, LogEntry, NextStepTyped};
pub use self::profile::{AroundTyped, ProfileTyped};
pub use self::programme::ProgrammeTyped;
pub use self::report::{FidelityAsked, ProgrammeFile, ReportAsked, StatusNoteAsked, SurveyAsked};
pub use self::review::{ReviewAct, ReviewAsked};
use crate::typed_secret::TypedSecret;

/// The largest request in bytes. A note of this length is a shelf of books; a large town's register of employers comes as
/// one text.
pub const LARGEST_REQUEST: usize = 8 * 1024 * 1024;

/// One question or act. Ids are text; times are as people type them or RFC 3339.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Request {
    /// What is unsent, refused and when the last exchange was.
    Status,
    /// Closes the device until the passphrase is given again.
    Lock,
    /// Opens it again.
    Unlock {
        /// As typed; a phone's own vault needs none.
        #[serde(default)]
        #[ts(as = "Option<String>", optional)]
        passphrase: TypedSecret,
    },
    /// Makes a device where nobody has one yet, or beside those of other municipalities.
    Join {
        /// The invitation, `feltbog:..`.
        invitation: String,
        /// Another address of the same server, where the invitation's does not fit.
        #[serde(default)]
        server: Option<String>,
        /// What to call the municipality, where another one is here already.
        #[serde(default)]
        #[ts(optional)]
        beside: Option<String>,
        /// What the new home shall be locked with; a phone's own vault needs none.
        #[serde(default)]
        #[ts(as = "Option<String>", optional)]
        passphrase: TypedSecret,
    },
    /// Which municipalities this device knows, open or not.
    Municipalities,
    /// Calls the municipality that is asked something, or something else.
    NameMunicipality {
        /// In the person's own words; it lies in clear on the device.
        name: String,
    },
    /// Hands in the unsent work that lies beside the database; no passphrase is needed.
    HandIn,
    /// The caseload this device may see.
    Cases,
    /// One case with its timeline, newest entry first. `-` shows work without a case.
    ShowCase {
        /// Id or number of the case.
        case: String,
    },
    /// One entry with its note and the heads an edit must name.
    OpenEntry {
        /// The entry.
        entry: String,
    },
    /// Logs one entry; saved when the reply comes.
    LogEntry(Box<LogEntry>),
    /// Does something with an entry that is there.
    OnEntry {
        /// The entry.
        entry: String,
        /// What.
        act: EntryAct,
    },
    /// Date, theme and text of an entry for the municipality's own system.
    JournalText {
        /// The entry.
        entry: String,
    },
    /// Own entries that are not in the journal.
    MissingInJournal,
    /// Steps that are still to come or were never settled.
    Agenda {
        /// The last day; all of them when absent.
        #[serde(default)]
        until: Option<String>,
        /// The team's, not one's own alone.
        #[serde(default)]
        team: bool,
    },
    /// The seven days of a week, also what is settled.
    Week {
        /// Any day of it, `åååå-mm-dd`.
        day: String,
        /// The team's, not one's own alone.
        #[serde(default)]
        team: bool,
    },
    /// What was begun and neither saved nor thrown away.
    Drafts,
    /// Keeps what stands in a form.
    KeepDraft {
        /// Which form, about what: the interface's own word.
        about: String,
        /// What stands in it, as the interface writes it.
        text: String,
        /// The cases and entries it is about: it goes with them.
        #[serde(default)]
        speaks_of: Vec<String>,
    },
    /// It was saved, or thrown away by hand.
    DropDraft {
        /// Which one.
        about: String,
    },
    /// Saves what stood in a form: it is begun no more when this is saved, and stays kept when it is not.
    FromDraft {
        /// Which form, as it was kept.
        about: String,
        /// What saves it.
        act: Box<Request>,
    },
    /// A message that reminds a citizen of the next appointment.
    ReminderText {
        /// Id or number of the case.
        case: String,
    },
    /// What the owner's own phone calls about, as moments and a number.
    NextReminders,
    /// The agenda as a file for another calendar, which gives nobody away.
    Calendar {
        /// The last day; all of them when absent.
        #[serde(default)]
        until: Option<String>,
    },
    /// Saves the note of an entry as the editor left it; what others wrote meanwhile stays.
    EditNote {
        /// The entry.
        entry: String,
        /// The whole note.
        text: String,
        /// The heads the editor had opened; without them, the newest.
        #[serde(default)]
        heads: Vec<String>,
    },
    /// Kinds and outcomes to choose from.
    Choices,
    /// The programme's employers, most recently visited first.
    Employers {
        /// Words to look for; everything when empty.
        #[serde(default)]
        words: String,
        /// Only those with something open today.
        #[serde(default)]
        #[ts(as = "Option<bool>", optional)]
        with_openings: bool,
    },
    /// Does something with an employer of the register.
    OnEmployer {
        /// Company number.
        employer: String,
        /// What.
        act: EmployerAct,
    },
    /// The register of employers as a file for the municipality's own entrance for companies.
    ExportEmployers,
    /// Reads such a file in.
    ImportEmployers {
        /// What stands in it.
        text: String,
        /// Only say what would happen.
        #[serde(default)]
        dry_run: bool,
    },
    /// *Ved døren*: what to know of an employer before going in.
    AtTheDoor {
        /// Company number.
        employer: String,
        /// Id or number of the case it is about.
        #[serde(default)]
        case: Option<String>,
    },
    /// What a citizen agreed may be said to an employer.
    Disclose {
        /// Id or number of the case.
        case: String,
        /// Company number.
        employer: String,
        /// `none`, `agreed` or `all`.
        decision: String,
        /// What may be said, in the citizen's words.
        #[serde(default)]
        may_say: Option<String>,
        /// What may not.
        #[serde(default)]
        may_not_say: Option<String>,
    },
    /// Everything this device may see of one citizen, as a file.
    ExportCase {
        /// Id or number of the case.
        case: String,
        /// `pdf`, `json` or `text`.
        format: String,
    },
    /// The caseload as the lines of the import's `forloeb.csv`.
    ExportCaseload,
    /// The programme's figures: one by name, or all of them.
    Report(ReportAsked),
    /// The same as a file for a spreadsheet: the figures, or what is behind one.
    ReportCsv(ReportAsked),
    /// The figures as the server counts them from what devices told it, beside this device's own.
    ServerReport(ReportAsked),
    /// How the programme stands against its file.
    StatusNote(StatusNoteAsked),
    /// The same on paper, as a PDF.
    StatusNotePdf(StatusNoteAsked),
    /// The programme's figures of groups as a signed file for the region.
    RegionFile {
        /// Name of the programme; may be absent while there is one.
        #[serde(default)]
        programme: Option<String>,
        /// The last day of a quarter that is over; of the last one when absent.
        #[serde(default)]
        at: Option<String>,
    },
    /// What charts of the programme are drawn from; of a measure's name nothing is asked.
    Charts(ReportAsked),
    /// How near the programme keeps to the method.
    Fidelity(FidelityAsked),
    /// The evidence of fidelity and what reviewers give, or an act in it.
    Review(ReviewAsked),
    /// A survey among units, counted from its file; nothing of it is kept.
    Survey(SurveyAsked),
    /// Full-text search over what this device may see.
    Search {
        /// What to look for.
        words: String,
    },
    /// One exchange with the server.
    Sync,
    /// Begins a login at the municipality's identity provider.
    BeginLogin {
        /// A free port of this computer, on which the answer can come; 0 where the host of a page waits for it, and on a phone,
        /// where it comes to the app.
        port: u16,
    },
    /// Finishes the login that was begun last.
    FinishLogin {
        /// What the browser was sent back to: the path and what follows, or the whole address; empty where the host waits for it.
        answer: String,
    },
    /// A new case.
    NewCase(NewCase),
    /// A consent of the citizen; opens the shared folder.
    GiveConsent(ConsentTyped),
    /// The citizen withdrew the consent: nothing new is shared, and what was shared stays readable.
    WithdrawConsent {
        /// Id or number of the case.
        case: String,
    },
    /// Ends a case today.
    CloseCase {
        /// Id or number of the case.
        case: String,
        /// Why it ends: a code of the list, `code: more words`, or words that are no code.
        reason: String,
    },
    /// Opens a closed case again.
    ReopenCase {
        /// Id or number of the case.
        case: String,
    },
    /// Support goes on after the goal, or ends.
    Aftercare {
        /// Id or number of the case.
        case: String,
        /// It ends.
        #[serde(default)]
        end: bool,
    },
    /// Changes what is known of a citizen as a worker.
    ChangeProfile {
        /// Id or number of the case.
        case: String,
        /// What was changed.
        changes: Box<ProfileTyped>,
    },
    /// Adds somebody around a citizen, or changes what is known of them.
    ChangePerson {
        /// Id or number of the case.
        case: String,
        /// Id or name of the person; nobody yet when absent.
        #[serde(default)]
        person: Option<String>,
        /// What was changed.
        changes: Box<AroundTyped>,
    },
    /// Puts a member to work on a case.
    Assign {
        /// Id or number of the case.
        case: String,
        /// Name of the member.
        member: String,
        /// `consultant`, `treatment` or `outreach`.
        role: String,
    },
    /// Moves cases from one consultant to another.
    HandOver {
        /// Name of the member who gives them away.
        from: String,
        /// Name of the member who takes them.
        to: String,
        /// Id or number of one case; all of them when absent.
        #[serde(default)]
        case: Option<String>,
    },
    /// Lets a colleague stand in for another until a day, or ends it.
    Cover(CoverTyped),
    /// The user has seen what colleagues wrote meanwhile.
    SawMeanwhile,
    /// The user has seen these changes of how they stand.
    SawStanding {
        /// Their names, as they were shown.
        seen: Vec<String>,
    },
    /// Work that colleagues handed in and that waits for a leader.
    Deposits,
    /// Takes handed-in work over into its case.
    TakeOver {
        /// The entry; all of them when absent.
        #[serde(default)]
        entry: Option<String>,
    },
    /// Moves an entry that could not be shared to its writer's own side.
    KeepEntry {
        /// The entry.
        entry: String,
    },
    /// Proposes to erase a case for ever, or one entry with its addenda.
    Erase {
        /// Id or number of the case; may be left out where an entry is named.
        case: Option<String>,
        /// The entry; nothing for the whole case.
        entry: Option<String>,
        /// `retention_over`, `wrong_person`, `citizens_request`, `decision` or `other`.
        reason: String,
    },
    /// Confirms an erasure that somebody else proposed.
    ConfirmErasure {
        /// The proposal, or at least eight letters of its beginning.
        proposal: String,
    },
    /// Erasures and which devices have confirmed them.
    Erasures,
    /// Own entries of erased cases that never reached the server.
    ErasedWork,
    /// Lets such an entry go.
    DiscardErasedWork {
        /// The entry.
        entry: String,
    },
    /// Who has read about a citizen; for records officers.
    ReadLog {
        /// Id or number of the case.
        case: String,
        /// Leave the readers' names out.
        #[serde(default)]
        without_staff: bool,
    },
    /// Entries the server had before it was restored and has not got back.
    Missing,
    /// Reads the CSV files of a programme.
    Import {
        /// The folder that holds them.
        folder: String,
        /// Name of the programme; may be absent while there is one.
        #[serde(default)]
        programme: Option<String>,
        /// Only say what would happen.
        #[serde(default)]
        dry_run: bool,
        /// Give back the lines that were not taken, as files.
        #[serde(default)]
        errors: bool,
    },
    /// A new programme; the asker becomes its leader.
    NewProgramme {
        /// Its name.
        name: String,
    },
    /// What differs from programme to programme; for its leader.
    SetProgramme(ProgrammeTyped),
    /// The programme's own file, and those that come with Feltbog.
    ProgrammeFile {
        /// Name of the programme; may be absent while there is one.
        #[serde(default)]
        programme: Option<String>,
    },
    /// Takes in a file for a programme; for its leader. What cannot be read is not kept, and what was there stays.
    KeepProgrammeFile {
        /// Name of the programme; may be absent while there is one.
        #[serde(default)]
        programme: Option<String>,
        /// The file; none is kept any more when absent.
        #[serde(default)]
        file: Option<ProgrammeFile>,
    },
    /// An invitation for one more device of somebody who is in.
    InviteDevice {
        /// The person's name; the asker when absent.
        #[serde(default)]
        name: Option<String>,
        /// How long it may be used.
        #[serde(default)]
        valid_minutes: Option<u32>,
    },
    /// Blocks devices, shuts them out for ever, or lets them in again.
    SetDeviceState {
        /// All devices of this person, by name.
        #[serde(default)]
        member: Option<String>,
        /// One device, by its id or the beginning of it.
        #[serde(default)]
        device: Option<String>,
        /// `blocked`, `revoked` or `active`.
        state: String,
    },
    /// Somebody belongs no more.
    RemoveMember {
        /// The person's name.
        name: String,
    },
    /// An invitation for a new member.
    Invite {
        /// The person's name.
        name: String,
        /// The role's word.
        role: String,
        /// Name of the programme; may be absent while there is one.
        #[serde(default)]
        programme: Option<String>,
        /// `employment` or `treatment`; by role when absent.
        #[serde(default)]
        side: Option<String>,
        /// How long it may be used; a day when absent.
        #[serde(default)]
        valid_minutes: Option<u32>,
    },
    /// Gives a colleague one more role, or takes one away.
    ChangeRole {
        /// The colleague's name.
        name: String,
        /// The role's word.
        role: String,
        /// Name of the programme; may be absent while there is one.
        #[serde(default)]
        programme: Option<String>,
        /// `employment` or `treatment`; by role when absent.
        #[serde(default)]
        side: Option<String>,
        /// Whether the role goes.
        #[serde(default)]
        remove: bool,
    },
    /// Where a colleague is employed.
    SetOrganisation {
        /// The colleague's name.
        name: String,
        /// Its name; nothing takes it away.
        #[serde(default)]
        organisation: Option<String>,
    },
    /// Who holds the offices, and what is missing.
    Team,
    /// Names who keep the three shares of the recovery key.
    NameShareHolders {
        /// Their names.
        holders: Vec<String>,
    },
    /// Who belongs.
    Members,
    /// On what.
    Devices,
}
