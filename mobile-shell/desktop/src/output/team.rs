//! Who holds the offices, and what is missing.

use feltbog_bridge::{LedSide, ProgrammeRow, TeamGap, TeamPage};

use super::table::Table;

/// The offices, and a sentence for everything that is missing.
pub(super) fn text(team: &TeamPage) -> String {
    let mut table = Table::headed(["Program", "Side", "Leder", "Stedfortræder", "Journalansvarlig"]);
    for LedSide { programme, side, leaders, deputies, records } in &team.sides {
        let names = |names: &[String]| if names.is_empty() { "-".to_owned() } else { names.join(", ") };
        table.row([programme.clone(), side_name(side).to_owned(), names(leaders), names(deputies), names(records)]);
    }
    let mut text = table.text();
    text.push_str(&format!("Administratorer: {}\n", team.administrators.join(", ")));
    if !team.share_holders.is_empty() {
        text.push_str(&format!("Gendannelsesnøglens dele: {}\n", team.share_holders.join(", ")));
    }
    for ProgrammeRow { name, authority, talk_interval, .. } in &team.programmes {
        if *authority == Some(true) {
            let interval = talk_interval.as_deref().unwrap_or("ikke sat");
            text.push_str(&format!("{name}: konsulenten er myndighed; tid mellem to jobsamtaler: {interval}\n"));
        }
    }
    if team.gaps.is_empty() {
        text.push_str("Intet mangler: holdet kan miste hvem som helst og arbejde videre.\n");
    }
    for gap in &team.gaps {
        text.push_str(&missing(gap));
    }
    text
}

fn missing(gap: &TeamGap) -> String {
    let of = || {
        let programme = gap.programme.as_deref().filter(|name| !name.is_empty()).unwrap_or("programmet");
        format!("{programme}, {}", side_name(gap.side.as_deref().unwrap_or_default()))
    };
    match gap.code.as_str() {
        "leader" => format!("MANGLER en leder ({}): ingen har nøglerne, hvis en medarbejder holder op.\n", of()),
        "deputy" => format!("MANGLER en stedfortræder ({}): ingen kan træde til, når lederen er væk.\n", of()),
        "second_administrator" => "MANGLER en administrator mere: feltbog role NAVN --role administrator\n".to_owned(),
        "share_holders" => "MANGLER navnene på de tre, der har gendannelsesnøglens dele: \
             feltbog team --share-holder NAVN --share-holder NAVN --share-holder NAVN\n"
            .to_owned(),
        _ => String::new(),
    }
}

fn side_name(side: &str) -> &'static str {
    if side == "treatment" { "behandling" } else { "beskæftigelse" }
}
