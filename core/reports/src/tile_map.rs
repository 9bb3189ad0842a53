//! Denmark as tiles: a square of the same size for each municipality, about where it lies. A map by area would make København
//! vanish beside Ringkøbing-Skjern.

mod places;

pub use self::places::PLACES;

/// A municipality and its tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Its name.
    pub name: &'static str,
    /// Three letters for the tile.
    pub short: &'static str,
    /// From the west, 0 to 15.
    pub column: u8,
    /// From the north, 0 to 13.
    pub row: u8,
}

/// What is written before or after a municipality's name and says nothing of where it is.
const AROUND: [&str; 5] = ["jobcenter", "jobcentret", "jobcentre", "kommunes", "kommune"];

/// The municipalities that a unit works for by its name: one, several that share a job centre ("Tårnby-Dragør"), or none that is known.
#[must_use]
pub fn places_of(unit: &str) -> Vec<&'static Place> {
    let name = plain(unit);
    if let Some(place) = place(&name) {
        return vec![place];
    }
    // A hyphen also stands inside names (Faaborg-Midtfyn): only what is no name as a whole is taken apart.
    let parts: Option<Vec<&Place>> = name
        .split([',', '/', '-', '&', '+'])
        .flat_map(|part| part.split(" og "))
        .map(|part| place(part.trim()))
        .collect();
    let mut places = parts.unwrap_or_default();
    places.sort_unstable();
    places.dedup();
    places
}

fn place(name: &str) -> Option<&'static Place> {
    let of_it = |place: &&Place| {
        let own = plain(place.name);
        // Three are spoken of in the genitive: Brønderslev, Nordfyns, Vesthimmerlands.
        own == name || own.strip_suffix('s') == Some(name) || name.strip_suffix('s') == Some(own.as_str())
    };
    PLACES.iter().find(of_it)
}

/// In small letters, with å for aa, without the words around it.
fn plain(name: &str) -> String {
    let small = name.to_lowercase().replace("aa", "å").replace(" - ", "-");
    let words = small.split_whitespace().filter(|word| !AROUND.contains(&word.trim_end_matches(':')));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
