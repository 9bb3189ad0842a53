//! What a search found.

use feltbog_bridge::Hit;

use super::when;

/// Each place where the words stand.
pub(super) fn text(hits: &[Hit]) -> String {
    if hits.is_empty() {
        return "Intet fundet.\n".to_owned();
    }
    hits.iter().map(one).collect()
}

fn one(hit: &Hit) -> String {
    let whose = hit.case_name.as_deref().unwrap_or("Uden borger");
    let snippet = hit.snippet.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}  {}, {whose}  [{}]\n    {snippet}\n", when::moment(&hit.at), hit.kind_name, hit.entry)
}
