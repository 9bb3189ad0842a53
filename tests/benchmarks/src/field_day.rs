//! The field day: eight entries in six cases written offline, while a colleague edits three notes and adds four entries
//! in the same cases. Beside it the same texts as deflated JSON, which is the least anything could send.

use std::io::Write as _;
use std::time::Instant;

use anyhow::{Context, Result};
use feltbog_app::{ExchangeReport, LogWish};
use feltbog_domain::Role;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::json;

use crate::world::{World, join, note};

pub(crate) async fn run(world: &World) -> Result<()> {
    world.consultant.exchange().await?;
    world.therapist.exchange().await?;
    let texts: Vec<(String, String)> = (0..8).map(|n| (format!("B-{:03}", n % 6 + 1), note(9_000 + n))).collect();
    for (case, text) in &texts {
        world.consultant.with(|d| d.log_entry(&wish(case, text, None)))?;
    }
    colleague(world)?;
    world.therapist.exchange().await?;
    report("field day, consultant", &timed(world.consultant.exchange()).await?);
    let json: Vec<_> = texts
        .iter()
        .map(|(case, text)| json!({"case": case, "kind": "contact", "minutes": 45, "note": text}))
        .collect();
    println!("{:<44} {:>7} B", "  the same texts, deflated JSON (reference)", deflated(&serde_json::to_vec(&json)?)?);
    report("nothing new", &timed(world.consultant.exchange()).await?);
    Ok(())
}

/// A device of a new consultant who takes over nothing, and the leader's second look at the whole programme.
pub(crate) async fn newcomer(world: &World) -> Result<()> {
    let newcomer = join(&world.leader, world.folder.path(), "Ny Leder", Role::Deputy).await?;
    world.leader.exchange().await?;
    report("new device of a deputy, everything", &timed(newcomer.exchange()).await?);
    Ok(())
}

fn colleague(world: &World) -> Result<()> {
    for n in 0..4 {
        let case = format!("B-{:03}", n % 6 + 1);
        world.therapist.with(|d| d.log_entry(&wish(&case, &note(9_100 + n), Some(true))))?;
    }
    for n in 0..3 {
        let view = world.therapist.with(|d| d.show_case(&format!("B-{:03}", n % 6 + 1)))?;
        let entry = view.entries.last().context("a shared entry")?.entry;
        let opened = world.therapist.with(|d| d.open_entry(entry))?;
        let text = format!("{} Tilføjet bagefter.", opened.entry.note);
        world.therapist.with(|d| d.edit_note(entry, &text, &opened.heads))?;
    }
    Ok(())
}

fn wish(case: &str, text: &str, shared: Option<bool>) -> LogWish {
    LogWish {
        case: Some(case.into()),
        kind: "contact".into(),
        minutes: Some(45),
        note: text.into(),
        shared,
        ..LogWish::default()
    }
}

async fn timed<E: std::error::Error + Send + Sync + 'static>(
    exchange: impl Future<Output = Result<ExchangeReport, E>>,
) -> Result<(ExchangeReport, f64)> {
    let started = Instant::now();
    let report = exchange.await?;
    Ok((report, started.elapsed().as_secs_f64() * 1_000.0))
}

fn report(what: &str, (report, ms): &(ExchangeReport, f64)) {
    println!(
        "{what:<44} {:>7} B up  {:>9} B down  {} turnaround(s)  {:>8.1} ms on loopback",
        report.bytes_up, report.bytes_down, report.turnarounds, ms
    );
}

fn deflated(bytes: &[u8]) -> Result<usize> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
