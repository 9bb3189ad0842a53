//! A survey among units.

use feltbog_bridge::{CoverageRow, NamedCount, SurveyPage};
use serde_json::json;

use super::number::count;
use super::report::in_words;
use super::{Output, imported};

mod map;

/// The two counts, each for itself; lines that were not taken, each with why.
pub(crate) fn show(page: &SurveyPage, output: &mut Output) {
    output.say(|| json!(page), || text(page));
    beside(page, output);
}

/// The units as a spreadsheet's file.
pub(crate) fn sheet(page: &SurveyPage, output: &mut Output) {
    output.file(|| json!({ "csv": page.sheet }), &page.sheet);
    beside(page, output);
}

fn beside(page: &SurveyPage, output: &mut Output) {
    if !page.unread.is_empty() {
        output.warn(&format!("Kolonner, der ikke er læst: {}", page.unread.join(", ")));
    }
    page.refused.iter().for_each(|line| output.warn(&imported::refusal(line)));
}

pub(super) fn text(page: &SurveyPage) -> String {
    let (answers, other) = (page.answers, page.with_other_knowledge);
    let rate = page.response_percent.map(|percent| format!(", svarprocent {percent}")).unwrap_or_default();
    let mut lines = vec![
        format!("{} af {} svarede{rate}", page.answered, count(page.units, "enhed", "enheder")),
        format!(
            "Efter svarene alene: {} arbejder med IPS, {} gør ikke, {} svarede ikke",
            answers.yes, answers.no, answers.no_answer
        ),
        format!(
            "Med anden viden om dem, der ikke svarede: {} arbejder med IPS, {} gør ikke, {} ved ingen noget om",
            other.yes, other.no, other.unknown
        ),
    ];
    part(&mut lines, "Kendt uden svar", &page.known_from);
    part(&mut lines, "Grunde til ikke at arbejde med IPS", &page.reasons);
    part(&mut lines, "Hjælp udefra", &page.help);
    part(&mut lines, "Uddannelse, hvor svaret er ja", &page.training);
    if page.training_not_said > 0 {
        lines.push(format!("  intet sagt om uddannelse: {}", page.training_not_said));
    }
    lines.extend(coverage(&page.coverage));
    if !page.disagreeing.is_empty() {
        lines.push(format!("Svar og anden viden er uenige; svaret tæller: {}", page.disagreeing.join(", ")));
    }
    if !page.contradictions.is_empty() {
        lines.push("Det, der ikke passer med kilden:".to_owned());
        lines.extend(page.contradictions.iter().map(|sentence| format!("  {}", sentence.da)));
    }
    lines.extend(map::lines(page));
    lines.join("\n") + "\n"
}

fn part(lines: &mut Vec<String>, heading: &str, counts: &[NamedCount]) {
    let said: Vec<String> =
        counts.iter().filter(|it| it.units > 0).map(|it| format!("  {}: {}", it.title, it.units)).collect();
    if !said.is_empty() {
        lines.push(format!("{heading}:"));
        lines.extend(said);
    }
}

/// How many of those it is for are reached, over the units that say both.
fn coverage(row: &CoverageRow) -> Vec<String> {
    if row.units == 0 {
        return vec![
            "Ingen enhed siger både, hvor mange der er i målgruppen, og hvor mange der er i indsatsen".to_owned(),
        ];
    }
    let CoverageRow { units, in_target_group, offered, units_offered, enrolled, share } = row;
    vec![
        format!("Dækning hos {}:", count(*units, "enhed, der siger begge tal", "enheder, der siger begge tal")),
        format!("  i målgruppen: {in_target_group}"),
        format!("  blevet tilbudt indsatsen: {offered} (hos {units_offered} af dem)"),
        format!("  i indsatsen: {enrolled}, {} af målgruppen", in_words(*share, "share")),
    ]
}
