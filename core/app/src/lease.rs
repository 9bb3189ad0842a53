//! How long a device may work without a network, and what happens when that is over (protocol, settled point 13; decision 0023).
//!
//! Two days before the end it says so. At the end it locks: nothing readable is shown and nothing is written until an
//! exchange comes through. Thirty days later it is said once more; a start from seven days after that takes everything off,
//! if nothing unsent is left or all of it was handed in.

use feltbog_domain::Moment;
use feltbog_protocol::ErrorCode;
use feltbog_store::{Mark, Seen};
use feltbog_sync::Failure;

use crate::device::Device;
use crate::error::AppError;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How long before the end it is told.
const TOLD_BEFORE_MS: i64 = 2 * DAY_MS;
/// How long after the end everything stays.
const KEPT_MS: i64 = 30 * DAY_MS;
/// How far the time may go on without being noted.
const NOTED_EVERY_MS: i64 = 60 * 60 * 1000;
/// How long everything stays after a start has said that it will go: one day's commands are no warning.
const CALLED_FOR_MS: i64 = 7 * DAY_MS;
/// In meta: how late it was when a start said that everything will go; eight bytes, milliseconds since 1970.
const LAST_CALL: &str = "last_call";

/// How a lease stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaseState {
    /// There is time.
    Open,
    /// It ends within two days.
    EndsSoon,
    /// It is over: locked.
    Locked,
    /// It has been over for thirty days: a start from seven days after the first that said so takes everything off that was
    /// sent.
    LastCall,
    /// Those who run the server have stopped this device: locked, and nothing is ever taken off for that.
    Stopped,
}

/// How long this device may work without a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeaseView {
    /// Until when.
    pub until: Moment,
    /// Whole days until then, none once it is over.
    pub days: u32,
    /// How it stands.
    pub state: LeaseState,
}

impl LeaseView {
    fn at(now_ms: i64, until_ms: i64) -> Self {
        let left = until_ms.saturating_sub(now_ms);
        let state = match left {
            TOLD_BEFORE_MS.. => LeaseState::Open,
            1.. => LeaseState::EndsSoon,
            _ if left > -KEPT_MS => LeaseState::Locked,
            _ => LeaseState::LastCall,
        };
        let days = u32::try_from(left.max(0) / DAY_MS).unwrap_or(u32::MAX);
        Self { until: Moment::from_unix_ms(until_ms), days, state }
    }

    /// Whether nothing readable may be shown.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.state, LeaseState::Locked | LeaseState::LastCall | LeaseState::Stopped)
    }
}

impl Device {
    /// How long this device may work without a network; `None` where no server has said so.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn lease(&self) -> Result<Option<LeaseView>, AppError> {
        let progress = self.store.reader().progress()?;
        if self.is_stopped()? {
            let until = Moment::from_unix_ms(progress.lease_until_ms.max(0));
            return Ok(Some(LeaseView { until, days: 0, state: LeaseState::Stopped }));
        }
        if progress.lease_until_ms <= 0 {
            return Ok(None);
        }
        let by_the_latest = LeaseView::at(self.at_least_this_late()?, progress.lease_until_ms);
        // It locks by the latest time seen, and goes by the clock of the moment alone: one that ran ahead once shall not cost
        // anybody a device that could have been opened by an exchange.
        let by_the_clock = LeaseView::at(self.now_ms() + progress.clock_offset_ms, progress.lease_until_ms);
        let calls = by_the_clock.state == LeaseState::LastCall;
        let state = if by_the_latest.is_over() && !calls { LeaseState::Locked } else { by_the_latest.state };
        Ok(Some(LeaseView { state, ..by_the_latest }))
    }

    /// Lets nobody read or write on a device that is not served, or was too long without a network.
    ///
    /// # Errors
    /// [`AppError::Exchange`] with the server's own code, or [`AppError::Locked`].
    pub fn must_be_open(&self) -> Result<(), AppError> {
        self.must_be_served()?;
        match self.lease()? {
            Some(lease) if lease.state == LeaseState::Stopped => {
                Err(AppError::Exchange(Failure::Refused(ErrorCode::StoppedByIt)))
            }
            Some(lease) if lease.is_over() => Err(AppError::Locked),
            _ => Ok(()),
        }
    }

    /// How late it is for sure.
    pub(crate) fn at_least_this_late(&self) -> Result<i64, AppError> {
        Ok(how_late(self.store.reader().seen()?, self.now_ms()))
    }

    /// It is this late now. A clock that is set back afterwards gains an hour at most: from where it stands then, time is
    /// counted on.
    pub(crate) fn note_the_time(&mut self) -> Result<(), AppError> {
        let (seen, clock_ms) = (self.store.reader().seen()?, self.now_ms());
        let late_ms = how_late(seen, clock_ms);
        if late_ms.saturating_sub(seen.late_ms) < NOTED_EVERY_MS && clock_ms >= seen.clock_ms {
            return Ok(());
        }
        self.store.write(|w| Ok(w.note_time(Seen { late_ms, clock_ms })?))
    }

    /// The server was there: nothing is due any more.
    pub(crate) fn forget_last_call(&mut self) -> Result<(), AppError> {
        if self.store.reader().meta(LAST_CALL)?.is_none() {
            return Ok(());
        }
        self.store.write(|w| Ok(w.remove_meta(LAST_CALL)?))
    }

    /// Whether everything is to go now. The first start after the time only says so, and so does every other for a week.
    pub(crate) fn is_over_for_good(&mut self) -> Result<bool, AppError> {
        if self.lease()?.is_none_or(|lease| lease.state != LeaseState::LastCall) {
            self.forget_last_call()?;
            return Ok(false);
        }
        let late_ms = self.at_least_this_late()?;
        let Some(called_ms) = self.last_call_ms()? else {
            self.store.write(|w| Ok::<_, AppError>(w.set_meta(LAST_CALL, &late_ms.to_be_bytes())?))?;
            return Ok(false);
        };
        Ok(late_ms.saturating_sub(called_ms) >= CALLED_FOR_MS && !self.has_what_nobody_else_has()?)
    }

    /// A call of which no time is known, as versions before wrote it, counts as none.
    fn last_call_ms(&self) -> Result<Option<i64>, AppError> {
        let stored = self.store.reader().meta(LAST_CALL)?;
        Ok(stored.and_then(|bytes| bytes.try_into().ok()).map(i64::from_be_bytes))
    }

    /// Whether anything is here that neither the server has signed for nor was handed in: work and words about work, what
    /// was decided and not signed, what was read and not told.
    fn has_what_nobody_else_has(&self) -> Result<bool, AppError> {
        let r = self.store.reader();
        if r.has_untold_readings()? || !r.owed_grants()?.is_empty() || !r.owed_revokes()?.is_empty() {
            return Ok(true);
        }
        let is_with_the_leader =
            |folder, mark: &Mark| self.reserve.as_ref().is_some_and(|reserve| reserve.was_handed_in(folder, mark));
        let unsent = [r.pending_marks()?, r.untaken_marks()?, r.unreceipted_marks()?].concat();
        Ok(!unsent.iter().all(|(folder, mark)| is_with_the_leader(*folder, mark)) || !r.erased_work()?.is_empty())
    }
}

/// How late it is for sure, from the latest time known and what the device's clock said then and says now. Time goes on by how
/// far the clock went, so one that was set back stops no lease.
///
/// A clock that was slow and is put right jumps as far as it was behind. That time has not passed: counted, it would lock a
/// device that has nothing to answer for. Not opening the device for as long as its clock is slow looks the same, and is
/// given away.
fn how_late(seen: Seen, clock_ms: i64) -> i64 {
    let ran_ms = clock_ms.saturating_sub(seen.clock_ms).max(0);
    let slow_ms = seen.late_ms.saturating_sub(seen.clock_ms).max(0);
    // By somebody's watch, or in another zone: within a day is right.
    if slow_ms > 0 && ran_ms >= slow_ms - DAY_MS.min(slow_ms / 2) {
        return clock_ms.max(seen.late_ms);
    }
    seen.late_ms.saturating_add(ran_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_two_days_before_locks_at_the_end_and_calls_a_last_time_after_thirty_days() {
        let until = 1_790_000_000_000;
        let state = |ms: i64| LeaseView::at(until + ms, until).state;
        let table = [
            (-35 * DAY_MS, LeaseState::Open),
            (-2 * DAY_MS, LeaseState::Open),
            (-2 * DAY_MS + 1, LeaseState::EndsSoon),
            (-1, LeaseState::EndsSoon),
            (0, LeaseState::Locked),
            (30 * DAY_MS - 1, LeaseState::Locked),
            (30 * DAY_MS, LeaseState::LastCall),
            (i64::MAX - until, LeaseState::LastCall),
        ];
        for (after, expected) in table {
            assert_eq!(state(after), expected, "{after}");
        }
        assert_eq!(LeaseView::at(until - DAY_MS - 5, until).days, 1);
        assert_eq!(LeaseView::at(until + DAY_MS, until).days, 0);
    }

    const NOON: i64 = 1_790_000_000_000;

    fn at(late_ms: i64, clock_ms: i64) -> Seen {
        Seen { late_ms, clock_ms }
    }

    #[test]
    fn time_goes_on_by_a_clock_that_is_right_slow_or_fast_and_by_one_that_was_set_back() {
        for wrong_by in [0, -20 * DAY_MS, 20 * DAY_MS, -400 * DAY_MS] {
            let seen = at(NOON, NOON + wrong_by);
            for passed in [0, 1, DAY_MS, 9 * DAY_MS] {
                assert_eq!(how_late(seen, NOON + wrong_by + passed), NOON + passed, "{wrong_by} {passed}");
            }
        }
        assert_eq!(how_late(at(NOON, NOON), NOON - 40 * DAY_MS), NOON, "not noted yet");
    }

    #[test]
    fn a_clock_put_right_again_locks_nothing() {
        for slow in [40 * DAY_MS, 400 * DAY_MS] {
            let seen = at(NOON, NOON - slow);
            for off in [-2 * 60 * 60 * 1000, -60_000, 0, 60_000, 5 * DAY_MS] {
                assert_eq!(how_late(seen, NOON + off), NOON + off.max(0), "{slow} {off}");
            }
        }
        assert_eq!(how_late(at(NOON, NOON + 400 * DAY_MS), NOON + 60_000), NOON, "and one that was fast");
    }

    #[test]
    fn setting_the_clock_back_by_part_of_a_day_every_day_stops_nothing() {
        let (mut seen, mut clock) = (at(NOON, NOON), NOON);
        for _ in 0..50 {
            clock -= 23 * 60 * 60 * 1000;
            seen = at(how_late(seen, clock), clock);
            for _ in 0..24 {
                clock += 60 * 60 * 1000;
                seen = at(how_late(seen, clock), clock);
            }
        }
        assert_eq!(seen.late_ms, NOON + 50 * DAY_MS);
    }
}
