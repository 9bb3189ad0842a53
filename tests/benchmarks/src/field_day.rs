//! The field day: eight entries in six cases written offline, while a colleague edits three notes and adds four entries
//! in the same cases. Beside it the same texts as deflated JSON, which is the least anything could send.

use std::io::Write as _;
use std::time::Instant;

use anyhow::{Context, Result};
use feltbog_app::LogWish;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::json;

use crate::report::{Aim, Report};
use crate::world::{World, note, number};

/// Folders the eight entries touch.
const FOLDERS: u32 = 6;

pub(crate) async fn run(world: &World, report: &mut Report) -> Result<()> {
    world.consultant.exchange().await?;
    world.therapist.exchange().await?;
    let texts: Vec<(String, String)> = (0..8).map(|n| (number(n % FOLDERS + 1), note(9_000 + n))).collect();
    for (case, text) in &texts {
        world.consultant.with(|d| d.log_entry(&wish(case, text, None)))?;
    }
    colleague(world)?;
    world.therapist.exchange().await?;
    let started = Instant::now();
    let day = world.consultant.exchange().await?;
    let took = started.elapsed().as_secs_f64() * 1_000.0;
    let json: Vec<_> = texts
        .iter()
        .map(|(case, text)| json!({"case": case, "kind": "contact", "minutes": 45, "note": text}))
        .collect();
    let reference = deflated(&serde_json::to_vec(&json)?)? as f64;
    let most = 1.6 * reference + 600.0 * f64::from(FOLDERS);
    report.value("field day: the texts as deflated JSON (reference)", reference, "B", &Aim::None);
    report.value("field day: bytes up", day.bytes_up as f64, "B", &Aim::AtMost(most));
    report.value("field day: bytes up, by history", day.bytes_up as f64, "B", &Aim::Flat(1.05));
    report.value("field day: bytes down", day.bytes_down as f64, "B", &Aim::None);
    report.value("field day: turnarounds", f64::from(day.turnarounds), "", &Aim::AtMost(1.0));
    report.value("field day: on loopback", took, "ms", &Aim::AtMost(150.0));
    let nothing = world.consultant.exchange().await?;
    let sum = nothing.bytes_up + nothing.bytes_down;
    report.value("nothing new: bytes up and down", sum as f64, "B", &Aim::AtMost(600.0));
    report.value("nothing new: turnarounds", f64::from(nothing.turnarounds), "", &Aim::AtMost(1.0));
    Ok(())
}

fn colleague(world: &World) -> Result<()> {
    for n in 0..4 {
        let case = number(n % FOLDERS + 1);
        world.therapist.with(|d| d.log_entry(&wish(&case, &note(9_100 + n), Some(true))))?;
    }
    for n in 0..3 {
        let view = world.therapist.with(|d| d.show_case(&number(n % FOLDERS + 1)))?;
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

fn deflated(bytes: &[u8]) -> Result<usize> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
