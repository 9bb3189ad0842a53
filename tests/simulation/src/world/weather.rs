//! What goes wrong around the devices: the server ends or is put back, connections go deaf, clocks jump, programs are renewed.

use std::sync::atomic::Ordering;

use anyhow::Result;

use super::{COPIES, MINUTE_MS, World};
use crate::server::OlderCopy;
use crate::swarm::Fault;

impl World {
    pub(super) fn weather(&mut self) -> Result<()> {
        if self.copies.is_empty() || self.chance.below(4) == 0 {
            self.keep_copy()?;
        }
        if self.strikes(Fault::ServerRestart) {
            self.say("the server ends and starts");
            match self.before_last_push.take() {
                Some(older) => self.put_back(&older)?,
                None => self.server.restart()?,
            }
            self.witness.look_at(&self.ledger);
            self.server_down_until = self.now() + self.below(2 * MINUTE_MS);
        }
        if self.strikes(Fault::ServerRestore) {
            self.restore_server()?;
        }
        if self.strikes(Fault::LongAbsence) {
            let days = 10 + self.below(40);
            self.was_away = true;
            self.say(&format!("everybody is away for {days} days"));
            self.time.fetch_add(days * 86_400_000, Ordering::Relaxed);
        }
        for place in 0..self.phones.len() {
            self.weather_of(place)?;
        }
        Ok(())
    }

    fn keep_copy(&mut self) -> Result<()> {
        if self.swarm.has(Fault::ServerRestore) {
            if self.copies.len() == COPIES {
                let oldest = usize::try_from(self.below(COPIES as u64)).unwrap_or(0);
                self.copies.remove(oldest);
            }
            self.copies.push(self.server.copy()?);
        }
        Ok(())
    }

    fn restore_server(&mut self) -> Result<()> {
        let at = usize::try_from(self.below(self.copies.len() as u64)).unwrap_or(0);
        let Some(older) = self.copies.get(at).cloned() else { return Ok(()) };
        self.put_back(&older)?;
        self.witness.forget();
        self.restored = true;
        self.say(&format!("an older copy is put back: {} rows", self.ledger.head()));
        Ok(())
    }

    fn put_back(&mut self, older: &OlderCopy) -> Result<()> {
        self.server.put_back(older)?;
        self.ledger = self.ledger.of_an_older_copy();
        self.read_ledger()
    }

    fn weather_of(&mut self, place: usize) -> Result<()> {
        let now = self.now();
        if self.strikes(Fault::DeafServer) {
            self.conditions[place].requests_vanish_until = now + self.below(40 * MINUTE_MS);
        }
        if self.strikes(Fault::DeafDevice) {
            self.conditions[place].replies_vanish_until = now + self.below(40 * MINUTE_MS);
        }
        if self.strikes(Fault::ClockJump) {
            let days = self.below(61) - 30;
            self.say(&format!("{place}'s clock is {days} days off"));
            self.phones[place].clock.set_error(days * 86_400_000);
        }
        if self.strikes(Fault::ClockFar) {
            let to = *self.chance.one(&[0, 2_147_483_647_000, 2_147_483_649_000]);
            self.say(&format!("{place}'s clock stands at {to}"));
            self.phones[place].clock.set_to(to);
        }
        if self.strikes(Fault::Upgrade) && !self.phones[place].is_exchanging() {
            self.start_anew(place, "is closed")?;
        }
        Ok(())
    }
}
