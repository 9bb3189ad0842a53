//! A survey among units, from a file; without a device.

use std::collections::BTreeMap;

use feltbog_app::SurveyRead;
use feltbog_reports::{
    Answers, Coverage, HelpWith, KnownFrom, Reason, SurveyCount, SurveyMap, Text, Tile, TileSays, Training, WithOther,
    ratio,
};

use crate::reply::{AnswersRow, CoverageRow, NamedCount, Refused, SurveyPage, TileRow, TileSaysRow, WithOtherRow};
use crate::views::{rounded, sentence};

/// Reads and counts a survey's file, and holds it against a source that comes with Feltbog or is the text of a file.
///
/// # Errors
/// When either cannot be read, or the source has no survey.
pub fn survey(text: &str, against: Option<&crate::ProgrammeFile>) -> Result<SurveyPage, Refused> {
    let against = against.cloned().map(crate::answer::programme_file);
    Ok(page(feltbog_app::survey(text, against.as_ref()).map_err(crate::session::refused)?))
}

/// What was read, for those who look at it.
pub(crate) fn page(read: SurveyRead) -> SurveyPage {
    let map = SurveyMap::of(&read.units);
    let SurveyCount { answers, with_other, coverage, .. } = &read.count;
    SurveyPage {
        units: answers.units(),
        answered: answers.answered(),
        response_percent: answers.response_percent(),
        answers: answers_row(answers),
        with_other_knowledge: with_other_row(with_other),
        known_from: counts(&read.count.known_from, KnownFrom::ALL, KnownFrom::word, KnownFrom::title),
        disagreeing: read.count.disagreeing.clone(),
        reasons: counts(&read.count.reasons, Reason::ALL, Reason::word, Reason::title),
        help: counts(&read.count.help, HelpWith::ALL, HelpWith::word, HelpWith::title),
        training: counts(&read.count.training, Training::ALL, Training::word, Training::title),
        training_not_said: read.count.training_not_said,
        coverage: coverage_row(coverage),
        contradictions: read.contradictions.into_iter().map(sentence).collect(),
        tile_says: TileSays::ALL.iter().map(|says| tile_says(*says, &map)).collect(),
        tiles: map.tiles.into_iter().map(tile).collect(),
        nowhere: map.nowhere,
        sheet: read.sheet,
        unread: read.unread,
        refused: read.refused.into_iter().map(crate::views::refused_line).collect(),
    }
}

fn tile(Tile { place, says, units }: Tile) -> TileRow {
    let (name, short, says) = (place.name.to_owned(), place.short.to_owned(), says.word().to_owned());
    TileRow { name, short, column: place.column, row: place.row, says, units }
}

fn tile_says(says: TileSays, map: &SurveyMap) -> TileSaysRow {
    let Text { da, en } = says.title();
    let municipalities = map.tiles.iter().filter(|tile| tile.says == says).map(|_| 1).sum();
    TileSaysRow { says: says.word().to_owned(), title: da.to_owned(), title_en: en.to_owned(), municipalities }
}

const fn answers_row(Answers { yes, no, no_answer }: &Answers) -> AnswersRow {
    AnswersRow { yes: *yes, no: *no, no_answer: *no_answer }
}

const fn with_other_row(WithOther { yes, no, unknown }: &WithOther) -> WithOtherRow {
    WithOtherRow { yes: *yes, no: *no, unknown: *unknown }
}

fn coverage_row(coverage: &Coverage) -> CoverageRow {
    let Coverage { units, in_target_group, offered, units_offered, enrolled } = *coverage;
    let share = ratio(enrolled, Some(in_target_group)).map(rounded);
    CoverageRow { units, in_target_group, offered, units_offered, enrolled, share }
}

fn counts<T: Copy + Ord>(
    found: &BTreeMap<T, u32>,
    all: &[T],
    word: impl Fn(T) -> &'static str,
    title: impl Fn(T) -> Text,
) -> Vec<NamedCount> {
    let named = |it: &T| {
        let Text { da, en } = title(*it);
        let units = found.get(it).copied().unwrap_or_default();
        NamedCount { name: word(*it).to_owned(), title: da.to_owned(), title_en: en.to_owned(), units }
    };
    all.iter().map(named).collect()
}
