//! A device that comes new to everything: its bytes, how long until it can be used, how long until it has all.

use std::io::Write as _;
use std::time::{Duration, Instant};

use anyhow::Result;
use feltbog_app::App;
use feltbog_domain::Role;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use jiff::ToSpan as _;

use crate::report::{Aim, Report};
use crate::world::{World, join, note, number};

/// Of a year of 25 citizens.
const AIM_BYTES: f64 = 620_000.0;
const USABLE_DAYS: i32 = 90;

pub(crate) async fn run(world: &World, report: &mut Report) -> Result<()> {
    let newcomer = join(&world.leader, world.folder.path(), "Ny Leder", Role::Deputy).await?;
    world.leader.exchange().await?;
    let wanted = recent_entries(&world.leader, world.scale.citizens)?;
    let started = Instant::now();
    let exchanging = tokio::spawn({
        let newcomer = newcomer.clone();
        async move { newcomer.exchange().await }
    });
    let usable = until_usable(&newcomer, &wanted, started).await?;
    let exchange = exchanging.await??;
    let whole = started.elapsed();
    let share = f64::from(world.scale.entries()) / 3_750.0;
    report.value("new device: bytes down", exchange.bytes_down as f64, "B", &Aim::AtMost(AIM_BYTES * share));
    let texts = deflated_texts(world)?;
    report.value(
        "new device: bytes down",
        exchange.bytes_down as f64,
        "B",
        &Aim::Times(3.0, "its notes, deflated", texts),
    );
    report.value("new device: turnarounds", f64::from(exchange.turnarounds), "", &Aim::None);
    let milliseconds = |time: Duration| time.as_secs_f64() * 1_000.0;
    report.value("new device: register and last 90 days usable", milliseconds(usable), "ms", &Aim::AtMost(500.0));
    report.value("new device: usable, by history", milliseconds(usable), "ms", &Aim::Flat(1.5));
    report.value("new device: everything there", milliseconds(whole), "ms", &Aim::None);
    report.value(
        "new device: an entry taken in",
        milliseconds(whole) / f64::from(world.scale.entries()),
        "ms",
        &Aim::Flat(1.5),
    );
    where_the_bytes_go(world, report)
}

/// How many entries of the last days each case has.
fn recent_entries(device: &App, citizens: u32) -> Result<Vec<usize>> {
    (1..=citizens).map(|case| recent_of(device, case)).collect()
}

fn recent_of(device: &App, case: u32) -> Result<usize> {
    let since = jiff::Zoned::now().date().checked_sub(USABLE_DAYS.days())?;
    let view = device.with(|d| d.show_case(&number(case)))?;
    Ok(view.entries.iter().filter(|entry| entry.fields.at.date() >= since).count())
}

/// Looks again and again, as somebody does who waits before a screen; whatever brought the rows counts.
async fn until_usable(device: &App, wanted: &[usize], started: Instant) -> Result<Duration> {
    let mut missing: Vec<(u32, usize)> = (1_u32..).zip(wanted.iter().copied()).collect();
    loop {
        tokio::time::sleep(Duration::from_millis(15)).await;
        if device.with(feltbog_app::Device::cases)?.len() < wanted.len() {
            continue;
        }
        while let Some((case, count)) = missing.last().copied() {
            if recent_of(device, case)? < count {
                break;
            }
            missing.pop();
        }
        if missing.is_empty() {
            return Ok(started.elapsed());
        }
    }
}

fn deflated_texts(world: &World) -> Result<f64> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    for case in 1..=world.scale.citizens {
        for n in 0..world.scale.entries_per_citizen() {
            encoder.write_all(note(case * 100_000 + n).as_bytes())?;
        }
    }
    Ok(encoder.finish()?.len() as f64)
}

/// What the server's log holds, by kind: how much of it is frame, how much is body.
fn where_the_bytes_go(world: &World, report: &Report) -> Result<()> {
    let log = rusqlite::Connection::open(world.folder.path().join("server").join("feltbog.db"))?;
    let mut statement =
        log.prepare("SELECT kind, count(*), sum(length(body)) FROM log GROUP BY kind ORDER BY 3 DESC")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, count, bytes): (u8, u32, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let frames = count * FRAME;
        let name = KINDS.iter().find(|(code, _)| *code == kind).map_or("other", |(_, name)| *name);
        report.note(&format!(
            "in the log: {name:<14} {count:>6} rows {bytes:>9} B, of which {frames:>8} B header and signature, {:>9} B body",
            bytes - frames
        ));
    }
    Ok(())
}

/// Header with commitment and length of the body, and signature.
const FRAME: u32 = 164 + 64;
const KINDS: [(u8, &str); 6] =
    [(1, "change set"), (2, "cold bundle"), (3, "key record"), (4, "grant"), (5, "revoke"), (7, "certificate")];
