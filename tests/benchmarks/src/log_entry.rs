//! Logging one entry durably, beside one plain fsynced insert on the same disk.

use anyhow::Result;
use feltbog_app::LogWish;

use crate::figures::Figures;
use crate::report::{Aim, Report};
use crate::world::{World, note, number};

const TIMES: u32 = 400;

/// The aim is 0.8 ms (p99 3 ms) beside a plain fsynced insert of 0.24 ms.
pub(crate) fn run(world: &World, report: &mut Report) -> Result<()> {
    let plain = plain_insert(world)?;
    report.timings("plain SQLite insert, fsynced (reference)", &plain, &Aim::None, &Aim::None);
    let wish = |n: u32| LogWish {
        case: Some(number(n % world.scale.citizens + 1)),
        kind: "contact".into(),
        minutes: Some(45),
        note: note(n),
        ..LogWish::default()
    };
    let logged = Figures::of(TIMES, |n| {
        world.consultant.with(|d| d.log_entry(&wish(n)))?;
        Ok(())
    })?;
    // As a window does it, offline for long: everything unsent of the citizen is sealed for the leaders beside the database.
    world.consultant.save(|d| d.log_entry(&wish(0)))?;
    let kept = Figures::of(TIMES, |n| {
        world.consultant.save(|d| d.log_entry(&wish(n)))?;
        Ok(())
    })?;
    let times = |most| Aim::Times(most, "plain insert, median", plain.median());
    report.timings("log one entry, encrypted, searchable, fsynced", &logged, &times(3.3), &times(12.5));
    report.timings("the same with its sealed copy beside it", &kept, &Aim::AtMost(10.0), &Aim::AtMost(50.0));
    report.value("log one entry, by history", logged.median(), "ms", &Aim::Flat(1.3));
    Ok(())
}

fn plain_insert(world: &World) -> Result<Figures> {
    let connection = rusqlite::Connection::open(world.folder.path().join("plain.db"))?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (text TEXT)")?;
    let figures = Figures::of(TIMES, |n| {
        connection.execute("INSERT INTO t (text) VALUES (?1)", [note(n)])?;
        Ok(())
    })?;
    connection.execute_batch("DROP TABLE t")?;
    Ok(figures)
}
