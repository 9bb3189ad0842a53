//! One phone on the page: a device, its host, its network and its door.

use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

use super::cast::Person;
use super::frame_door::FrameDoor;
use super::municipality::Member;
use super::network_switch::NetworkSwitch;
use super::started::first_line;
use super::workplace::Workplace;
use crate::janitor::Kept;

/// A phone that is on.
pub(super) struct Phone<'a> {
    pub(super) person: &'static Person,
    pub(super) member: Member,
    pub(super) network: NetworkSwitch,
    pub(super) door: FrameDoor,
    workplace: &'a Workplace,
    power: Mutex<Power>,
}

struct Power {
    host: Option<Kept>,
    /// The key to this run of the host.
    token: String,
    /// How often it was switched on.
    runs: u32,
}

impl<'a> Phone<'a> {
    pub(super) fn switch_on(member: Member, person: &'static Person, workplace: &'a Workplace) -> Result<Self> {
        let network = member.network.clone().with_context(|| format!("{} has no network switch", person.name))?;
        let power = Mutex::new(Power { host: None, token: String::new(), runs: 0 });
        let phone = Self { person, member, network, door: FrameDoor::open()?, workplace, power };
        phone.start(&mut phone.power())?;
        Ok(phone)
    }

    /// Takes the battery out in the middle of whatever it does, and puts it in again.
    pub(super) fn lose_power(&self) -> Result<()> {
        let mut power = self.power();
        if let Some(host) = power.host.take() {
            host.kill();
        }
        self.start(&mut power)
    }

    /// Where the page's frame finds it. Differs after each start, so that the frame loads anew.
    pub(super) fn address(&self) -> String {
        let power = self.power();
        format!("{}/?{}#token={}", self.door.origin(), power.runs, power.token)
    }

    fn start(&self, power: &mut Power) -> Result<()> {
        let mut open = self.member.device.command();
        let (host, address) = first_line(open.args(["open", "--port", "0"]), self.workplace, self.person.key)?;
        let (port, token) = parts(&address).with_context(|| format!("feltbog told no address but {address}"))?;
        self.door.lead_to(port);
        *power = Power { host: Some(host), token, runs: power.runs + 1 };
        Ok(())
    }

    fn power(&self) -> MutexGuard<'_, Power> {
        self.power.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Port and token of `http://127.0.0.1:PORT/#token=TOKEN`.
fn parts(address: &str) -> Option<(u16, String)> {
    let (place, token) = address.split_once("/#token=")?;
    Some((place.rsplit_once(':')?.1.parse().ok()?, token.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn port_and_token_come_apart() {
        assert_eq!(parts("http://127.0.0.1:4711/#token=abc"), Some((4711, "abc".to_owned())));
        assert_eq!(parts("http://127.0.0.1/#token=abc"), None);
        assert_eq!(parts("Feltbog er allerede åben"), None);
    }
}
