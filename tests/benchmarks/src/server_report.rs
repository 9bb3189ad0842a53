//! The same figures as the server counts them, from what devices told: from the request's first byte to the answer's last.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Result, bail, ensure};
use feltbog_app::{Answer, App, Device, Headers, HttpTransport, ReportWish, SystemClock, Transport};

use crate::figures::Figures;
use crate::report::{Aim, Report};
use crate::world::{PASSPHRASE, World};

const TIMES: usize = 5;
const PATH: &str = "/v1/report";

/// A way to the server that notes how long each report took.
struct Timed {
    way: HttpTransport,
    taken: Mutex<Vec<f64>>,
}

impl Transport for Timed {
    fn post<'a>(&'a self, server: &'a str, path: &'a str, headers: Headers, body: Vec<u8>) -> Answer<'a> {
        Box::pin(async move {
            let started = Instant::now();
            let answer = self.way.post(server, path, headers, body).await;
            if path == PATH {
                let taken = started.elapsed().as_secs_f64() * 1_000.0;
                self.taken.lock().unwrap_or_else(PoisonError::into_inner).push(taken);
            }
            answer
        })
    }
}

/// The leader sends what she has, and asks. The world ends with it: her home is opened anew.
pub(crate) async fn run(world: World, report: &mut Report) -> Result<()> {
    let World { leader, server, folder, .. } = world;
    leader.exchange().await?;
    drop(leader);
    let timed = Arc::new(Timed { way: HttpTransport::new()?, taken: Mutex::default() });
    let device = Device::open(&folder.path().join("leader"), PASSPHRASE, Arc::new(SystemClock))?;
    let leader = App::new(device, timed.clone());
    for _ in 0..TIMES {
        let told = leader.server_report(&ReportWish::default()).await?;
        ensure!(told.pending == 0, "{} entries are not at the server", told.pending);
        if let Some(both) = told.figures.iter().find(|both| both.agree() == Some(false)) {
            bail!("the server counts otherwise: {both:?}");
        }
    }
    let taken = std::mem::take(&mut *timed.taken.lock().unwrap_or_else(PoisonError::into_inner));
    report.value("all figures, the server", Figures::from_values(taken).median(), "ms", &Aim::AtMost(300.0));
    report.memory("the server's peak memory", server.peak_memory());
    Ok(())
}
