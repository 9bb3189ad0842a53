//! The figures of a region's municipalities.

use feltbog_bridge::{CountedFigure, RegionFigure, RegionPage};
use serde_json::json;

use super::report::{based_on, in_words};
use super::table::Table;
use super::{Output, when};

/// The table and its sums; files that were not taken, each with why.
pub(crate) fn show(page: &RegionPage, output: &mut Output) {
    output.say(|| json!(page), || text(page));
    for refused in &page.refused {
        output.warn(&format!("{}: {}", refused.file, refused.why.da));
    }
}

fn text(page: &RegionPage) -> String {
    let Some(as_of) = &page.as_of else { return format!("{}\nIngen fil er talt med.\n{}", page.name, missing(page)) };
    let mut lines = vec![
        format!("{}, alt til og med {}", page.name, when::day(as_of)),
        "Tallene er rundet ned til nærmeste 5, så ingen enkelt borger kan læses ud af dem.".to_owned(),
    ];
    for figure in &page.figures {
        lines.push(format!("\n{}", figure.title));
        lines.push(rows(page, figure).trim_end().to_owned());
        lines.extend(how_far(figure).map(|sentence| format!("  {sentence}")));
    }
    format!("{}\n\n{}", lines.join("\n"), missing(page))
}

fn rows(page: &RegionPage, figure: &RegionFigure) -> String {
    let mut table = Table::default();
    let cells = |name: &str, counted: &CountedFigure| {
        let basis = based_on(counted.numerator, counted.denominator, &figure.unit);
        [format!("  {name}"), in_words(counted.value, &figure.unit), basis]
    };
    for (municipality, counted) in page.municipalities.iter().zip(&figure.each) {
        table.row(cells(&municipality.name, counted));
    }
    table.row(cells("I alt", &figure.sum));
    table.text()
}

/// How far from what was counted the sum may be.
fn how_far(figure: &RegionFigure) -> Option<String> {
    let RegionFigure { above_may_lack, below_may_lack, below_may_exceed, .. } = figure;
    let above = (*above_may_lack)?;
    Some(match (figure.sum.denominator, below_may_exceed) {
        (None, _) => format!("Mindst så mange; der kan mangle op til {above}."),
        (Some(_), 0) => {
            format!("Mindst så mange; der kan mangle op til {above} over stregen og {below_may_lack} under den.")
        }
        (Some(_), exceed) => format!(
            "Der kan mangle op til {above} over stregen; under den kan der være {below_may_lack} flere eller {exceed} færre."
        ),
    })
}

fn missing(page: &RegionPage) -> String {
    match page.missing.as_slice() {
        [] => "Alle kommuner på listen er med.\n".to_owned(),
        missing => format!("Mangler: {}.\n", missing.join(", ")),
    }
}
