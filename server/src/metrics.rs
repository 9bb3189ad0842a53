//! Figures for those who watch the server, in the text format of Prometheus: counts and times, and of no person anything.
//!
//! Every label has a fixed set of values, so no request can make the figures grow.

mod listener;
mod words;

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::http::Endpoint;
use crate::log::Condition;

pub(crate) use listener::{MetricsListener, MetricsSource};
use words::{Asked, Taken};

/// From a request that is answered out of memory to one that meets the server's time limit.
const SECONDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 10.0, 30.0];

type Seconds = Family<Asked, Histogram, fn() -> Histogram>;

/// What is counted while the server runs.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<words::Answered, Counter>,
    seconds: Seconds,
    connections: Gauge,
    envelopes: Family<Taken, Counter>,
    rows: Counter,
    tenants: Gauge,
    healing: Gauge,
    devices: Gauge,
    waiting: Gauge,
    log_rows: Gauge,
    database_bytes: Gauge,
    backup_seconds: Gauge<f64, AtomicU64>,
}

impl Metrics {
    /// Nothing counted yet.
    pub(crate) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("feltbog"),
            requests: Family::default(),
            seconds: Seconds::new_with_constructor(|| Histogram::new(SECONDS)),
            connections: Gauge::default(),
            envelopes: Family::default(),
            rows: Counter::default(),
            tenants: Gauge::default(),
            healing: Gauge::default(),
            devices: Gauge::default(),
            waiting: Gauge::default(),
            log_rows: Gauge::default(),
            database_bytes: Gauge::default(),
            backup_seconds: Gauge::default(),
        };
        metrics.name_what_happens();
        metrics.name_what_is();
        metrics
    }

    fn name_what_happens(&mut self) {
        let to = &mut self.registry;
        to.register("requests", "Requests answered, by what was asked and the answer's status", self.requests.clone());
        to.register_with_unit(
            "request_duration",
            "Time from a request's head to its answer",
            Unit::Seconds,
            self.seconds.clone(),
        );
        to.register("connections", "Connections open now", self.connections.clone());
        to.register("envelopes", "Envelopes pushed, by whether they were taken", self.envelopes.clone());
        to.register("rows_sent", "Rows of the log handed out", self.rows.clone());
    }

    fn name_what_is(&mut self) {
        let to = &mut self.registry;
        to.register("tenants", "Municipalities on this server", self.tenants.clone());
        to.register(
            "tenants_healing",
            "Municipalities whose restored log waits for an administrator's, leader's or deputy's device",
            self.healing.clone(),
        );
        to.register("devices", "Devices that were ever enrolled", self.devices.clone());
        to.register("unsent", "Envelopes that devices last said they had not sent", self.waiting.clone());
        to.register("log_rows", "Rows in the log", self.log_rows.clone());
        to.register_with_unit("database", "Size of the database", Unit::Bytes, self.database_bytes.clone());
        to.register(
            "last_backup_timestamp_seconds",
            "When the last backup was verified, in seconds since 1970; 0 for never",
            self.backup_seconds.clone(),
        );
    }

    /// A request was answered.
    pub(crate) fn answered(&self, endpoint: Option<Endpoint>, status: u16, took: Duration) {
        let asked = Asked::of(endpoint);
        self.requests.get_or_create(&words::Answered::of(asked, status)).inc();
        self.seconds.get_or_create(&asked).observe(took.as_secs_f64());
    }

    /// Envelopes were pushed, and rows handed out.
    pub(crate) fn exchanged(&self, taken: usize, refused: usize, rows: usize) {
        for (word, count) in [(Taken::YES, taken), (Taken::NO, refused)] {
            self.envelopes.get_or_create(&word).inc_by(count as u64);
        }
        self.rows.inc_by(rows as u64);
    }

    /// Counts a connection until what this gives is dropped.
    pub(crate) fn connection(&self) -> Connected {
        self.connections.inc();
        Connected(self.connections.clone())
    }

    /// The figures as text, with the store's condition as it is now.
    pub(crate) fn text(&self, now: &Condition, database_bytes: u64, last_backup_ms: Option<i64>) -> String {
        let set = |gauge: &Gauge, count: u64| {
            gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
        };
        set(&self.tenants, now.tenants);
        set(&self.healing, now.healing);
        set(&self.devices, now.devices);
        set(&self.waiting, now.unsent);
        set(&self.log_rows, now.rows);
        set(&self.database_bytes, database_bytes);
        self.backup_seconds
            .set(last_backup_ms.map_or(0.0, |ms| Duration::from_millis(ms.unsigned_abs()).as_secs_f64()));
        let mut text = String::new();
        // A string takes everything.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// An open connection.
#[derive(Debug)]
pub(crate) struct Connected(Gauge);

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_stands_in_the_text_with_words_of_a_fixed_set() {
        let metrics = Metrics::new();
        metrics.answered(Some(Endpoint::Sync), 200, Duration::from_millis(20));
        metrics.answered(None, 404, Duration::from_millis(1));
        metrics.exchanged(3, 1, 7);
        let open = metrics.connection();
        let text = metrics.text(&Condition { rows: 9, ..Condition::default() }, 4096, Some(1_500));
        for line in [
            "feltbog_requests_total{endpoint=\"sync\",status=\"2xx\"} 1",
            "feltbog_requests_total{endpoint=\"other\",status=\"4xx\"} 1",
            "feltbog_envelopes_total{taken=\"yes\"} 3",
            "feltbog_envelopes_total{taken=\"no\"} 1",
            "feltbog_rows_sent_total 7",
            "feltbog_connections 1",
            "feltbog_log_rows 9",
            "feltbog_database_bytes 4096",
            "feltbog_last_backup_timestamp_seconds 1.5",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in {text}");
        }
        drop(open);
        assert!(metrics.text(&Condition::default(), 0, None).contains("\nfeltbog_connections 0\n"));
    }
}
