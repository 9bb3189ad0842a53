//! The list of citizens.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use feltbog_domain::{
    CaseHistory, CaseId, CaseProfile, Consent, FolderId, FolderKind, LatestEntry, Milestone, Moment, Phase,
    ProgrammeId, RULES, ReadAction, Rule, Signal,
};
use feltbog_store::{CaseFolderRow, KindOutline, ProgrammeReadRow, Reader, UnsentOfFolder};
use jiff::civil::Date;

use crate::device::Device;
use crate::error::AppError;
use crate::reading::{Read, told_under};
use crate::use_cases::CaseCover;

/// One line of the caseload.
#[derive(Debug, Clone)]
pub struct CaseSummary {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The citizen's name.
    pub name: String,
    /// Name of the programme.
    pub programme: Option<String>,
    /// Where in the programme.
    pub phase: Phase,
    /// What the employment side knows; nothing on the treatment side.
    pub profile: CaseProfile,
    /// Days since the first.
    pub days_in_programme: Option<i32>,
    /// The last real contact: an attempt is none.
    pub last_contact: Option<Moment>,
    /// What needs action, most pressing first.
    pub signals: Vec<Signal>,
    /// The consents, newest first.
    pub consents: Vec<Consent>,
    /// Entries that are only here.
    pub unsent: u32,
    /// Who looks after it for whom just now.
    pub cover: Option<CaseCover>,
    /// The case's folders that are open here.
    pub folders: Vec<(FolderId, FolderKind)>,
}

impl Device {
    /// Every case this device may see, by number; closed ones last. It stands in the read log before this returns.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn cases(&mut self) -> Result<Vec<CaseSummary>, AppError> {
        let today = self.now().date();
        let mut cases = self.book(today)?.summaries(|_| true, today);
        cases.sort_by_cached_key(|case| (case.phase == Phase::Closed, case.number.clone(), case.case));
        let told = cases.iter().filter_map(|case| told_under(case.folders.iter().copied()));
        self.note_reads(told.map(|folder| Read::of(folder, ReadAction::Listed)).collect())?;
        Ok(cases)
    }

    /// The last days of the clocks of some cases that run now, or will on a day until then if nobody does anything. Nobody reads
    /// anything by it: no case is named.
    pub(super) fn clocks_end_on(
        &self,
        is_wanted: impl Fn(CaseId) -> bool,
        until: Date,
    ) -> Result<BTreeSet<Date>, AppError> {
        let today = self.now().date();
        let book = self.book(today)?;
        let mut ends = BTreeSet::new();
        for day in std::iter::successors(Some(today), |day| day.tomorrow().ok()).take_while(|day| *day <= until) {
            let cases = book.summaries(&is_wanted, day);
            ends.extend(cases.into_iter().flat_map(|case| case.signals).map(|signal| signal.due));
        }
        Ok(ends)
    }

    fn book(&self, today: Date) -> Result<Book, AppError> {
        Ok(Book { covers: self.case_covers()?, ..Book::load(&self.store.reader(), today)? })
    }

    pub(crate) fn case_summary(&self, case: CaseId) -> Result<CaseSummary, AppError> {
        let today = self.now().date();
        self.book(today)?.summaries(|known| known == case, today).into_iter().next().ok_or(AppError::UnknownCase)
    }
}

/// What the read model holds, by folder; no document is loaded on the way to a list.
struct Book {
    folders: Vec<CaseFolderRow>,
    kinds: HashMap<FolderId, FolderKind>,
    profiles: HashMap<FolderId, CaseProfile>,
    consents: HashMap<FolderId, Vec<Consent>>,
    outlines: HashMap<FolderId, Vec<KindOutline>>,
    milestones: Vec<(FolderId, Milestone)>,
    unsent: HashMap<FolderId, UnsentOfFolder>,
    programmes: HashMap<ProgrammeId, ProgrammeReadRow>,
    covers: HashMap<FolderId, CaseCover>,
}

impl Book {
    fn load(r: &Reader<'_>, today: Date) -> Result<Self, AppError> {
        let mut outlines: HashMap<FolderId, Vec<KindOutline>> = HashMap::new();
        for outline in r.kind_outlines(Moment::end_of_day(today))? {
            outlines.entry(outline.folder).or_default().push(outline);
        }
        let mut consents: HashMap<FolderId, Vec<Consent>> = HashMap::new();
        for row in r.consents()? {
            consents.entry(row.folder).or_default().push(row.consent);
        }
        Ok(Self {
            folders: r.case_folders()?,
            kinds: r.folders()?.into_iter().map(|folder| (folder.id, folder.kind)).collect(),
            profiles: r.profiles()?.into_iter().map(|row| (row.folder, row.profile)).collect(),
            consents,
            outlines,
            milestones: r.milestones()?,
            unsent: r.unsent_by_folder()?.into_iter().map(|unsent| (unsent.folder, unsent)).collect(),
            programmes: r.programmes()?.into_iter().map(|row| (row.id, row)).collect(),
            covers: HashMap::new(),
        })
    }

    fn summaries(&self, is_wanted: impl Fn(CaseId) -> bool, today: Date) -> Vec<CaseSummary> {
        let mut by_case: BTreeMap<CaseId, Vec<&CaseFolderRow>> = BTreeMap::new();
        for row in self.folders.iter().filter(|row| is_wanted(row.case)) {
            by_case.entry(row.case).or_default().push(row);
        }
        by_case.values().filter_map(|rows| self.summary(rows, today)).collect()
    }

    fn summary(&self, rows: &[&CaseFolderRow], today: Date) -> Option<CaseSummary> {
        let first = rows.first()?;
        let profile = rows.iter().find_map(|row| self.profiles.get(&row.folder)).cloned();
        let knows_profile = profile.is_some();
        let profile = profile.unwrap_or_default();
        let mut consents: Vec<Consent> =
            rows.iter().filter_map(|row| self.consents.get(&row.folder)).flatten().cloned().collect();
        consents.sort_by_key(|consent| std::cmp::Reverse(consent.until));
        let kinds: Vec<&KindOutline> = rows.iter().filter_map(|row| self.outlines.get(&row.folder)).flatten().collect();
        let closed = profile.exited_on.is_some_and(|day| day <= today);
        // Whoever sees only what is shared cannot tell whether the consultant has met anybody.
        let milestones = if knows_profile { self.milestones(rows) } else { Vec::new() };
        let begun = milestones.iter().filter(|milestone| milestone.on <= today).map(|milestone| &milestone.kind);
        let others = kinds.iter().map(|outline| &outline.kind).filter(|kind| !kind.is_milestone());
        let phase = if knows_profile { Phase::after(others.chain(begun), closed) } else { Phase::Unknown };
        let unsent: Vec<&UnsentOfFolder> = rows.iter().filter_map(|row| self.unsent.get(&row.folder)).collect();
        let history = CaseHistory {
            enrolled_on: profile.enrolled_on,
            closed,
            latest: kinds.iter().map(|outline| latest_entry(outline)).collect(),
            milestones,
            consent: consents.first(),
            unsent_since: unsent.iter().map(|unsent| Moment::from_unix_ms(unsent.oldest_ms).date()).min(),
        };
        let programme = self.programmes.get(&first.programme);
        // Whoever sees only what is shared cannot tell whether the talks were held.
        let own_rule = programme.filter(|_| knows_profile).and_then(|programme| programme.settings.rule());
        let rules: Vec<Rule> = RULES.into_iter().chain(own_rule).collect();
        Some(CaseSummary {
            case: first.case,
            number: first.number.clone(),
            name: first.name.clone(),
            programme: programme.map(|programme| programme.name.clone()),
            phase,
            days_in_programme: profile.enrolled_on.and_then(|day| today.since(day).ok()).map(|span| span.get_days()),
            last_contact: kinds.iter().filter(|k| k.kind.is_real_contact()).map(|k| k.latest).max(),
            signals: history.signals_by(&rules, today),
            unsent: unsent.iter().map(|unsent| unsent.entries).sum(),
            cover: rows.iter().find_map(|row| self.covers.get(&row.folder)).cloned(),
            folders: rows
                .iter()
                .filter_map(|row| self.kinds.get(&row.folder).map(|kind| (row.folder, *kind)))
                .collect(),
            consents,
            profile,
        })
    }

    fn milestones(&self, rows: &[&CaseFolderRow]) -> Vec<Milestone> {
        let of_case = |folder: &FolderId| rows.iter().any(|row| row.folder == *folder);
        self.milestones.iter().filter(|(folder, _)| of_case(folder)).map(|(_, milestone)| milestone.clone()).collect()
    }
}

fn latest_entry(outline: &KindOutline) -> LatestEntry<'_> {
    LatestEntry { kind: &outline.kind, face_to_face: outline.face_to_face, on: outline.latest.date() }
}
