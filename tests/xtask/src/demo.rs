//! `cargo xtask demo`: a municipality on one computer.
//!
//! ```text
//!   phone (iframe)          phone (iframe)
//!      |  frame door           |  frame door       lets the host's page into a frame of the demo page
//!   feltbog open            feltbog open           the product, each with its own encrypted database
//!      |  network switch       |  network switch   what "airplane mode" is here
//!      +-----------+-----------+
//!            feltbog-server                        the product
//! ```
//!
//! Doors and switches belong to this program; nothing of the demo is in the product.

mod addresses;
mod cast;
mod device;
mod document;
mod folder_search;
mod frame_door;
mod http;
mod municipality;
mod network_switch;
mod page;
mod phone;
mod progress;
mod register;
mod secret;
mod server;
mod server_log;
mod started;
mod today;
mod typed;
mod workplace;

use std::path::PathBuf;

use anyhow::Result;

use self::municipality::Municipality;
use self::page::Page;
use self::phone::Phone;
use self::progress::say;
use self::workplace::Workplace;
use crate::binaries::Binaries;
use crate::words::Words;

/// What the command line asks for.
struct Wish {
    port: u16,
    release: bool,
    small: bool,
    keep: Option<PathBuf>,
    /// Where the browser test learns the addresses.
    for_test: Option<PathBuf>,
}

impl Wish {
    fn of(mut words: Words) -> Result<Self> {
        let wish = Self {
            port: words.value("--port")?.unwrap_or(0),
            release: words.flag("--release"),
            small: words.flag("--small"),
            keep: words.value("--keep")?,
            for_test: words.value("--for-test")?,
        };
        words.finish()?;
        Ok(wish)
    }
}

/// Plays until somebody presses Ctrl-C.
pub(crate) fn run(words: Words) -> Result<()> {
    let wish = Wish::of(words)?;
    let door = page::bind(wish.port)?;
    say("Bygger brugerflade, server og app", "building user interface, server and app (minutes the first time)");
    let binaries = Binaries::build(wish.release)?;
    let workplace = Workplace::make(wish.keep.as_deref())?;
    let mut municipality = Municipality::found(&binaries, &workplace, wish.small)?;
    let phones = cast::ON_STAGE
        .iter()
        .map(|person| Phone::switch_on(municipality.take(person)?, person, &workplace))
        .collect::<Result<Vec<_>>>()?;
    let page = Page::open(door, municipality.server, phones)?;
    if let Some(file) = &wish.for_test {
        addresses::write(file, &page, &binaries, &workplace)?;
    }
    println!("\n  {}\n", page.address());
    say("Åbn adressen i en browser. Ctrl-C stopper", "open it in a browser; Ctrl-C stops everything");
    page.serve();
    Ok(())
}
