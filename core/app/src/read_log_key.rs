//! The key of a side's read log (decision 0025): a folder without documents that only its records officers open, and a
//! statement that tells everybody what to seal for.

use feltbog_domain::{FolderKind, MemberId, ProgrammeId, Role, Side};
use feltbog_protocol::{CertificateBundle, Issuer, ReadLogKeyName, Statement};
use feltbog_sealing::{FolderKey, FolderKeyContext, Secret};
use feltbog_store::FolderRow;

use crate::device::Device;
use crate::error::AppError;
use crate::folders::make_folder;

/// Whether a bundle is a new key of a read log and nothing else.
pub(crate) fn announces_read_log_key(bundle: &CertificateBundle) -> bool {
    matches!(bundle.statements.as_slice(), [one] if matches!(one.statement(), Some(Statement::ReadLogKey { .. })))
}

impl Device {
    /// Makes the folder where the side has none that a records officer of today could open, and publishes its newest key.
    /// Does something on records officers' devices only, once everything new is taken in.
    pub(crate) fn keep_read_log(&mut self) -> Result<(), AppError> {
        if self.roster.recovery().is_none() || self.roster.device(self.identity.device).is_none() {
            return Ok(());
        }
        let kept = self.my_roles().iter().filter(|grant| grant.role == Role::Records);
        let sides: Vec<(ProgrammeId, Side)> = kept.map(|grant| (grant.programme, grant.side)).collect();
        sides.into_iter().try_for_each(|(programme, side)| self.keep_read_log_of(programme, side))
    }

    fn keep_read_log_of(&mut self, programme: ProgrammeId, side: Side) -> Result<(), AppError> {
        let kind = FolderKind::read_log_of(side);
        let folders = self.store.reader().folders_of(kind, programme)?;
        let published = self.roster.read_log_key(programme, side);
        let named = published.and_then(|key| folders.iter().find(|folder| folder.id == key.name.folder));
        match (published, named) {
            (Some(key), Some(folder)) if folder.key_epoch > key.name.epoch => {
                let folder = folder.clone();
                self.publish_read_log_key(&folder, side)
            }
            (Some(_), Some(_)) => Ok(()),
            // Another device has it, and pays what it owes with its next exchange.
            (Some(key), None) if self.is_held_elsewhere(key.by, programme, side) => Ok(()),
            _ => match folders.into_iter().next() {
                Some(folder) => self.publish_read_log_key(&folder, side),
                None => {
                    let editor = self.editor();
                    self.store.write(|w| make_folder(w, editor, kind, programme).map(|_| ()))
                }
            },
        }
    }

    /// Whether whoever published a key keeps records still, on another device than this one.
    fn is_held_elsewhere(&self, by: MemberId, programme: ProgrammeId, side: Side) -> bool {
        let mut devices = self.roster.devices_of(by).map(|(device, _)| device);
        self.roster.keeps_records(by, programme, side) && devices.any(|device| device != self.identity.device)
    }

    /// A key is told once its record has its place in the log: what is sealed for it must be openable for others than this
    /// device.
    fn publish_read_log_key(&mut self, folder: &FolderRow, side: Side) -> Result<(), AppError> {
        let r = self.store.reader();
        let Some(key) = r.folder_key(folder.id, folder.key_epoch)? else { return Ok(()) };
        if !r.has_founding_row(folder.id)? {
            return Ok(());
        }
        let context = FolderKeyContext { tenant: self.identity.tenant, folder: folder.id, epoch: folder.key_epoch };
        let pair = FolderKey::from_secret(Secret::new(*key)).read_log_pair(&context);
        let statement = Statement::ReadLogKey {
            programme: folder.programme,
            side: side.code(),
            epoch: self.roster.read_log_key(folder.programme, side).map_or(1, |key| key.epoch + 1),
            public: pair.public(),
            name: ReadLogKeyName { folder: folder.id, epoch: folder.key_epoch },
        };
        let issuer = Issuer::Device(self.identity.device);
        let signed = self.signing.certify(self.identity.tenant, issuer, &statement);
        self.publish_certificates(&CertificateBundle { statements: vec![signed] })
    }
}
