//! What the server's log says, read by somebody who trusts neither the server's tables nor the devices': who is who, and
//! who may open what after each row.

use std::collections::BTreeMap;

use feltbog_domain::{DeviceId, FolderId, FolderKind, MemberId, Role};
use feltbog_protocol::{
    CertificateBundle, Envelope, EnvelopeKind, Grant, KeyRecord, KeyRecordForm, Revoke, Statement, decode,
};

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

    pub(crate) fn read(seq: u64, envelope: &Envelope) -> Self {
        let header = envelope.header();
        let about = match header.known_kind() {
            Some(EnvelopeKind::Grant) => decode::<Grant>(envelope.body()).ok().map(|grant| grant.member),
            Some(EnvelopeKind::Revoke) => decode::<Revoke>(envelope.body()).ok().and_then(|revoke| revoke.member),
            _ => None,
        };
        Self {
            seq,
            kind: header.kind,
            folder: header.folder,
            device: header.device,
            dseq: header.dseq,
            hash: envelope.hash().0,
            about,
        }
    }
}

/// The log, row by row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    rows: Vec<LogRow>,
    members: BTreeMap<DeviceId, MemberId>,
    roles: BTreeMap<MemberId, Vec<Role>>,
    kinds: BTreeMap<FolderId, FolderKind>,
    granted: BTreeMap<(FolderId, MemberId), u64>,
}

impl Ledger {
    /// Reads on.
    pub(crate) fn read(&mut self, seq: u64, bytes: &[u8]) {
        let Ok(envelope) = Envelope::decode(bytes.to_vec()) else { return };
        let row = LogRow::read(seq, &envelope);
        match envelope.header().known_kind() {
            Some(EnvelopeKind::Certificate) => self.certificates(&envelope),
            Some(EnvelopeKind::KeyRecord) => self.key_record(&row, &envelope),
            Some(EnvelopeKind::Grant) => {
                if let Some(member) = row.about {
                    self.granted.insert((row.folder, member), seq);
                }
            }
            Some(EnvelopeKind::Revoke) => {
                if let Some(member) = row.about {
                    self.granted.remove(&(row.folder, member));
                }
            }
            _ => {}
        }
        self.rows.push(row);
    }

    fn certificates(&mut self, envelope: &Envelope) {
        let Ok(bundle) = decode::<CertificateBundle>(envelope.body()) else { return };
        for statement in bundle.statements.iter().filter_map(feltbog_protocol::SignedStatement::statement) {
            match statement {
                Statement::Device { device, member, .. } => {
                    self.members.insert(device, member);
                }
                Statement::Member { member, roles } => {
                    let roles = roles.iter().filter_map(|role| role.known()).map(|grant| grant.role).collect();
                    self.roles.insert(member, roles);
                }
                _ => {}
            }
        }
    }

    fn key_record(&mut self, row: &LogRow, envelope: &Envelope) {
        let Ok(record) = decode::<KeyRecord>(envelope.body()) else { return };
        if record.form != KeyRecordForm::NewEpoch || self.kinds.contains_key(&row.folder) {
            return;
        }
        let (Some(kind), Some(maker)) =
            (record.folder_kind.and_then(FolderKind::from_code), self.members.get(&row.device).copied())
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

    /// The row that lets a member into a folder now.
    pub(crate) fn grant(&self, folder: FolderId, member: MemberId) -> Option<u64> {
        self.granted.get(&(folder, member)).copied()
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

    pub(crate) fn leads(&self, member: MemberId) -> bool {
        self.roles.get(&member).is_some_and(|roles| roles.iter().any(|r| matches!(r, Role::Leader | Role::Deputy)))
    }

    /// Whether the protocol lets the server send this row to this member's device now.
    pub(crate) fn may_receive(&self, row: &LogRow, device: DeviceId, member: MemberId) -> bool {
        if row.folder.is_none() || row.device == device || row.about == Some(member) {
            return true;
        }
        // Readings are for records officers, and nobody in these lives is one.
        if row.is(EnvelopeKind::ReadLog) || (row.is(EnvelopeKind::Deposit) && !self.leads(member)) {
            return false;
        }
        self.grant(row.folder, member).is_some()
    }

    /// Rows that a device whose cursor stands here must hold, or be fetching: every certificate, and every row of the
    /// folders that its member was let into by then.
    pub(crate) fn due(&self, member: MemberId, cursor: u64) -> impl Iterator<Item = &LogRow> {
        let let_in = move |folder| self.grant(folder, member).is_some_and(|seq| seq <= cursor);
        self.rows.iter().take_while(move |row| row.seq <= cursor).filter(move |row| {
            let passed_over = row.is(EnvelopeKind::ColdBundle) || row.is(EnvelopeKind::ReadLog);
            let content = !passed_over && (!row.is(EnvelopeKind::Deposit) || self.leads(member));
            row.is(EnvelopeKind::Certificate) || (!row.folder.is_none() && let_in(row.folder) && content)
        })
    }
}
