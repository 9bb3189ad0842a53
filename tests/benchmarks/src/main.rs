//! `cargo xtask bench`: what the everyday acts cost, each beside a reference of the same run.
//!
//! Machines are noisy, so the ratios count and the absolute figures do not. Nothing here passes or fails.
#![allow(clippy::print_stdout, reason = "a command line for developers")]

mod field_day;
mod figures;
mod log_entry;
mod reading;
mod world;

use anyhow::Result;

use figures::Figures;
use world::World;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    for years in [1, 4] {
        println!("\n== one consultant, 25 citizens, {years} year(s): {} entries", 25 * 150 * years);
        let world = runtime.block_on(World::build(years))?;
        log_entry::run(&world)?;
        reading::run(&world)?;
        runtime.block_on(field_day::run(&world))?;
        runtime.block_on(field_day::newcomer(&world))?;
    }
    Ok(())
}

/// Prints one line of the report.
fn line(what: &str, figures: &Figures, reference: Option<(&str, &Figures)>) {
    print!("{what:<44} median {:>8.3} ms  p99 {:>8.3} ms", figures.median(), figures.p99());
    if let Some((name, base)) = reference {
        print!("  = {:.1} x {name}", figures.median() / base.median());
    }
    println!();
}
