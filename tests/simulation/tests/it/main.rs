//! Lives at CI size, planted bugs, kept seeds. What is simulated stands in the library's own words.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests fail loudly"
)]

mod kept_seeds;
mod lives;
mod planted_bugs;
mod reshuffles;
mod same_again;
mod upheavals;

use feltbog_simulation::{Fate, Life, failure_file, live};

/// Lives, and writes a failure file for a life that goes wrong.
fn lived(fate: &Fate) -> Life {
    let life = live(fate).unwrap();
    if !life.findings.is_empty() && fate.planted.is_none() {
        let file = failure_file::write(&life).unwrap();
        println!("seed {} went wrong, see {}", fate.seed, file.display());
    }
    life
}
