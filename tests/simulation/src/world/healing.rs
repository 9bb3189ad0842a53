//! The end of a life: nothing goes wrong any more, and everybody exchanges until nothing moves.

use std::sync::atomic::Ordering;

use anyhow::Result;
use feltbog_app::{AppError, ExchangeReport, Unreachable};

use super::{Condition, Event, ROUNDS, World};
use crate::acts::tidy_up;
use crate::finding::{Checker, Finding};
use crate::phone::Step;
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
        for place in 0..self.phones.len() {
            let (result, _) = self.phones[place].act(None, tidy_up);
            if let Err(error) = result {
                self.findings
                    .push(Finding::new(Checker::LocalWork, format!("{place} cannot tidy up: {}", error.code())));
            }
            let _ = self.exchange(place)?;
        }
        self.settle()
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
            match self.exchange(place)? {
                Ok(report) if report.sent == 0 && report.received == 0 && report.refused.is_empty() => {}
                Ok(report) => moved.push(format!("{place} moved {}/{}", report.sent, report.received)),
                Err(AppError::Exchange(failure)) => moved.push(format!("{place} {failure:?}")),
                Err(error) => moved.push(format!("{place} {}", error.code())),
            }
        }
        Ok(moved)
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
