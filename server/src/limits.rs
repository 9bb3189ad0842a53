//! What one request, one device and one day may cost, as whoever runs the server wants it.
//!
//! The defaults are generous: they keep a device that runs wild from taking the server away from all others, and nobody who
//! works is meant to meet one. Devices build their requests to the limits of the protocol, so a server can be stricter than
//! these only at the price of refusing what a device takes for right.

use feltbog_protocol::limits;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Everything that can be set, under the names of the configuration file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Envelopes in one request.
    pub envelopes_per_push: u64,
    /// Backfills that one request gets rows of; what it asks beyond is put off.
    pub backfills_per_request: u64,
    /// Largest page, whatever a device asks for.
    pub page_max_bytes: u64,
    /// Rows looked at for one page of the main feed.
    pub rows_scanned: u64,
    /// How far a device's clock may be off.
    pub clock_skew_seconds: u64,
    /// Days a device may stay offline before it locks.
    pub lease_days: u64,
    /// Days in which a device that was shut out may hand in what it had not sent.
    pub hand_in_days: u64,
    /// Months for which it is kept who read what.
    pub read_log_months: u64,
    /// Bytes of work one device may hand in on one day without a grant.
    pub deposit_bytes_per_day: u64,
    /// Envelopes one device may push on one day. What is over is refused for good, so this is a dam against floods and no
    /// measure of work: an import of years fits.
    pub envelopes_per_day: u64,
    /// Bytes of all envelopes one device may push on one day; see [`Self::envelopes_per_day`].
    pub bytes_per_day: u64,
    /// Requests one device may make each minute in the long run. Ten times what the protocol asks of a server: a device that
    /// fetches years of history, a demonstration and a test all call without a pause.
    pub requests_per_minute: u64,
    /// Requests one device may make at once after a rest.
    pub requests_burst: u64,
    /// Requests with backfills that are served at a time.
    pub first_syncs_at_once: u64,
    /// Connections open at a time; the next one waits until one ends.
    pub connections: u64,
    /// Of these from one address (in IPv6 one network of 64 bits); behind a proxy that names its clients, requests under way
    /// of one client. One more is closed or refused.
    pub connections_per_address: u64,
    /// Connections one device may have open on which it has asked; behind a proxy, requests it may have under way. On one more
    /// it is refused.
    pub connections_per_device: u64,
    /// Bytes of all requests that are received or answered at a time. Who finds no room comes again later.
    pub request_bytes_at_once: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            envelopes_per_push: limits::PUSH_ENVELOPES as u64,
            backfills_per_request: limits::BACKFILL_FOLDERS as u64,
            page_max_bytes: u64::from(limits::PAGE_MAX),
            rows_scanned: limits::SCANNED_ROWS,
            clock_skew_seconds: limits::CLOCK_SKEW_MS.unsigned_abs() / 1000,
            lease_days: limits::LEASE_DAYS.unsigned_abs(),
            hand_in_days: limits::HAND_IN_DAYS.unsigned_abs(),
            read_log_months: limits::READ_LOG_MONTHS,
            deposit_bytes_per_day: 16 * 1024 * 1024,
            envelopes_per_day: 1_000_000,
            bytes_per_day: 2 * 1024 * 1024 * 1024,
            requests_per_minute: 600,
            requests_burst: 1_200,
            first_syncs_at_once: 4,
            connections: 4_096,
            connections_per_address: 256,
            connections_per_device: 32,
            request_bytes_at_once: 128 * 1024 * 1024,
        }
    }
}

/// Why the table was not taken.
#[derive(Debug, thiserror::Error)]
pub enum LimitsError {
    /// A key that nothing reads.
    #[error("[limits] has `{0}`, which means nothing: its keys are {keys}", keys = keys())]
    Unknown(String),
    /// A value that cannot be.
    #[error("`{key}` under [limits] must be a whole number from {least} to {most}")]
    Value {
        /// The key.
        key: &'static str,
        /// Smallest value.
        least: u64,
        /// Largest value.
        most: u64,
    },
}

impl Limits {
    /// Reads the table `[limits]`; what it does not name is as by default.
    pub(crate) fn from_table(table: &toml::Table) -> Result<Self, LimitsError> {
        let mut taken = Self::default();
        table.iter().try_for_each(|(key, value)| taken.set(key, value))?;
        Ok(taken)
    }

    /// How far a device's clock may be off, in milliseconds.
    pub(crate) fn clock_skew_ms(&self) -> i64 {
        milliseconds(self.clock_skew_seconds, 1000)
    }

    /// What a lease given now is good for, in milliseconds.
    pub(crate) fn lease_ms(&self) -> i64 {
        milliseconds(self.lease_days, DAY_MS)
    }

    /// How long it is kept who read what, in milliseconds.
    pub(crate) fn read_log_ms(&self) -> i64 {
        milliseconds(self.read_log_months, limits::MONTH_MS)
    }

    /// How long a device that was shut out may hand in, in milliseconds.
    pub(crate) fn hand_in_ms(&self) -> i64 {
        milliseconds(self.hand_in_days, DAY_MS)
    }
}

impl Limits {
    fn set(&mut self, key: &str, value: &toml::Value) -> Result<(), LimitsError> {
        let rule = RULES.iter().find(|rule| rule.key == key);
        let Rule { key, least, most, field } = rule.ok_or_else(|| LimitsError::Unknown(key.to_owned()))?;
        let number = value.as_integer().and_then(|number| u64::try_from(number).ok());
        let fits = number.filter(|number| (least..=most).contains(&number));
        *field(self) = fits.ok_or(LimitsError::Value { key, least: *least, most: *most })?;
        Ok(())
    }
}

/// One key and what it may be.
struct Rule {
    key: &'static str,
    least: u64,
    most: u64,
    field: fn(&mut Limits) -> &mut u64,
}

const fn rule(key: &'static str, least: u64, most: u64, field: fn(&mut Limits) -> &mut u64) -> Rule {
    Rule { key, least, most, field }
}

/// A device that was told it sent too much halves its requests down to this many of the smallest envelopes; a server that
/// took fewer would have it go round for ever.
const SMALLEST_PUSH: u64 = 72;
const MANY: u64 = 1_000_000_000;
const MONTHS: std::ops::RangeInclusive<u64> = limits::READ_LOG_MONTHS_RANGE;
const RULES: [Rule; 18] = [
    rule("envelopes_per_push", SMALLEST_PUSH, limits::PUSH_ENVELOPES as u64, |limits| &mut limits.envelopes_per_push),
    rule("backfills_per_request", 1, limits::BACKFILL_FOLDERS as u64, |limits| &mut limits.backfills_per_request),
    rule("page_max_bytes", limits::PAGE_MIN as u64, limits::PAGE_MAX as u64, |limits| &mut limits.page_max_bytes),
    rule("rows_scanned", 1, 1_000_000, |limits| &mut limits.rows_scanned),
    rule("clock_skew_seconds", 10, 24 * 60 * 60, |limits| &mut limits.clock_skew_seconds),
    rule("lease_days", 1, 366, |limits| &mut limits.lease_days),
    rule("hand_in_days", 1, 366, |limits| &mut limits.hand_in_days),
    rule("read_log_months", *MONTHS.start(), *MONTHS.end(), |limits| &mut limits.read_log_months),
    rule("deposit_bytes_per_day", 0, MANY * 1000, |limits| &mut limits.deposit_bytes_per_day),
    rule("envelopes_per_day", 1, MANY, |limits| &mut limits.envelopes_per_day),
    rule("bytes_per_day", 1, MANY * 1000, |limits| &mut limits.bytes_per_day),
    rule("requests_per_minute", 1, 1_000_000, |limits| &mut limits.requests_per_minute),
    rule("requests_burst", 1, 1_000_000, |limits| &mut limits.requests_burst),
    rule("first_syncs_at_once", 1, 256, |limits| &mut limits.first_syncs_at_once),
    rule("connections", 1, 65_536, |limits| &mut limits.connections),
    rule("connections_per_address", 1, 65_536, |limits| &mut limits.connections_per_address),
    rule("connections_per_device", 1, 65_536, |limits| &mut limits.connections_per_device),
    rule("request_bytes_at_once", limits::REQUEST_BODY as u64, MANY * 1000, |limits| &mut limits.request_bytes_at_once),
];

fn keys() -> String {
    RULES.map(|rule| rule.key).join(", ")
}

fn milliseconds(count: u64, of: i64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Limits, LimitsError> {
        Limits::from_table(&text.parse().unwrap())
    }

    #[test]
    fn what_a_file_names_is_taken_and_the_rest_is_as_by_default() {
        let taken = read("lease_days = 7\nrequests_burst = 5").unwrap();
        assert_eq!(taken, Limits { lease_days: 7, requests_burst: 5, ..Limits::default() });
        assert_eq!(read("").unwrap(), Limits::default());
    }

    #[test]
    fn every_key_sets_its_own_field_and_every_default_is_within_its_range() {
        for rule in &RULES {
            let mut limits = Limits::default();
            let default = *(rule.field)(&mut limits);
            assert!((rule.least..=rule.most).contains(&default), "{}", rule.key);
            let set = format!("{} = {}", rule.key, rule.least);
            *(rule.field)(&mut limits) = rule.least;
            assert_eq!(read(&set).unwrap(), limits);
            assert!(format!("{limits:?}").contains(&format!("{}: {}", rule.key, rule.least)));
        }
    }

    #[test]
    fn values_out_of_range_or_of_another_kind_are_refused_by_key_and_range() {
        for value in ["0", "367", "-1", "\"7\"", "7.5", "[7]"] {
            let refused = read(&format!("lease_days = {value}")).unwrap_err().to_string();
            assert_eq!(refused, "`lease_days` under [limits] must be a whole number from 1 to 366");
        }
    }

    #[test]
    fn keys_that_mean_nothing_are_refused_by_name() {
        assert!(read("leese_days = 7").unwrap_err().to_string().contains("`leese_days`"));
    }
}
