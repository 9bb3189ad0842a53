//! A survey on the map of the municipalities, in letters.

use feltbog_bridge::{SurveyPage, TileRow};

/// The map with what its signs mean; nothing where no unit bears a municipality's name.
pub(super) fn lines(page: &SurveyPage) -> Vec<String> {
    if page.tiles.iter().all(|tile| tile.units.is_empty()) {
        return Vec::new();
    }
    let mut lines = vec![String::new(), "Kommunerne, hver om sin plads:".to_owned()];
    let last = page.tiles.iter().map(|tile| tile.row).max().unwrap_or_default();
    lines.extend((0..=last).map(|row| line(page.tiles.iter().filter(|tile| tile.row == row))));
    lines.extend(
        page.tile_says
            .iter()
            .filter(|says| says.municipalities > 0)
            .map(|says| format!("  {} {}: {}", sign(&says.says), says.title, says.municipalities)),
    );
    if !page.nowhere.is_empty() {
        lines.push(format!("Talt med, men ikke en kommune efter navnet: {}", page.nowhere.join(", ")));
    }
    lines
}

/// Five letters for each column: the municipality's three, what is said of it, and a space.
fn line<'a>(tiles: impl Iterator<Item = &'a TileRow>) -> String {
    let mut tiles: Vec<&TileRow> = tiles.collect();
    tiles.sort_by_key(|tile| tile.column);
    let mut line = String::from("  ");
    let mut column = 0;
    for tile in tiles {
        (column..tile.column).for_each(|_| line.push_str("     "));
        line.push_str(&format!("{}{} ", tile.short, sign(&tile.says)));
        column = tile.column + 1;
    }
    line.trim_end().to_owned()
}

/// An answer in a large letter, what is known without one in a small.
fn sign(says: &str) -> char {
    match says {
        "answered_yes" => 'J',
        "known_yes" => 'j',
        "answered_no" => 'N',
        "known_no" => 'n',
        "unknown" => '?',
        "several" => '*',
        _ => '·',
    }
}
