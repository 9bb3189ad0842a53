//! A survey among units (job centres): what each said, and what is known of it from elsewhere. The two are counted apart and never
//! mixed.

use std::collections::BTreeMap;

use crate::contradictions::Contradiction;
use crate::measure::Text;
use crate::programme::Survey;

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyUnit {
    /// Its name.
    pub unit: String,
    /// Whether it works with the method, as it answered itself; nothing where it did not answer.
    pub answer: Option<bool>,
    /// The same as known from elsewhere, and from where.
    pub known: Option<(bool, KnownFrom)>,
    /// Why it does not.
    pub reasons: Vec<Reason>,
    /// What partners from outside help it with.
    pub help: Vec<HelpWith>,
    /// Whether its consultants are trained.
    pub training: Option<Training>,
    /// How many the method is for, and how many it reaches.
    pub demand: Demand,
}

/// Where something is known from that a unit did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is its word")]
pub enum KnownFrom {
    Network,
    Project,
    Meeting,
}

/// Why a unit does not work with the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It works with other units around a person as a whole.
    HolisticApproach,
    /// It gives mentors and other support.
    Mentor,
    /// It does not know the method.
    NotKnown,
    /// It costs too much.
    Cost,
    /// It is about to begin.
    StartsSoon,
}

/// What partners from outside help with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is its word")]
pub enum HelpWith {
    Implementation,
    Supervision,
    Teaching,
}

/// Whether a unit's consultants are trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is its word")]
pub enum Training {
    Trained,
    InTraining,
    Untrained,
}

/// Citizens of a unit, as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Demand {
    /// Whom the method is for.
    pub in_target_group: Option<u32>,
    /// Those to whom it was offered.
    pub offered: Option<u32>,
    /// Those who are in it.
    pub enrolled: Option<u32>,
}

/// What is wrong with what is known of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitFault {
    /// It gives reasons for not working with the method, and does not say that it does not.
    ReasonsWithoutNo,
    /// More were offered it than it is for.
    OfferedBeyondTargetGroup,
    /// More are in it than were offered it.
    EnrolledBeyondOffered,
    /// More are in it than it is for.
    EnrolledBeyondTargetGroup,
}

/// What the units said themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "each is its word")]
pub struct Answers {
    pub yes: u32,
    pub no: u32,
    pub no_answer: u32,
}

/// The same with what is known from elsewhere of those that did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "each is its word")]
pub struct WithOther {
    pub yes: u32,
    pub no: u32,
    pub unknown: u32,
}

/// How many citizens the method reaches of those it is for, over the units that say both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Units that say how many it is for and how many are in it.
    pub units: u32,
    /// Whom it is for.
    pub in_target_group: u64,
    /// To whom it was offered, over those of these units that say so.
    pub offered: u64,
    /// Units that say to how many it was offered.
    pub units_offered: u32,
    /// Who is in it.
    pub enrolled: u64,
}

/// A survey, counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SurveyCount {
    /// By the answers alone.
    pub answers: Answers,
    /// With what is known from elsewhere.
    pub with_other: WithOther,
    /// From where it is known, of units that did not answer.
    pub known_from: BTreeMap<KnownFrom, u32>,
    /// Units whose answer is not what is known from elsewhere; their answer counts.
    pub disagreeing: Vec<String>,
    /// Reasons, by how many units give them.
    pub reasons: BTreeMap<Reason, u32>,
    /// Help from outside, by how many units have it.
    pub help: BTreeMap<HelpWith, u32>,
    /// Training, of units that answered yes.
    pub training: BTreeMap<Training, u32>,
    /// Units that answered yes and say nothing of training.
    pub training_not_said: u32,
    /// How many are reached.
    pub coverage: Coverage,
}

impl SurveyUnit {
    /// Whether what is said of the unit can be so.
    ///
    /// # Errors
    /// [`UnitFault`].
    pub fn check(&self) -> Result<(), UnitFault> {
        let Demand { in_target_group, offered, enrolled } = self.demand;
        let beyond = |part: Option<u32>, whole: Option<u32>| part.zip(whole).is_some_and(|(part, whole)| part > whole);
        match () {
            () if !self.reasons.is_empty() && self.answer != Some(false) => Err(UnitFault::ReasonsWithoutNo),
            () if beyond(offered, in_target_group) => Err(UnitFault::OfferedBeyondTargetGroup),
            () if beyond(enrolled, offered) => Err(UnitFault::EnrolledBeyondOffered),
            () if beyond(enrolled, in_target_group) => Err(UnitFault::EnrolledBeyondTargetGroup),
            () => Ok(()),
        }
    }
}

impl Answers {
    /// Units that answered.
    #[must_use]
    pub const fn answered(&self) -> u32 {
        self.yes + self.no
    }

    /// Units that were asked.
    #[must_use]
    pub const fn units(&self) -> u32 {
        self.answered() + self.no_answer
    }

    /// The response rate in whole percent, halves up; nothing where nobody was asked.
    #[must_use]
    pub fn response_percent(&self) -> Option<u64> {
        let (answered, units) = (u64::from(self.answered()), u64::from(self.units()));
        (answered * 200 + units).checked_div(units * 2)
    }
}

impl SurveyCount {
    /// Counts the units.
    #[must_use]
    pub fn of(units: &[SurveyUnit]) -> Self {
        let mut count = Self::default();
        units.iter().for_each(|unit| count.add(unit));
        count
    }

    fn add(&mut self, unit: &SurveyUnit) {
        let known = unit.known.map(|(works, _)| works);
        match unit.answer {
            Some(true) => self.answers.yes += 1,
            Some(false) => self.answers.no += 1,
            None => self.answers.no_answer += 1,
        }
        match unit.answer.or(known) {
            Some(true) => self.with_other.yes += 1,
            Some(false) => self.with_other.no += 1,
            None => self.with_other.unknown += 1,
        }
        match (unit.answer, unit.known) {
            (None, Some((_, from))) => *self.known_from.entry(from).or_default() += 1,
            (Some(answer), Some((known, _))) if answer != known => self.disagreeing.push(unit.unit.clone()),
            _ => {}
        }
        unit.reasons.iter().for_each(|reason| *self.reasons.entry(*reason).or_default() += 1);
        unit.help.iter().for_each(|help| *self.help.entry(*help).or_default() += 1);
        match (unit.answer, unit.training) {
            (Some(true), Some(training)) => *self.training.entry(training).or_default() += 1,
            (Some(true), None) => self.training_not_said += 1,
            _ => {}
        }
        self.coverage.add(unit.demand);
    }

    /// Where a source says other numbers than its units give.
    #[must_use]
    pub fn held_against(&self, said: &Survey) -> Vec<Contradiction> {
        let Self { answers, with_other, .. } = self;
        let mut pairs = vec![
            ("units", said.units, answers.units()),
            ("answered", said.answered, answers.answered()),
            ("yes", said.yes, answers.yes),
            ("no", said.no, answers.no),
            ("no_answer", said.no_answer, answers.no_answer),
        ];
        pairs.extend(said.with_other_knowledge.iter().flat_map(|other| {
            [
                ("known_yes", other.yes, with_other.yes),
                ("known_no", other.no, with_other.no),
                ("unknown", other.unknown, with_other.unknown),
            ]
        }));
        let sums = pairs.into_iter().filter(|(_, said, counted)| said != counted).map(|(what, said, counted)| {
            Contradiction::Sum { what: what.to_owned(), said: u64::from(said), counted: u64::from(counted) }
        });
        let rate = answers.response_percent().filter(|counted| *counted != u64::from(said.response_percent));
        let rate = rate.map(|counted| Contradiction::Percentage { said: said.response_percent, counted });
        sums.chain(rate).collect()
    }
}

impl Coverage {
    fn add(&mut self, demand: Demand) {
        let Demand { in_target_group: Some(whole), enrolled: Some(enrolled), offered } = demand else { return };
        self.units += 1;
        self.in_target_group += u64::from(whole);
        self.enrolled += u64::from(enrolled);
        if let Some(offered) = offered {
            self.units_offered += 1;
            self.offered += u64::from(offered);
        }
    }
}

macro_rules! words {
    ($name:ident, $($variant:ident $typed:literal $da:literal $en:literal),+ $(,)?) => {
        impl $name {
            /// All of them, in the order they are shown in.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// What is meant by a word of a file.
            #[must_use]
            pub fn typed(word: &str) -> Option<Self> {
                match word { $($typed => Some(Self::$variant),)+ _ => None }
            }

            /// The word of a file.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $typed),+ }
            }

            /// What it is called.
            #[must_use]
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text { da: $da, en: $en }),+ }
            }
        }
    };
}

words!(KnownFrom,
    Network "netværk" "fra netværk" "from networks",
    Project "projekt" "fra projekter" "from projects",
    Meeting "møde" "fra møder" "from meetings",
);
words!(Reason,
    HolisticApproach "helhedsorienteret" "arbejder helhedsorienteret med andre afdelinger" "works with the whole person, with other units",
    Mentor "mentor" "bruger mentor og anden støtte" "uses mentors and other support",
    NotKnown "ukendt" "kender ikke indsatsen" "does not know the method",
    Cost "udgifter" "udgifterne til indsatsen" "what the method costs",
    StartsSoon "på vej" "begynder snart" "will begin soon",
);
words!(HelpWith,
    Implementation "implementering" "implementering" "implementation",
    Supervision "supervision" "supervision" "supervision",
    Teaching "undervisning" "undervisning" "teaching",
);
words!(Training,
    Trained "uddannet" "konsulenterne er uddannet" "its consultants are trained",
    InTraining "under uddannelse" "konsulenterne er under uddannelse" "its consultants are in training",
    Untrained "ikke uddannet" "konsulenterne er ikke uddannet" "its consultants are not trained",
);
