//! A case: one citizen's enrolment in a programme, as the employment side knows it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::contact_by::ContactBy;
use crate::person::Person;

/// What may be said of the programme to an employer, unless something else is agreed for that employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Disclosure {
    /// *Må ikke nævnes*: where every case starts.
    #[default]
    Nothing,
    /// *Det aftalte*: what was agreed in words.
    Agreed,
    /// *Må nævnes*.
    Everything,
}

impl Disclosure {
    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Disclosure::Nothing => "nothing",
            Disclosure::Agreed => "agreed",
            Disclosure::Everything => "everything",
        }
    }

    /// The decision of a stored code. An unknown one means *nothing*: the safe reading.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "agreed" => Disclosure::Agreed,
            "everything" => Disclosure::Everything,
            _ => Disclosure::Nothing,
        }
    }

    /// The decision of the word in an imported file.
    #[must_use]
    pub fn from_csv(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "" | "ingen" => Some(Disclosure::Nothing),
            "det aftalte" => Some(Disclosure::Agreed),
            "alt" => Some(Disclosure::Everything),
            _ => None,
        }
    }

    /// How much it lets be said; the higher, the more.
    #[must_use]
    pub const fn strength(self) -> u8 {
        match self {
            Disclosure::Nothing => 0,
            Disclosure::Agreed => 1,
            Disclosure::Everything => 2,
        }
    }

    /// The decision of a word on the command line: `none`, `agreed`, `all`, or Danish.
    #[must_use]
    pub fn from_typed(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "none" | "nothing" | "må ikke nævnes" => Some(Disclosure::Nothing),
            "agreed" => Some(Disclosure::Agreed),
            "all" | "everything" | "må nævnes" => Some(Disclosure::Everything),
            "" => None,
            word => Disclosure::from_csv(word),
        }
    }

    /// The words shown to people.
    #[must_use]
    pub const fn danish(self) -> &'static str {
        match self {
            Disclosure::Nothing => "Må ikke nævnes",
            Disclosure::Agreed => "Det aftalte må nævnes",
            Disclosure::Everything => "Må nævnes",
        }
    }
}

/// A case's own facts on the employment side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseProfile {
    /// First day in the programme.
    pub enrolled_on: Option<Date>,
    /// Last day in the programme.
    pub exited_on: Option<Date>,
    /// Why it ended.
    pub exit_reason: Option<String>,
    /// Date of birth.
    pub born_on: Option<Date>,
    /// Municipality of residence.
    pub municipality: Option<String>,
    /// District.
    pub district: Option<String>,
    /// Benefit received: a code of [`crate::CodeList::Benefit`], or the word an old file had.
    pub benefit: Option<String>,
    /// The authority's target group: a code of [`crate::CodeList::TargetGroup`], or the word an old file had.
    pub target_group: Option<String>,
    /// *Spor*: psychiatry or drugs.
    pub track: Option<String>,
    /// The responsible consultant, by name.
    pub consultant: Option<String>,
    /// The treatment worker, by name.
    pub therapist: Option<String>,
    /// Where treatment is given.
    pub treatment_site: Option<String>,
    /// What the citizen wants to work with.
    pub job_wish: Option<String>,
    /// What was agreed to do, by whom, by when.
    pub plan: Option<String>,
    /// What the citizen is good at.
    pub strengths: Option<String>,
    /// What it takes to get and keep a job.
    pub support: Option<String>,
    /// The citizen's telephone.
    pub phone: Option<String>,
    /// How the citizen wants to be reached.
    pub contact_by: Option<ContactBy>,
    /// *Efterværn*: first day of support after the goal.
    pub aftercare_from: Option<Date>,
    /// What the citizen wanted before, oldest first.
    pub former_wishes: Vec<FormerWish>,
    /// Benefits received before, oldest first.
    pub former_benefits: Vec<FormerCode>,
    /// Target groups before, oldest first.
    pub former_target_groups: Vec<FormerCode>,
    /// Who is around the citizen beside consultant and therapist, also who was.
    pub people: Vec<Person>,
    /// What may be said to employers by default.
    pub disclosure: Disclosure,
}

/// A wish that was replaced by another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FormerWish {
    /// The day it was replaced.
    pub until: Date,
    /// The wish.
    pub wish: String,
}

/// A code that was replaced by another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FormerCode {
    /// The day it was replaced.
    pub until: Date,
    /// The code, or the word that stood in its place.
    pub code: String,
}
