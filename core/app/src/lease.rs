//! How long a device may work without a network, and what happens when that is over (protocol, settled point 13; decision 0023).
//!
//! Two days before the end it says so. At the end it locks: nothing readable is shown and nothing is written until an
//! exchange comes through. Thirty days later everything goes, if nothing unsent is left or all of it was handed in.

use feltbog_domain::Moment;
use feltbog_store::Mark;

use crate::device::Device;
use crate::error::AppError;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How long before the end it is told.
const TOLD_BEFORE_MS: i64 = 2 * DAY_MS;
/// How long after the end everything stays.
const KEPT_MS: i64 = 30 * DAY_MS;
/// How far the time may go on without being noted.
const NOTED_EVERY_MS: i64 = 60 * 60 * 1000;
/// In meta: a start has said that the next one takes everything off.
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
    /// It has been over for thirty days: the next start takes everything off that was sent.
    LastCall,
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
        matches!(self.state, LeaseState::Locked | LeaseState::LastCall)
    }
}

impl Device {
    /// How long this device may work without a network; `None` where no server has said so.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn lease(&self) -> Result<Option<LeaseView>, AppError> {
        let progress = self.store.reader().progress()?;
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
            Some(lease) if lease.is_over() => Err(AppError::Locked),
            _ => Ok(()),
        }
    }

    /// How late it is for sure. A clock that was wrong at the last exchange may have been put right since: with the correction
    /// of then it would be weeks ahead, and lock a device that has nothing to answer for.
    pub(crate) fn at_least_this_late(&self) -> Result<i64, AppError> {
        let r = self.store.reader();
        let (clock, offset_ms) = (self.now_ms(), r.progress()?.clock_offset_ms);
        Ok(clock.min(clock + offset_ms).max(r.seen_ms()?))
    }

    /// It is this late now. A clock that is set back afterwards gains an hour at most.
    pub(crate) fn note_the_time(&mut self) -> Result<(), AppError> {
        let now_ms = self.at_least_this_late()?;
        if now_ms.saturating_sub(self.store.reader().seen_ms()?) < NOTED_EVERY_MS {
            return Ok(());
        }
        self.store.write(|w| Ok(w.note_time(now_ms)?))
    }

    /// The server was there: nothing is due any more.
    pub(crate) fn forget_last_call(&mut self) -> Result<(), AppError> {
        if self.store.reader().meta(LAST_CALL)?.is_none() {
            return Ok(());
        }
        self.store.write(|w| Ok(w.remove_meta(LAST_CALL)?))
    }

    /// Whether everything is to go now. The first start after the time only says so.
    pub(crate) fn is_over_for_good(&mut self) -> Result<bool, AppError> {
        if self.lease()?.is_none_or(|lease| lease.state != LeaseState::LastCall) {
            self.forget_last_call()?;
            return Ok(false);
        }
        if self.store.reader().meta(LAST_CALL)?.is_none() {
            self.store.write(|w| Ok::<_, AppError>(w.set_meta(LAST_CALL, &[1])?))?;
            return Ok(false);
        }
        let r = self.store.reader();
        let mut unsent = r.pending_marks()?.into_iter().chain(r.untaken_marks()?);
        let is_with_the_leader =
            |folder, mark: &Mark| self.reserve.as_ref().is_some_and(|reserve| reserve.was_handed_in(folder, mark));
        Ok(unsent.all(|(folder, mark)| is_with_the_leader(folder, &mark)) && r.erased_work()?.is_empty())
    }
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
}
