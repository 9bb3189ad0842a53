//! One life: work under weather, then a clear sky, then the reckoning.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feltbog_server::{ServeError, Server};
use turmoil::Sim;

use crate::checks::{Ended, is_quiet, nothing_is_lost};
use crate::founded::{self, Founded, name_of};
use crate::ledger::Ledger;
use crate::link::SERVER;
use crate::phone::Phone;
use crate::socket::Ear;
use crate::weather::{Order, Weather, host_of};

/// Coarser than a real network and fine enough for what is looked for.
const TICK: Duration = Duration::from_millis(50);
/// How often the end is looked for.
const LOOK: u32 = 40;
/// Nothing changed for so long: several exchanges of each device.
const STILL: Duration = Duration::from_secs(40);
/// By then a clear sky must have healed everything; the longest pause between exchanges is half a minute.
const HEALED: Duration = Duration::from_secs(20 * 60);

/// How much happens.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Acts of each person.
    pub acts: u32,
    /// How long the weather lasts.
    pub weather: Duration,
}

/// Lives one life. Panics when it does not end as every life must.
pub fn live(seed: u64, founded: &Founded, size: Size) {
    let folder = founded.copy();
    let devices = founded.devices();
    let ledger = Arc::new(Mutex::new(Ledger::of(devices)));
    let phones: Vec<Arc<Phone>> = (0..devices)
        .map(|n| Arc::new(Phone::new(n, devices, folder.path().join(name_of(n)), size.acts, seed, &ledger)))
        .collect();
    let mut sim = Weather::network(seed, TICK).build();
    let data = folder.path().join(founded::SERVER);
    sim.host(SERVER, move || serve(data.clone()));
    for phone in &phones {
        let phone = Arc::clone(phone);
        sim.host(host_of(phone.number()), move || {
            let phone = Arc::clone(&phone);
            async move {
                phone.run().await;
                Ok(())
            }
        });
    }
    let mut weather = Weather::of(seed, devices);
    while sim.elapsed() < size.weather {
        let orders = weather.tick(&mut sim);
        obey(&orders, &mut sim, &phones);
        sim.step().unwrap();
    }
    let orders = weather.clear(&mut sim);
    obey(&orders, &mut sim, &phones);
    until_still(&mut sim, &phones);
    let ended: Vec<Ended> =
        phones.iter().map(|phone| Ended { number: phone.number(), app: phone.app().unwrap() }).collect();
    assert!(weather.came(), "a life without weather shows nothing");
    nothing_is_lost(&ended, &ledger.lock().unwrap());
}

async fn serve(data: PathBuf) -> turmoil::Result {
    let ear = async { Ear::open().await.map_err(ServeError::Listen) };
    Server::over(&data, ear).await?.run(std::future::pending()).await?;
    Ok(())
}

fn obey(orders: &[Order], sim: &mut Sim<'_>, phones: &[Arc<Phone>]) {
    for order in orders {
        match *order {
            Order::Crash(device) => {
                sim.crash(host_of(device));
                phones[device].let_go();
            }
            Order::Start(device) => sim.bounce(host_of(device)),
        }
    }
}

/// Goes on until everybody has done everything, nothing waits, all have come equally far, and it stays so for a while.
fn until_still(sim: &mut Sim<'_>, phones: &[Arc<Phone>]) {
    let deadline = sim.elapsed() + HEALED;
    let (mut as_far_as, mut since) = (None, sim.elapsed());
    loop {
        for _ in 0..LOOK {
            sim.step().unwrap();
        }
        let far = how_far(phones);
        if far.is_none() || far != as_far_as {
            (as_far_as, since) = (far, sim.elapsed());
        } else if sim.elapsed() - since >= STILL {
            return;
        }
        assert!(sim.elapsed() < deadline, "not at rest under a clear sky: {}", told(phones));
    }
}

/// The place in the log all devices have reached, if all have reached the same and have nothing left to say.
fn how_far(phones: &[Arc<Phone>]) -> Option<u64> {
    let mut far = None;
    for phone in phones {
        let app = phone.app()?;
        let status = app.with(feltbog_app::Device::status).unwrap();
        let same = far.is_none_or(|far| far == status.cursor);
        if !phone.is_done() || !is_quiet(&status) || !same {
            return None;
        }
        far = Some(status.cursor);
    }
    far
}

fn told(phones: &[Arc<Phone>]) -> String {
    let status = |phone: &Arc<Phone>| {
        let app = phone.app();
        let status = app.as_ref().map(|app| app.with(feltbog_app::Device::status).unwrap());
        let failure = app.and_then(|app| app.last_failure());
        let told = status.map(|s| {
            (s.cursor, s.unsent, s.quarantined, s.refused.iter().map(|refused| refused.code).collect::<Vec<_>>())
        });
        format!(
            "\n  device {}: (cursor, unsent, quarantined, refused) {told:?}, last failure {failure:?}",
            phone.number()
        )
    };
    phones.iter().map(status).collect()
}
