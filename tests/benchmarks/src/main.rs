//! `cargo xtask bench`: what the everyday acts cost, each beside a reference of the same run and the aim.
//!
//! Machines are noisy, so the ratios count and the absolute figures do not. Nothing here passes or fails.
#![allow(clippy::print_stdout, reason = "a command line for developers")]

mod cold_open;
mod device;
mod field_day;
mod figures;
mod first_exchange;
mod first_import;
mod first_screen;
mod load;
mod log_entry;
mod programme_report;
mod push_load;
mod reading;
mod report;
mod scale;
mod search;
mod server_process;
mod server_report;
mod sizes;
mod world;

use anyhow::Result;

use report::Report;
use scale::Scale;
use world::World;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    if let [command, folder] = words.as_slice()
        && command == server_process::COMMAND
    {
        return runtime.block_on(server_process::serve(folder.as_ref()));
    }
    if words.as_slice() == ["--only", "push"] {
        return runtime.block_on(push_load::run());
    }
    if words.as_slice() == ["--only", "load"] {
        return runtime.block_on(load::run());
    }
    if words.as_slice() == ["--only", "sizes"] {
        return runtime.block_on(sizes::run());
    }
    let mut report = Report::default();
    if words.as_slice() == ["--only", "search"] {
        search::run(&mut report)?;
        report.end();
        return Ok(());
    }
    if words.as_slice() == ["--only", "first-screen"] {
        runtime.block_on(first_screen::run(&mut report))?;
        report.end();
        return Ok(());
    }
    if words.as_slice() == ["--only", "report"] {
        runtime.block_on(programme_report::run(&mut report))?;
        report.end();
        return Ok(());
    }
    for scale in Scale::read(&words)? {
        report.begin(scale);
        let world = runtime.block_on(World::build(scale))?;
        runtime.block_on(first_exchange::run(&world, &mut report))?;
        cold_open::run(&world, &mut report)?;
        log_entry::run(&world, &mut report)?;
        reading::run(&world, &mut report)?;
        runtime.block_on(field_day::run(&world, &mut report))?;
        report.memory("the server's peak memory", world.server.peak_memory());
    }
    search::run(&mut report)?;
    runtime.block_on(first_screen::run(&mut report))?;
    runtime.block_on(programme_report::run(&mut report))?;
    report.end();
    runtime.block_on(push_load::run())?;
    runtime.block_on(load::run())
}
