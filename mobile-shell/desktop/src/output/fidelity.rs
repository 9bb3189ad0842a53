//! How near a programme keeps to the method.

use feltbog_bridge::{FidelityItem, FidelityPage, FidelitySum};

use super::number::{count, of};
use super::scope::{is_own, whose};
use super::table::Table;
use super::unsaid::taken_for_ordinary;
use super::when;

pub(super) fn text(page: &FidelityPage) -> String {
    let of = whose(&page.scope);
    let about = format!("{}{of}, {} til {}", page.programme, when::day(&page.from), when::day(&page.to));
    let about = about.trim_start_matches(", ");
    let mut table = Table::headed(["Nr.", "Punkt", "Point", "Grundlag"]);
    for item in &page.items {
        let points = item.points.map_or_else(|| "-".to_owned(), |points| points.to_string());
        table.row([item.number.to_string(), item.name.clone(), points, basis(item)]);
    }
    format!(
        "{about}\n{}Talt ud fra registreringer: {}.\nVurderet af mennesker: {}.\n{}\n",
        table.text(),
        sum(page.counted),
        sum(page.by_people),
        band(page)
    )
}

fn basis(item: &FidelityItem) -> String {
    match (item.scored_by.as_deref(), item.why_not.as_deref()) {
        (Some("entries"), _) => [counted(item), overruled(item)].concat(),
        (Some(_), _) => item.note.clone().unwrap_or_default(),
        (None, Some("not_scored_yet")) if item.numerator.is_some() => format!("{}; skal vurderes", counted(item)),
        (None, Some("not_scored_yet")) => "ikke vurderet endnu".to_owned(),
        (None, Some("not_counted_yet")) => "lederen har ikke lagt tællingen i gennemgangen endnu".to_owned(),
        (None, Some("nothing_to_count")) => "intet at tælle i perioden: skal vurderes".to_owned(),
        (None, Some("few_seek_work")) => {
            format!("{}; en konsulent har færre end tre, der søger job: skal vurderes", counted(item))
        }
        (None, Some("few_jobs")) => format!("{}; færre end ti job: skal vurderes", counted(item)),
        (None, Some("own_only")) => format!("{}; kun dine egne borgere: ingen point", counted(item)),
        (None, _) => format!("{}; det, der ikke vides, kan ændre pointene: skal vurderes", counted(item)),
    }
}

/// What was divided by what, and what is not known of it. Of few people the leader's count keeps the points alone.
fn counted(item: &FidelityItem) -> String {
    if item.numerator.is_none() {
        return "talt hos lederen; tallene er små og vises ikke".to_owned();
    }
    let above = item.numerator.unwrap_or(0).to_string();
    // A third of a full-time post is written with the digits the review has.
    let below = item.denominator.unwrap_or(0.0).to_string().replace('.', ",");
    let mut said = match item.number {
        1 => format!("{} på {}", of(&above, "borger", "borgere"), of(&below, "konsulent", "konsulenter")),
        15 => format!("{} i alt, {}", of(&above, "dag", "dage"), of(&below, "borger", "borgere")),
        17 => format!("{} i {}", of(&above, "møde", "møder"), of(&below, "konsulentuge", "konsulentuger")),
        _ => format!("{above} af {below} job"),
    };
    if item.undecided > 0 {
        said += &match item.number {
            15 => format!("; {} har ikke mødt en arbejdsgiver endnu", item.undecided),
            _ => format!("; om {} job mangler oplysninger", item.undecided),
        };
    }
    if item.assumed_ordinary > 0 {
        said += "; ";
        said += taken_for_ordinary(item.assumed_ordinary).trim_end_matches('.');
    }
    said
}

/// What people wrote of an item of which the count holds.
fn overruled(item: &FidelityItem) -> String {
    let Some(points) = item.people_points else { return String::new() };
    let note = item.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    format!("; tællingen gælder, ikke de {points} point i gennemgangen{note}")
}

fn sum(sum: FidelitySum) -> String {
    let open = if sum.open == 0 { String::new() } else { format!(", {} mangler", count(sum.open, "punkt", "punkter")) };
    format!("{} af {} point{open}", sum.points, sum.of)
}

fn band(page: &FidelityPage) -> String {
    let points = page.counted.points + page.by_people.points;
    if is_own(&page.scope) {
        return "Intet samlet niveau: skalaen gælder hele programmet, og du ser kun dine egne borgere.".to_owned();
    }
    match page.band.as_deref() {
        None => "Intet samlet niveau: det nævnes først, når alle 25 punkter har point.".to_owned(),
        Some("exemplary") => format!("Samlet {points} af 125: fremragende modeltrofasthed."),
        Some("good") => format!("Samlet {points} af 125: god modeltrofasthed."),
        Some("fair") => format!("Samlet {points} af 125: rimelig modeltrofasthed."),
        Some(_) => format!("Samlet {points} af 125: ikke IPS efter skalaen."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(number: u8, numerator: u64, denominator: f64) -> String {
        counted(&FidelityItem {
            number,
            section: String::new(),
            name: String::new(),
            name_en: String::new(),
            counted: true,
            points: None,
            scored_by: None,
            why_not: None,
            numerator: Some(numerator),
            denominator: Some(denominator),
            undecided: 0,
            assumed_ordinary: 0,
            people_points: None,
            note: None,
        })
    }

    #[test]
    fn one_is_not_several() {
        assert_eq!(said(1, 1, 1.0), "1 borger på 1 konsulent");
        assert_eq!(said(1, 21, 0.5), "21 borgere på 0,5 konsulenter");
        assert_eq!(said(15, 1, 1.0), "1 dag i alt, 1 borger");
        assert_eq!(said(17, 1, 2.0), "1 møde i 2 konsulentuger");
        assert_eq!(said(17, 0, 1.0), "0 møder i 1 konsulentuge");
    }
}
