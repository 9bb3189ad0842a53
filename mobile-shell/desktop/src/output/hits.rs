//! What a search found.

use feltbog_bridge::{Hit, HitWhat};

use super::when;

/// Each thing in which the words stand.
pub(super) fn text(hits: &[Hit]) -> String {
    if hits.is_empty() {
        return "Intet fundet.\n".to_owned();
    }
    hits.iter().map(one).collect()
}

fn one(hit: &Hit) -> String {
    let snippet = hit.with_signs("[", "]").split_whitespace().collect::<Vec<_>>().join(" ");
    let near = if hit.near { "  (ligner)" } else { "" };
    format!("{}{near}\n    {snippet}\n", title(hit))
}

fn title(hit: &Hit) -> String {
    let whose = hit.case_name.as_deref().unwrap_or("Uden borger");
    match hit.what {
        HitWhat::Citizen => format!("Borger  {whose}"),
        HitWhat::Profile => format!("Erhvervsprofil  {whose}"),
        HitWhat::Employer => {
            let text = |field: &Option<String>| field.clone().unwrap_or_default();
            format!("Virksomhed  {}  [{}]", text(&hit.employer_name), text(&hit.employer))
        }
        HitWhat::Entry => {
            let at = hit.at.as_deref().map(when::moment).unwrap_or_default();
            let kind = hit.kind_name.as_deref().unwrap_or_default();
            format!("{at}  {kind}, {whose}  [{}]", hit.entry.as_deref().unwrap_or_default())
        }
    }
}
