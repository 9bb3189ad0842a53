//! Nobody writes under somebody else's automerge actor.
//!
//! Automerge believes the name a change gives its writer. A member with a program of their own could use a colleague's, and
//! of two changes under one name and number only the first is ever taken: the colleague's next edit would be refused
//! wherever the forged one came first. So an actor belongs to the member who first used it, by the order of the log: the
//! name is sixteen random bytes, unknown to everybody until its owner's own row is there.

use feltbog_domain::{FolderId, MemberId};
use feltbog_notes::actor_of;

use crate::error::AppError;
use crate::hand_in::leads;
use crate::take_in::Intake;

/// Why changes under somebody else's actor are put aside.
pub(crate) const ACTOR_OF_ANOTHER: &str = "actor_of_another";

impl Intake<'_> {
    /// Whether one of the changes uses an actor that belongs to another member. Whoever leads the folder may bring in
    /// what others wrote: handed-in work comes back that way.
    pub(crate) fn uses_anothers_actor(
        &self,
        folder: FolderId,
        signer: MemberId,
        seq: u64,
        changes: &[Vec<u8>],
    ) -> Result<bool, AppError> {
        let Some(row) = self.w.folder(folder)? else { return Ok(false) };
        if leads(&row, &self.roster.roles_at(signer, self.place(seq))) {
            return Ok(false);
        }
        for actor in changes.iter().filter_map(|change| actor_of(change)) {
            let owner = if actor.0 == row.actor {
                Some((self.identity.member, 0))
            } else {
                self.w.actor_owner(folder, actor.0)?
            };
            if owner.is_some_and(|(member, first)| member != signer && first < seq) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Remembers whose the actors of taken changes are.
    pub(crate) fn own_actors(
        &self,
        folder: FolderId,
        signer: MemberId,
        seq: u64,
        changes: &[Vec<u8>],
    ) -> Result<(), AppError> {
        for actor in changes.iter().filter_map(|change| actor_of(change)) {
            self.w.own_actor(folder, actor.0, signer, seq)?;
        }
        Ok(())
    }

    /// What a leader said anew for somebody else gave the leader nobody's actor.
    pub(crate) fn disown_actors(
        &self,
        folder: FolderId,
        resealed_by: MemberId,
        resealed_at: u64,
        changes: &[Vec<u8>],
    ) -> Result<(), AppError> {
        for actor in changes.iter().filter_map(|change| actor_of(change)) {
            self.w.disown_actor(folder, actor.0, resealed_by, resealed_at)?;
        }
        Ok(())
    }
}
