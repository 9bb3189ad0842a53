//! Inviting a colleague.

use feltbog_domain::{MemberId, Role, Side};
use feltbog_protocol::{Invitation, Issuer, RoleCode, Statement, limits};
use feltbog_sealing::{Secret, SigningPair, random_bytes, random_id};

use crate::device::Device;
use crate::enrolment::person_name;
use crate::error::AppError;
use crate::new_programme::staff_folder;
use crate::use_cases::members::write_staff;

/// Whom to invite, as what.
#[derive(Debug, Clone)]
pub struct InviteWish {
    /// The person's name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Name of the programme; may be absent while there is one.
    pub programme: Option<String>,
    /// Which administration; by role when absent.
    pub side: Option<Side>,
    /// How long it may be used; a day when absent.
    pub valid_minutes: Option<u32>,
}

impl Device {
    /// Makes an invitation. It needs no network; the name reaches the colleagues with the next exchange.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] for a role that is not this member's to give.
    pub fn invite(&mut self, wish: &InviteWish) -> Result<Invitation, AppError> {
        self.must_know_the_roster()?;
        let name = person_name(&wish.name)?;
        let grant = self.role_grant(wish.role, wish.programme.as_deref(), wish.side)?;
        let roles = vec![RoleCode::from(grant)];
        if !self.roster.may_invite(self.identity.device, &roles) {
            return Err(AppError::NotAllowed("invitere til den rolle"));
        }
        let member: MemberId = random_id();
        let minutes = i64::from(wish.valid_minutes.unwrap_or(limits::INVITATION_MINUTES));
        let expires_ms = self.now_ms() + self.store.reader().progress()?.clock_offset_ms + minutes * 60_000;
        let seed: [u8; 32] = random_bytes();
        let public = SigningPair::from_seed(&Secret::new(seed)).public();
        let statement = self.signing.certify(
            self.identity.tenant,
            Issuer::Device(self.identity.device),
            &Statement::Invitation { public, member, roles, expires_ms },
        );
        let recovery = self.roster.recovery_statement().cloned().ok_or(AppError::NothingFetchedYet)?;
        let editor = self.editor();
        self.store.write(|w| {
            let staff = staff_folder(w)?.ok_or(AppError::NothingFetchedYet)?;
            write_staff(w, editor, &staff, member, &name, &[grant])
        })?;
        Ok(Invitation {
            url: self.identity.url.clone(),
            tenant: self.identity.tenant,
            root: self.identity.root,
            seed,
            statement,
            name,
            recovery,
        })
    }
}
