//! Clocks: the world's own, and what each device believes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use feltbog_app::Clock;

/// When every simulated life begins: 2 February 2026, eight in the morning.
pub(crate) const BEGINNING_MS: i64 = 1_770_019_200_000;

/// The world's time, and one device's error.
#[derive(Debug, Clone)]
pub(crate) struct SimulatedClock {
    world: Arc<AtomicI64>,
    error_ms: Arc<AtomicI64>,
}

impl SimulatedClock {
    /// A clock that is right.
    pub(crate) fn of(world: &Arc<AtomicI64>) -> Self {
        Self { world: Arc::clone(world), error_ms: Arc::new(AtomicI64::new(0)) }
    }

    /// From here on this far off.
    pub(crate) fn set_error(&self, error_ms: i64) {
        self.error_ms.store(error_ms, Ordering::Relaxed);
    }

    /// From here on as if it were this moment now.
    pub(crate) fn set_to(&self, ms: i64) {
        self.set_error(ms - self.world.load(Ordering::Relaxed));
    }
}

impl Clock for SimulatedClock {
    fn now_ms(&self) -> i64 {
        self.world.load(Ordering::Relaxed) + self.error_ms.load(Ordering::Relaxed)
    }
}
