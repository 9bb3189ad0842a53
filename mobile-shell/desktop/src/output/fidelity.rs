//! How near a programme keeps to the method.

use feltbog_bridge::{FidelityItem, FidelityPage, FidelitySum};

use super::number::count;
use super::scope::whose;
use super::table::Table;
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
        "{about}\n{}Talt af registreringer: {}.\nVurderet af mennesker: {}.\n{}\n",
        table.text(),
        sum(page.counted),
        sum(page.by_people),
        band(page)
    )
}

fn basis(item: &FidelityItem) -> String {
    if let Some(note) = &item.note {
        return note.clone();
    }
    match item.why_not.as_deref() {
        None => match (item.numerator, item.denominator) {
            (Some(above), Some(below)) if item.counted => format!("{above} / {below}"),
            _ => String::new(),
        },
        Some("not_scored_yet") => "ikke vurderet endnu".to_owned(),
        Some("nothing_to_count") => "intet at tælle i perioden".to_owned(),
        Some("few_seek_work") => "en konsulent har færre end tre, der søger job: skal vurderes".to_owned(),
        Some("few_jobs") => "færre end ti job: skal vurderes".to_owned(),
        Some(_) => "for lidt er oplyst: skal vurderes".to_owned(),
    }
}

fn sum(sum: FidelitySum) -> String {
    let open = if sum.open == 0 { String::new() } else { format!(", {} mangler", count(sum.open, "punkt", "punkter")) };
    format!("{} af {} point{open}", sum.points, sum.of)
}

fn band(page: &FidelityPage) -> String {
    let points = page.counted.points + page.by_people.points;
    match page.band.as_deref() {
        None => "Intet samlet niveau: det nævnes først, når alle 25 punkter har point.".to_owned(),
        Some("exemplary") => format!("Samlet {points} af 125: fremragende modeltrofasthed."),
        Some("good") => format!("Samlet {points} af 125: god modeltrofasthed."),
        Some("fair") => format!("Samlet {points} af 125: rimelig modeltrofasthed."),
        Some(_) => format!("Samlet {points} af 125: ikke IPS efter skalaen."),
    }
}
