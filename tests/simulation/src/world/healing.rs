//! The end of a life: nothing goes wrong any more, and everybody exchanges until nothing moves.

use std::sync::atomic::Ordering;

use anyhow::Result;
use feltbog_app::{AppError, DeviceChange, ExchangeReport, Unreachable, Whose};
use feltbog_protocol::ErrorCode;
use feltbog_sync::Failure;

use super::{Condition, Event, ROUNDS, World};
use crate::acts::tidy_up;
use crate::finding::{Checker, Finding};
use crate::phone::{Phone, Step};
use crate::swarm::Swarm;
use crate::trace::short;

impl World {
    /// Faults end, late copies arrive, and everybody exchanges until nothing moves any more.
    pub(super) fn heal(&mut self) -> Result<()> {
        self.say("heals");
        self.swarm = Swarm::calm();
        self.server_down_until = 0;
        for condition in &mut self.conditions {
            *condition = Condition { exchange_every: condition.exchange_every, ..Condition::default() };
        }
        let late: Vec<Event> = std::mem::take(&mut self.agenda).into_values().collect();
        for event in late {
            if let Event::Arrive { id, .. } = event {
                self.arrive(id, true)?;
            }
        }
        for place in 0..self.phones.len() {
            if self.phones[place].is_exchanging() {
                self.phones[place].answer(Err(Unreachable));
                // It fails, since its answer never came; the rounds below are what counts.
                let _ = self.exchange_at_once(place)?;
            }
        }
        self.settle()?;
        self.free_everybody()?;
        for place in 0..self.phones.len() {
            if self.is_gone(place) {
                continue;
            }
            let (result, _) = self.phones[place].act(None, tidy_up);
            if let Err(error) = result {
                self.findings
                    .push(Finding::new(Checker::LocalWork, format!("{place} cannot tidy up: {}", error.code())));
            }
            let _ = self.exchange(place)?;
        }
        self.settle()
    }

    /// Found again: the leader frees every phone that was only blocked, until nobody's word of a lost phone is under way.
    fn free_everybody(&mut self) -> Result<()> {
        for _ in 0..ROUNDS {
            if !self.free_some()? {
                return Ok(());
            }
        }
        Ok(())
    }

    fn free_some(&mut self) -> Result<bool> {
        let blocked = |phone: &&Phone| self.ledger.people.is_blocked(phone.owner.device);
        let names: Vec<String> = self.phones.iter().filter(blocked).map(|phone| phone.owner.name.clone()).collect();
        if names.is_empty() {
            return Ok(false);
        }
        for name in names {
            let whose = Whose::Member(name.clone());
            let (freed, _) = self.phones[0].act(None, |device| device.change_devices(&whose, DeviceChange::Free));
            self.say(&format!("0 frees {name}: {freed:?}"));
            if let Err(error) = freed {
                self.findings.push(Finding::new(Checker::LocalWork, format!("{name} stays blocked: {}", error.code())));
            }
        }
        self.settle()?;
        Ok(true)
    }

    fn settle(&mut self) -> Result<()> {
        let mut troubles = Vec::new();
        for _ in 0..ROUNDS {
            troubles = self.everybody_exchanges()?;
            if troubles.is_empty() {
                return Ok(());
            }
        }
        self.findings.push(Finding::new(Checker::Settles, troubles.join("; ")));
        Ok(())
    }

    /// Returns what still moved.
    fn everybody_exchanges(&mut self) -> Result<Vec<String>> {
        let mut moved = Vec::new();
        for place in 0..self.phones.len() {
            if self.phones[place].is_over() {
                continue;
            }
            match self.exchange(place)? {
                Ok(report) if report.sent == 0 && report.received == 0 && report.refused.is_empty() => {}
                Ok(report) => moved.push(format!("{place} moved {}/{}", report.sent, report.received)),
                Err(AppError::Exchange(Failure::Refused(why))) if self.is_out(place, why)? => {}
                Err(AppError::Exchange(failure)) => moved.push(format!("{place} {failure:?}")),
                Err(error) => moved.push(format!("{place} {}", error.code())),
            }
        }
        Ok(moved)
    }

    /// Whether a device is not served and has nothing left to hand in.
    fn is_out(&self, place: usize, why: ErrorCode) -> Result<bool> {
        match why {
            ErrorCode::DeviceBlocked => Ok(true),
            ErrorCode::DeviceRevoked => Ok(self.was_away || self.phones[place].inspector().unsettled()? == 0),
            _ => Ok(false),
        }
    }

    fn exchange(&mut self, place: usize) -> Result<Result<ExchangeReport, AppError>> {
        self.phones[place].begin_exchange();
        self.exchange_at_once(place)
    }

    /// Carries an exchange to its end over a link that works.
    fn exchange_at_once(&mut self, place: usize) -> Result<Result<ExchangeReport, AppError>> {
        loop {
            match self.phones[place].poll(None).0 {
                Step::Pauses => {}
                Step::Waits => self.phones[place].answer(Err(Unreachable)),
                Step::Asks(request) => {
                    self.say(&format!("{place} asks: {}", short(&request.body)));
                    self.time.fetch_add(50, Ordering::Relaxed);
                    let reply = self.serve(place, &request)?;
                    self.say(&format!("server answers {place}: {} {}", reply.0, short(&reply.1)));
                    self.phones[place].answer(Ok(reply));
                }
                Step::Over(result) => {
                    self.over(place, &result);
                    return Ok(result);
                }
            }
        }
    }
}
