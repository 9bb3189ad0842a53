//! Taking in who was shut out, and keys that were renewed because of it.

use feltbog_domain::{FolderId, MemberId, Rights, RoleGrant, Standing};
use feltbog_protocol::{BackfillAsk, BackfillPart, CertificateBundle, DeviceState, Place, RevokeReason, Statement};
use feltbog_store::OwedRevoke;

use crate::error::AppError;
use crate::hand_in::leads;
use crate::staff_names::StaffNames;
use crate::take_in::Intake;

impl Intake<'_> {
    /// Puts into effect what certificates say beyond the roster.
    pub(crate) fn obey(&mut self, bundle: &CertificateBundle, seq: u64) -> Result<(), AppError> {
        for statement in bundle.statements.iter().filter_map(feltbog_protocol::SignedStatement::statement) {
            match statement {
                Statement::MemberLeft { member } => {
                    for folder in self.w.folders_granted_to(member)? {
                        self.w.end_grant(folder, member, seq)?;
                    }
                }
                // What the device could open is in other hands, so whoever writes next makes a new key.
                Statement::DeviceState { device, state, .. } if state == DeviceState::Revoked.code() => {
                    let Some(member) = self.roster.device(device).map(|entry| entry.member) else { continue };
                    for folder in self.w.folders_granted_to(member)? {
                        self.w.owe_rotation(folder)?;
                    }
                }
                Statement::Member { member, .. } if member != self.identity.member => {
                    self.close_to_former_office(member, seq)?;
                }
                Statement::Member { .. } => self.fetch_what_was_handed_in(seq)?,
                Statement::UserKey { member, .. } if member == self.identity.member => {
                    self.take_user_key(&statement)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What was handed in for a folder is sent to those who lead it. Whoever comes to lead one they are in already has gone by
    /// what lies in its tray.
    fn fetch_what_was_handed_in(&mut self, seq: u64) -> Result<(), AppError> {
        let me = self.identity.member;
        let before = self.roster.roles_at(me, Place::At(seq.saturating_sub(1)));
        for id in self.w.folders_granted_to(me)? {
            let Some(folder) = self.w.folder(id)? else { continue };
            if leads(&folder, self.roster.roles(me)) && !leads(&folder, &before) {
                self.w.open_backfill(BackfillAsk { part: BackfillPart::Content, ..BackfillAsk::whole(id, 0, seq) })?;
            }
        }
        Ok(())
    }

    /// Whoever no longer holds the role that opened a folder is shut out of it, by the quickest of those who manage it. Who
    /// is put to work on a case by name stays there; only a register tells who is.
    fn close_to_former_office(&mut self, member: MemberId, seq: u64) -> Result<(), AppError> {
        let before = self.roster.roles_at(member, Place::At(seq.saturating_sub(1)));
        let now = self.roster.roles(member).to_vec();
        for id in self.w.folders_granted_to(member)? {
            let Some(folder) = self.w.folder(id)? else { continue };
            let standing = |roles: &[RoleGrant]| folder.kind.standing(folder.programme, roles);
            let goes = match standing(&now) {
                Standing::Never => true,
                Standing::WhenAssigned => {
                    standing(&before) == Standing::ByOffice && self.is_named(id, member)? == Some(false)
                }
                Standing::ByOffice => false,
            };
            if goes && self.w.rights(id, self.identity.member)?.is_some_and(|own| own.covers(Rights::MANAGE)) {
                self.w.owe_revoke(OwedRevoke {
                    folder: id,
                    member: Some(member),
                    reason: RevokeReason::Left,
                    to: None,
                })?;
            }
        }
        Ok(())
    }

    /// Whether a register names somebody on the case of a folder, if one on this device lists it.
    fn is_named(&self, folder: FolderId, member: MemberId) -> Result<Option<bool>, AppError> {
        let names = StaffNames::load(self.w, self.roster)?;
        let rows = self.w.register_rows()?;
        let row = rows.iter().find(|row| row.folders.contains(&folder));
        let bears = |name: &String| names.only(name) == Some(member);
        Ok(row.map(|row| row.consultants.iter().chain(&row.therapists).any(bears)))
    }
}
