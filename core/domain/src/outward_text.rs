//! The disclosure guard: whether a text that leaves the house would give the citizen away.
//!
//! It reads what is meant for an employer, and what a partner at home might see: a calendar, a message, a card, a
//! notification. It names each passage and why, so that whoever wrote it can write it without. It knows words, not
//! meanings: a text without a finding is not thereby harmless, and the sentence for that is the writer's own judgement.
//!
//! On purpose not among the words, because they tell of no illness, no drugs and no unit, and because nobody could write
//! to an employer without them: *kommune*, *jobcenter*, *konsulent*, *jobkonsulent*, *mentor*, *kontaktperson*,
//! *sagsbehandler*, *læge*, *hospital*, *sygdom*, *sygemelding*, *stress*.

mod agreed;
mod finding;
mod letters;
mod nobodys_places;
mod term;
mod units;
mod words;

use std::ops::Range;

use self::agreed::Agreed;
use self::finding::Finder;
use self::letters::tokens;
pub use self::nobodys_places::is_nobodys_place;
use crate::case::Disclosure;

/// Who might read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience<'a> {
    /// An employer, with what is agreed for this citizen and this employer.
    Employer(MaySay<'a>),
    /// Whoever shares the citizen's home, telephone or letterbox. What an employer may know changes nothing here.
    Home,
}

/// What is agreed about one citizen towards one employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MaySay<'a> {
    /// Nothing, what was agreed, or everything.
    pub disclosure: Disclosure,
    /// *Må siges*, as it was written down.
    pub may_say: &'a str,
    /// *Må ikke siges*, as it was written down.
    pub may_not_say: &'a str,
}

/// Why a passage gives the citizen away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GivesAway {
    /// It names the programme.
    Programme,
    /// It names a diagnosis or a mental illness.
    Diagnosis,
    /// It tells of drugs or alcohol.
    Substance,
    /// It tells of treatment.
    Treatment,
    /// It names a medicine.
    Medicine,
    /// It names a unit or a site of the programme or of treatment.
    Unit,
    /// It is agreed that it is not said.
    AgreedNot,
}

impl GivesAway {
    const fn danish(self) -> &'static str {
        match self {
            GivesAway::Programme => "IPS",
            GivesAway::Diagnosis => "en diagnose eller psykisk sygdom",
            GivesAway::Substance => "rusmidler eller alkohol",
            GivesAway::Treatment => "behandling",
            GivesAway::Medicine => "medicin",
            GivesAway::Unit => "det sted, indsatsen hører til",
            GivesAway::AgreedNot => "noget, det er aftalt ikke at sige",
        }
    }

    const fn english(self) -> &'static str {
        match self {
            GivesAway::Programme => "IPS",
            GivesAway::Diagnosis => "a diagnosis or mental illness",
            GivesAway::Substance => "drugs or alcohol",
            GivesAway::Treatment => "treatment",
            GivesAway::Medicine => "medicine",
            GivesAway::Unit => "the unit behind the programme",
            GivesAway::AgreedNot => "something it is agreed not to say",
        }
    }
}

/// A passage that gives the citizen away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Giveaway {
    /// The passage as it stands in the text.
    pub passage: String,
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// GivesAway.
    pub why: GivesAway,
    /// Whether it blocks. Otherwise the word has an innocent meaning too, as *stoffer* for cloth, and the writer is asked.
    pub sure: bool,
}

impl Giveaway {
    /// *Her står »misbrug«. Det fortæller om rusmidler eller alkohol. Skriv det uden.*
    #[must_use]
    pub fn danish(&self) -> String {
        let (passage, why) = (&self.passage, self.why.danish());
        if self.sure {
            format!("Her står »{passage}«. Det fortæller om {why}. Skriv det uden.")
        } else {
            format!("Her står »{passage}«. Det kan læses, som om det handler om {why}. Se efter, om det skal stå der.")
        }
    }

    /// The same in English.
    #[must_use]
    pub fn english(&self) -> String {
        let (passage, why) = (&self.passage, self.why.english());
        if self.sure {
            format!("It says “{passage}”. That tells of {why}. Write it without.")
        } else {
            format!(
                "It says “{passage}”. That can be read as if it were about {why}. Look whether it should stand there."
            )
        }
    }
}

/// The passages of a text that give the citizen away to an audience, in the order they stand. `units` are names of the
/// programme's units and sites and of the places of treatment.
#[must_use]
pub fn giveaways(text: &str, audience: Audience<'_>, units: &[&str]) -> Vec<Giveaway> {
    let words = tokens(text);
    let finder = Finder::of(units);
    let found = match audience {
        Audience::Home => finder.find(&words),
        Audience::Employer(agreement) => match agreement.disclosure {
            Disclosure::Everything => Vec::new(),
            Disclosure::Nothing => Agreed::nothing(agreement.may_not_say).judge(&finder, &words),
            Disclosure::Agreed => Agreed::read(&agreement, &finder).judge(&finder, &words),
        },
    };
    found
        .into_iter()
        .map(|found| Giveaway {
            passage: text.get(found.at.clone()).unwrap_or_default().to_owned(),
            at: found.at,
            why: found.why,
            sure: found.sure,
        })
        .collect()
}

/// Whether a text must not go out: any of its passages is sure to give the citizen away.
#[must_use]
pub fn is_blocked(found: &[Giveaway]) -> bool {
    found.iter().any(|giveaway| giveaway.sure)
}

#[cfg(test)]
mod tests;
