//! How long it is kept who read what: on a records officer's device, and sealed on the reader's own.

use feltbog_protocol::limits;
use feltbog_store::Reader;

use crate::device::Device;
use crate::error::AppError;

/// In meta: for how many months it is kept who read what.
const MONTHS: &str = "read_log_months";

/// What came before this is too old. It takes two clocks that are wrong to delete too early: the server's and this device's.
pub(crate) fn kept_since(r: &Reader<'_>, now_ms: i64) -> Result<i64, AppError> {
    let said = r.meta(MONTHS)?.and_then(|bytes| bytes.try_into().ok()).map(u64::from_be_bytes);
    let months = i64::try_from(believed(said.unwrap_or(limits::READ_LOG_MONTHS))).unwrap_or(i64::MAX);
    Ok(r.server_ms()?.min(now_ms).saturating_sub(months.saturating_mul(limits::MONTH_MS)))
}

/// The server cannot have the log deleted by a number that no municipality may say.
fn believed(months: u64) -> u64 {
    months.clamp(*limits::READ_LOG_MONTHS_RANGE.start(), *limits::READ_LOG_MONTHS_RANGE.end())
}

impl Device {
    /// Remembers what the server said; it says so to those only who keep it.
    pub(crate) fn keep_readings_for(&mut self, months: Option<u64>) -> Result<(), AppError> {
        let Some(months) = months else { return Ok(()) };
        let said = months.to_be_bytes();
        if self.store.reader().meta(MONTHS)?.as_deref() == Some(said.as_slice()) {
            return Ok(());
        }
        self.store.write(|w| Ok(w.set_meta(MONTHS, &said)?))
    }

    /// Follows what came, and deletes what is too old.
    pub(crate) fn settle_read_log(&mut self) -> Result<(), AppError> {
        let before_ms = kept_since(&self.store.reader(), self.now_ms())?;
        self.store.write(|w| {
            w.settle_read_log()?;
            Ok(w.forget_read_log(before_ms)?)
        })
    }
}
