//! What an employer looks for.

use jiff::civil::Date;

use crate::code_list::code_list;
use crate::cvr::CvrNumber;
use crate::job_type::JobType;

code_list! {
    /// What became of an opening.
    OpeningState {
        Open = "open", "åben";
        Filled = "filled", "besat";
        Gone = "gone", "bortfaldet";
    }
}

/// A need or an opening, as the team shares it. Who noted it is whoever signed it first: no field may claim it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The employer.
    pub employer: CvrNumber,
    /// What is looked for.
    pub text: String,
    /// Hours a week.
    pub hours_per_week: Option<u32>,
    /// On what terms.
    pub job_type: Option<JobType>,
    /// First day.
    pub from: Option<Date>,
    /// Last day it stands open.
    pub until: Option<Date>,
    /// What became of it.
    pub state: OpeningState,
    /// The day it was noted.
    pub noted_on: Date,
}

impl Opening {
    /// Whether somebody could have it on this day: it was not taken, and its last day is not over. A state this version
    /// does not know is not open.
    #[must_use]
    pub fn is_open_on(&self, day: Date) -> bool {
        self.state == OpeningState::Open && self.until.is_none_or(|until| day <= until)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn opening(state: OpeningState, until: Option<Date>) -> Opening {
        Opening {
            employer: "24256790".parse().unwrap(),
            text: "Opvasker".into(),
            hours_per_week: None,
            job_type: None,
            from: None,
            until,
            state,
            noted_on: date(2026, 3, 1),
        }
    }

    #[test]
    fn an_opening_is_open_through_its_last_day_and_not_the_day_after() {
        let opening = opening(OpeningState::Open, Some(date(2026, 3, 12)));
        assert!(opening.is_open_on(date(2026, 3, 12)));
        assert!(!opening.is_open_on(date(2026, 3, 13)));
    }

    #[test]
    fn what_is_taken_gone_or_in_a_state_nobody_here_knows_is_not_open() {
        for code in ["filled", "gone", "paused"] {
            assert!(!opening(OpeningState::from_code(code), None).is_open_on(date(2026, 3, 1)), "{code}");
        }
        assert!(opening(OpeningState::Open, None).is_open_on(date(2099, 3, 1)));
    }
}
