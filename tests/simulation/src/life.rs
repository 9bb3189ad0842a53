//! A life from its seed to its findings.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Result;
use feltbog_harness::Chance;
use feltbog_sealing::simulation::Seeded;

use crate::course::Course;
use crate::finding::{Checker, Finding};
use crate::planted::Bug;
use crate::size::Size;
use crate::swarm::Swarm;
use crate::trace::Trace;
use crate::witness::Witness;
use crate::world::World;

/// What a life follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// Everything random follows from it.
    pub seed: u64,
    /// How large.
    pub size: Size,
    /// What kind of days.
    pub course: Course,
    /// Which faults.
    pub swarm: Swarm,
    /// A bug on purpose.
    pub planted: Option<Bug>,
}

impl Fate {
    /// The fate of a seed, its faults drawn from it too.
    #[must_use]
    pub fn of(seed: u64, size: Size) -> Self {
        let swarm = Swarm::of(&mut Chance::of(seed ^ 0x5171_7a6d));
        Self { seed, size, course: Course::Everyday, swarm, planted: None }
    }

    /// The same fate with days of another kind.
    #[must_use]
    pub fn in_course(self, course: Course) -> Self {
        Self { course, ..self }
    }
}

/// A life that was lived.
#[derive(Debug)]
pub struct Life {
    /// What it followed from.
    pub fate: Fate,
    /// What was wrong.
    pub findings: Vec<Finding>,
    /// What happened.
    pub trace: Trace,
    /// Rows in the log at its end, words typed, rows sent, deposits: a life with none of them proves nothing.
    pub figures: Figures,
}

/// How much happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Rows in the log at the end.
    pub rows: u64,
    /// Words somebody typed into an entry.
    pub words: usize,
    /// Rows the server sent.
    pub sent: u64,
    /// Deposits in the log.
    pub deposits: usize,
    /// Kinds of refusal that came up.
    pub refusals: usize,
    /// Folders and entries that two people erased.
    pub erased: usize,
    /// Devices that were shut out.
    pub shut_out: usize,
}

/// Lives once.
///
/// # Errors
/// When the simulation itself cannot go on: no folder for the homes, a home that cannot be read past its device.
pub fn live(fate: &Fate) -> Result<Life> {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&fate.seed.to_be_bytes());
    let town = crate::town::Town::of(fate.size, fate.course)?;
    let _seeded = Seeded::with(seed);
    let mut world = World::new(&town, fate)?;
    let lived = catch_unwind(AssertUnwindSafe(|| world.live()));
    match lived {
        Ok(done) => done?,
        Err(panic) => {
            let what = panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "no words".into());
            world.findings.push(Finding::new(Checker::Panic, what));
        }
    }
    let figures = Figures {
        rows: world.ledger.head(),
        words: world.words.count(),
        sent: world.witness.rows_sent,
        deposits: Witness::deposits(&world.ledger),
        refusals: world.witness.refusals.len(),
        erased: world.ledger.erased.count(),
        shut_out: (0..world.phones.len()).filter(|place| world.is_gone(*place)).count(),
    };
    Ok(Life { fate: fate.clone(), findings: world.findings, trace: world.trace, figures })
}
