//! What is only here, what was refused, and when the last exchange was.

use feltbog_domain::{CaseId, DeviceId, DocumentId, DocumentKind, EntryKind, Moment, Role};
use feltbog_protocol::RefusalCode;
use feltbog_store::Progress;

use crate::device::Device;
use crate::error::AppError;
use crate::lease::LeaseView;
use crate::use_cases::{HandedAwayCase, MeanwhileEntry, StandingChange};

/// How many unsent entries a screen lists. The others are counted.
const LISTED: u32 = 40;
/// These follow from what people wrote; counting them would only puzzle.
const FOLLOWING: [DocumentKind; 2] = [DocumentKind::Head, DocumentKind::RegisterRow];

/// The state of this device.
#[derive(Debug, Clone, Default)]
pub struct DeviceStatus {
    /// How long this device may work without a network.
    pub lease: Option<LeaseView>,
    /// Things people wrote that have no receipt.
    pub unsent: u32,
    /// Age of the oldest of them.
    pub oldest_unsent_hours: Option<u32>,
    /// Rows from others that could not be read and were put aside.
    pub quarantined: u32,
    /// How far in the server's log this device has read.
    pub cursor: u64,
    /// This device.
    pub device: DeviceId,
    /// Name of the member whose it is.
    pub member: String,
    /// The first role held.
    pub role: Option<Role>,
    /// Every role held, in Danish.
    pub roles: Vec<String>,
    /// The first unsent entries and those that ask, oldest first: after an import thousands wait, and whoever is named here is
    /// named to the reader.
    pub waiting: Vec<WaitingEntry>,
    /// How many there are in all.
    pub waiting_in_all: u32,
    /// What the server refused and nothing was done about yet, newest first.
    pub refused: Vec<RefusedEnvelope>,
    /// When the last good exchange ended.
    pub last_exchange: Option<Moment>,
    /// Entries that got a receipt today.
    pub sent_today: u32,
    /// Own work that was handed in to the leaders because its folder was no longer open, newest first.
    pub handed_in: Vec<HandedInEntry>,
    /// What colleagues wrote in this member's stead and was not seen yet, newest first.
    pub meanwhile: Vec<MeanwhileEntry>,
    /// Cases that went to a colleague of late, newest first.
    pub handed_away: Vec<HandedAwayCase>,
    /// Entries that could not be shared any more: *Læg i din egen mappe?*
    pub asks: Vec<DocumentId>,
    /// Handed-in work of colleagues that waits here.
    pub deposits: u32,
    /// Own entries of erased cases that were never sent, and wait for their writer's word.
    pub erased_work: u32,
    /// Whether the server was restored since this device joined.
    pub restored: bool,
    /// Entries the restored server has not got back.
    pub missed: u32,
    /// Signs that the server shows its devices different histories.
    pub findings: Vec<HistoryFinding>,
    /// When somebody has to log in again, once that is near or over.
    pub login_by: Option<Moment>,
    /// What others changed of how this member stands, and was not seen yet.
    pub standing_changes: Vec<StandingChange>,
    /// Active cases this member is responsible for.
    pub active_cases: u32,
    /// Own entries that are not in the journal.
    pub missing_in_journal: u32,
    /// Whether this member's roles allow to make a case.
    pub may_make_cases: bool,
    /// Whether the member holds no role but a reviewer's: there are no citizens and no figures to be seen then.
    pub only_reviews: bool,
    /// Names of the programmes this member has a role in, in order; empty while nobody has named them.
    pub programmes: Vec<String>,
}

/// Own work that went to the leaders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedInEntry {
    /// The entry.
    pub entry: DocumentId,
    /// What was done.
    pub kind: EntryKind,
    /// When, as stored.
    pub at: String,
    /// Number of its case.
    pub case_number: Option<String>,
    /// The stable word for why.
    pub reason: String,
    /// Names of those who can take it over.
    pub receivers: Vec<String>,
    /// Whether the server has a receipt for it.
    pub delivered: bool,
}

/// A sign that histories differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryFinding {
    /// Whose envelope told.
    pub author: String,
    /// The case, where the folder is one's.
    pub case: Option<CaseId>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// `history_differs`, `missing_link` or `read_log_gap`.
    pub code: String,
}

/// An entry that is only here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingEntry {
    /// The entry.
    pub entry: DocumentId,
    /// Its case.
    pub case: Option<CaseId>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// What was done.
    pub kind: EntryKind,
    /// When.
    pub at: Moment,
    /// When it was saved here.
    pub saved_at: Moment,
}

/// Something the server refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedEnvelope {
    /// The envelope's number.
    pub dseq: u64,
    /// Why.
    pub code: RefusalCode,
    /// The entry concerned, if it is one.
    pub entry: Option<DocumentId>,
    /// Its case.
    pub case: Option<CaseId>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// What was done.
    pub kind: Option<EntryKind>,
}

impl DeviceStatus {
    /// The cases whose citizens it names. What was handed in or away says no more than a number, of a case that is not open
    /// here any more.
    fn named(&self) -> Vec<CaseId> {
        let waiting = self.waiting.iter().filter_map(|entry| entry.case);
        let refused = self.refused.iter().filter_map(|envelope| envelope.case);
        let findings = self.findings.iter().filter_map(|finding| finding.case);
        waiting.chain(refused).chain(findings).chain(self.meanwhile.iter().map(|entry| entry.case)).collect()
    }
}

impl Device {
    /// The state of this device. Whoever is named in it stands in the read log before this returns.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn status(&mut self) -> Result<DeviceStatus, AppError> {
        let status = self.stands()?;
        self.note_named(status.named())?;
        Ok(status)
    }

    fn stands(&self) -> Result<DeviceStatus, AppError> {
        let r = self.store.reader();
        let progress = r.progress()?;
        let unsent = r.unsent_count(&FOLLOWING)?;
        let now = self.now();
        let handed_in = self.handed_in()?;
        let mut counted = unsent.documents;
        for entry in handed_in.iter().filter(|entry| !entry.delivered) {
            // What is unsent as well is counted already.
            counted = counted.saturating_add(u32::from(r.unsent_since(entry.entry)?.is_none()));
        }
        if self.must_be_open().is_err() {
            return self.locked_status(&progress, counted);
        }
        let midnight = Moment::from_civil(now.date().at(0, 0, 0, 0));
        let asks = self.asks()?;
        Ok(DeviceStatus {
            lease: self.lease()?,
            unsent: counted,
            oldest_unsent_hours: unsent
                .oldest_ms
                .map(|oldest| u32::try_from((now.unix_ms() - oldest).max(0) / 3_600_000).unwrap_or(u32::MAX)),
            quarantined: r.quarantined()?,
            cursor: progress.cursor,
            device: self.identity.device,
            member: self.my_name()?,
            role: self.my_roles().first().map(|grant| grant.role),
            roles: self.role_words(self.me())?,
            waiting: self.waiting(&asks)?,
            waiting_in_all: unsent.entries,
            refused: self.refused()?,
            last_exchange: (progress.last_exchange_ms > 0).then(|| Moment::from_unix_ms(progress.last_exchange_ms)),
            sent_today: r.sent_since(midnight.unix_ms())?,
            handed_in,
            meanwhile: self.meanwhile()?,
            handed_away: self.handed_away()?,
            asks,
            deposits: u32::try_from(self.waiting_entries()?.len()).unwrap_or(u32::MAX),
            erased_work: u32::try_from(r.erased_work()?.len()).unwrap_or(u32::MAX),
            restored: r.restored_at()?.is_some(),
            missed: u32::try_from(self.missed_entries()?.len()).unwrap_or(u32::MAX),
            findings: self.history_findings()?,
            login_by: self.login_by()?,
            standing_changes: self.standing_changes()?,
            active_cases: r.active_cases_of(&self.my_name()?, now.date())?,
            missing_in_journal: self.missing_in_journal_count()?,
            may_make_cases: self.may_make_cases(),
            only_reviews: self.only_reviews(),
            programmes: self.my_programmes()?,
        })
    }

    fn my_programmes(&self) -> Result<Vec<String>, AppError> {
        let of_mine = |id| self.my_roles().iter().any(|grant| grant.programme == id);
        let all = self.store.reader().programmes()?;
        let mut names: Vec<String> = all.into_iter().filter(|row| of_mine(row.id)).map(|row| row.name).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// How a device stands that shows nothing readable: whose it is, what is unsent, and until when it was open.
    fn locked_status(&self, progress: &Progress, unsent: u32) -> Result<DeviceStatus, AppError> {
        Ok(DeviceStatus {
            lease: self.lease()?,
            login_by: self.login_by()?,
            unsent,
            cursor: progress.cursor,
            device: self.identity.device,
            member: self.my_name()?,
            role: self.my_roles().first().map(|grant| grant.role),
            last_exchange: (progress.last_exchange_ms > 0).then(|| Moment::from_unix_ms(progress.last_exchange_ms)),
            ..DeviceStatus::default()
        })
    }

    /// Own work that was handed in to the leaders, newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn handed_in(&self) -> Result<Vec<HandedInEntry>, AppError> {
        let r = self.store.reader();
        r.handed_in()?
            .into_iter()
            .map(|row| {
                Ok(HandedInEntry {
                    entry: row.document,
                    kind: EntryKind::from_code(&row.kind),
                    at: row.at,
                    case_number: row.case_number,
                    reason: row.reason,
                    receivers: row.receivers,
                    delivered: r.has_receipt(row.dseq)?,
                })
            })
            .collect()
    }

    fn history_findings(&self) -> Result<Vec<HistoryFinding>, AppError> {
        let r = self.store.reader();
        r.findings()?
            .into_iter()
            .map(|finding| {
                let member = self.roster.device(finding.device).map(|device| device.member);
                let author = member.map(|member| self.staff_name(member)).transpose()?.flatten();
                let case = r.case_of_folder(finding.folder)?;
                Ok(HistoryFinding {
                    author: author.unwrap_or_else(|| "en kollega".into()),
                    case: case.as_ref().map(|case| case.case),
                    case_name: case.map(|case| case.name),
                    code: finding.code,
                })
            })
            .collect()
    }

    /// How many things people wrote have no receipt.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn unsent_count(&self) -> Result<u32, AppError> {
        Ok(self.store.reader().unsent_count(&FOLLOWING)?.documents)
    }

    /// What the server refused and nothing was done about yet, newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn refused(&self) -> Result<Vec<RefusedEnvelope>, AppError> {
        let r = self.store.reader();
        let mut refused = Vec::new();
        for row in r.refused()? {
            let entry = row.document.map(|document| r.entry(document)).transpose()?.flatten();
            let case = entry.as_ref().map(|entry| r.case_of_folder(entry.folder)).transpose()?.flatten();
            refused.push(RefusedEnvelope {
                dseq: row.dseq,
                code: row.code,
                entry: entry.as_ref().map(|entry| entry.document),
                case: case.as_ref().map(|row| row.case),
                case_name: case.map(|row| row.name),
                kind: entry.map(|entry| entry.fields.kind),
            });
        }
        Ok(refused)
    }

    /// The first that wait, and wherever they stand those that ask something.
    fn waiting(&self, asks: &[DocumentId]) -> Result<Vec<WaitingEntry>, AppError> {
        let r = self.store.reader();
        let mut unsent = r.unsent_entries(LISTED)?;
        for entry in asks {
            if !unsent.iter().any(|(listed, _)| listed == entry)
                && let Some(saved_ms) = r.unsent_since(*entry)?
            {
                unsent.push((*entry, saved_ms));
            }
        }
        unsent.sort_by_key(|(entry, saved_ms)| (*saved_ms, *entry));
        unsent.into_iter().filter_map(|(entry, saved_ms)| self.waiting_entry(entry, saved_ms).transpose()).collect()
    }

    fn waiting_entry(&self, entry: DocumentId, saved_ms: i64) -> Result<Option<WaitingEntry>, AppError> {
        let r = self.store.reader();
        let Some(entry) = r.entry(entry)? else { return Ok(None) };
        let case = r.case_of_folder(entry.folder)?;
        Ok(Some(WaitingEntry {
            entry: entry.document,
            case: case.as_ref().map(|row| row.case),
            case_name: case.map(|row| row.name),
            kind: entry.fields.kind,
            at: entry.fields.at,
            saved_at: Moment::from_unix_ms(saved_ms),
        }))
    }
}
