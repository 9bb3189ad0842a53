//! What was agreed to happen next.

use jiff::civil::{Date, Time};

use crate::code_list::code_list;

/// An appointment or an intention that an entry ended with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// What, in a few words.
    pub text: String,
    /// On which day; without one it is an intention only.
    pub on: Option<Date>,
    /// At what time on the clock of the wall, where one was agreed.
    pub time: Option<Time>,
    /// What became of it; nothing while it is still to come.
    pub settled: Option<StepOutcome>,
}

impl NextStep {
    /// Whether somebody still has to do something about it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.settled.is_none()
    }
}

code_list! {
    /// What became of an appointment.
    StepOutcome {
        Held = "held", "holdt";
        NoShow = "no_show", "kom ikke";
        Moved = "moved", "flyttet";
        Dropped = "dropped", "droppet";
    }
}
