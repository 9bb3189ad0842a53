//! What the server ought to be told of a folder and was not (decision 0040).

use std::collections::BTreeSet;

use feltbog_domain::{FactRef, FolderId, MemberId, Rights, TenantId};
use feltbog_protocol::{FactBatch, FactLedger};
use feltbog_reports::Fact;
use feltbog_sealing::Pseudonyms;
use feltbog_store::{FolderRow, Identity, Reader};

use crate::error::AppError;
use crate::fact_reading::{FactReading, KINDS};
use crate::programme_pseudonyms::pseudonyms_of;
use crate::staff_names::StaffNames;

/// How this build reads facts. Grows whenever the same document gives another fact than before: what a newer build has told is
/// left as it is, or two builds would correct each other for ever.
const READING: u32 = 1;

/// Whether something is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Owed {
    /// Nothing, or nothing that this device may tell.
    Nothing,
    /// It cannot be said yet: something is still on its way here.
    Later,
    /// This.
    Batch(FactBatch),
}

/// Whose facts are told, and by whom.
pub(crate) struct Teller<'a> {
    pub(crate) r: &'a Reader<'a>,
    pub(crate) tenant: TenantId,
    pub(crate) member: MemberId,
    pub(crate) names: &'a StaffNames,
}

impl<'a> Teller<'a> {
    pub(crate) const fn new(r: &'a Reader<'a>, identity: &Identity, names: &'a StaffNames) -> Self {
        Self { r, tenant: identity.tenant, member: identity.member, names }
    }

    /// What is owed of a folder.
    pub(crate) fn owed(&self, folder: &FolderRow) -> Result<Owed, AppError> {
        let is_mine_to_tell = self.r.rights(folder.id, self.member)?.is_some_and(|own| own.covers(Rights::WRITE));
        if !folder.kind.is_counted() || folder.closed || !is_mine_to_tell {
            return Ok(Owed::Nothing);
        }
        if !folder.announced || self.is_on_its_way(folder.id)? {
            return Ok(Owed::Later);
        }
        let Some(pseudonyms) = pseudonyms_of(self.r, self.tenant, folder.programme)? else { return Ok(Owed::Later) };
        let Some(read) = self.read(folder, &pseudonyms)? else { return Ok(Owed::Later) };
        let told = ledger(self.r, folder.id, Taken::OrOnTheirWay)?;
        Ok(owed(&read, &told, &pseudonyms))
    }

    /// How many of a folder's facts the server does not have as they are.
    pub(crate) fn pending(&self, folder: &FolderRow, pseudonyms: &Pseudonyms) -> Result<usize, AppError> {
        let Some(read) = self.read(folder, pseudonyms)? else { return Ok(0) };
        let taken = ledger(self.r, folder.id, Taken::Only)?;
        Ok(match owed(&read, &taken, pseudonyms) {
            Owed::Batch(batch) => batch.told.len() + batch.taken_back.len(),
            Owed::Nothing | Owed::Later => 0,
        })
    }

    fn is_on_its_way(&self, folder: FolderId) -> Result<bool, AppError> {
        Ok(!self.r.pending(folder)?.is_empty() || self.r.backfills()?.iter().any(|ask| ask.folder == folder))
    }

    /// What is counted of a folder; nothing where its case is not known yet.
    fn read(&self, folder: &FolderRow, pseudonyms: &Pseudonyms) -> Result<Option<FolderReading>, AppError> {
        let mut reading = FactReading::new(self.names, pseudonyms);
        let subject = self.r.case_of_folder(folder.id)?.map(|row| reading.subject(row.case));
        if folder.kind.is_of_a_case() && subject.is_none() {
            return Ok(None);
        }
        let mut facts = Vec::new();
        for course in self.r.counted_courses(Some(folder.id))? {
            facts.extend(subject.into_iter().flat_map(|subject| reading.course(&course, subject)));
        }
        for row in self.r.counted_in(folder.id, &KINDS)? {
            facts.push(reading.entry(&row, subject));
        }
        let mut known: BTreeSet<FactRef> =
            self.r.entries_ever_of(folder.id)?.into_iter().map(|entry| reading.entry_ref(entry)).collect();
        known.extend(reading.ends_of(folder.id));
        Ok(Some(FolderReading { facts, known }))
    }
}

/// A folder as this device reads it.
struct FolderReading {
    facts: Vec<Fact>,
    /// What stands for everything of it that is or was here, counted or not. What is not among it may be on its way, and is never
    /// taken back.
    known: BTreeSet<FactRef>,
}

/// Which batches are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// Those the server has.
    Only,
    /// Those as well that will be sent.
    OrOnTheirWay,
}

fn ledger(r: &Reader<'_>, folder: FolderId, taken: Taken) -> Result<FactLedger, AppError> {
    let mut ledger = FactLedger::default();
    for row in r.facts_told(folder)?.into_iter().filter(|row| row.is_taken || taken == Taken::OrOnTheirWay) {
        if let Ok(batch) = feltbog_protocol::decode::<FactBatch>(row.envelope.body()) {
            ledger.add(batch, None);
        }
    }
    Ok(ledger)
}

fn owed(read: &FolderReading, told: &FactLedger, pseudonyms: &Pseudonyms) -> Owed {
    let tag = pseudonyms.tag();
    let other = told.pseudonyms().filter(|known| *known != tag);
    // Of two keys that two devices go by, the lower one wins, or they would tell everything anew for ever.
    if told.reading() > READING || other.is_some_and(|known| known.0 < tag.0) {
        return Owed::Nothing;
    }
    let anew = other.is_some();
    let is_news = |fact: &&Fact| anew || told.fact(fact.id) != Some(*fact);
    let news: Vec<Fact> = read.facts.iter().filter(is_news).copied().collect();
    let counted: BTreeSet<FactRef> = read.facts.iter().map(|fact| fact.id).collect();
    let is_gone = |id: &FactRef| !anew && !counted.contains(id) && read.known.contains(id);
    let taken_back: Vec<FactRef> = told.facts().map(|fact| fact.id).filter(is_gone).collect();
    if news.is_empty() && taken_back.is_empty() && !anew {
        return Owed::Nothing;
    }
    Owed::Batch(FactBatch { reading: READING, pseudonyms: tag, anew, told: news, taken_back })
}
