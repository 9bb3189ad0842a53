//! From the passphrase to the list. Deriving the key from it is slow on purpose and is taken out.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use feltbog_app::{Device, HostToken, SystemClock};

use crate::figures::Figures;
use crate::report::{Aim, Report};
use crate::world::{PASSPHRASE, World};

const TIMES: u32 = 5;

pub(crate) fn run(world: &World, report: &mut Report) -> Result<()> {
    // The newcomer's home has everything the leader's has, and nobody holds it any more.
    let home = world.folder.path().join("Ny-Leder");
    let sealed = Device::open(&home, PASSPHRASE, Arc::new(SystemClock))?.seal_host_token(&HostToken::random());
    let unlock = Figures::of(TIMES, |_| {
        Device::open_host_token(&home, PASSPHRASE, &sealed)?;
        Ok(())
    })?;
    let mut after_unlock = Vec::new();
    for _ in 0..TIMES {
        let started = Instant::now();
        let mut device = Device::open(&home, PASSPHRASE, Arc::new(SystemClock))?;
        device.cases()?;
        after_unlock.push(started.elapsed().as_secs_f64() * 1_000.0 - unlock.median());
    }
    let figures = Figures::from_values(after_unlock);
    report.value("cold open to the list, after unlock", figures.median().max(0.0), "ms", &Aim::AtMost(50.0));
    Ok(())
}
