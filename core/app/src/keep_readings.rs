//! On a records officer's device: what came is followed, and what is too old is deleted, as the municipality says.

use crate::device::Device;
use crate::error::AppError;

/// In meta: for how many months it is kept who read what.
const MONTHS: &str = "read_log_months";
/// As the server counts.
const MONTH_MS: i64 = 31 * 24 * 60 * 60 * 1000;

impl Device {
    /// Remembers what the server said; it says so to those only who keep it.
    pub(crate) fn keep_readings_for(&mut self, months: Option<u64>) -> Result<(), AppError> {
        let Some(months) = months.filter(|months| *months > 0) else { return Ok(()) };
        let said = months.to_be_bytes();
        if self.store.reader().meta(MONTHS)?.as_deref() == Some(said.as_slice()) {
            return Ok(());
        }
        self.store.write(|w| Ok(w.set_meta(MONTHS, &said)?))
    }

    /// Follows what came, and deletes what is too old by the server's clock.
    pub(crate) fn settle_read_log(&mut self) -> Result<(), AppError> {
        let r = self.store.reader();
        let Some(said) = r.meta(MONTHS)?.and_then(|bytes| bytes.try_into().ok()) else { return Ok(()) };
        let months = i64::try_from(u64::from_be_bytes(said)).unwrap_or(i64::MAX);
        let before_ms = r.server_ms()?.saturating_sub(months.saturating_mul(MONTH_MS));
        self.store.write(|w| {
            w.settle_read_log()?;
            Ok(w.forget_read_log(before_ms)?)
        })
    }
}
