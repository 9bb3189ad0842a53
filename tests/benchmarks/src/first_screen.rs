//! What the first screen asks of a whole programme that was taken in and never sent, and while it is.

use std::time::Instant;

use anyhow::Result;

use crate::figures::Figures;
use crate::first_import;
use crate::report::{Aim, Report};
use crate::scale::Scale;
use crate::world::World;

const TIMES: u32 = 5;

pub(crate) async fn run(report: &mut Report) -> Result<()> {
    report.begin(Scale::PROGRAMME);
    let world = World::unsent(Scale::PROGRAMME).await?;
    for (what, ask) in [("how the device stands", status as fn(&World) -> Result<()>), ("the list of citizens", cases)]
    {
        let begun = Instant::now();
        ask(&world)?;
        let first = begun.elapsed().as_secs_f64() * 1_000.0;
        report.value(&format!("{what}, the first time of a day"), first, "ms", &Aim::None);
        let figures = Figures::of(TIMES, |_| ask(&world))?;
        report.value(&format!("{what}, nothing sent"), figures.median(), "ms", &Aim::AtMost(100.0));
    }
    first_import::run(&world, report).await
}

fn status(world: &World) -> Result<()> {
    world.leader.with(|d| d.status().map(drop))?;
    Ok(())
}

fn cases(world: &World) -> Result<()> {
    world.leader.with(|d| d.cases().map(drop))?;
    Ok(())
}
