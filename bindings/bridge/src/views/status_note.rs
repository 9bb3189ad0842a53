//! How a programme stands against its file.

use feltbog_app::CountedNote;
use feltbog_reports::{Contradiction, HeldAgainst, Scope, Sentence, Standing, YearsCost};

use super::scope::scope;
use crate::reply::{SentenceRow, StatusNotePage, TargetRow, YearsCostRow};

pub(crate) fn status_note(counted: CountedNote) -> StatusNotePage {
    let CountedNote { note, at, programme, scope: whose } = counted;
    StatusNotePage {
        programme,
        name: note.name,
        source: note.source,
        at: at.to_string(),
        scope: scope(whose),
        targets: note.targets.into_iter().map(|held| target(held, &note.contradictions)).collect(),
        years: note.years.into_iter().map(|cost| year(cost, whose)).collect(),
        saving: note.saving.map(|saving| sentence(saving.sentence())),
        contradictions: note.contradictions.iter().map(contradiction).collect(),
    }
}

fn target(held: HeldAgainst, found: &[Contradiction]) -> TargetRow {
    let said = held.sentences().into_iter().map(sentence).collect();
    let HeldAgainst { target, figure, standing } = held;
    let of_it = |found: &&Contradiction| matches!(found, Contradiction::TargetOfAnotherMeasure { target: of, .. } if *of == target.measure);
    TargetRow {
        said,
        apart: found.iter().filter(of_it).map(contradiction).collect(),
        says: target.says,
        measure: target.measure.code().to_owned(),
        title: target.measure.title().da.to_owned(),
        title_en: target.measure.title().en.to_owned(),
        at_least_percent: u32::from(target.at_least_percent),
        from: target.from.to_string(),
        to: target.to.to_string(),
        standing: word(standing).to_owned(),
        numerator: figure.as_ref().map(|figure| figure.numerator),
        denominator: figure.as_ref().and_then(|figure| figure.denominator),
        undecided: figure.as_ref().map_or(0, |figure| figure.undecided),
        assumed_ordinary: figure.as_ref().map_or(0, |figure| figure.assumed_ordinary),
        as_of: figure.map(|figure| figure.question.as_of().to_string()),
    }
}

const fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::NotBegun => "not_begun",
        Standing::OwnOnly => "own_only",
        Standing::SoFar => "so_far",
        Standing::Undecided => "undecided",
        Standing::Nobody => "nobody",
        Standing::Reached => "reached",
        Standing::NotReached => "not_reached",
    }
}

fn year(cost: YearsCost, whose: Scope) -> YearsCostRow {
    let said = sentence(cost.sentence(whose));
    let YearsCost { year, kroner, per_place, into_work, per_person_into_work } = cost;
    YearsCostRow { year, kroner, per_place, into_work, per_person_into_work, said }
}

fn contradiction(found: &Contradiction) -> SentenceRow {
    sentence(found.sentence())
}

pub(crate) fn sentence(Sentence { da, en }: Sentence) -> SentenceRow {
    SentenceRow { da, en }
}
