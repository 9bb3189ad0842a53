//! What somebody waits for while a whole programme, taken in at once, is sealed and sent for the first time.

use std::time::{Duration, Instant};

use anyhow::Result;
use feltbog_app::App;

use crate::figures::Figures;
use crate::report::{Aim, Report};
use crate::world::{World, number};

/// Longer than this a screen feels slow, milliseconds.
const AT_MOST: f64 = 200.0;
/// Between two questions of somebody who taps without a pause.
const BETWEEN: Duration = Duration::from_millis(5);

pub(crate) async fn run(world: &World, report: &mut Report) -> Result<()> {
    let begun = Instant::now();
    let exchanging = tokio::spawn({
        let leader = world.leader.clone();
        async move { leader.exchange().await }
    });
    let (leader, citizens) = (world.leader.clone(), world.scale.citizens);
    let asked =
        tokio::task::spawn_blocking(move || ask_until_done(&leader, citizens, || exchanging.is_finished())).await??;
    let whole = begun.elapsed().as_secs_f64() * 1_000.0;
    report.value("a question while a first import is sealed, median", asked.median(), "ms", &Aim::None);
    report.value("a question while a first import is sealed, longest", asked.longest(), "ms", &Aim::AtMost(AT_MOST));
    report.value("the first exchange of an import", whole, "ms", &Aim::None);
    Ok(())
}

/// One citizen after another is opened until the exchange is over; how long each took to open.
fn ask_until_done(leader: &App, citizens: u32, is_done: impl Fn() -> bool) -> Result<Figures> {
    let mut taken = Vec::new();
    for n in 0.. {
        if is_done() {
            break;
        }
        let begun = Instant::now();
        leader.with(|d| d.show_case(&number(n % citizens + 1)))?;
        taken.push(begun.elapsed().as_secs_f64() * 1_000.0);
        std::thread::sleep(BETWEEN);
    }
    Ok(Figures::from_values(taken))
}
