//! The municipality: a server, a programme, and five separately enrolled devices.

use anyhow::{Context, Result, bail};

use super::cast::{COLLEAGUES, GUIDE_CASE, LEADER, ON_STAGE, PROGRAMME, Person};
use super::device::Device;
use super::network_switch::NetworkSwitch;
use super::progress::say;
use super::register::Register;
use super::server::Server;
use super::today;
use super::workplace::Workplace;
use crate::binaries::Binaries;

/// Everybody is enrolled, everything is imported, and all have what is theirs.
pub(super) struct Municipality {
    pub(super) server: Server,
    members: Vec<Member>,
}

/// One person with their device.
pub(super) struct Member {
    pub(super) key: &'static str,
    /// The device's id, as the server sees it.
    pub(super) id: String,
    pub(super) device: Device,
    /// Its way to the server, for those on the page.
    pub(super) network: Option<NetworkSwitch>,
}

impl Municipality {
    pub(super) fn found(binaries: &Binaries, workplace: &Workplace, small: bool) -> Result<Self> {
        let server = Server::start(binaries, workplace)?;
        let leader = Device::of(&LEADER, binaries, workplace);
        let shares = workplace.path("recovery-shares");
        let shares = shares.to_str().context("the folder's name is not UTF-8")?;
        let [url, code] = [&server.address, &server.bootstrap];
        leader.tell(&["setup", "--server", url, "--code", code, "--name", LEADER.name, "--shares-to", shares])?;
        leader.tell(&["programme", PROGRAMME])?;
        leader.tell(&["sync"])?;
        say(&format!("{PROGRAMME} er oprettet; {} leder", LEADER.name), "programme made, led from its first device");
        let members = COLLEAGUES.iter().map(|person| join(person, &leader, &server, binaries, workplace));
        let town = Self { members: members.collect::<Result<_>>()?, server };
        import(&leader, &Register::choose(workplace, small)?)?;
        town.exchange(&leader)?;
        Ok(town)
    }

    /// Takes that person's device away, to hand it to a phone.
    pub(super) fn take(&mut self, person: &Person) -> Result<Member> {
        let place = self.members.iter().position(|member| member.key == person.key);
        place.map(|place| self.members.remove(place)).with_context(|| format!("{} has no device", person.name))
    }

    fn exchange(&self, leader: &Device) -> Result<()> {
        let sent = leader.tell(&["sync"])?;
        say(&format!("Lederen har sendt {} kuverter", sent.number("/sent")?), "envelopes sent by the leader");
        for person in &COLLEAGUES {
            let member = self.members.iter().find(|member| member.key == person.key).context("nobody")?;
            let got = member.device.tell(&["sync"])?;
            let cases = member.device.tell(&["cases"])?.length();
            if cases == 0 {
                bail!("{} got no cases", person.name);
            }
            say(
                &format!("{}: {} kuverter, {cases} borgere", person.name, got.number("/received")?),
                "envelopes and citizens",
            );
        }
        Ok(())
    }
}

fn join(person: &Person, leader: &Device, server: &Server, binaries: &Binaries, at: &Workplace) -> Result<Member> {
    let invited = leader.tell(&["invite", "--name", person.name, "--role", person.role])?;
    let invitation = invited.text("/invitation")?;
    let network = match ON_STAGE.iter().any(|other| other.key == person.key) {
        true => Some(NetworkSwitch::to(&server.address)?),
        false => None,
    };
    let url = network.as_ref().map_or_else(|| server.address.clone(), NetworkSwitch::address);
    let device = Device::of(person, binaries, at);
    let joined = device.tell_with(&["join", "-", "--server", &url], &invitation)?;
    let id = joined.text("/device")?;
    say(&format!("{} er med, på sin egen enhed", person.name), &format!("{} joined", person.role));
    Ok(Member { key: person.key, id, device, network })
}

fn import(leader: &Device, register: &Register) -> Result<()> {
    say("Læser forløb og indførsler ind", "importing the programme's register");
    let done = leader.tell(&["import", register.folder()?])?;
    let [cases, entries, employers] =
        ["cases", "entries", "employers"].map(|what| done.number(&format!("/added/{what}")));
    say(
        &format!("{} forløb, {} indførsler, {} virksomheder", cases?, entries?, employers?),
        "enrolments, entries, employers imported",
    );
    let consents = register.consents()?;
    for (case, types) in &consents {
        // The files end in 2021, and a consent lasts a year. One is left to run out soon, as they do.
        let days = if case == GUIDE_CASE { 12 } else { 300 };
        leader.tell(&["consent", case, "--types", types, "--until", &today::in_days(days)])?;
    }
    say(&format!("{} samtykker er fornyet", consents.len()), "consents renewed, the files are from 2021");
    Ok(())
}
