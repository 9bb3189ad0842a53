//! What happens to the network, the server and the devices, drawn from a seed.

use std::time::Duration;

use feltbog_harness::Chance;
use turmoil::Sim;

use crate::link::SERVER;

/// The shortest and the longest latency.
const SHORT: Duration = Duration::from_millis(5);
const LONG_MS: u64 = 60_000;
/// In fair weather.
const FAIR: Duration = Duration::from_millis(50);
/// The longest any trouble lasts.
const LONGEST_MS: u64 = 90_000;

/// What may befall a device's link, a device or the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// Everything is dropped, both ways.
    Partition,
    /// What the device says is dropped.
    Mute,
    /// What the server says is dropped: it has done its work and nobody hears of it.
    Deaf,
    /// Everything stalls and goes on later.
    Hold,
    /// Segments are lost now and then, and the connections with them.
    Drops,
    /// Latencies up to a minute.
    Slow,
    /// The device's process ends and is started again.
    DeviceCrash,
    /// The server's process ends and is started again.
    ServerCrash,
}

const ALL: [Trouble; 8] = [
    Trouble::Partition,
    Trouble::Mute,
    Trouble::Deaf,
    Trouble::Hold,
    Trouble::Drops,
    Trouble::Slow,
    Trouble::DeviceCrash,
    Trouble::ServerCrash,
];

/// The weather of one life: a subset of troubles, and how often they come.
#[derive(Debug)]
pub struct Weather {
    chance: Chance,
    kinds: Vec<Trouble>,
    /// One in so many ticks brings trouble to a device or the server.
    seldom: u64,
    troubles: Vec<Option<(Trouble, Duration)>>,
    server_down_until: Option<Duration>,
    /// Troubles so far.
    count: usize,
}

/// What the weather cannot do by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// This device's process ends.
    Crash(usize),
    /// It is started again.
    Start(usize),
}

/// What a device's host is called in the simulated network.
pub(crate) fn host_of(device: usize) -> String {
    format!("device-{device}")
}

impl Weather {
    /// The weather of a seed.
    #[must_use]
    pub fn of(seed: u64, devices: usize) -> Self {
        let mut chance = Chance::of(seed);
        let mut kinds: Vec<Trouble> = ALL.into_iter().filter(|_| chance.below(2) == 0).collect();
        if kinds.is_empty() {
            kinds.push(*chance.one(&ALL));
        }
        let seldom = 100 + chance.below(600);
        Self { chance, kinds, seldom, troubles: vec![None; devices], server_down_until: None, count: 0 }
    }

    /// Called once a tick. Links have one trouble at a time.
    pub(crate) fn tick(&mut self, sim: &mut Sim<'_>) -> Vec<Order> {
        let now = sim.elapsed();
        if self.server_down_until.is_some_and(|until| until <= now) {
            self.server_down_until = None;
            sim.bounce(SERVER);
        }
        let mut orders = Vec::new();
        for device in 0..self.troubles.len() {
            match self.troubles[device] {
                Some((trouble, until)) if until <= now => orders.extend(self.end(sim, device, trouble)),
                None if self.chance.below(self.seldom) == 0 => orders.extend(self.begin(sim, device, now)),
                _ => {}
            }
        }
        orders
    }

    /// Whether there was any trouble at all.
    pub(crate) fn came(&self) -> bool {
        self.count > 0
    }

    /// The sky clears, for good.
    pub(crate) fn clear(&mut self, sim: &mut Sim<'_>) -> Vec<Order> {
        if self.server_down_until.take().is_some() {
            sim.bounce(SERVER);
        }
        let under: Vec<_> = self.troubles.iter().enumerate().filter_map(|(n, t)| t.map(|(t, _)| (n, t))).collect();
        under.into_iter().filter_map(|(device, trouble)| self.end(sim, device, trouble)).collect()
    }

    fn begin(&mut self, sim: &mut Sim<'_>, device: usize, now: Duration) -> Option<Order> {
        let trouble = *self.chance.one(&self.kinds);
        let until = now + Duration::from_millis(self.chance.below(LONGEST_MS));
        let host = host_of(device);
        self.count += 1;
        if trouble == Trouble::ServerCrash {
            if self.server_down_until.is_none() {
                sim.crash(SERVER);
                // Mostly it is back soon, as a supervisor has it.
                self.server_down_until = Some(now + (until - now) / 4);
            }
            return None;
        }
        self.troubles[device] = Some((trouble, until));
        match trouble {
            Trouble::Partition => sim.partition(host, SERVER),
            Trouble::Mute => sim.partition_oneway(host, SERVER),
            Trouble::Deaf => sim.partition_oneway(SERVER, host),
            Trouble::Hold => sim.hold(host, SERVER),
            Trouble::Drops => sim.set_link_fail_rate(host, SERVER, 0.02 + 0.01 * self.chance.below(20) as f64),
            Trouble::Slow => {
                let most = SHORT + Duration::from_millis(self.chance.below(LONG_MS));
                sim.set_link_max_message_latency(host, SERVER, most);
            }
            Trouble::DeviceCrash => return Some(Order::Crash(device)),
            Trouble::ServerCrash => {}
        }
        None
    }

    fn end(&mut self, sim: &mut Sim<'_>, device: usize, trouble: Trouble) -> Option<Order> {
        let host = host_of(device);
        self.troubles[device] = None;
        match trouble {
            Trouble::Partition => sim.repair(host, SERVER),
            Trouble::Mute => sim.repair_oneway(host, SERVER),
            Trouble::Deaf => sim.repair_oneway(SERVER, host),
            Trouble::Hold => sim.release(host, SERVER),
            Trouble::Drops => {
                sim.set_link_fail_rate(host.as_str(), SERVER, 0.0);
                sim.repair(host.as_str(), SERVER);
            }
            Trouble::Slow => sim.set_link_max_message_latency(host, SERVER, FAIR),
            Trouble::DeviceCrash => return Some(Order::Start(device)),
            Trouble::ServerCrash => {}
        }
        None
    }

    /// The network of a life before anything happens to it.
    pub(crate) fn network(seed: u64, tick: Duration) -> turmoil::Builder {
        let mut builder = turmoil::Builder::new();
        builder
            .rng_seed(seed)
            .tick_duration(tick)
            .simulation_duration(Duration::from_secs(24 * 60 * 60))
            .min_message_latency(SHORT)
            .max_message_latency(FAIR)
            .tcp_capacity(4_096);
        builder
    }
}
