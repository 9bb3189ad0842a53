//! What *Overblik* asks of five years of the largest programme: every figure, one with who is behind it, the charts, and the figures once more
//! from the server.

use anyhow::Result;
use feltbog_app::ReportWish;

use crate::figures::Figures;
use crate::report::{Aim, Report};
use crate::scale::Scale;
use crate::server_report;
use crate::world::World;

const TIMES: u32 = 5;

pub(crate) async fn run(report: &mut Report) -> Result<()> {
    report.begin(Scale::FIVE_YEARS);
    let world = World::unsent(Scale::FIVE_YEARS).await?;
    let everything = ReportWish::default();
    let caseload = ReportWish { measure: Some("caseload".to_owned()), ..ReportWish::default() };
    for (what, wish) in [("all figures", &everything), ("one figure and who is behind it", &caseload)] {
        let figures = Figures::of(TIMES, |_| Ok(world.leader.with(|d| d.report(wish)).map(drop)?))?;
        report.value(what, figures.median(), "ms", &Aim::AtMost(1_000.0));
    }
    let charts = Figures::of(TIMES, |_| Ok(world.leader.with(|d| d.charts(&everything)).map(drop)?))?;
    report.value("what charts are drawn from", charts.median(), "ms", &Aim::AtMost(1_000.0));
    server_report::run(world, report).await
}
