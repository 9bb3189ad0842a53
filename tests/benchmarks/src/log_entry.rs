//! Logging one entry durably, beside one plain fsynced insert on the same disk.

use anyhow::Result;
use feltbog_app::LogWish;

use crate::figures::Figures;
use crate::line;
use crate::world::{World, note};

const TIMES: u32 = 400;

pub(crate) fn run(world: &World) -> Result<()> {
    let plain = plain_insert(world)?;
    line("plain SQLite insert, fsynced (reference)", &plain, None);
    let logged = Figures::of(TIMES, |n| {
        let wish = LogWish {
            case: Some(format!("B-{:03}", n % 25 + 1)),
            kind: "contact".into(),
            minutes: Some(45),
            note: note(n),
            ..LogWish::default()
        };
        world.consultant.with(|d| d.log_entry(&wish))?;
        Ok(())
    })?;
    line("log one entry: encrypted, searchable, fsynced", &logged, Some(("plain insert", &plain)));
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
