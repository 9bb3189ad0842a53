//! Lives over a network that misbehaves. See the crate's documentation for how to live more of them, or one again.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests fail loudly and say where they are")]

use std::ops::Range;
use std::time::Duration;

use feltbog_turmoil::{Founded, Size, live};

/// Lives of five devices, and of twenty, that run unless told otherwise.
const SMALL: u64 = 30;
const LARGE: u64 = 1;

/// A number of the environment.
fn told(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap())
}

/// The seeds to live: one that was named, or as many as usual, or ten small ones for each large one of so many.
fn seeds(usual: u64) -> Range<u64> {
    match (told("FELTBOG_TURMOIL_SEED"), told("FELTBOG_TURMOIL_LIVES")) {
        (Some(seed), _) => seed..seed + 1,
        (None, Some(lives)) => 0..(lives * usual).div_ceil(SMALL),
        (None, None) => 0..usual,
    }
}

fn live_all(founded: &Founded, seeds: Range<u64>, size: Size) {
    for seed in seeds {
        // Shown when the life fails.
        eprintln!("seed {seed}, {} devices", founded.devices());
        live(seed, founded, size);
    }
}

#[test]
fn five_devices_end_equal_whatever_the_network_does() {
    let size = Size { acts: 8, weather: Duration::from_secs(180) };
    live_all(&Founded::with(5), seeds(SMALL), size);
}

#[test]
fn twenty_devices_end_equal_whatever_the_network_does() {
    let size = Size { acts: 4, weather: Duration::from_secs(120) };
    live_all(&Founded::with(20), seeds(LARGE), size);
}
