//! What a screen waits for.

use anyhow::Result;

use crate::figures::Figures;
use crate::line;
use crate::world::World;

pub(crate) fn run(world: &World) -> Result<()> {
    let list = Figures::of(30, |_| Ok(world.consultant.with(|d| d.cases()).map(|_| ())?))?;
    line("the list of citizens", &list, None);
    let page = Figures::of(30, |n| {
        world.consultant.with(|d| d.show_case(&format!("B-{:03}", n % 25 + 1)))?;
        Ok(())
    })?;
    line("one citizen's whole timeline", &page, None);
    let search = Figures::of(30, |_| Ok(world.consultant.with(|d| d.search("kokken tirs")).map(|_| ())?))?;
    line("search for two words", &search, None);
    Ok(())
}
