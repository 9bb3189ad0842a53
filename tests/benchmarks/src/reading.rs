//! What a screen waits for.

use anyhow::Result;

use crate::figures::Figures;
use crate::report::{Aim, Report};
use crate::world::{World, number};

const TIMES: u32 = 30;

pub(crate) fn run(world: &World, report: &mut Report) -> Result<()> {
    let list = Figures::of(TIMES, |_| Ok(world.consultant.with(feltbog_app::Device::cases).map(|_| ())?))?;
    report.value("the list of citizens", list.median(), "ms", &Aim::Flat(1.3));
    let page = Figures::of(TIMES, |n| {
        world.consultant.with(|d| d.show_case(&number(n % world.scale.citizens + 1)))?;
        Ok(())
    })?;
    report.value("one citizen's whole timeline", page.median(), "ms", &Aim::None);
    let search = Figures::of(TIMES, |_| Ok(world.consultant.with(|d| d.search("kokken tirs")).map(|_| ())?))?;
    report.value("search for two words", search.median(), "ms", &Aim::None);
    Ok(())
}
