//! Own work that went to the leaders.

use feltbog_bridge::HandedInRow;

use super::number::count;
use super::when;

/// *3 registreringer kunne ikke lægges i mappen, fordi du ikke længere har borgeren. De er afleveret til Ingrid Dahl.*
/// One sentence for each reason, and one line for each entry.
pub(super) fn lines(rows: &[HandedInRow]) -> Vec<String> {
    let mut groups: Vec<Vec<&HandedInRow>> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| goes_with(first, row))) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups.iter().flat_map(|group| sentence(group).into_iter().chain(group.iter().map(|row| one(row)))).collect()
}

/// Why something could not go where it was meant to, after *fordi*.
pub(super) fn because(reason: &str) -> &'static str {
    match reason {
        "no_grant" => "adgangen til borgeren er ophørt",
        "folder_closed" => "samtykket er trukket tilbage",
        "erased" => "sagen er slettet",
        "ok" => "enheden var låst",
        _ => "mappen ikke var åben",
    }
}

fn goes_with(one: &HandedInRow, other: &HandedInRow) -> bool {
    (&one.reason, &one.receivers, one.delivered) == (&other.reason, &other.receivers, other.delivered)
}

fn sentence(group: &[&HandedInRow]) -> Option<String> {
    let first = group.first()?;
    let (number, why) = (u32::try_from(group.len()).unwrap_or(u32::MAX), because(&first.reason));
    let what = count(number, "registrering", "registreringer");
    let they = if number == 1 { "Den" } else { "De" };
    let whom = to_whom(&first.receivers);
    Some(if first.delivered {
        format!("{what} kunne ikke lægges i mappen, fordi {why}. {they} er afleveret til {whom}.")
    } else {
        format!(
            "{what} kan ikke lægges i mappen, fordi {why}. {they} ligger her, til {they_low} er afleveret til {whom}: feltbog sync.",
            they_low = they.to_lowercase()
        )
    })
}

fn to_whom(receivers: &[String]) -> String {
    match receivers {
        [] => "lederen".to_owned(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} og {last}", others.join(", ")),
    }
}

fn one(row: &HandedInRow) -> String {
    let case = row.case.as_deref().unwrap_or("uden borger");
    format!("  {}  {}, {case}  [{}]", when::moment(&row.at), row.kind_name, row.entry)
}
