//! The programme's figures as the server counts them, beside this device's own.

use feltbog_bridge::{CountedFigure, ServerReportPage};

use super::number::count;
use super::report::{based_on, in_words};
use super::table::Table;
use super::when;

/// What there is to count, and both numbers of each measure.
pub(super) fn text(page: &ServerReportPage) -> String {
    let mut lines = vec![about(page)];
    lines.extend(page.accepted.map(|accepted| {
        let back = page.taken_back.unwrap_or_default();
        format!("Serveren tæller {}; {back} er taget tilbage som fejlregistreret.", entries(accepted))
    }));
    if page.pending > 0 {
        lines.push(format!("Her venter {}, som serveren ikke har endnu (feltbog sync).", entries(page.pending)));
    }
    if page.coarse {
        lines.push("Tallene er rundet ned til nærmeste 5, så ingen enkelt borger kan læses ud af dem.".to_owned());
    }
    let mut table = Table::headed(["Mål", "Serveren", "Grundlag", "Her", "Ens"]);
    for row in &page.figures {
        let said = |figure: &CountedFigure| in_words(figure.value, &row.unit);
        table.row([
            row.title.clone(),
            said(&row.server),
            based_on(row.server.numerator, row.server.denominator, &row.unit),
            row.here.as_ref().map(said).unwrap_or_default(),
            row.agree.map(|agree| if agree { "ja" } else { "NEJ" }).unwrap_or_default().to_owned(),
        ]);
    }
    format!("{}\n{}", lines.join("\n"), table.text())
}

fn about(page: &ServerReportPage) -> String {
    let day = page.figures.first().map(|row| format!("pr. {}", when::day(&row.as_of)));
    [Some(page.programme.clone()).filter(|name| !name.is_empty()), day]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn entries(number: u64) -> String {
    count(u32::try_from(number).unwrap_or(u32::MAX), "registrering", "registreringer")
}
