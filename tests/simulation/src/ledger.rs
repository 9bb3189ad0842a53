//! What the server's log says, read by somebody who trusts neither the server's tables nor the devices': who is who, and
//! who may open what after each row.

mod erased;
mod people;

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{DeviceId, FolderId, FolderKind, MemberId};
use feltbog_protocol::{
    CertificateBundle, Envelope, EnvelopeKind, Erase, Grant, KeyRecord, KeyRecordForm, Revoke, SignedStatement, decode,
};
use feltbog_server::LoggedRow;

use self::erased::Erased;
use self::people::People;

/// One row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogRow {
    pub(crate) seq: u64,
    pub(crate) kind: u8,
    pub(crate) folder: FolderId,
    pub(crate) device: DeviceId,
    pub(crate) dseq: u64,
    pub(crate) hash: [u8; 32],
    /// Whom a grant or a revocation is about.
    pub(crate) about: Option<MemberId>,
}

impl LogRow {
    pub(crate) fn is(&self, kind: EnvelopeKind) -> bool {
        self.kind == kind.code()
    }

    /// A row may have lost its content by the time it is read: pushed together with what erases it.
    fn read(row: &LoggedRow, envelope: Option<&Envelope>) -> Self {
        let LoggedRow { seq, kind, folder, device, dseq, hash, .. } = row;
        let (seq, kind, folder, device, dseq, hash) = (*seq, *kind, *folder, *device, *dseq, hash.0);
        Self { seq, kind, folder, device, dseq, hash, about: envelope.and_then(about) }
    }
}

/// Whom a grant or a revocation is about.
pub(crate) fn about(envelope: &Envelope) -> Option<MemberId> {
    match envelope.header().known_kind() {
        Some(EnvelopeKind::Grant) => decode::<Grant>(envelope.body()).ok().map(|grant| grant.member),
        Some(EnvelopeKind::Revoke) => decode::<Revoke>(envelope.body()).ok().and_then(|revoke| revoke.member),
        _ => None,
    }
}

/// The log, row by row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    rows: Vec<LogRow>,
    pub(crate) people: People,
    pub(crate) erased: Erased,
    kinds: BTreeMap<FolderId, FolderKind>,
    granted: BTreeMap<(FolderId, MemberId), u64>,
    /// When what was given for a time ends.
    ends: BTreeMap<(FolderId, MemberId), i64>,
    stood_in: BTreeSet<(FolderId, MemberId)>,
    now_ms: i64,
}

impl Ledger {
    /// An older log, to be read from its beginning. What was erased stays erased on the devices that know of it.
    pub(crate) fn of_an_older_copy(&self) -> Self {
        Self { erased: self.erased.clone(), ..Self::default() }
    }

    /// Reads on.
    pub(crate) fn read(&mut self, row: &LoggedRow) {
        let envelope = Envelope::decode(row.first_bytes.clone()).ok();
        let row = LogRow::read(row, envelope.as_ref());
        if let Some(envelope) = envelope {
            self.take_in(&row, &envelope);
        }
        self.rows.push(row);
    }

    fn take_in(&mut self, row: &LogRow, envelope: &Envelope) {
        match envelope.header().known_kind() {
            Some(EnvelopeKind::Certificate) => self.certificates(envelope),
            Some(EnvelopeKind::KeyRecord) => self.key_record(row, envelope),
            Some(EnvelopeKind::Grant) => {
                if let Ok(grant) = decode::<Grant>(envelope.body()) {
                    self.grant_read(row, &grant);
                }
            }
            Some(EnvelopeKind::Revoke) => {
                if let Some(member) = row.about {
                    self.granted.remove(&(row.folder, member));
                    self.ends.remove(&(row.folder, member));
                }
            }
            Some(EnvelopeKind::Erase) => {
                if let Ok(step) = decode::<Erase>(envelope.body()) {
                    self.erased.read(envelope.hash(), step);
                }
            }
            _ => {}
        }
    }

    fn certificates(&mut self, envelope: &Envelope) {
        let Ok(bundle) = decode::<CertificateBundle>(envelope.body()) else { return };
        for statement in bundle.statements.iter().filter_map(SignedStatement::statement) {
            self.people.read(statement);
        }
    }

    /// What is given for a time takes nothing from what lasts.
    fn grant_read(&mut self, row: &LogRow, grant: &Grant) {
        let key = (row.folder, grant.member);
        let Some(until_ms) = grant.until_ms else {
            self.ends.remove(&key);
            self.granted.insert(key, row.seq);
            return;
        };
        self.stood_in.insert(key);
        if !self.granted.contains_key(&key) || self.ends.contains_key(&key) {
            self.granted.insert(key, row.seq);
            self.ends.insert(key, until_ms);
        }
    }

    fn key_record(&mut self, row: &LogRow, envelope: &Envelope) {
        let Ok(record) = decode::<KeyRecord>(envelope.body()) else { return };
        if record.form != KeyRecordForm::NewEpoch || self.kinds.contains_key(&row.folder) {
            return;
        }
        let (Some(kind), Some(maker)) =
            (record.folder_kind.and_then(FolderKind::from_code), self.people.member(row.device))
        else {
            return;
        };
        self.kinds.insert(row.folder, kind);
        self.granted.insert((row.folder, maker), row.seq);
    }

    pub(crate) fn rows(&self) -> &[LogRow] {
        &self.rows
    }

    pub(crate) fn at(&self, seq: u64) -> Option<&LogRow> {
        let at = usize::try_from(seq.checked_sub(1)?).ok()?;
        self.rows.get(at).filter(|row| row.seq == seq)
    }

    pub(crate) fn head(&self) -> u64 {
        self.rows.last().map_or(0, |row| row.seq)
    }

    /// It is this late now: what was given for a time ends by the clock.
    pub(crate) fn it_is(&mut self, now_ms: i64) {
        self.now_ms = now_ms;
    }

    /// The row that lets a member into a folder now.
    pub(crate) fn grant(&self, folder: FolderId, member: MemberId) -> Option<u64> {
        let is_over = self.ends.get(&(folder, member)).is_some_and(|until_ms| *until_ms <= self.now_ms);
        self.granted.get(&(folder, member)).copied().filter(|_| !is_over)
    }

    /// The row that lets a member into a folder for good. Whoever stands in may have left early, by a clock that ran ahead.
    fn lasting(&self, folder: FolderId, member: MemberId) -> Option<u64> {
        self.granted.get(&(folder, member)).copied().filter(|_| !self.ends.contains_key(&(folder, member)))
    }

    /// Whether a member is in a folder for a time only, or was once.
    pub(crate) fn stood_in(&self, folder: FolderId, member: MemberId) -> bool {
        self.stood_in.contains(&(folder, member))
    }

    /// Whether anything of a folder is in the log.
    pub(crate) fn knows(&self, folder: FolderId) -> bool {
        self.kinds.contains_key(&folder)
    }

    /// Whether a member lost a folder at any time.
    pub(crate) fn lost_once(&self, folder: FolderId, member: MemberId) -> bool {
        self.revokes(folder).any(|row| row.about == Some(member))
    }

    /// Whether a member once was let into a folder and is not any more.
    pub(crate) fn lost(&self, folder: FolderId, member: MemberId) -> bool {
        self.grant(folder, member).is_none() && self.lost_once(folder, member)
    }

    /// Whether a folder takes no new content.
    pub(crate) fn closed(&self, folder: FolderId) -> bool {
        self.revokes(folder).any(|row| row.about.is_none())
    }

    fn revokes(&self, folder: FolderId) -> impl Iterator<Item = &LogRow> {
        self.rows.iter().filter(move |row| row.folder == folder && row.is(EnvelopeKind::Revoke))
    }

    /// Whether the protocol lets the server send this row to this member's device now.
    pub(crate) fn may_receive(&self, row: &LogRow, device: DeviceId, member: MemberId) -> bool {
        if row.folder.is_none() || row.device == device || row.about == Some(member) {
            return true;
        }
        let for_an_office = (row.is(EnvelopeKind::ReadLog) && !self.people.keeps_records(member))
            || (row.is(EnvelopeKind::Deposit) && !self.people.leads(member));
        if for_an_office {
            return false;
        }
        // A reading is sealed for those who keep records. In a restored log it may be back before the folder it is about.
        let is_back_early = row.is(EnvelopeKind::ReadLog) && !self.knows(row.folder);
        is_back_early || self.grant(row.folder, member).is_some()
    }

    /// Rows that a device whose cursor stands here must hold, or be fetching: every certificate, and every row of the
    /// folders that its member was let into by then.
    pub(crate) fn due(&self, member: MemberId, cursor: u64) -> impl Iterator<Item = &LogRow> {
        let let_in = move |folder| self.lasting(folder, member).is_some_and(|seq| seq <= cursor);
        self.rows.iter().take_while(move |row| row.seq <= cursor).filter(move |row| {
            let passed_over = row.is(EnvelopeKind::ColdBundle) || row.is(EnvelopeKind::ReadLog);
            let leads = || self.kinds.get(&row.folder).is_some_and(|kind| self.people.leads_a(*kind, member));
            let content = !passed_over && (!row.is(EnvelopeKind::Deposit) || leads());
            let there = !row.folder.is_none() && !self.erased.took(row.folder, &row.hash);
            row.is(EnvelopeKind::Certificate) || (there && let_in(row.folder) && content)
        })
    }
}
