//! What does not fit together in a programme's text, as a sentence.

use crate::compare::{Incomparable, comparable};
use crate::contradictions::Contradiction;
use crate::measure::{Measure, Text};

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

impl Contradiction {
    /// Both numbers, and why they cannot be read as one.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        let say = |da: String, en: String| Sentence { da, en };
        match self {
            Self::Percentage { said, counted } => say(
                format!("Teksten siger {said} pct., men tallene ved siden af giver {counted} pct."),
                format!("The text says {said} %, but the numbers beside it give {counted} %."),
            ),
            Self::NoSuchShare { percent, of } => say(
                format!("Intet helt antal af {of} personer er {percent} pct."),
                format!("No whole number of {of} persons is {percent} %."),
            ),
            Self::Headline { percent, together } => say(
                format!("Overskriften siger {percent} pct. om alle grupper; tilsammen er det {together} pct."),
                format!("The headline says {percent} % of all groups; together it is {together} %."),
            ),
            Self::Sum { what, said, counted } => {
                let (da, en) = summed(what);
                say(
                    format!("Teksten siger {said} for {da}, men delene giver {counted}."),
                    format!("The text says {said} for {en}, but the parts add up to {counted}."),
                )
            }
            Self::Amount { year, text, table } => say(
                format!("For {year} siger teksten {text} t.kr., tabellen {table} t.kr."),
                format!("For {year} the text says {text} thousand kroner, the table {table}."),
            ),
            Self::Years { said, counted } => say(
                format!("Teksten siger {said} år, men fra første til sidste dag er der {counted}."),
                format!("The text says {said} years, but there are {counted} from the first day to the last."),
            ),
            Self::TargetOfAnotherMeasure { published, target } => {
                let (result, goal, why) = (published.title(), target.title(), why_apart(*published, *target));
                say(
                    format!(
                        "Resultatet er \"{}\", målet er \"{}\": det ene kan ikke trækkes fra det andet{}.",
                        result.da, goal.da, why.da
                    ),
                    format!(
                        "The result is \"{}\", the target \"{}\": one cannot be subtracted from the other{}.",
                        result.en, goal.en, why.en
                    ),
                )
            }
            Self::TwoBaselines { of_it, on_top } => {
                let (of_it, on_top) = (f64::from(*of_it) / 10.0, f64::from(*on_top) / 10.0);
                let comma = |number: f64| format!("{number:.1}").replace('.', ",");
                say(
                    format!(
                        "Det er ikke sagt, om forbedringen er procent eller procentpoint: sammenligningsgrundlaget er {} eller {} pct.",
                        comma(of_it),
                        comma(on_top)
                    ),
                    format!(
                        "It is not said whether the improvement is percent or percentage points: the baseline is {of_it:.1} or {on_top:.1} %."
                    ),
                )
            }
            Self::MoreThanTheMethodAllows { each } => say(
                format!("Var alle borgere med på én gang, havde hver konsulent {each}: flere, end metoden tillader."),
                format!(
                    "Were all citizens there at once, each consultant would have {each}: more than the method allows."
                ),
            ),
        }
    }
}

/// Why two measures are not set against each other, where more is to be said than that they are two.
fn why_apart(published: Measure, target: Measure) -> Text {
    match comparable(published, target) {
        Err(Incomparable::StatusAndFlow) => Text {
            da: ", for det ene er en status på én dag, det andet det, der skete i en periode",
            en: ": one is a status on a day, the other what happened in a period",
        },
        _ => Text { da: "", en: "" },
    }
}

/// What a sum is of, in the file's words.
fn summed(what: &str) -> (&str, &str) {
    match what {
        "total" => ("alle år", "all years"),
        "municipalities" => ("kommuner", "municipalities"),
        "principles" => ("principper", "principles"),
        "answered" => ("svar", "answers"),
        "units" => ("enheder", "units"),
        "yes" => ("ja-svar", "answers of yes"),
        "no" => ("nej-svar", "answers of no"),
        "no_answer" => ("enheder uden svar", "units without an answer"),
        "known_yes" => (
            "enheder, der arbejder med metoden, når anden viden er talt med",
            "units that work with the method, other knowledge counted",
        ),
        "known_no" => {
            ("enheder, der ikke gør, når anden viden er talt med", "units that do not, other knowledge counted")
        }
        "unknown" => ("enheder, ingen ved noget om", "units nobody knows of"),
        other => (other, other),
    }
}
