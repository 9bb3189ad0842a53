//! A cover ends by the clock, without a network (decision 0027).

use feltbog_protocol::Grant;
use feltbog_store::{GrantedCover, Reader, Seen};

use crate::device::Device;
use crate::error::AppError;
use crate::reserve::Kept;
use crate::room::Room;
use crate::seal_pending::Sealer;

impl Device {
    /// Does what has become due with time: folders this member was let into for a time are left when it is over. Returns
    /// whether anything was. Cheap while nobody stands in for anybody.
    ///
    /// # Errors
    /// When the database refuses; what was due stays due.
    pub fn mind_the_clock(&mut self) -> Result<bool, AppError> {
        self.note_the_time()?;
        if !self.store.reader().has_covers()? {
            return Ok(false);
        }
        let now_ms = self.covers_end_by()?;
        let seen = Seen { late_ms: self.at_least_this_late()?, clock_ms: self.now_ms() };
        let (identity, signing, roster, saved_ms) = (&self.identity, &self.signing, &self.roster, self.clock.now_ms());
        let left = self.store.write(|w| -> Result<_, AppError> {
            w.note_time(seen)?;
            w.drop_covers_owed_too_long(now_ms)?;
            let mut left = false;
            for ended in w.covers()?.iter().filter(|c| c.member == identity.member && c.cover.until_ms <= now_ms) {
                let Some(folder) = w.folder(ended.folder)? else { continue };
                if !is_let_in_again(w, ended, now_ms)? {
                    let progress = w.progress()?;
                    Sealer { w, identity, signing, roster, progress, now_ms: saved_ms, room: Room::ENDLESS }
                        .leave(&folder)?;
                    left = true;
                }
            }
            Ok(left)
        })?;
        if left {
            // What was taken off the device shall not go on living in the write-ahead log.
            self.store.checkpoint()?;
            self.keep_reserve(Kept::Everything);
        }
        Ok(left)
    }

    /// Keys that others held for a time are due for renewal when it is over. Looked at once everything new is taken in, so
    /// that nobody renews what a colleague has renewed already; and by the server's clock, since it takes a network anyway.
    pub(crate) fn end_others_covers(&mut self) -> Result<(), AppError> {
        let r = self.store.reader();
        let (server_ms, me) = (r.server_ms()?, self.me());
        let ended: Vec<GrantedCover> =
            r.covers()?.into_iter().filter(|c| c.member != me && c.cover.until_ms <= server_ms).collect();
        if ended.is_empty() {
            return Ok(());
        }
        self.store.write(|w| ended.iter().try_for_each(|ended| Ok(w.end_cover(ended.folder, ended.member)?)))
    }

    /// The time covers end by: the clock as the server corrected it, and never less than what is sure.
    pub(crate) fn covers_end_by(&self) -> Result<i64, AppError> {
        let by_the_clock = self.now_ms() + self.store.reader().progress()?.clock_offset_ms;
        Ok(by_the_clock.max(self.at_least_this_late()?))
    }
}

/// Whether a later grant is here that was not taken in yet: leaving now would throw its folder away, and the server would
/// not send it again.
fn is_let_in_again(r: &Reader<'_>, ended: &GrantedCover, now_ms: i64) -> Result<bool, AppError> {
    let lets_in = |body: &[u8]| {
        feltbog_protocol::decode::<Grant>(body)
            .is_ok_and(|grant| grant.member == ended.member && grant.until_ms.is_none_or(|until| until > now_ms))
    };
    Ok(r.grants_after(ended.folder, ended.seq)?.iter().any(|envelope| lets_in(envelope.body())))
}
